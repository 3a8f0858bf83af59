"""Reading the tasks of a group's officers."""

from sqlalchemy import func, select

from consult.errors import NotFound
from consult.extensions import db
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.tasks.models import Task


def get_task(group_id: int, task_id: int) -> Task:
    """The task of that number in this group."""
    found = db.session.get(Task, task_id)
    if found is None or found.group_id != group_id:
        raise NotFound()
    return found


def how_many(group_id: int) -> int:
    """How many tasks are still to be done in this group."""
    return db.session.scalar(select(func.count()).where(Task.group_id == group_id, Task.done_at.is_(None))) or 0


def waiting_for(person: Person) -> list[tuple[Group, int]]:
    """The groups in which tasks wait for this person, each with how many."""
    if not people.may_somewhere(person, "tasks.settle"):
        return []
    counts = dict(db.session.execute(select(Task.group_id, func.count()).where(Task.done_at.is_(None)).group_by(Task.group_id)).all())
    return [(group, counts[group.id]) for group in people.groups_where(person, "tasks.settle") if group.id in counts] if counts else []


def open_tasks(group_id: int) -> list[Task]:
    """What is still to be done in this group, the oldest first."""
    return list(db.session.scalars(select(Task).where(Task.group_id == group_id, Task.done_at.is_(None)).order_by(Task.id)))


def settled_tasks(group_id: int, limit: int = 50) -> list[Task]:
    """What was done last in this group, the newest first."""
    done = select(Task).where(Task.group_id == group_id, Task.done_at.is_not(None)).order_by(Task.done_at.desc()).limit(limit)
    return list(db.session.scalars(done))
