"""The tasks of a group's officers."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.people.models import Person


class Task(db.Model):
    """Something that a machine cannot do and an officer must; it stays until somebody says what became of it."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_group", "group_id", "done_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    kind: Mapped[str] = mapped_column(String(30))  # failing, silent, telephone … see rules.KINDS
    once: Mapped[str | None] = mapped_column(String(200), unique=True)  # what is raised only once while it is open, e.g. failing:12
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # whom it is about
    subject_type: Mapped[str] = mapped_column(String(30), default="")
    subject_id: Mapped[int | None]
    detail: Mapped[dict] = mapped_column(JSON, default=dict)  # the words of its sentence
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=person_id)
