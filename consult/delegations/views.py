"""The pages of a delegation: the text, what is drafted on it, and the set. Its own people open them and nobody else."""

import secrets

from flask import flash, redirect, render_template, request
from flask_babel import gettext, ngettext

from consult.delegations import actions, queries, rules
from consult.delegations.forms import DeadlineForm, DeputyForm, DraftForm, PersonForm
from consult.delegations.models import Contribution, Delegation
from consult.delegations.pages import ADDRESS, find, here, pages, shown
from consult.drafts import queries as drafts
from consult.drafts.pages import note_opening
from consult.drafts.wording import difference
from consult.errors import NotFound, Refused
from consult.kit.words import N_
from consult.people.guard import me, needs
from consult.review.showing import text_of
from consult.web.forms import told

WHOLE = "whole"


@pages.get(ADDRESS, endpoint="set")
@needs("round.read")
def the_set(group: str, round: int, delegation: int):
    """Everything the delegation prepares, with what its reader can do about it."""
    return set_page(find(round, delegation))


def set_page(of: Delegation, *, status: int = 200, **forms):
    """The set with the forms of whoever leads; one in which something was typed comes back filled in."""
    found = queries.numbered(of)
    deadline = forms.get("deadline") or DeadlineForm(formdata=None)
    return render_template(
        "delegations/set.html", rows=queries.in_order(found), number_of={each.id: number for number, each in found.items()},
        counts=queries.counts([of.id])[of.id], states=rules.STATES, most=rules.MOST_REVIEWERS, difference=difference, deadline=deadline,
        reviewer=forms.get("reviewer") or PersonForm(formdata=None), deputy=forms.get("deputy") or DeputyForm(formdata=None), **shown(of),
    ), status  # fmt: skip


@pages.post(f"{ADDRESS}/do")
@needs("round.read")
def do(group: str, round: int, delegation: int):
    """Verify, withdraw, put back or merge the comments that are ticked."""
    of = find(round, delegation)
    found = queries.numbered(of)
    numbers = request.form.getlist("chosen", type=int)
    chosen = [found[number] for number in sorted(set(numbers)) if number in found]
    verb = VERBS.get(request.form.get("verb", ""))
    if verb is None:
        raise Refused(N_("Choose what is to be done."))
    verb(of, chosen, by=me(), door="page")
    flash(ngettext("Done with one comment.", "Done with %(num)s comments.", len(chosen)))
    return redirect(here(of), 303)


VERBS = {"verify": actions.verify, "withdraw": actions.withdraw, "restore": actions.restore, "merge": actions.merge}


@pages.route(f"{ADDRESS}/submit", methods=["GET", "POST"])
@needs("round.read")
def submit(group: str, round: int, delegation: int):
    """Send all that is verified to the round; opening the page only asks."""
    of = find(round, delegation)
    if request.method != "POST":  # a HEAD asks as well
        rows = [pair for pair in queries.in_order(queries.numbered(of)) if pair[1].state == "verified"]
        return render_template("delegations/submit.html", rows=rows, counts=queries.counts([of.id])[of.id], **shown(of))
    made = actions.submit(of, by=me(), door="page")
    flash(_told(made, of) if made else gettext("Everything that is verified was submitted before; nothing was sent twice."))
    return redirect(here(of), 303)


def _told(made: list, of: Delegation) -> str:
    name = of.organization.name
    return ngettext("One comment of %(name)s is submitted.", "%(num)s comments of %(name)s are submitted.", len(made), name=name)


@pages.get(f"{ADDRESS}/text")
@needs("round.read")
def text(group: str, round: int, delegation: int):
    """The text of the round, a section at a time, with how many comments the delegation prepares on each piece."""
    of = find(round, delegation)
    said = shown(of)
    _check_opened(of)
    note_opening(of.round.version)
    whole = text_of(of.round.version)
    at = min(max(request.args.get("section", 1, type=int), 1), len(whole.sections)) - 1
    first, count = whole.sections[at].first, whole.sections[at].count
    return render_template(
        "delegations/text.html", pieces=whole.pieces[first : first + count], sections=whole.sections, at=at,
        counts=queries.on_version(of), **said,
    )  # fmt: skip


def _check_opened(of: Delegation) -> None:
    """The text is not given out before the round opens."""
    if of.round.opened_at is None:
        raise NotFound(N_("The round has not opened yet. You are sent the text when it does."))


@pages.route(f"{ADDRESS}/p/<mark>", methods=["GET", "POST"])
@needs("round.read")
def paragraph(group: str, round: int, delegation: int, mark: str):
    """One paragraph (or the whole draft), what the delegation prepares on it, and a place to draft."""
    of = find(round, delegation)
    _check_opened(of)
    note_opening(of.round.version)
    where = None if mark == WHOLE else drafts.by_mark(of.round.version_id, mark)
    form = DraftForm().fit(of.round.types)
    form.once.data = form.once.data or secrets.token_hex(8)
    if form.validate_on_submit():
        with told(form):
            actions.contribute(
                of, paragraph=where, text=form.text.data or "", type=form.type.data, proposed=form.proposed.data or "",
                once=f"draft:{me().id}:{form.once.data}"[:100], by=me(), door="page",
            )  # fmt: skip
        if not form.errors:
            flash(gettext("Drafted. Nobody outside %(organization)s sees it.", organization=of.organization.name))
            return redirect(here(of, "paragraph", mark=mark), 303)
    rows = [(n, each) for n, each in queries.numbered(of).items() if each.paragraph_id == (where.id if where else None)]
    neighbours = drafts.neighbours(of.round.version_id, where.position) if where else (None, None)
    page = render_template(
        "delegations/paragraph.html", where=where, mark=mark, rows=rows, form=form, neighbours=neighbours, states=rules.STATES,
        difference=difference, **shown(of),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@pages.route(f"{ADDRESS}/x/<int:contribution>", methods=["GET", "POST"])
@needs("round.read")
def edit(group: str, round: int, delegation: int, contribution: int):
    """One comment of the set: said better, and what was done with it by whom."""
    of = find(round, delegation)
    number, which = _numbered(of, contribution)
    form = DraftForm(obj=which).fit(of.round.types)
    if form.validate_on_submit():
        with told(form):
            actions.edit(which, text=form.text.data or "", type=form.type.data, proposed=form.proposed.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("The comment is changed. What it said before is kept below it."))
            return redirect(here(of, "edit", contribution=contribution), 303)
    page = render_template(
        "delegations/edit.html", each=which, number=number, form=form, states=rules.STATES, difference=difference,
        history=queries.history([which.id]), **shown(of),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _numbered(of: Delegation, number: int) -> tuple[int, Contribution]:
    found = queries.numbered(of).get(number)
    if found is None:
        raise NotFound()
    return number, found
