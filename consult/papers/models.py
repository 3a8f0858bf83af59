"""Documents made by the worker when somebody asks for them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db
from consult.files.models import File


class Paper(db.Model):
    """A draft or a compilation in one form. Asked for once and made once: `key` changes with whatever the document holds."""

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_state", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # draft, compilation
    form: Mapped[str] = mapped_column(String(10))  # docx, pdf, xlsx
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    options: Mapped[dict] = mapped_column(JSON, default=dict)  # with comments, in which language, for whom
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting, working, done, failed
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    file_id: Mapped[int | None] = mapped_column(ForeignKey(File.id))
    lines: Mapped[list | None] = mapped_column(JSON)  # of a PDF: [page, first line, position of the paragraph]
    made_at: Mapped[datetime | None] = mapped_column(Instant)

    file: Mapped[File | None] = relationship()
