"""What members say about how they can take part, and when they were asked."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.people.models import Person


class Means(db.Model):
    """How one person can take part, as they said it at that moment; what they say later is a further row, and the last one holds."""

    __tablename__ = "means"
    __table_args__ = (Index("ix_means_person", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    connection: Mapped[str] = mapped_column(String(10), default="")  # broadband, slow, little, none; empty: not said
    device: Mapped[str] = mapped_column(String(10), default="")  # computer, phone, shared, none
    limit_bytes: Mapped[int | None]  # the largest letter they can take, in octets; 0: of any size, None: not said
    budget_bytes: Mapped[int | None]  # octets a month; 0: no budget, None: not said
    phone: Mapped[str] = mapped_column(String(80), default="")
    fax: Mapped[str] = mapped_column(String(80), default="")
    post: Mapped[str] = mapped_column(String(500), default="")
    ways: Mapped[str] = mapped_column(String(60), default="")  # by which they contribute, parted by blanks: page mail fax post phone
    note: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime] = mapped_column(Instant)
    door: Mapped[str] = mapped_column(String(10))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the officer who entered it for them


class MeansAsk(db.Model):
    """That a group's secretariat asked a member how they can take part; asked again by schedule until they answer."""

    __tablename__ = "means_ask"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    times: Mapped[int] = mapped_column(default=1)
    next_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # when something is due: the question again, or a task
    tasked_at: Mapped[datetime | None] = mapped_column(Instant)  # when officers were told that letters alone bring no answer
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(lazy="joined")
