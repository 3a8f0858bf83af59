"""What stands in a letter about a mail that could not be used, besides the reason: how many of them a person got today."""

from sqlalchemy import func, select

from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people.models import Person


def returned_today(person: Person) -> int:
    """How many letters about mails that could not be used a person was written today (UTC)."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = select(func.count()).where(Letter.person_id == person.id, Letter.kind.in_(("refusal", "held")), Letter.created_at >= today)
    return db.session.scalar(wanted) or 0
