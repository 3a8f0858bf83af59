"""Writing into the journal what happened to a meeting."""

from datetime import datetime

from consult.journal.actions import record
from consult.meetings.models import Meeting
from consult.people.models import Person


def note(kind: str, of: Meeting, *, door: str, by: Person | None = None, at: datetime | None = None, **data: object) -> None:
    """Write down what happened to this meeting, under its title unless another one is given; before it is announced apart from the
    timeline of the group, which all members read."""
    record(kind, door=door, actor=by, group_id=of.group_id if of.announced_at else None, subject=of, at=at, **{"title": of.title, **data})
