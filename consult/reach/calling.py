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
    return sum(raise_call(group_id, row, now) is not None for group_id, row in to_call(now))


def to_call(now: datetime) -> list[tuple[int, table.Row]]:
    """(group, member) for whoever needs a telephone call and about whom officers have not been told yet. It only reads."""
    groups = db.session.scalars(select(Group).where(Group.ended_at.is_(None)).order_by(Group.id)).all()
    return [(group.id, row) for group in groups for row in _of_group(group, now)]


def _of_group(group: Group, now: datetime) -> list[table.Row]:
    settled = select(Task.person_id, func.max(Task.done_at)).where(Task.group_id == group.id, Task.kind == "telephone")
    lately = dict(db.session.execute(settled.where(Task.done_at.is_not(None)).group_by(Task.person_id)).all())
    wanted = [row for row in table.rows(group.id, now) if row.call and row.task is None and row.role != "officer"]
    return [row for row in wanted if row.person.id not in lately or now - lately[row.person.id] >= SILENT_FOR]


def raise_call(group_id: int, row: table.Row, now: datetime, **by: object) -> Task | None:
    """The task to telephone that member, with the number they gave; None while one is open."""
    since = row.call[1] if row.call else None
    return tasks.raise_task(
        "telephone", group_id=group_id, person=row.person, at=now, name=row.person.name, since=day_words(since or row.heard_at or now),
        number=row.means.phone if row.means else "", once=f"telephone:{row.person.id}:{group_id}", **by,
    )  # fmt: skip
