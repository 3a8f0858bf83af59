"""How many octets people sent us: the half of their ledger that this room knows."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, func, select

from consult.extensions import db
from consult.inbox.models import Arrival
from consult.outbox.ledger import within
from consult.outbox.months import Window


def received(windows: Sequence[Window], group_id: int | None = None) -> Iterable[Row]:
    """(person, number of the window, octets, deliveries) of all mail from these people; with a group: of what was sent to it."""
    if not windows:
        return []
    held, number = within(Arrival.person_id, Arrival.received_at, windows)
    octets, copies = func.sum(Arrival.octets * Arrival.copies), func.sum(Arrival.copies)
    wanted = select(Arrival.person_id, number.label("number"), octets, copies).where(held)
    if group_id is not None:
        wanted = wanted.where(Arrival.group_id == group_id)
    return db.session.execute(wanted.group_by(Arrival.person_id, "number"))
