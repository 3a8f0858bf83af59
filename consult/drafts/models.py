"""A text, its numbered immutable versions, and their addressable paragraphs."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.files.models import File
from consult.people.models import Group


class Draft(db.Model):
    """A text a group works on, from its first version to its last."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("group_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    symbol: Mapped[str] = mapped_column(String(80), default="")
    language: Mapped[str] = mapped_column(String(5), default="en")
    label: Mapped[str] = mapped_column(String(200), default="")  # instead of "for comments only, not for citation", in the officer's words
    issued_at: Mapped[datetime | None] = mapped_column(Instant)  # from then on the text may be cited, and carries no label
    created_at: Mapped[datetime] = mapped_column(Instant)

    group: Mapped[Group] = relationship()
    versions: Mapped[list["Version"]] = relationship(back_populates="draft", order_by="Version.number")


class Version(db.Model):
    """One state of a draft. While being prepared its cutting can be corrected; once published it never changes."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    number: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")  # what is new, in the officer's words
    source_name: Mapped[str] = mapped_column(String(200), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey(File.id))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    draft: Mapped[Draft] = relationship(back_populates="versions")
    paragraphs: Mapped[list["Paragraph"]] = relationship(order_by="Paragraph.position")


class Paragraph(db.Model):
    """One addressable piece of a version: a numbered paragraph, a heading, an item, a table, a list, a note."""

    __tablename__ = "paragraph"
    __table_args__ = (UniqueConstraint("version_id", "position"), Index("ix_paragraph_mark", "version_id", "mark"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    level: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(String(60), default="")
    printed: Mapped[str] = mapped_column(String(60), default="")
    mark: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey(File.id))  # the picture of a figure
    origins: Mapped[list | None] = mapped_column(JSON(none_as_null=True))  # the paragraphs of the version before it was written from


class Tie(db.Model):
    """What became of a paragraph from one version to the next, how sure that is, and whether a person said so."""

    __tablename__ = "tie"
    __table_args__ = (Index("ix_tie_versions", "old_version_id", "new_version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    old_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    new_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    old_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    new_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    kind: Mapped[str] = mapped_column(String(10))  # same, moved, changed, split, merged, new, gone
    confidence: Mapped[float] = mapped_column(default=1.0)
    by_hand: Mapped[bool] = mapped_column(default=False)


class Opening(db.Model):
    """Who opened a version, through which door, when first and when last: the officers' log, and where "since I last read" begins."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("version_id", "person_id", "door"), Index("ix_opening_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    door: Mapped[str] = mapped_column(String(10))  # page, mail, file
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    times: Mapped[int] = mapped_column(default=1)
