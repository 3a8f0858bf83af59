"""What the desk shows on the first page: letters that wait for an officer, and letters in a person's own name that nobody confirmed."""

from flask import render_template
from markupsafe import Markup

from consult.inbox import queries
from consult.people.models import Person


def waiting_for(person: Person) -> Markup:
    """How many letters wait at the desk for this person, with the way there; nothing when none does."""
    found = queries.waiting_for(person)
    return Markup(render_template("inbox/_waiting.html", **found)) if any(found.values()) else Markup("")
