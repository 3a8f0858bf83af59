"""What the machine still has to tell whom, and what somebody follows or does not want to hear of."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.journal.models import Event


class Notice(db.Model):
    """One event that one person is to be told of, and when."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("event_id", "person_id"), Index("ix_notice_due", "state", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, written, dropped, failed
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    why: Mapped[str] = mapped_column(String(300), default="")

    event: Mapped[Event] = relationship(lazy="joined")


class Watch(db.Model):
    """A round, draft or comment that a person follows (its news come at once) or has muted (no news of it)."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("person_id", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject_type: Mapped[str] = mapped_column(String(10))  # round, draft, comment
    subject_id: Mapped[int]
    follows: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)
