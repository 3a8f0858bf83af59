"""Guiding questions of a round with each person's answers; straw polls and consensus calls with each person's voice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.drafts.models import Paragraph
from consult.extensions import Instant, db
from consult.people.models import Person
from consult.review.models import Comment, Round


class Question(db.Model):
    """A guiding question of a round."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    answers: Mapped[list["QuestionAnswer"]] = relationship(back_populates="question", order_by="QuestionAnswer.id")


class QuestionAnswer(db.Model):
    """What one person answers to a guiding question; a later answer takes the place of the one before."""

    __tablename__ = "question_answer"
    __table_args__ = (UniqueConstraint("question_id", "person_id"), Index("ix_question_answer_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    door: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(Instant)
    verified: Mapped[bool] = mapped_column(default=True)

    question: Mapped[Question] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship(lazy="joined")


class Poll(db.Model):
    """A straw poll, a consensus call or a silence procedure on a paragraph or on a wording."""

    __tablename__ = "poll"
    __table_args__ = (Index("ix_poll_round", "round_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))  # whose proposed wording is asked about
    kind: Mapped[str] = mapped_column(String(10))  # straw, consensus, silence
    title: Mapped[str] = mapped_column(String(300))
    wording: Mapped[str] = mapped_column(Text, default="")
    quorum: Mapped[int] = mapped_column(default=0)  # how many must have been reached (silence) or have spoken for it to count
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(20), default="")  # agreed, not-agreed, no-quorum, shown

    round: Mapped[Round] = relationship()
    paragraph: Mapped[Paragraph | None] = relationship()
    comment: Mapped[Comment | None] = relationship()
    votes: Mapped[list["Vote"]] = relationship(back_populates="poll", order_by="Vote.id")


class Vote(db.Model):
    """One person's voice in a poll; a later one takes the place of the one before."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"), Index("ix_vote_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    choice: Mapped[str] = mapped_column(String(20))  # agree, can-live-with, object, abstain
    reason: Mapped[str] = mapped_column(Text, default="")
    door: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    verified: Mapped[bool] = mapped_column(default=True)

    poll: Mapped[Poll] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship(lazy="joined")
