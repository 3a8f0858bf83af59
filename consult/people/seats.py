"""What ends with a seat in a group: the addresses to which its person answers letters of that group."""

from datetime import date, datetime

from sqlalchemy import select

from consult.extensions import db
from consult.outbox import keys
from consult.people import rules
from consult.people.models import Membership


def end_keys(seat: Membership, at: datetime) -> int:
    """The person answers no more letters of the group, unless they sit there on another seat. Returns how many addresses ended."""
    return 0 if _sits_on(seat, at.date()) else keys.end(seat.person_id, at, group_id=seat.group_id)


def end_keys_due(now: datetime) -> int:
    """The same for all seats whose last day was yesterday."""
    ended = db.session.scalars(select(Membership).where(Membership.ends_on == now.date()))
    return sum(end_keys(seat, now) for seat in list(ended))


def _sits_on(seat: Membership, day: date) -> bool:
    others = select(Membership).where(Membership.group_id == seat.group_id, Membership.person_id == seat.person_id)
    return any(rules.is_current(each.starts_on, each.ends_on, day) for each in db.session.scalars(others))
