"""Mail that comes after the deadline of a round: taken by the officers' rule, and marked for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from consult.journal.actions import record
from consult.people import queries as people
from consult.people.models import Person
from consult.review import rules
from consult.review.models import Round


@dataclass(frozen=True)
class Mailed:
    """That a mail is being carried out, and when it says that it was written, as far as that can be believed."""

    written_at: datetime | None


_mailed: ContextVar[Mailed | None] = ContextVar("the mail that is carried out", default=None)


@contextmanager
def mailed(written_at: datetime | None) -> Iterator[None]:
    """While a mail is carried out, the rounds it speaks in know when it was written."""
    token = _mailed.set(Mailed(written_at))
    try:
        yield
    finally:
        _mailed.reset(token)


def deadline(of: Round) -> datetime:
    """When the round ended: at its deadline, or when it was closed before."""
    return min(of.closes_at, of.closed_at or of.closes_at)


def takes(on: Round, at: datetime) -> bool:
    """Whether what a mail says is taken in a round that is over."""
    mail = _mailed.get()
    if mail is None:
        return False
    return rules.takes_late_mail(on.late_mail, on.late_days, deadline(on), on.compiled_at is not None, mail.written_at, at)


def marks(on: Round, received: datetime) -> dict:
    """The columns of a comment that say whether it came late, and when it was written if that was in time."""
    mail, ended = _mailed.get(), deadline(on)
    late = received > (ended if mail else on.closes_at)
    in_time = late and mail is not None and mail.written_at is not None and mail.written_at <= ended
    return {"late": late, "written_at": mail.written_at if in_time else None}


def take_late_mail(of: Round, policy: str, days: int, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Say what becomes of mail that comes after the deadline."""
    people.require(by, "round.open", of.group_id)
    policy, days = rules.late_mail(policy, days)
    if (of.late_mail, of.late_days) == (policy, days):
        return
    of.late_mail, of.late_days = policy, days
    record("round.late_mail", door=door, actor=by, group_id=of.group_id, subject=of, at=at, title=of.title)
