"""Files of comments that somebody brought: each file, each of its rows, and what became of it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.files.models import File
from consult.people.models import Person
from consult.review.models import Comment, Round


class Import(db.Model):
    """A file of comments on its way into a round: read, shown row by row, then taken; until then nobody else sees anything of it."""

    __tablename__ = "import"
    __table_args__ = (Index("ix_import_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey(File.id))
    template: Mapped[str] = mapped_column(String(20), default="")  # one of templates.TEMPLATES; empty: told by the file
    options: Mapped[dict] = mapped_column(JSON, default=dict)  # columns named by hand, for whom the rows count
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    door: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, preview, wanted, done, failed, dropped
    total: Mapped[int] = mapped_column(default=0)  # rows of the file
    done: Mapped[int] = mapped_column(default=0)  # rows read, then rows taken: how far it is
    reason: Mapped[str] = mapped_column(Text, default="")  # why it failed
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    round: Mapped[Round] = relationship()
    file: Mapped[File] = relationship()
    by: Mapped[Person] = relationship(lazy="joined")


class ImportRow(db.Model):
    """One row of such a file: what it says, where it was placed and how sure that is, what is wrong with it, and its comment."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "number"), Index("ix_import_row_state", "import_id", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"))
    number: Mapped[int]  # as the program counts rows, the heading row among them
    said: Mapped[dict] = mapped_column(JSON, default=dict)  # the row in the one row format
    key: Mapped[str] = mapped_column(String(64), default="")  # the same for the same row in another import
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    how: Mapped[str] = mapped_column(String(12), default="")  # number, quote, page, whole, text, hand, none
    certainty: Mapped[float] = mapped_column(default=0.0)
    problem: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="good")  # good, doubtful, bad, known, taken, refused, left
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    html: Mapped[str] = mapped_column(Text, default="")  # the comment made safe when it was read, until it is taken

    comment: Mapped[Comment | None] = relationship()
