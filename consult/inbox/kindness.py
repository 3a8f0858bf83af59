"""What a letter about an unusable mail says besides the reason: how many of them a person got today, and whom they can ask."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from consult.extensions import db
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.people.models import Group, Person

A_DAY, AN_HOUR, AT_ONCE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=2)
MOST_AN_HOUR = 20
NAMED = 3  # so many groups, and so many officers of each, are named in a letter


def returned_today(person: Person) -> int:
    """How many letters about mails that could not be used a person was written today (UTC)."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = select(func.count()).where(Letter.person_id == person.id, Letter.kind.in_(("refusal", "held")), Letter.created_at >= today)
    return db.session.scalar(wanted) or 0


def goes_round(arrival: Arrival, answers: Letter | None, result: Result, written: datetime | None) -> bool:
    """Whether two machines would answer each other: it answers our answer to a mail that could not be used, says the same again, or was
    written at once after such answers.

    A person is told once more where an officer will look, and then nothing until they write something else."""
    if result.state in ("taken", "asked"):
        return _too_many(arrival)
    if answers is not None and (answers.kind == "held" or answers.kind == "refusal" and result.state == "refused"):
        return True
    return _said_today(arrival) or _answers_at_once(arrival, written)


def _answers_at_once(arrival: Arrival, written: datetime | None) -> bool:
    """Whether the second such letter of this hour was answered within two minutes, by the date of the answer: so only machines write.

    Somebody who is seldom on line sends many mails at once, but has written them before our answers."""
    if written is None or arrival.person_id is None:
        return False
    told = select(Letter.created_at).where(
        Letter.person_id == arrival.person_id, Letter.kind.in_(("refusal", "held")), Letter.created_at > arrival.received_at - AN_HOUR
    )  # fmt: skip
    moments = list(db.session.scalars(told))
    return len(moments) >= 2 and max(moments) < written <= max(moments) + AT_ONCE


def _said_today(arrival: Arrival) -> bool:
    """Whether the same person sent the very same words before, since yesterday, to the same address, or sends them to the desk now."""
    if not arrival.own_text or arrival.person_id is None:
        return False
    same = select(Arrival.id).where(
        Arrival.person_id == arrival.person_id, Arrival.own_text == arrival.own_text, Arrival.id != arrival.id,
        Arrival.received_at > arrival.received_at - A_DAY, Arrival.state != "settled",
    )  # fmt: skip
    if arrival.envelope_to.lower() != desk_address().lower():
        same = same.where(Arrival.envelope_to == arrival.envelope_to)
    return db.session.scalar(same.limit(1)) is not None


def _too_many(arrival: Arrival) -> bool:
    """Whether the person had twenty letters about mails of theirs in this hour: more are answers of a machine to a machine."""
    told = current_app.extensions.setdefault("consult.told", {})
    lately = [at for at in told.get(arrival.person_id, ()) if timedelta() <= arrival.received_at - at < AN_HOUR]
    told[arrival.person_id] = [*lately, arrival.received_at][-MOST_AN_HOUR:]
    return len(lately) >= MOST_AN_HOUR


def desk_address() -> str:
    """Where a person writes to when no other address is at hand; what is no command waits there for an officer."""
    return f"consult@{current_app.config['MAIL_DOMAIN']}"


def officers_of(person: Person, group_id: int | None) -> list[tuple[str, str]]:
    """(name of the group, names of its officers) of the group a letter belongs to, or else of the person's groups.

    Officers of a group the person does not sit in are not named. Their own addresses stay with them: members do not see addresses."""
    groups = people.groups_of(person)
    asked = [group for group in groups if group.id == group_id] or groups[:NAMED]
    named = [(group.name, ", ".join(officer.name for officer in people.officers(group.id)[:NAMED])) for group in asked]
    return [(group, names) for group, names in named if names]


def group_written_to(person: Person, answers: Letter | None) -> Group | None:
    """The group whose officers read a letter without a command: the group of the letter it answers, or the only one the person sits in."""
    groups = people.groups_of(person)
    named = answers.group_id if answers is not None and answers.person_id == person.id else None
    return next((group for group in groups if group.id == named), groups[0] if len(groups) == 1 else None)
