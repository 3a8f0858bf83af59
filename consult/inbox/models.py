"""Every e-mail that came, raw, with what became of it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.people.models import Person


class Arrival(db.Model):
    """One message to one of our addresses. `digest` makes a second delivery of it the same arrival."""

    __tablename__ = "arrival"
    __table_args__ = (
        Index("ix_arrival_state", "state", "id"),
        Index("ix_arrival_group", "group_id", "id"),
        Index("ix_arrival_queue", "group_id", "state", "id"),
        Index("ix_arrival_key", "key_id", "state"),
        Index("ix_arrival_person", "person_id", "state"),
        Index("ix_arrival_received", "received_at", "id"),
        Index("ix_arrival_unplaced", "unplaced", sqlite_where=text("unplaced > 0"), postgresql_where=text("unplaced > 0")),
        Index("ix_arrival_sort", "sort", sqlite_where=text("sort <> ''"), postgresql_where=text("sort <> ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    raw: Mapped[str] = mapped_column(String(100))  # where the bytes are kept, below the data folder
    octets: Mapped[int]
    door: Mapped[str] = mapped_column(String(10), default="listen")  # listen, receive, fetch
    received_at: Mapped[datetime] = mapped_column(Instant)
    envelope_from: Mapped[str] = mapped_column(String(320), default="")
    envelope_to: Mapped[str] = mapped_column(String(320), default="")
    message_id: Mapped[str] = mapped_column(String(300), default="")
    sender: Mapped[str] = mapped_column(String(320), default="")
    subject: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[str] = mapped_column(String(10))  # taken, asked, held, refused, ignored, bounced, settled
    reason: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    key_id: Mapped[int | None] = mapped_column(ForeignKey("reply_key.id"))
    verified: Mapped[bool] = mapped_column(default=False)
    own_text: Mapped[str] = mapped_column(Text, default="")
    cut_text: Mapped[str] = mapped_column(Text, default="")
    understood: Mapped[list] = mapped_column(JSON, default=list)  # [{"type": "comment"|"answer"|"command", "id": …, "mark": …}]
    unplaced: Mapped[int] = mapped_column(default=0)  # how many of its remarks name a paragraph that nobody knows
    sort: Mapped[str] = mapped_column(String(20), default="")  # what an officer said it is: rules.SORTS
    dated_at: Mapped[datetime | None] = mapped_column(Instant)  # what its Date header says
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    copies: Mapped[int] = mapped_column(default=1)  # how often it was delivered

    person: Mapped[Person | None] = relationship(lazy="joined", foreign_keys=person_id)


class Wish(db.Model):
    """What somebody asked for by mail and gets when they say YES: a large text, or something that concerns a whole group."""

    __tablename__ = "wish"
    __table_args__ = (Index("ix_wish_person", "person_id", "done_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    line: Mapped[str] = mapped_column(Text)  # the command as it is to be run, with the text below it
    octets: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrival.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))  # the round of the letter that was answered with it
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
