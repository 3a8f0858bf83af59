"""What a letter about an unusable mail says besides the reason: how many of them a person got today, and whom they can ask."""

from flask import current_app
from sqlalchemy import func, select

from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.people.models import Group, Person

NAMED = 3  # so many groups, and so many officers of each, are named in a letter


def returned_today(person: Person) -> int:
    """How many letters about mails that could not be used a person was written today (UTC)."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = select(func.count()).where(Letter.person_id == person.id, Letter.kind.in_(("refusal", "held")), Letter.created_at >= today)
    return db.session.scalar(wanted) or 0


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
