"""Reading by which means members take part, and what is due to be asked."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from consult.extensions import db
from consult.outbox.models import Letter
from consult.reach.models import Means, MeansAsk

AT_ONCE = 200


def latest(person_id: int) -> Means | None:
    """What a person said last about their means."""
    return db.session.scalar(select(Means).where(Means.person_id == person_id).order_by(Means.id.desc()).limit(1))


def latest_of(person_ids: set[int]) -> dict[int, Means]:
    """The same for several people at once."""
    last = select(func.max(Means.id)).where(Means.person_id.in_(person_ids)).group_by(Means.person_id)
    return {row.person_id: row for row in db.session.scalars(select(Means).where(Means.id.in_(last)))}


def history(person_id: int) -> list[Means]:
    """Everything a person said about their means, the newest first."""
    return list(db.session.scalars(select(Means).where(Means.person_id == person_id).order_by(Means.id.desc())))


def asks_of_group(group_id: int) -> dict[int, MeansAsk]:
    """Who was asked in this group, by person."""
    return {row.person_id: row for row in db.session.scalars(select(MeansAsk).where(MeansAsk.group_id == group_id))}


def asked(group_id: int, person_id: int) -> MeansAsk | None:
    """When this person was asked in this group."""
    return db.session.scalar(select(MeansAsk).where(MeansAsk.group_id == group_id, MeansAsk.person_id == person_id))


def due(now: datetime) -> list[MeansAsk]:
    """The questions without an answer for which something is due, each taken by one worker only."""
    wanted = select(MeansAsk).where(MeansAsk.next_at <= now, MeansAsk.answered_at.is_(None)).order_by(MeansAsk.id).limit(AT_ONCE)
    return list(db.session.scalars(wanted.with_for_update(skip_locked=True, of=MeansAsk)))


def letters_to(group_id: int, person_id: int, limit: int = 10) -> list[Letter]:
    """The last letters of the group to one person, the newest first."""
    mine = select(Letter).where(Letter.group_id == group_id, Letter.person_id == person_id).order_by(Letter.id.desc()).limit(limit)
    return list(db.session.scalars(mine.options(defer(Letter.text), defer(Letter.html))))
