"""Writing the journal."""

from datetime import datetime

from sqlalchemy import insert

from consult.extensions import db
from consult.journal.kinds import KINDS
from consult.journal.models import Event, Untold
from consult.kit import clock

# Written with everything that happens, so they are put together once.
EVENT = insert(Event.__table__).returning(Event.__table__.c.id)
UNTOLD = insert(Untold.__table__)


def record(
    kind: str, *, door: str, actor=None, group_id: int | None = None, subject=None, at: datetime | None = None, **data: object
) -> None:
    """Write down, in the same transaction, that this happened: `actor` a person or None for the machine, `subject` the row concerned."""
    if kind not in KINDS:
        raise KeyError(f"{kind} is not in journal/kinds.py")
    db.session.flush()
    happened = {
        "at": at or clock.now(),
        "kind": kind,
        "group_id": group_id,
        "actor_id": actor.id if actor else None,
        "door": door,
        "subject_type": subject.__tablename__ if subject is not None else "",
        "subject_id": subject.id if subject is not None else None,
        "data": data,
    }
    connection = db.session.connection()
    connection.execute(UNTOLD, {"event_id": connection.scalar(EVENT, happened)})
