"""A sign of life of each process that has no page of its own."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Instant, db


class Pulse(db.Model):
    """When a worker was last heard of, on whatever machine it runs."""

    __tablename__ = "pulse"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
