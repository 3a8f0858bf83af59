"""Rounds on several documents at once: opened, extended and closed together, each with its own text and its own comments."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from consult.drafts.models import Version
from consult.extensions import db
from consult.people.models import Person
from consult.review import queries
from consult.review.models import Round
from consult.review.rounds import close, extend, open_round


def open_together(versions: Sequence[Version], *, title: str = "", by: Person, door: str, **same) -> list[Round]:
    """Open a round on each of these versions with one deadline, one guidance and one list of people; `title` is that of the first."""
    bundle = secrets.token_hex(8) if len(versions) > 1 else ""
    titles = [title, *("" for _ in versions[1:])]
    return [open_round(version, title=own, bundle=bundle, by=by, door=door, **same) for version, own in zip(versions, titles, strict=True)]


def together(of: Round) -> list[Round]:
    """The other rounds that were opened with this one."""
    if not of.bundle:
        return []
    wanted = select(Round).where(Round.bundle == of.bundle, Round.group_id == of.group_id, Round.id != of.id)
    return list(db.session.scalars(wanted.order_by(Round.id)))


def extend_together(of: Round, closes_at: datetime, reason: str, *, by: Person, door: str, at: datetime | None = None) -> list[Round]:
    """Give more time in this round and in those opened with it that have the same deadline."""
    others = [each for each in together(of) if each.closes_at == of.closes_at]
    for each in [of, *others]:
        extend(each, closes_at, reason, by=by, door=door, at=at)
    return [of, *others]


def close_together(of: Round, *, by: Person, door: str, at: datetime | None = None) -> list[Round]:
    """End this round, and those opened with it that are still open."""
    ending = [of, *(each for each in together(of) if queries.state(each, at) == "open")]
    for each in ending:
        close(each, by=by, door=door, at=at)
    return ending
