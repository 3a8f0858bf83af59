"""The pages on which an officer sees what became of each letter of the group, and sends one again."""

import re

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit.words import N_
from consult.outbox import actions, enclosing, queries
from consult.outbox.models import Letter
from consult.people.guard import me, needs
from consult.people.models import Person
from consult.people.queries import require
from consult.people.redaction import redacted
from consult.web.forms import translated

pages = Blueprint("letters", __name__)

A_PAGE = 50
STATES = {
    "waiting": N_("waiting"),
    "sending": N_("on its way"),
    "sent": N_("sent"),
    "failed": N_("failed"),
    "bounced": N_("came back"),
    "dropped": N_("not sent"),
    "held": N_("kept back"),
}
SECRET = re.compile(r"\b(reply|bounce)\+[0-9a-f]{32}@")


@pages.get("/g/<group>/letters")
@needs("letters.read")
def letters(group: str) -> str:
    """All letters of the group, newest first, with what became of each and why."""
    state = request.args.get("state", "")
    chosen = state if state in STATES else ""
    found = queries.letters_of_group(g.group.id, chosen, request.args.get("before", type=int), A_PAGE + 1)
    older = found[A_PAGE - 1].id if len(found) > A_PAGE else None
    return render_template(
        "letters/letters.html", group=g.group, letters=found[:A_PAGE], older=older, chosen=chosen, states=STATES,
        counts=queries.counts(g.group.id),
    )  # fmt: skip


@pages.get("/g/<group>/letters/<int:letter>")
@needs("letters.read")
def letter(group: str, letter: int) -> str:
    """One letter as it was sent, except for the secrets in it, which belong to its reader alone."""
    row = queries.letter_of_group(g.group.id, letter)
    files = enclosing.of_letters([row.id]).get(row.id, ())
    text = without_secrets(queries.sent_text(row))
    return render_template("letters/letter.html", group=g.group, letter=row, text=text, states=STATES, files=files)


@pages.post("/g/<group>/letters/<int:letter>")
@needs("letters.read")
def send_again(group: str, letter: int):
    """The letter goes once more, to the address the person has now."""
    row = queries.letter_of_group(g.group.id, letter)
    try:
        again(row, by=me(), door="page")
    except Refused as refused:
        flash(translated(refused), "error")
    else:
        flash(gettext("The letter to %(name)s is waiting to be sent again.", name=row.to_name))
    return redirect(url_for("letters.letter", group=group, letter=letter), 303)


def again(row: Letter, *, by: Person, door: str) -> None:
    """Sends a letter again, as an officer may, and writes down that it was done."""
    require(by, "letters.read", row.group_id)
    person = db.session.get(Person, row.person_id) if row.person_id else None
    actions.resend(row, person)
    record("letter.resent", door=door, actor=by, group_id=row.group_id, subject=row, name=row.to_name)


def without_secrets(text: str) -> str:
    """The text without the addresses and links that would let its reader act in the person's name."""
    return SECRET.sub(r"\1+…@", redacted(text))
