"""Joint comments: another Party or organization joins a comment that stands, or leaves it again, until the round closes."""

from datetime import datetime

from sqlalchemy import select

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review import queries, rules
from consult.review.models import Comment, Sponsor


def join(which: Comment, *, by: Person, door: str, at: datetime | None = None) -> Sponsor:
    """Say that one's Party or organization makes this comment too. Saying it twice changes nothing; the comment's author is told."""
    at = at or clock.now()
    people.require(by, "group.read", which.round.group_id)
    joined = _standing(which, by)
    if joined is not None:
        return joined
    rules.check_may_join(
        queries.state(which.round, at), queries.invited(which.round_id, by.id), by.organization and by.organization.name,
        which.withdrawn_at is not None, by.organization_id is not None and by.organization_id == which.author.organization_id,
    )  # fmt: skip
    made = Sponsor(comment_id=which.id, organization_id=by.organization_id, person_id=by.id, at=at)
    db.session.add(made)
    _tell("comment.joined", which, by, door, at)
    return made


def leave(which: Comment, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take one's Party or organization off a comment that it joined."""
    at = at or clock.now()
    people.require(by, "group.read", which.round.group_id)
    joined = _standing(which, by)
    if joined is None:
        raise Refused(N_("Your Party or organization has not joined this comment, so it cannot leave it."))
    rules.check_may_leave(queries.state(which.round, at))
    db.session.delete(joined)
    _tell("comment.left", which, by, door, at)


def _standing(which: Comment, by: Person) -> Sponsor | None:
    """The word of this person's organization on this comment, with nobody else at it until the transaction ends."""
    db.session.execute(select(Comment.id).where(Comment.id == which.id).with_for_update())
    return db.session.scalar(select(Sponsor).where(Sponsor.comment_id == which.id, Sponsor.organization_id == by.organization_id))


def _tell(kind: str, which: Comment, by: Person, door: str, at: datetime) -> None:
    db.session.flush()
    record(
        kind, door=door, actor=by, group_id=which.round.group_id, subject=which, at=at,
        number=which.number, organization=by.organization.name, round_id=which.round_id,
    )  # fmt: skip
