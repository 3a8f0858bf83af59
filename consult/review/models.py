"""Rounds of comments on a version: who was asked, what they said, what became of it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.drafts.models import Draft, Paragraph, Version
from consult.extensions import Instant, db
from consult.people.models import Person

__all__ = [
    "Answer",
    "Comment",
    "Credit",
    "Draft",
    "Invitation",
    "Phrase",
    "Placement",
    "Proposal",
    "Response",
    "Revision",
    "Round",
    "Seen",
    "Sponsor",
]


class Round(db.Model):
    """An invitation to comment on one version: who, from when to when, with which guidance."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    guidance: Mapped[str] = mapped_column(Text, default="")
    types: Mapped[list] = mapped_column(JSON, default=list)  # the comment types asked for; empty: all
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    first_closes_at: Mapped[datetime] = mapped_column(Instant)  # the deadline before any extension
    zone: Mapped[str] = mapped_column(String(60), default="UTC")  # the zone the deadline was set in
    opened_at: Mapped[datetime | None] = mapped_column(Instant)  # when the invitations went out
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    extension_reason: Mapped[str] = mapped_column(String(500), default="")
    comments_made: Mapped[int] = mapped_column(default=0)  # the last comment number given
    bundle: Mapped[str] = mapped_column(String(32), default="", index=True)  # the same for rounds that were opened together
    reminders: Mapped[list] = mapped_column(JSON, default=list)  # on which days before the deadline; below 0: after it
    reminders_left: Mapped[bool] = mapped_column(default=False, index=True)  # reminders are still to come by schedule
    terms: Mapped[str] = mapped_column(Text, default="")  # what an external reviewer accepts before reading
    late_mail: Mapped[str] = mapped_column(String(10), default="dated")  # mail after the deadline: never, dated (written in time), always
    late_days: Mapped[int] = mapped_column(default=7)  # until how many days after the deadline mail that was written in time is taken
    answered_at: Mapped[datetime | None] = mapped_column(Instant)  # every comment has its published response
    compiled_at: Mapped[datetime | None] = mapped_column(Instant)  # the compilation is published

    version: Mapped[Version] = relationship()
    invitations: Mapped[list["Invitation"]] = relationship(back_populates="round", order_by="Invitation.id")


class Invitation(db.Model):
    """A person asked to comment in a round."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "person_id"), Index("ix_invitation_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    reminders: Mapped[int] = mapped_column(default=0)  # how many reminders went out by schedule
    state: Mapped[str] = mapped_column(String(10), default="invited")  # invited, accepted, declined
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(500), default="")
    external: Mapped[bool] = mapped_column(default=False)  # a reviewer from outside the group, for this round only
    terms_at: Mapped[datetime | None] = mapped_column(Instant)  # when the external reviewer accepted the terms
    silent_at: Mapped[datetime | None] = mapped_column(Instant)  # the round closed without a word from them

    round: Mapped[Round] = relationship(back_populates="invitations")
    person: Mapped[Person] = relationship(lazy="joined")


class Comment(db.Model):
    """One remark on one paragraph, on quoted words of it, or on the whole."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        UniqueConstraint("once"),
        Index("ix_comment_reading", "paragraph_id", "round_id", "number"),
        Index("ix_comment_author", "author_id"),
        Index("ix_comment_cluster", "cluster_id"),
        Index("ix_comment_drafter", "drafter_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    once: Mapped[str | None] = mapped_column(String(100))  # what makes a repeated submission the same comment
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))  # none: the whole draft
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # the officer who entered it for the author
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    type: Mapped[str] = mapped_column(String(12), default="general")
    text: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text, default="")  # the exact words it is about (W3C TextQuoteSelector)
    quote_before: Mapped[str] = mapped_column(String(64), default="")
    quote_after: Mapped[str] = mapped_column(String(64), default="")
    html: Mapped[str] = mapped_column(Text, default="")  # the text as it is shown, made safe when it was written
    door: Mapped[str] = mapped_column(String(10))  # page, mail, import, command; fax, phone, paper, meeting: entered by an officer
    received_at: Mapped[datetime] = mapped_column(Instant)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    late: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime | None] = mapped_column(Instant)  # of one that came late: when its letter says that it was written, in time
    verified: Mapped[bool] = mapped_column(default=True)  # by sign-in, or by the receiving mail server
    reason: Mapped[str] = mapped_column(Text, default="")  # why the wording is proposed, where a template parts it from the comment
    location: Mapped[str] = mapped_column(String(300), default="")  # page, line, table … as the commenter wrote them
    reference: Mapped[str] = mapped_column(String(80), default="")  # the commenter's own number, such as DE-002
    capacity: Mapped[str] = mapped_column(String(20), default="")  # government, expert, observer, secretariat
    language: Mapped[str] = mapped_column(String(5), default="")
    consent: Mapped[str] = mapped_column(String(10), default="named")  # in the compilation: named, unnamed, withheld
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))  # the comment that says nearly the same
    drafter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who drafts the response

    round: Mapped[Round] = relationship()
    paragraph: Mapped[Paragraph | None] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="joined")
    answers: Mapped[list["Answer"]] = relationship(back_populates="comment", order_by="Answer.id")
    response: Mapped["Response | None"] = relationship(back_populates="comment", foreign_keys="Response.comment_id")
    revisions: Mapped[list["Revision"]] = relationship(order_by="Revision.id")


class Revision(db.Model):
    """What a comment said before it was edited."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    type: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[datetime] = mapped_column(Instant)


class Answer(db.Model):
    """What somebody said to a comment, in its thread."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    once: Mapped[str | None] = mapped_column(String(100))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    door: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    verified: Mapped[bool] = mapped_column(default=True)

    comment: Mapped[Comment] = relationship(back_populates="answers")
    author: Mapped[Person] = relationship(lazy="joined")


class Response(db.Model):
    """The secretariat's disposition of a comment. `turn` counts its changes, so that two officers never overwrite each other."""

    __tablename__ = "response"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), unique=True)
    disposition: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    turn: Mapped[int] = mapped_column(default=1)
    see_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)  # "see comment 14": answered there

    comment: Mapped[Comment] = relationship(back_populates="response", foreign_keys=[comment_id])
    see: Mapped[Comment | None] = relationship(foreign_keys=[see_id])
    by: Mapped[Person] = relationship(lazy="joined")


class Proposal(db.Model):
    """A response that is still being drafted: proposed by one, agreed by the team, not seen by others until it is published."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), unique=True)
    disposition: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text, default="")
    see_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    stage: Mapped[str] = mapped_column(String(10), default="proposed")  # proposed, agreed
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)
    turn: Mapped[int] = mapped_column(default=1)

    comment: Mapped[Comment] = relationship(foreign_keys=[comment_id])
    see: Mapped[Comment | None] = relationship(foreign_keys=[see_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined")


class Phrase(db.Model):
    """An answer that the group's officers give often, ready to be taken and changed."""

    __tablename__ = "phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    disposition: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[str] = mapped_column(Text)


class Sponsor(db.Model):
    """A Party or organization that joined a comment made by another."""

    __tablename__ = "sponsor"
    __table_args__ = (UniqueConstraint("comment_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Credit(db.Model):
    """A proposed wording that was taken into a version: the comment it came from keeps the credit."""

    __tablename__ = "credit"
    __table_args__ = (UniqueConstraint("version_id", "comment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))  # the version that took it in
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    changed: Mapped[bool] = mapped_column(default=False)  # taken in other words than proposed
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    comment: Mapped[Comment] = relationship()


class Placement(db.Model):
    """Where a comment stands on a later version than the one it was made on."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("comment_id", "version_id"), Index("ix_placement_version", "version_id", "paragraph_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    state: Mapped[str] = mapped_column(String(10))  # placed, moved, changed, orphaned
    confidence: Mapped[float] = mapped_column(default=1.0)
    by_hand: Mapped[bool] = mapped_column(default=False)

    comment: Mapped[Comment] = relationship()
    version: Mapped[Version] = relationship()
    paragraph: Mapped[Paragraph | None] = relationship()


class Seen(db.Model):
    """A person has read a comment (with what stood under it until then) on a page or in a letter, so no digest repeats it."""

    __tablename__ = "seen"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
