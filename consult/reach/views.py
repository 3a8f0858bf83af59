"""The reach table: for officers, by which means each member can be reached, what became of it, and the way to ask or to telephone."""

import csv
import io

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.errors import NotFound
from consult.kit import clock
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.people.models import Person
from consult.people.rules import MEANS, ROLES
from consult.reach import actions, calling, queries, rules, table, wording
from consult.reach.forms import BehalfForm
from consult.reach.models import Means
from consult.reach.pages import pages
from consult.review.exporting import harmless
from consult.web.forms import told

STATES = {
    "call": N_("to telephone"),
    "failing": N_("letters come back"),
    "silent": N_("has not said how"),
    "quiet": N_("silent in the last rounds"),
    "good": N_("within reach"),
}
COLUMNS = (
    "name", "role", "state", "why", "since", "takes_part_by", "line", "device", "limit", "phone", "fax", "post", "ways", "last_letter_at",
    "last_letter_state", "came_back", "last_heard_at", "by_page", "by_mail", "on_behalf", "asked_at", "asked_times", "answered_at",
)  # fmt: skip


@pages.get("/g/<group>/reach")
@needs("reach.manage")
def reach(group: str):
    """Who can be reached how, whoever needs a telephone call on top."""
    rows = table.rows(g.group.id, clock.now())
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    chosen = request.args.get("state", "") if request.args.get("state", "") in STATES else ""
    shown = [row for row in rows if not chosen or row.state == chosen]
    most = max((sum(row.doors.values()) for row in rows), default=0)
    return render_template(
        "reach/reach.html", group=g.group, rows=shown, counts=counts, chosen=chosen, states=STATES, roles=ROLES, total=len(rows), most=most,
        unasked=sum(row.asked is None and row.means is None and row.role != "officer" for row in rows),
        lines=rules.CONNECTIONS, means=MEANS, why=why,
    )  # fmt: skip


def why(row: table.Row) -> str:
    """Why somebody should be telephoned, in a sentence."""
    return gettext(row.call[0], count=row.call[2]) if row.call else ""


@pages.get("/g/<group>/reach.csv")
@needs("reach.manage")
def export(group: str):
    """The table as a file (RFC 4180), with nothing in it that a spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in table.rows(g.group.id, clock.now()):
        writer.writerow([harmless(str(cell)) if cell is not None else "" for cell in _cells(row)])
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{g.group.slug}-reach-{clock.now():%Y%m%d}.csv"'
    return answer


def _cells(row: table.Row) -> tuple:
    said = dict.fromkeys(rules.QUESTIONS) if row.means is None else {name: getattr(row.means, name) for name in rules.QUESTIONS}
    letter, asked = row.last, row.asked
    return (
        row.person.name, row.role, row.state, why(row), row.call and row.call[1], row.person.means, said["connection"], said["device"],
        said["limit_bytes"], said["phone"], said["fax"], said["post"], said["ways"], letter and (letter.sent_at or letter.created_at),
        letter and letter.state, row.came_back, row.heard_at, *(row.doors.get(door, 0) for door in ("page", "mail", "behalf")),
        asked and asked.asked_at, asked and asked.times, asked and asked.answered_at,
    )  # fmt: skip


@pages.post("/g/<group>/reach")
@needs("reach.manage")
def ask_all(group: str):
    """Ask everybody who was never asked and has never said how they can take part."""
    rows = table.rows(g.group.id, clock.now())
    persons = [row.person for row in rows if row.asked is None and row.means is None and row.role != "officer"]
    asked = actions.ask(g.group, persons, by=me(), door="page")
    flash(ngettext("%(num)s member is asked by letter.", "%(num)s members are asked by letter.", len(asked)))
    return redirect(url_for("reach.reach", group=group), 303)


@pages.route("/g/<group>/reach/<int:person>", methods=["GET", "POST"])
@needs("reach.manage")
def member(group: str, person: int):
    """One member: what they said and when, what became of the last letters; and a form for what they say by telephone, fax or post."""
    who = _member(person)
    form = BehalfForm().fit(queries.latest(who.id))
    if form.validate_on_submit():
        with told(form):
            received = clock.instant(f"{form.received.data.isoformat()}T12:00", "UTC") if form.received.data else None
            now = clock.now()
            actions.answer(who, form.said(), by=me(), door=form.door.data, received_at=min(received, now) if received else None)
        if not form.errors:
            flash(gettext("Entered for %(name)s.", name=who.name))
            return redirect(url_for("reach.member", group=group, person=who.id), 303)
    return _page(who, form), 422 if form.is_submitted() else 200


def _page(who: Person, form: BehalfForm) -> str:
    row = next(row for row in table.rows(g.group.id, clock.now()) if row.person.id == who.id)
    said = queries.history(who.id)
    return render_template(
        "reach/member.html", group=g.group, row=row, who=who, form=form, said=said, wording=wording, questions=rules.QUESTIONS, why=why,
        letters=queries.letters_to(g.group.id, who.id), names=people.names({each.entered_by_id for each in said if each.entered_by_id}),
        states=STATES, shown=shown,
    )  # fmt: skip


def shown(means: Means) -> dict:
    """What was said, by question."""
    return {name: getattr(means, name) for name in rules.QUESTIONS}


@pages.post("/g/<group>/reach/<int:person>/ask")
@needs("reach.manage")
def ask(group: str, person: int):
    """Ask this member once more now."""
    who = _member(person)
    actions.ask(g.group, [who], by=me(), door="page")
    flash(gettext("%(name)s is asked by letter.", name=who.name))
    return redirect(url_for("reach.member", group=group, person=who.id), 303)


@pages.post("/g/<group>/reach/<int:person>/call")
@needs("tasks.settle")
def call(group: str, person: int):
    """Write down that somebody should telephone this member."""
    who, now = _member(person), clock.now()
    row = next(row for row in table.rows(g.group.id, now) if row.person.id == who.id)
    made = calling.raise_call(g.group.id, row, now, by=me(), door="page")
    flash(gettext("The task is written down.") if made else gettext("This task is open already."))
    return redirect(url_for("reach.member", group=group, person=who.id), 303)


def _member(person_id: int) -> Person:
    """The member of this group of that number."""
    person = people.get_person(person_id)
    if person.ended_at is not None or not people.sits_in(g.group.id, person_id):
        raise NotFound()
    return person
