"""Answers to the questions about a person's means: each line that answers one is taken, the others are shown back."""

from flask import current_app
from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import receipts
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.people.models import Group, Person
from consult.reach import actions as reach
from consult.reach import wording
from consult.reach.reading import asks, understood
from consult.reach.rules import QUESTIONS

NOT_READ = N_(
    "None of its lines answers one of the questions. Answer once more, with one line for each and its number in front. %(questions)s"
)
MOST_UNREAD = 20


def carry_out(reply) -> Result:
    """Note what can be read of the answers; raises Refused with all the questions where nothing can."""
    with force_locale(reply.person.language):
        sent = "\n".join([reply.sent or "", *wording.questions()])  # a letter about commands has the questions too, and no key of its own
    found = understood(reply.mail.text, sent)
    own = {line.strip() for line in reply.own.split("\n")}
    unread = [line for line in found.unread if line in own and not asks(line)][:MOST_UNREAD]
    if not found.said:
        with force_locale(reply.person.language):
            raise Refused(NOT_READ, questions=wording.short_questions())
    made, before = reach.answer(reply.person, found.said, by=reply.person, door="mail", at=reply.arrival.received_at)
    numbers = [number for number, name in enumerate(QUESTIONS, 1) if name in found.said]
    return Result(
        "taken", understood=[{"type": "means", "id": made.id, "mark": str(number)} for number in numbers],
        receipt=lambda *about: _receipt(reply.key.group_id, found.said, unread, before, *about),
    )  # fmt: skip


def _receipt(group_id: int | None, said: dict, unread: list[str], before: dict, arrival: Arrival, person: Person) -> None:
    """What was understood, what changes in the person's letters, what could not be read, and the line that puts each right."""
    if not (person.receipts or unread or before):
        return
    group = db.session.get(Group, group_id) if group_id else None
    with force_locale(person.language):
        key = outbox.new_key(person, "means", group_id, group_id=group_id)
        receipts.Back(arrival, person, group.name if group else "", [key]).post(
            "receipt", gettext("How you can take part: what we understood"), "means", once=f"receipt:{arrival.digest}",
            told=wording.told(said), changed=wording.changed(person, before), unread=unread, verified=arrival.verified,
            url=f"{current_app.config['URL']}/me/means",
        )  # fmt: skip
