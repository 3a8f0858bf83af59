"""Raising tasks for officers, and settling them."""

from datetime import date, datetime

from consult.extensions import db, stored
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line
from consult.people import queries as people
from consult.people.models import Person
from consult.tasks import rules
from consult.tasks.models import Task


def raise_task(
    kind: str,
    *,
    group_id: int,
    once: str | None = None,
    person: Person | None = None,
    subject=None,
    due_on: date | None = None,
    by: Person | None = None,
    door: str = "worker",
    at: datetime | None = None,
    **detail: str,
) -> Task | None:
    """A task of that kind for the officers of a group; None while the same one (`once`) is open. `detail` fills the kind's sentence.
    `by`: the officer who writes it down; nobody where the machine finds that something is to be done."""
    if by is not None:
        people.require(by, "tasks.settle", group_id)
    if kind not in rules.KINDS:
        raise ValueError(f"there is no task of the kind {kind}; the kinds are in tasks/rules.py")
    at, detail = at or clock.now(), {name: one_line(str(value), 500) for name, value in detail.items()}
    task = Task(
        group_id=group_id, kind=kind, once=once, person_id=person and person.id, detail=detail, opened_at=at, due_on=due_on,
        subject_type=subject.__tablename__ if subject is not None else "", subject_id=subject.id if subject is not None else None,
    )  # fmt: skip
    if not stored(task):
        return None
    record(
        "task.raised", door=door, actor=by, group_id=group_id, subject=task, at=at, about=kind,
        name=detail.get("name", "") or detail.get("what", ""),
    )  # fmt: skip
    return task


def settle(task: Task, note: str, *, by: Person, door: str, at: datetime | None = None) -> Task:
    """An officer says what became of a task; the same may then be raised again."""
    people.require(by, "tasks.settle", task.group_id)
    db.session.refresh(task, with_for_update={"of": Task})
    rules.check_may_settle(task.done_at is not None, note)
    task.done_at, task.done_by_id, task.note, task.once = at or clock.now(), by.id, one_line(note, 500), None
    record("task.settled", door=door, actor=by, group_id=task.group_id, subject=task, at=at, about=task.kind, note=task.note)
    return task
