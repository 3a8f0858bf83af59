"""The working view: comments in reading order with what is being prepared for each, for whoever answers hundreds of them a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.drafts.wording import difference
from consult.errors import Refused
from consult.extensions import db
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.review import actions, grouping, phrases, queries, rules, working
from consult.review.actions import Draft
from consult.review.models import Comment, Round
from consult.review.pages import pages
from consult.review.progress import progress, sections_of
from consult.review.views import shown
from consult.web.forms import translated

ADDRESS = "/g/<group>/r/<int:round>/answering"
FILTERS = ("drafter", "state", "section", "type", "who", "heads", "from")


@dataclass
class Kept:
    """What somebody typed for one comment and why it was not taken (or nothing: a phrase was put in)."""

    number: int
    disposition: str
    text: str
    see: str
    reason: str = ""
    typed: Mapping = field(default_factory=dict)


@pages.get(ADDRESS)
@needs("response.propose")
def answering(group: str, round: int):
    """The comments of a round, with a place to prepare the response to each."""
    of = queries.get_round(g.group.id, round)
    number = request.args.get("at", type=int)
    place = working.place_of(of.id, number) if number else None
    return _page(of, start=place)


def _page(of: Round, *, start: working.Place | None = None, kept: Kept | None = None, status: int = 200):
    wanted, asked = _wanted(of), _asked()
    found = working.page(wanted, start or _place(request.args.get("from", "")))
    rows = list(found.rows)
    if kept and kept.number not in {row.number for row in rows}:  # withdrawn or answered meanwhile: what was typed is shown all the same
        rows = [*working.rows_of([each.id for each in working.by_numbers(of, [kept.number])]), *rows]
    texts = working.texts({row.paragraph_id for row in rows} - {None})
    page = render_template(
        "review/answering.html",
        round=of, version=of.version, draft=of.version.draft, state=queries.state(of), wanted=wanted, asked=asked, kept=kept,
        places=[(texts.get(key), list(some)) for key, some in groupby(rows, key=lambda row: row.paragraph_id)], found=found,
        sections=sections_of(of.version_id), team=people.members(of.group_id), tally=progress(of), phrases=working.phrases(of.group_id),
        dispositions=rules.DISPOSITIONS, types=rules.TYPES, states=working.STATES, sign=working.sign, difference=difference,
        grouping=grouping.progress(of.id), leads=_leads(), query=_query(asked), narrowed=set(asked) - {"from"},
        here=url_for("review.answering", group=g.group.slug, round=of.id), **shown(),
    )  # fmt: skip
    return page, status


def _leads() -> bool:
    return people.may(me(), "response.give", g.group.id)


def _asked() -> dict[str, str]:
    """The filters of the address that are set, as they stand there."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _query(asked: dict[str, str], **more: str) -> str:
    """The same filters for another address of the view."""
    return urlencode(asked | more)


def _wanted(of: Round) -> working.Wanted:
    """The filters; a word that is none of the choices is left out. Drafters who lead nothing see what they were given first."""
    asked, divided = request.args, sections_of(of.version_id)
    section = asked.get("section", 0, type=int)
    here = divided[section - 1] if 0 < section <= len(divided) else None
    drafter = {"me": me().id, "none": 0}.get(asked.get("drafter", ""), asked.get("drafter", type=int))
    if not _leads() and (not asked.get("drafter") or not working.drafts_in(me().id, of.id)):
        drafter = me().id  # nobody but the team sees what is prepared
    return working.Wanted(
        of.id, of.version_id, drafter=drafter, who=asked.get("who", "").strip()[:100], heads=bool(asked.get("heads")),
        state=asked["state"] if asked.get("state") in working.STATES else "",
        type=asked["type"] if asked.get("type") in rules.TYPES else "",
        first=here.first if here else 0, count=here.count if here else None,
    )  # fmt: skip


def _place(given: str) -> working.Place:
    """A place as it stands in the address (`12.340`), or the beginning."""
    position, _, number = given.partition(".")
    try:
        return max(int(position), working.WHOLE), max(int(number), 0)
    except ValueError:
        return working.START


def _back(of: Round, anchor: str = ""):
    return redirect(url_for("review.answering", group=g.group.slug, round=of.id, **_asked(), _anchor=anchor or None), 303)


@pages.route(f"{ADDRESS}/c/<int:number>", methods=["GET", "POST"])
@needs("response.propose")
def prepare(group: str, round: int, number: int):
    """Propose, agree on or publish the response to one comment; what is refused comes back with what was typed."""
    of = queries.get_round(g.group.id, round)
    if request.method != "POST":
        return redirect(url_for("review.answering", group=group, round=round, at=number, _anchor=f"c{number}"), 303)
    to, form = queries.get_comment(of.id, number), request.form
    kept = Kept(number, form.get("disposition", ""), form.get("response", ""), form.get("see", ""))
    if form.get("act") == "phrase":
        return _page(of, kept=_with_phrase(kept))
    try:
        with db.session.begin_nested():
            done = _done(of, _draft(of, to, kept), form.get("act", ""))
    except Refused as refused:
        kept.reason = translated(refused)
        return _page(of, kept=kept, status=422)
    flash(done)
    following = working.next_on_page(_wanted(of), _place(request.args.get("from", "")), to.id)
    return _back(of, f"c{following or number}")


def _with_phrase(kept: Kept) -> Kept:
    """The words of a frequent answer below what stands in the form already."""
    chosen = request.form.get("phrase", type=int)
    if chosen:
        found = phrases.phrase(g.group.id, chosen)
        kept.text = "\n\n".join(each for each in (kept.text.strip(), found.text) if each)
        kept.disposition = found.disposition or kept.disposition
    return kept


def _draft(of: Round, to: Comment, kept: Kept) -> Draft:
    """What the form says, with the turns that stood on its page."""
    see = kept.see.strip().lstrip("#")
    pointed = queries.get_comment(of.id, int(see)) if see.isdecimal() and len(see) < 10 else None
    if see and pointed is None:
        raise Refused(gettext("“See comment” takes the number of a comment."))
    seen = (request.form.get("proposal", 0, type=int), request.form.get("turn", 0, type=int))
    same = request.form.get("same", "") if request.form.get("along") else None
    return Draft(to, kept.disposition, kept.text, pointed, seen, same)


def _done(of: Round, wanted: Draft, act: str) -> str:
    """Carry out what the pressed button says; what to tell the person then."""
    number = wanted.to.number
    if act == "publish":
        (given,) = actions.publish_drafts(of, [wanted], by=me(), door="page")
        if isinstance(given, Refused):
            raise given
        return gettext("The response to comment %(number)s is published.", number=number)
    actions.propose(wanted, agreed=act == "agree", by=me(), door="page")
    if act == "agree":
        return gettext("The response to comment %(number)s is agreed.", number=number)
    return gettext("A response to comment %(number)s is proposed.", number=number)


@pages.post(f"{ADDRESS}/many")
@needs("response.give")
def many(group: str, round: int):
    """Do the same with all ticked comments."""
    of = queries.get_round(g.group.id, round)
    ticked = [_ticked(value) for value in request.form.getlist("ticked")]
    comments = working.by_numbers(of, [number for number, _, _ in ticked])
    for told in _many(of, comments, {number: (seen, same) for number, seen, same in ticked}, request.form.get("act", "")):
        flash(*told)
    return _back(of)


def _ticked(value: str) -> tuple[int, tuple[int, int], str]:
    """A ticked comment: its number, the turns and the group that stood on the page (`14:1.0:2-ab12`)."""
    number, _, rest = value.partition(":")
    turns, _, same = rest.partition(":")
    proposal, _, response = turns.partition(".")
    try:
        return int(number), (int(proposal), int(response)), same
    except ValueError:
        raise Refused(gettext("Tick at least one comment.")) from None


def _many(of: Round, comments: list[Comment], seen: dict, act: str) -> list[tuple]:
    by, form = {"by": me(), "door": "page"}, request.form
    if act == "assign":
        return [(_assigned(of, comments),)]
    if act == "agreed" and form.get("all"):
        comments = working.comments(working.all_ids(working.narrowed(_wanted(of), state="agreed")))
    if not comments:
        raise Refused(gettext("Tick at least one comment."))
    if act == "join":
        first = actions.gather(comments, **by)
        return [(gettext("They say the same as comment %(number)s now.", number=first.number),)]
    if act == "part":
        return [(ngettext("%(num)s comment stands alone now.", "%(num)s comments stand alone now.", actions.part(comments, **by)),)]
    if act == "agreed":
        return _outcome(comments, actions.publish_agreed(of, comments, **by))
    words = (form.get("disposition", ""), form.get("response", ""))
    wanted = [Draft(each, *words, None, seen[each.number][0], seen[each.number][1]) for each in comments]
    if act == "publish":
        return _outcome(comments, actions.publish_drafts(of, wanted, **by))
    return _outcome(comments, actions.propose_each(wanted, agreed=act == "agree", **by))


def _assigned(of: Round, comments: list[Comment]) -> str:
    drafter = people.get_person(request.form.get("drafter", type=int)) if request.form.get("drafter", type=int) else None
    ids = working.all_ids(_wanted(of)) if request.form.get("all") else [each.id for each in comments]
    if not ids:
        raise Refused(gettext("Tick at least one comment."))
    count = actions.assign(of, ids, drafter, by=me(), door="page")
    if drafter is None:
        return ngettext("%(num)s comment is nobody's now.", "%(num)s comments are nobody's now.", count)
    return ngettext("%(num)s comment is given to %(name)s.", "%(num)s comments are given to %(name)s.", count, name=drafter.name)


def _outcome(comments: list[Comment], given: list) -> list[tuple]:
    """What became of each: how many are done, and the reason for each that is not."""
    refused = [(each.number, reason) for each, reason in zip(comments, given, strict=True) if isinstance(reason, Refused)]
    done = len(given) - len(refused)
    told = [(ngettext("Done for %(num)s comment.", "Done for %(num)s comments.", done),)] if done else []
    for number, reason in refused[:10]:
        told.append((gettext("Comment %(number)s: %(reason)s", number=number, reason=translated(reason)), "error"))
    if len(refused) > 10:
        told.append((gettext("… and %(count)s more were not done.", count=len(refused) - 10), "error"))
    return told
