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
    record_each(kind, [(subject, data)], door=door, actor=actor, group_id=group_id, at=at)


def record_each(
    kind: str, subjects: list[tuple], *, door: str, actor=None, group_id: int | None = None, at: datetime | None = None
) -> None:
    """Write down that this happened to several rows at once; `subjects`: each row (or None) with what else is to be known of it."""
    if kind not in KINDS:
        raise KeyError(f"{kind} is not in journal/kinds.py")
    db.session.flush()
    connection = db.session.connection()
    same = {"at": at or clock.now(), "kind": kind, "group_id": group_id, "actor_id": actor.id if actor else None, "door": door}
    happened = [same | _about(subject) | {"data": data} for subject, data in subjects]
    if happened:
        connection.execute(UNTOLD, [{"event_id": number} for number in connection.scalars(EVENT, happened).all()])


def _about(subject) -> dict[str, object]:
    if subject is None:
        return {"subject_type": "", "subject_id": None}
    return {"subject_type": subject.__tablename__, "subject_id": subject.id}
