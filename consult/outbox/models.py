"""Letters waiting and sent, and what an answer to each of them means."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db


class Letter(db.Model):
    """One e-mail to one person. Its Message-ID is fixed when it is posted, so that a second copy is known as one."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "state", "not_before"),
        Index("ix_letter_group", "group_id", "id"),
        # What the ledger reads stands in the index itself: the texts of the letters are not touched.
        Index("ix_letter_ledger", "person_id", "sent_at", "created_at", "group_id", "wire", "times"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)  # without < >
    once: Mapped[str | None] = mapped_column(String(200), unique=True)  # what may be posted only once, e.g. digest:12:2026-11-23T07
    kind: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    to_address: Mapped[str] = mapped_column(String(320))
    moved_from: Mapped[str] = mapped_column(String(320), default="")  # the address at which it came back, once it went to another
    to_name: Mapped[str] = mapped_column(String(200), default="")
    from_name: Mapped[str] = mapped_column(String(200), default="")
    reply_to: Mapped[str] = mapped_column(String(320), default="")
    subject: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[dict] = mapped_column(JSON, default=dict)  # further headers: List-Id, In-Reply-To …
    automatic: Mapped[str] = mapped_column(String(20), default="auto-generated")  # Auto-Submitted: auto-generated, auto-replied
    bounce_key: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, sending, sent, failed, bounced, dropped, held
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(String(500), default="")  # the last word of the receiving server, or why it failed
    octets: Mapped[int] = mapped_column(default=0)
    times: Mapped[int] = mapped_column(default=0)  # how often it was taken by a mail server
    wire: Mapped[int] = mapped_column(default=0)  # the octets of all these times: a letter sent again may have another length
    pieces: Mapped[list | None] = mapped_column(JSON)  # the entries of a digest: their lines in the text, what they are about
    packed: Mapped[dict | None] = mapped_column(JSON)  # how its text travels as a packed file: as (gz, zip), name, lines above it
    series_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)  # the first part, on the further ones
    part: Mapped[int] = mapped_column(default=1)
    parts: Mapped[int] = mapped_column(default=1)

    keys: Mapped[list["ReplyKey"]] = relationship(back_populates="letter")
    files: Mapped[list["LetterFile"]] = relationship(order_by="LetterFile.position", lazy="raise_on_sql")


class LetterFile(db.Model):
    """A file that travels along with a letter; its bytes are kept once, by their hash."""

    __tablename__ = "letter_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    position: Mapped[int] = mapped_column(default=0)
    media_type: Mapped[str] = mapped_column(String(100), default="application/octet-stream")


class ReplyKey(db.Model):
    """What an answer to this letter means, and from whom it is expected."""

    __tablename__ = "reply_key"
    __table_args__ = (Index("ix_reply_key_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(20))  # round, comment, digest, receipt, confirm, wish, means, meeting …
    subject_id: Mapped[int | None]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)

    letter: Mapped[Letter | None] = relationship(back_populates="keys")
