"""Reading the journal."""

from sqlalchemy import bindparam, func, select

from consult.extensions import db
from consult.journal.models import Event, Untold

LAST = select(func.max(Event.id)).where(Event.group_id == bindparam("group"))  # asked for every page of a group


def of_group(group_id: int, before: int | None = None, limit: int = 50) -> list[Event]:
    """The group's story, newest first, `limit` events at a time, those before that event number."""
    wanted = select(Event).where(Event.group_id == group_id).order_by(Event.id.desc()).limit(limit)
    if before:
        wanted = wanted.where(Event.id < before)
    return list(db.session.scalars(wanted))


def last_of_group(group_id: int) -> int:
    """The number of the newest event of the group; changes whenever anything in the group does."""
    return db.session.scalar(LAST, {"group": group_id}) or 0


def untold(limit: int = 200) -> list[Event]:
    """The events that nobody was told of yet, oldest first."""
    return list(db.session.scalars(select(Event).join(Untold, Untold.event_id == Event.id).order_by(Event.id).limit(limit)))
