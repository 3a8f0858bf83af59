"""The letter that asks a member how they can take part."""

from flask_babel import gettext

from consult.alerts.pen import Pen, Sheet
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.reach import queries, wording
from consult.reach.rules import QUESTIONS

ANSWERED = "answered meanwhile"


def means(pen: Pen, event: Event) -> Letter | str | None:
    """Nine short questions, each answered by a line, and the form to fill in, with what the person told before."""
    asked = queries.asked(pen.group.id, pen.person.id)
    if asked is None or asked.answered_at is not None:
        return ANSWERED
    known = queries.latest(pen.person.id)
    said = {name: getattr(known, name) for name in QUESTIONS} if known else {}
    sheet = Sheet("means", gettext("How can you take part? A few short questions"), [], "means", pen.group.id)
    sheet.top = pen.words(
        "alerts/means", questions=wording.questions(), form=wording.form(said), known=known, times=asked.times, url=pen.address("reach")
    )
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")
