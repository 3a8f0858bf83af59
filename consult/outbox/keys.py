"""The reply addresses that a person has: which are alive, and how some of them end."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import contains_eager

from consult.extensions import db
from consult.outbox.models import Letter, ReplyKey


def alive(person_id: int, now: datetime, limit: int = 500) -> list[ReplyKey]:
    """The addresses to which this person's answers are taken, with their letters, the newest letter first."""
    wanted = (
        select(ReplyKey).join(ReplyKey.letter).options(contains_eager(ReplyKey.letter))
        .where(ReplyKey.person_id == person_id, ReplyKey.revoked_at.is_(None))
        .where(or_(ReplyKey.expires_at.is_(None), ReplyKey.expires_at > now))
        .order_by(Letter.id.desc(), ReplyKey.id).limit(limit)
    )  # fmt: skip
    return list(db.session.scalars(wanted))


def end(person_id: int, at: datetime, *, letters: Iterable[int] | None = None, group_id: int | None = None) -> int:
    """From now on answers to these addresses of the person mean nothing: those in some letters, those of a group, or all. How many."""
    which = update(ReplyKey).where(ReplyKey.person_id == person_id, ReplyKey.revoked_at.is_(None))
    if letters is not None:
        which = which.where(ReplyKey.letter_id.in_(letters))
    if group_id is not None:
        which = which.where(ReplyKey.group_id == group_id)
    return db.session.execute(which.values(revoked_at=at)).rowcount
