"""The letter that asks a member how they can take part."""

from flask_babel import gettext

from consult.alerts.pen import Pen, Sheet, home
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.people.queries import names
from consult.reach import queries, wording
from consult.reach.models import Means
from consult.reach.rules import QUESTIONS
from consult.web.filters import ENTERED, day_words

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


def entered(pen: Pen, event: Event) -> Letter | str | None:
    """What an officer entered for the person, what changes in their letters, and the line that puts each right."""
    row = db.session.get_one(Means, event.subject_id)
    said = {name: getattr(row, name) for name in QUESTIONS if name in event.data["said"]}
    sheet = Sheet("means", gettext("How you can take part: entered for you"), [], "means", pen.group.id)
    sheet.top = pen.words(
        "alerts/means-entered", told=wording.told({name: value for name, value in said.items() if value not in ("", None)}),
        changed=wording.changed(pen.person, event.data["before"]), url=f"{home()}/me/means",
        how=entered_words(pen.shelf.once(("name", event.actor_id), lambda: names({event.actor_id})).get(event.actor_id, ""), row),
    )  # fmt: skip
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def entered_words(name: str, row: Means) -> str:
    """Who entered it, from what it came by, and when that came."""
    return gettext(ENTERED[row.door], name=name, when=day_words(row.at)) if row.door in ENTERED else name
