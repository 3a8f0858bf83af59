"""Reading the journal."""

from sqlalchemy import bindparam, func, select

from consult.extensions import db
from consult.journal.models import Event, Untold

NEWEST = 50


def so_far_in(group):
    """The sum of the numbers of a group's newest events, as a subquery. It grows with every event, also with one whose transaction
    ended after that of an event with a higher number (which the highest number alone would not tell)."""
    newest = select(Event.id).where(Event.group_id == group).order_by(Event.id.desc()).limit(NEWEST).correlate_except(Event).subquery()
    return select(func.sum(newest.c.id)).scalar_subquery()


SO_FAR = select(so_far_in(bindparam("group")))  # asked for every page of a group


def of_group(group_id: int, before: int | None = None, limit: int = 50) -> list[Event]:
    """The group's story, newest first, `limit` events at a time, those before that event number."""
    wanted = select(Event).where(Event.group_id == group_id).order_by(Event.id.desc()).limit(limit)
    if before:
        wanted = wanted.where(Event.id < before)
    return list(db.session.scalars(wanted))


def so_far(group_id: int) -> int:
    """A number that grows whenever anything happens in the group."""
    return int(db.session.scalar(SO_FAR, {"group": group_id}) or 0)


def how_often(kind: str, subject) -> int:
    """How many times this has happened to that row."""
    about = (Event.subject_type == subject.__tablename__) & (Event.subject_id == subject.id)
    return db.session.scalar(select(func.count()).where(about, Event.kind == kind)) or 0


def untold(limit: int = 200) -> list[Event]:
    """The events that nobody was told of yet, oldest first."""
    return list(db.session.scalars(select(Event).join(Untold, Untold.event_id == Event.id).order_by(Event.id).limit(limit)))
