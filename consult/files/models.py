"""Files by the hash of their content: the same file is kept once, whoever brings it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Instant, db


class File(db.Model):
    """A file somebody brought, under the name they gave it."""

    __tablename__ = "file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    octets: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(Instant)
