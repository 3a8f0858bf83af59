"""A Party or organization in a round: who drafts, who verifies, what they have prepared. Nobody else sees it before it is submitted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.drafts.models import Paragraph
from consult.extensions import Instant, db
from consult.people.models import Organization, Person
from consult.review.models import Comment, Round


class Delegation(db.Model):
    """A Party or organization that comments in one round with one voice: its contact point, deputy and own deadline."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("round_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)  # until when its own reviewers may draft
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)

    round: Mapped[Round] = relationship()
    organization: Mapped[Organization] = relationship(lazy="joined")
    contact: Mapped[Person] = relationship(foreign_keys=[contact_id], lazy="joined")
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id], lazy="joined")
    delegates: Mapped[list["Delegate"]] = relationship(order_by="Delegate.id")


class Delegate(db.Model):
    """One of a delegation's own reviewers."""

    __tablename__ = "delegate"
    __table_args__ = (UniqueConstraint("delegation_id", "person_id"), Index("ix_delegate_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(lazy="joined")


class Contribution(db.Model):
    """A comment that a delegation prepares: pending, verified by the contact point, submitted as a Comment, or withdrawn."""

    __tablename__ = "contribution"
    __table_args__ = (Index("ix_contribution_delegation", "delegation_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    once: Mapped[str | None] = mapped_column(String(100), unique=True)
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))  # none: the whole draft
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    type: Mapped[str] = mapped_column(String(12), default="general")
    text: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="pending")  # pending, verified, submitted, withdrawn
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    door: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(Instant)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None] = mapped_column(Instant)

    delegation: Mapped[Delegation] = relationship()
    paragraph: Mapped[Paragraph | None] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="joined")
    comment: Mapped[Comment | None] = relationship()
