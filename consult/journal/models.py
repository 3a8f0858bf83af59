"""The one append-only story: who did what to which thing, when, and through which door."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Instant, db


class Event(db.Model):
    """One thing that happened. Never changed, never removed."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_group", "group_id", "id"), Index("ix_event_subject", "subject_type", "subject_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(60))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    door: Mapped[str] = mapped_column(String(10))
    subject_type: Mapped[str] = mapped_column(String(30), default="")
    subject_id: Mapped[int | None]
    data: Mapped[dict] = mapped_column(JSON, default=dict)


class Untold(db.Model):
    """An event that alerts have not read yet; the row goes in the transaction that reads it."""

    __tablename__ = "untold"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, autoincrement=False)
