"""The page on which a person says which of the letters that came in their name are theirs."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from consult.errors import NotFound
from consult.inbox import confirmed, confirming, queries, rules
from consult.inbox.models import Arrival
from consult.inbox.pages import pages
from consult.outbox import queries as outbox
from consult.people.guard import me, signed_in


@pages.get("/me/confirm")
@signed_in
def confirm():
    """What came in one's own name and waits for a YES or a NO."""
    rows = confirming.waiting_for(me())
    return render_template(
        "inbox/confirm.html", rows=[(row, _answers(row)) for row in rows], redacted=rules.redacted, patience=confirming.PATIENCE
    )


@pages.post("/me/confirm/<int:arrival>/yes")
@signed_in
def confirm_yes(arrival: int):
    """It is mine: it is taken."""
    result = confirmed.confirm(_mine(arrival), by=me(), door="page")
    taken = result.state == "taken"
    flash(gettext("It is taken as yours. A letter says what it became.") if taken else gettext("It is yours, and waits for an officer."))
    return redirect(url_for("inbox.confirm"), 303)


@pages.post("/me/confirm/<int:arrival>/no")
@signed_in
def confirm_no(arrival: int):
    """It is not mine: nothing is done with it."""
    confirmed.deny(_mine(arrival), by=me(), door="page")
    flash(gettext("It was put aside, and nothing was done with it."))
    return redirect(url_for("inbox.confirm"), 303)


def _mine(arrival: int) -> Arrival:
    """A letter in one's own name; for everybody else it is not there."""
    found = queries.get(arrival)
    if not confirming.was_asked(found, me()):
        raise NotFound()
    return found


def _answers(row) -> str:
    """The subject of our letter that it answers."""
    kind, secret = rules.addressed(row.envelope_to, row.envelope_to.rpartition("@")[2])
    key = outbox.answered(secret) if kind == "reply" else None
    return key.letter.subject if key and key.letter else ""
