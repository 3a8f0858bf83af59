"""Reading the tasks of a group's officers."""

from sqlalchemy import select

from consult.extensions import db
from consult.tasks.models import Task


def open_tasks(group_id: int) -> list[Task]:
    """What is still to be done in this group, the oldest first."""
    return list(db.session.scalars(select(Task).where(Task.group_id == group_id, Task.done_at.is_(None)).order_by(Task.id)))


def settled_tasks(group_id: int, limit: int = 50) -> list[Task]:
    """What was done last in this group, the newest first."""
    done = select(Task).where(Task.group_id == group_id, Task.done_at.is_not(None)).order_by(Task.done_at.desc()).limit(limit)
    return list(db.session.scalars(done))
