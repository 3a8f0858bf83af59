"""The contact point submits one set; and what the clock does: the own deadline, the reminder before the round closes, what was left."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from consult.delegations import queries, rules
from consult.delegations.models import Contribution, Delegation
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.journal.models import Event
from consult.kit import clock
from consult.people.models import Person
from consult.review import actions as review
from consult.review.actions import Saying
from consult.review.models import Comment, Round

BEFORE = timedelta(days=2)  # so long before the round closes, whoever leads is reminded of what is not submitted


def submit(of: Delegation, *, verified: bool = True, by: Person, door: str, at: datetime | None = None) -> list[Comment]:
    """Every verified comment of the delegation becomes a comment of the round on behalf of the Party or organization, all or none.

    One event tells of them together. Submitting again sends what was verified since, and nothing twice; [] when that is nothing.
    """
    at = at or clock.now()
    db.session.execute(select(Delegation.id).where(Delegation.id == of.id).with_for_update())
    db.session.refresh(of, ["submitted_at"])
    rules.check_may_submit(queries.part(of, by.id), queries.moment(of, at), of.contact.name)
    states = {state: [each for _, each in queries.in_order(queries.numbered(of)) if each.state == state] for state in rules.UNSENT}
    if not states["verified"] and of.submitted_at is not None:
        return []
    rules.check_something_verified(len(states["verified"]), len(states["pending"]))
    made = _comments(of, states["verified"], verified, by, door, at)
    of.submitted_at = at
    db.session.flush()
    record(
        "delegation.submitted", door=door, actor=by, group_id=of.round.group_id, subject=of, at=at, organization=of.organization.name,
        count=len(made), title=of.round.title, round_id=of.round_id, comments=[each.id for each in made],
    )  # fmt: skip
    return made


def _comments(of: Delegation, chosen: list[Contribution], verified: bool, by: Person, door: str, at: datetime) -> list[Comment]:
    name = of.organization.name
    said = [Saying(each.paragraph, each.text, each.type, each.proposed, each.quote, name, f"delegation:{each.id}") for each in chosen]
    became = review.comment_all(of.round, said, verified=verified, by=by, door=door, at=at, told=False)
    for each, comment in zip(chosen, became, strict=True):
        if isinstance(comment, Refused):
            raise comment
        each.state, each.comment = "submitted", comment
    return became


def remind_due(now: datetime) -> int:
    """Write down that an own deadline has passed, that a round closes soon, that one closed with something left. Returns how many."""
    return sum(_note(kind, asked, now) for kind, asked in _due(now).items())


def _due(now: datetime) -> dict[str, ColumnElement]:
    """For each thing to be told the delegations it is about, by their unsubmitted comments and what was told already."""
    unsent = exists().where(Contribution.delegation_id == Delegation.id, Contribution.state.in_(rules.UNSENT))
    running = Round.closed_at.is_(None) & (Round.closes_at >= now)
    return {
        "delegation.due": running & Delegation.closes_at.is_not(None) & (Delegation.closes_at < now)
        & ~_told("delegation.due", Event.at >= Delegation.closes_at),
        "delegation.reminded": running & unsent & (Round.closes_at < now + BEFORE) & (Round.opened_at.is_not(None))
        & ~_told("delegation.reminded", Event.at >= now - BEFORE),
        "delegation.left": Round.closed_at.is_not(None) & unsent & ~_told("delegation.left", Event.at >= Round.closed_at),
    }  # fmt: skip


def _told(kind: str, since: ColumnElement) -> ColumnElement:
    return exists().where(Event.subject_type == Delegation.__tablename__, Event.subject_id == Delegation.id, Event.kind == kind, since)


def _note(kind: str, asked: ColumnElement, now: datetime) -> int:
    due = list(
        db.session.scalars(select(Delegation).join(Round, Round.id == Delegation.round_id).where(asked).with_for_update(of=Delegation))
    )
    for each in due:
        counts = queries.counts([each.id])[each.id]
        record(
            kind, door="worker", group_id=each.round.group_id, subject=each, at=now, organization=each.organization.name,
            title=each.round.title, round_id=each.round_id, pending=counts["pending"], verified=counts["verified"],
        )  # fmt: skip
    return len(due)
