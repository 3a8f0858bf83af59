"""A meeting of a group, its agenda, its documents, and each person's answer and presence."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.drafts.models import Draft, Version
from consult.extensions import Instant, db
from consult.files.models import File
from consult.people.models import Group, Person


class Meeting(db.Model):
    """One meeting of a group: in a room, over the wire, both, or by correspondence."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("group_id", "code"), Index("ix_meeting_state", "state", "starts_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    title: Mapped[str] = mapped_column(String(300))
    code: Mapped[str] = mapped_column(String(60))  # what its documents' symbols begin with, and what commands by mail name
    kind: Mapped[str] = mapped_column(String(20))  # in-person, online, hybrid, correspondence
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")  # where one joins from afar, or the number one telephones
    starts_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    zone: Mapped[str] = mapped_column(String(60), default="UTC")
    host: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[str] = mapped_column(String(40), default="en")  # codes parted by blanks, the first is that of the report
    note: Mapped[str] = mapped_column(Text, default="")  # what the letter of invitation says beside the facts
    state: Mapped[str] = mapped_column(String(12), default="planned")  # planned, announced, held, cancelled
    reason: Mapped[str] = mapped_column(String(500), default="")  # why it was changed last, or cancelled
    uid: Mapped[str] = mapped_column(String(32), unique=True)  # by which calendars know it
    sequence: Mapped[int] = mapped_column(default=0)  # how often it was changed since it was announced
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    announced_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)  # when those who had not answered were written to again
    adopted_at: Mapped[datetime | None] = mapped_column(Instant)  # when the agenda was adopted; before, it is provisional

    group: Mapped[Group] = relationship()
    items: Mapped[list["AgendaItem"]] = relationship(back_populates="meeting", order_by="AgendaItem.position")
    documents: Mapped[list["MeetingDocument"]] = relationship(back_populates="meeting", order_by="MeetingDocument.id")
    attendances: Mapped[list["Attendance"]] = relationship(back_populates="meeting", order_by="Attendance.id")


class AgendaItem(db.Model):
    """One item of the agenda, with its number as printed and what the annotated agenda says of it."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_meeting", "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(500))
    presenter: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    meeting: Mapped[Meeting] = relationship(back_populates="items")


class MeetingDocument(db.Model):
    """A document before a meeting, under its symbol: a version of a draft, or files, one a language and format."""

    __tablename__ = "meeting_document"
    __table_args__ = (UniqueConstraint("meeting_id", "symbol"), Index("ix_meeting_document_symbol", "symbol"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))  # None: the newest that is published
    symbol: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    nature: Mapped[str] = mapped_column(String(20))  # working, information, report …
    state: Mapped[str] = mapped_column(String(12), default="posted")  # awaited, received, reviewed, edited, posted, on-hold, archived
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_document.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)

    meeting: Mapped[Meeting] = relationship(back_populates="documents")
    item: Mapped[AgendaItem | None] = relationship()
    draft: Mapped[Draft | None] = relationship()
    version: Mapped[Version | None] = relationship()
    files: Mapped[list["DocumentFile"]] = relationship(order_by="DocumentFile.id", lazy="selectin")


class DocumentFile(db.Model):
    """One language and format of a meeting document."""

    __tablename__ = "document_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("meeting_document.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    language: Mapped[str] = mapped_column(String(5), default="en")

    file: Mapped[File] = relationship(lazy="joined")


class Attendance(db.Model):
    """One person and one meeting: invited, what they answered, and whether they were there."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), Index("ix_attendance_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(String(12), default="invited")  # invited: no answer yet; attending, apologies, alternate
    reason: Mapped[str] = mapped_column(Text, default="")
    alternate: Mapped[str] = mapped_column(String(200), default="")  # who comes in their place
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    door: Mapped[str] = mapped_column(String(10), default="")
    verified: Mapped[bool] = mapped_column(default=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the officer who entered it for them
    present: Mapped[bool | None]  # None: nobody has taken the presence yet
    funded: Mapped[bool] = mapped_column(default=False)  # whether the secretariat pays the journey

    meeting: Mapped[Meeting] = relationship(back_populates="attendances")
    person: Mapped[Person] = relationship(lazy="joined", foreign_keys=[person_id])
