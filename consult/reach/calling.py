"""Raising tasks to telephone whoever no letter reaches, or who says nothing to anything, not even to invitations."""

from datetime import datetime

from sqlalchemy import func, select

from consult.extensions import db
from consult.people.models import Group
from consult.reach import table
from consult.reach.rules import SILENT_FOR
from consult.tasks import actions as tasks
from consult.tasks.models import Task
from consult.web.filters import day_words


def call_due(now: datetime) -> int:
    """A task for each member of each group who needs a telephone call; not again soon after an officer settled one. Gives how many."""
    groups = db.session.scalars(select(Group).where(Group.ended_at.is_(None)).order_by(Group.id))
    return sum(_raised(group, now) for group in groups)


def _raised(group: Group, now: datetime) -> int:
    settled = select(Task.person_id, func.max(Task.done_at)).where(Task.group_id == group.id, Task.kind == "telephone")
    lately = dict(db.session.execute(settled.where(Task.done_at.is_not(None)).group_by(Task.person_id)).all())
    count = 0
    for row in table.rows(group.id, now):
        before = lately.get(row.person.id)
        if row.call and row.role != "officer" and not (before and now - before < SILENT_FOR):
            count += raise_call(group.id, row, now) is not None
    return count


def raise_call(group_id: int, row: table.Row, now: datetime, **by: object) -> Task | None:
    """The task to telephone that member, with the number they gave; None while one is open."""
    since = row.call[1] if row.call else None
    return tasks.raise_task(
        "telephone", group_id=group_id, person=row.person, at=now, name=row.person.name, since=day_words(since or row.heard_at or now),
        number=row.means.phone if row.means else "", once=f"telephone:{row.person.id}:{group_id}", **by,
    )  # fmt: skip
