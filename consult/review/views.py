"""Reading a draft with its comments: by section, whole, or one paragraph with everything said about it."""

import hashlib
import secrets
from datetime import datetime

from flask import Response, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.drafts.pages import note_opening
from consult.drafts.pictures import pictures
from consult.drafts.sections import section_of, sections
from consult.errors import NotFound
from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me, needs, so_far
from consult.review import actions, carrying, panels, queries, rules
from consult.review.forms import CommentForm
from consult.review.models import Round
from consult.review.pages import pages
from consult.review.showing import Comments, counted, text_of
from consult.review.ways import ways
from consult.web.forms import told
from consult.web.locale import language
from consult.web.transaction import afterwards

WHOLE = "whole"


def find_version(draft: str, number: int) -> Version:
    """The published version of that address in this group."""
    return drafts.published(drafts.draft(g.group.id, draft), number)


def state_of_page(*parts: object) -> str:
    """What must be the same for a page to be unchanged: the group's journal, who reads it, as what and how, and the hour (“in 3 days”)."""
    person = me()
    seen = (
        g.group.id,
        so_far(),
        person.id,
        person.name,
        sorted(people.roles(person, g.group.id)),
        person.zone,
        language(),
        request.full_path,
        clock.now().strftime("%Y%m%d%H"),
        *parts,
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:24]


def unchanged(etag: str) -> bool:
    """The reader's browser has this page already, and nothing waits to be told on it."""
    return request.if_none_match.contains_weak(etag) and "_flashes" not in session


def keepable(page: str, etag: str) -> Response:
    """A page the reader's own browser may keep and ask about again; no one else's cache may."""
    answer = make_response(page)
    answer.set_etag(etag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@pages.get("/g/<group>/d/<draft>/v/<int:number>")
@needs("draft.read")
def version(group: str, draft: str, number: int):
    """The text: a section at a time, all of it, or all of it with every comment."""
    etag = state_of_page("_flashes" in session)
    if unchanged(etag):
        return keepable("", etag), 304
    at, asked, newest = queries.published(g.group.id, draft, number)
    note_opening(at)
    text, show = text_of(at), request.args.get("show", "")
    here = min(max(request.args.get("section", 1, type=int), 1), len(text.sections)) - 1
    whole = show in ("text", "comments") or len(text.sections) == 1
    first, count = (0, text.total) if whole else (text.sections[here].first, text.sections[here].count)
    tally = counted(at, text)
    page = render_template(
        "review/version.html",
        version=at, draft=at.draft, pieces=text.pieces[first : first + count], sections=text.sections, here=here, whole=whole, show=show,
        counts=tally.standing, on=tally.by_section, orphans=sum(tally.lost.values()), perhaps=tally.lost,
        round=asked, state=queries.state(asked) if asked else "", newest=newest, said=Comments(),
        beside=panels.shown_on("text", asked, me()) if asked else [],
        **_comments_by_paragraph(at, show == "comments"), **shown(),
    )  # fmt: skip
    return keepable(page, etag)


def _comments_by_paragraph(at: Version, wanted: bool) -> dict:
    """Every comment of the version by the paragraph it stands on, and the threads below them; noted as read."""
    if not wanted:
        return {"comments": None, "threads": {}}
    person_id, found = me().id, {}
    unread = queries.unread_on_version(person_id, at.id)  # asked first: what comes in meanwhile is shown, and noted the next time
    for row in queries.all_on_version(at.id):
        place = "orphaned" if row.state == "orphaned" else row.at_id
        found.setdefault(place, []).append(row)
    if unread:
        afterwards(lambda: actions.saw(person_id, unread))
    return {"comments": found, "threads": queries.answers_on_version(at.id)}


def shown() -> dict:
    """What every page of a group needs to know about its reader."""
    person = me()
    return {
        "manages": people.may(person, "round.manage", g.group.id),
        "officer": people.may(person, "draft.write", g.group.id),
        "responds": people.may(person, "response.give", g.group.id),
        "person": person,
    }


@pages.route("/g/<group>/d/<draft>/v/<int:number>/p/<mark>", methods=["GET", "POST"])
@needs("draft.read")
def paragraph(group: str, draft: str, number: int, mark: str):
    """One paragraph (or the whole draft), everything said about it, and a place to say something."""
    at = find_version(draft, number)
    where = None if mark == WHOLE else drafts.by_mark(at.id, mark)
    note_opening(at)
    asked = queries.current_round(at.id)
    form = _comment_form(asked)
    if form.validate_on_submit():
        made = None
        with told(form):
            made = _enter(form, asked, where)
        if made:
            flash(gettext("Your comment is entered as number %(number)s.", number=made.number))
            if carrying.newer(at.id):
                flash(gettext("A newer version has been published meanwhile; your comment stands there too, where this paragraph went."))
            anchor = f"c{made.round_id}-{made.number}"
            return redirect(url_for("review.paragraph", group=group, draft=draft, number=number, mark=mark, _anchor=anchor), 303)
    page = _paragraph_page(at, where, asked, form)
    return page, 422 if form.is_submitted() else 200


def _comment_form(asked: Round | None) -> CommentForm:
    officer = people.may(me(), "comment.manage", g.group.id)
    members = [m.person for m in people.members(g.group.id)] if officer and asked else []
    form = CommentForm().fit(asked.types if asked else [], members, me().id)
    form.once.data = form.once.data or secrets.token_hex(8)
    return form


def _enter(form: CommentForm, asked: Round | None, where):
    if asked is None:
        raise NotFound(gettext("There is no round of comments on this version."))
    author, officer = people.get_person(form.author.data), people.may(me(), "comment.manage", g.group.id)
    came = {"door": form.came_by.data, "received_at": _received(form)} if officer and author.id != me().id else {"door": "page"}
    return actions.comment(
        asked, paragraph=where, text=form.text.data or "", type=form.type.data, proposed=form.proposed.data or "",
        quote=form.quote.data or "", on_behalf_of=form.on_behalf_of.data or "", author=author,
        consent=form.consent.data or "named",
        once=f"page:{me().id}:{form.once.data}"[:100], by=me(), **came,
    )  # fmt: skip


def _received(form: CommentForm) -> datetime | None:
    """When a comment came that an officer enters for somebody; None: now."""
    return clock.instant(form.received.data, me().zone) if form.received.data else None


def _paragraph_page(at: Version, where, asked: Round | None, form: CommentForm) -> str:
    rows = queries.comments_on_paragraph(where.id if where else None, at.id)
    lost = [] if where else queries.orphans(at.id)
    person, read = me(), [row.id for row in [*rows, *lost]]
    if new := queries.unread(person.id, read):
        afterwards(lambda: actions.saw(person.id, new))
    state = queries.state(asked) if asked else ""
    may_comment = bool(asked) and (
        state == "open" and queries.invited(asked.id, person.id) or people.may(person, "comment.manage", g.group.id)
    )
    divided = sections(drafts.headings(at.id), drafts.how_many(at.id))
    return render_template(
        "review/paragraph.html",
        version=at, draft=at.draft, where=where, comments=[row for row in rows if row.state != "orphaned"], orphans=lost,
        perhaps=[row for row in rows if row.state == "orphaned"], threads=queries.answers(read), round=asked, state=state,
        form=form, may_comment=may_comment, seen=pictures(at, [where]).get(where.id) if where else None,
        neighbours=drafts.neighbours(at.id, where.position) if where else (None, None),
        section=section_of(divided, where.position) + 1 if where else 1, said=Comments(), ways=ways([*rows, *lost]),
        kinds=gettext(", ").join(gettext(rules.TYPES[each]) for each in (asked.types if asked else [])),
        beside=panels.shown_on("paragraph", at, where, asked, person), **shown(),
    )  # fmt: skip


@pages.post("/g/<group>/d/<draft>/v/<int:number>/publish")
@needs("version.publish")
def publish(group: str, draft: str, number: int):
    """Fix a prepared version for good and carry the comments over."""
    at = drafts.version(drafts.draft(g.group.id, draft), number)
    actions.publish(at, note=request.form.get("note"), by=me(), door="page")
    flash(gettext("Version %(number)s is published. Now you can open a round of comments on it.", number=number))
    return redirect(url_for("review.version", group=group, draft=draft, number=number), 303)
