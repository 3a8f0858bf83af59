"""What people say to an invitation, who is reminded by schedule, and what is noted about those who stayed silent."""

from datetime import datetime

from sqlalchemy import select, update

from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line
from consult.people import queries as people
from consult.people.models import Person
from consult.review import guests, queries, rules
from consult.review.models import Invitation, Round
from consult.review.speaking import spoke


def invitation(of: Round, person: Person) -> Invitation | None:
    """The invitation of this person to that round, or None."""
    return db.session.scalar(select(Invitation).where(Invitation.round_id == of.id, Invitation.person_id == person.id))


def answer_invitation(of: Round, accepts: bool, reason: str = "", *, by: Person, door: str, at: datetime | None = None) -> Invitation:
    """Say whether one will comment; whoever declines is not reminded any more, and can still change their mind."""
    at = at or clock.now()
    guests.require_reading(by, of)
    asked = invitation(of, by)
    rules.check_may_answer_invitation(queries.state(of, at), asked is not None)
    state = "accepted" if accepts else "declined"
    reason = one_line(reason, 500)
    if (asked.state, asked.reason) != (state, reason):
        asked.state, asked.answered_at, asked.reason = state, at, reason
        record(f"invitation.{state}", door=door, actor=by, group_id=of.group_id, subject=of, at=at, title=of.title, reason=reason)
    return asked


def schedule(of: Round, days: list[int], *, by: Person, door: str) -> None:
    """Say on which days before the deadline (below 0: after it) those who are silent are reminded by themselves."""
    people.require(by, "round.manage", of.group_id)
    of.reminders = rules.reminder_days(days)
    begin_again(of, clock.now(), silent=False)


def remind_due(now: datetime) -> int:
    """Remind, as scheduled, those who were asked, have said nothing, have not declined and are not away. Returns how many people.

    Whoever is away is reminded when they are back, if the round is still open. Safe to call twice.
    """
    due = db.session.scalars(select(Round).where(Round.opened_at.is_not(None), Round.reminders_left.is_(True)).with_for_update(of=Round))
    return sum(_remind(each, now) for each in list(due))


def _remind(of: Round, now: datetime) -> int:
    come, last = rules.reminders_come(of.reminders, of.closes_at, now)
    asked = _to_remind(of, come, now) if come else []
    before = now <= of.closes_at
    if before and of.closed_at is not None:  # closed early: there is nothing to remind of any more
        of.reminders_left = False
        return 0
    for each in asked:
        each.reminders, each.reminded_at = come, now
    if asked:
        kind = "round.reminded" if before else "round.missed"
        record(
            kind, door="worker", group_id=of.group_id, subject=of, at=now,
            title=of.title, count=len(asked), people=[each.person_id for each in asked],
        )  # fmt: skip
    of.reminders_left = not (last and now > of.closes_at)
    return len(asked)


def _to_remind(of: Round, come: int, now: datetime) -> list[Invitation]:
    away = people.away({each.person_id for each in of.invitations}, now)
    return [
        each
        for each in queries.silent(of)
        if each.reminders < come and each.state != "declined" and each.person_id not in away and rules.rested(each.reminded_at, now)
    ]


def note_silence(of: Round, at: datetime) -> None:
    """When a round closes: whoever was asked and said nothing is on record as having said nothing."""
    silent = update(Invitation).where(Invitation.round_id == of.id, ~spoke(of.id))
    db.session.execute(silent.values(silent_at=at).execution_options(synchronize_session=False))


def begin_again(of: Round, at: datetime, *, silent: bool = True) -> None:
    """With another deadline or schedule the reminders before it are still to come; with another deadline nobody has stayed silent yet."""
    come, last = rules.reminders_come(of.reminders, of.closes_at, at)
    values = {"reminders": come} | ({"silent_at": None} if silent else {})
    changed = update(Invitation).where(Invitation.round_id == of.id)
    db.session.execute(changed.values(values).execution_options(synchronize_session=False))
    of.reminders_left = not last
