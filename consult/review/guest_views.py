"""What a guest of one round reads: its text, and their own comments with what became of them. Nothing else of the group is here."""

import secrets

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.drafts.pages import note_opening
from consult.drafts.wording import difference
from consult.errors import NotFound
from consult.kit.words import N_
from consult.people.guard import is_guest, me, needs
from consult.review import actions, queries, rules
from consult.review.forms import CommentForm, EditForm, named
from consult.review.models import Comment, Round
from consult.review.pages import pages
from consult.review.showing import text_of
from consult.web.forms import told

ADDRESS = "/g/<group>/r/<int:round>/read"
WHOLE = "whole"


def _find(round_id: int) -> Round:
    on = queries.get_round(g.group.id, round_id)
    if on.opened_at is None:
        raise NotFound(N_("The round has not opened yet. You are sent the text when it does."))
    return on


def _here(on: Round, mark: str = "", anchor: str | None = None) -> str:
    if mark:
        return url_for("review.read_paragraph", group=g.group.slug, round=on.id, mark=mark, _anchor=anchor)
    return url_for("review.read", group=g.group.slug, round=on.id)


def _shown(on: Round) -> dict:
    invited = queries.invited(on.id, me().id)
    state = queries.state(on)
    return {
        "round": on, "version": on.version, "draft": on.version.draft, "state": state, "person": me(), "here": _here(on),
        "may_comment": invited and state == "open",
    }  # fmt: skip


def _own(on: Round) -> list:
    return queries.comments(on, author=me().id)


@pages.get(ADDRESS)
@needs("round.read")
def read(group: str, round: int):
    """The text, a section at a time, with one's own comments counted."""
    on = _find(round)
    if not is_guest():
        address = url_for("review.version", group=group, draft=on.version.draft.slug, number=on.version.number)
        return redirect(address, 303)
    note_opening(on.version)
    whole, own = text_of(on.version), _own(on)
    at = min(max(request.args.get("section", 1, type=int), 1), len(whole.sections)) - 1
    first, count = whole.sections[at].first, whole.sections[at].count
    counts = {mark: sum(row.mark == mark for row in own) for mark in {row.mark for row in own}}
    return render_template(
        "review/read.html", pieces=whole.pieces[first : first + count], sections=whole.sections, at=at, counts=counts, own=own, **_shown(on)
    )


@pages.route(f"{ADDRESS}/<mark>", methods=["GET", "POST"])
@needs("round.read")
def read_paragraph(group: str, round: int, mark: str):
    """One paragraph (or the whole draft), one's own comments on it, and a place to say something."""
    on = _find(round)
    where = None if mark == WHOLE else drafts.by_mark(on.version_id, mark)
    form = CommentForm().fit(on.types, [], me().id)
    form.once.data = form.once.data or secrets.token_hex(8)
    if form.validate_on_submit():
        made = None
        with told(form):
            made = actions.comment(
                on, paragraph=where, text=form.text.data or "", type=form.type.data, proposed=form.proposed.data or "",
                quote=form.quote.data or "", once=f"page:{me().id}:{form.once.data}"[:100], by=me(), door="page",
            )  # fmt: skip
        if made:
            flash(gettext("Your comment is entered as number %(number)s.", number=made.number))
            return redirect(_here(on, mark, f"c{made.number}"), 303)
    rows = [row for row in _own(on) if row.paragraph_id == (where.id if where else None)]
    neighbours = drafts.neighbours(on.version_id, where.position) if where else (None, None)
    page = render_template(
        "review/read_paragraph.html", where=where, mark=mark, rows=rows, form=form, neighbours=neighbours, difference=difference,
        **_shown(on),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def own_comment(round_id: int, number: int) -> Comment:
    """A comment of one's own; one of somebody else is not there."""
    found = queries.get_comment(_find(round_id).id, number)
    if found.author_id != me().id:
        raise NotFound()
    return found


def place_of(found: Comment) -> str:
    """Where a guest reads their own comment."""
    return _here(found.round, found.paragraph.mark if found.paragraph else WHOLE, f"c{found.number}")


def said_better(found: Comment) -> tuple[EditForm, bool]:
    """The form with which a comment is said better, and whether that was done just now."""
    form = EditForm(obj=found)
    form.type.choices = named({code: word for code, word in rules.TYPES.items() if not found.round.types or code in found.round.types})
    if not form.validate_on_submit():
        return form, False
    with told(form):
        actions.edit(found, text=form.text.data or "", type=form.type.data, proposed=form.proposed.data or "", by=me(), door="page")
    return form, not form.errors


@pages.route("/g/<group>/r/<int:round>/own/<int:number>", methods=["GET", "POST"])
@needs("round.read")
def edit_own(group: str, round: int, number: int):
    """Say it better; what was said before is kept."""
    found = own_comment(round, number)
    form, done = said_better(found)
    if done:
        flash(gettext("The comment is changed."))
        return redirect(place_of(found), 303)
    page = render_template("review/edit_own.html", comment=found, form=form, back=place_of(found), **_shown(found.round))
    return page, 422 if form.is_submitted() else 200


@pages.post("/g/<group>/r/<int:round>/own/<int:number>/withdraw")
@needs("round.read")
def withdraw_own(group: str, round: int, number: int):
    """Take one's own comment back."""
    found = own_comment(round, number)
    actions.withdraw(found, by=me(), door="page")
    flash(gettext("Comment %(number)s is withdrawn.", number=number))
    return redirect(place_of(found).partition("#")[0], 303)
