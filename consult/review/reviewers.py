"""The verbs about external reviewers: invited to one round, let in when they accept its terms, out again when that ends."""

from datetime import datetime

from sqlalchemy import func, select

from consult.errors import NotFound
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.people import guests
from consult.people import queries as people
from consult.people.models import Person
from consult.review import queries, terms
from consult.review.models import Invitation, Round


def invited_from_outside(of: Round) -> list[Invitation]:
    """Everybody invited from outside the group, whatever they answered."""
    return list(db.session.scalars(select(Invitation).where(Invitation.round_id == of.id, Invitation.external).order_by(Invitation.id)))


def waiting_for(person_id: int) -> list[Invitation]:
    """The invitations that wait for this person's word."""
    asked = select(Invitation).join(Round).where(Invitation.person_id == person_id, Invitation.external, Invitation.state == "invited")
    return list(db.session.scalars(asked.where(Round.closed_at.is_(None)).order_by(Invitation.id)))


def get(invitation_id: int, person_id: int) -> Invitation:
    """That invitation, for the person who was invited from outside; for everybody else it is not there."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or not found.external or found.person_id != person_id:
        raise NotFound()
    return found


def invite_reviewer(on: Round, person: Person, *, by: Person, door: str, at: datetime | None = None) -> Invitation:
    """Ask somebody from outside to comment in this one round. They are sent the terms, and no text before they accept."""
    at = at or clock.now()
    people.require(by, "reviewer.invite", on.group_id)
    db.session.execute(select(Round.id).where(Round.id == on.id).with_for_update())
    found = db.session.scalar(select(Invitation).where(Invitation.round_id == on.id, Invitation.person_id == person.id))
    inside = people.may(person, "group.read", on.group_id)
    terms.check_may_invite(queries.state(on, at), inside, found.state if found else None, person.name)
    if found is None:
        found = Invitation(round_id=on.id, person_id=person.id, external=True)
        db.session.add(found)
    found.state, found.invited_at, found.terms_at, found.answered_at, found.reason = "invited", at, None, None, ""
    _tell("reviewer.invited", found, on, by, door, at, person)
    return found


def set_terms(on: Round, words: str, *, by: Person) -> None:
    """What external reviewers accept; empty: what is usual. Fixed once somebody has accepted."""
    people.require(by, "reviewer.invite", on.group_id)
    accepted = db.session.scalar(select(func.count()).where(Invitation.round_id == on.id, Invitation.terms_at.is_not(None)))
    words = many_lines(words)
    terms.check_may_change(accepted, on.terms, words)
    on.terms = words


def accept_terms(which: Invitation, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Accept what the round asks: from now on its pages are open to them, and the text is sent. Saying it twice changes nothing."""
    at = at or clock.now()
    _check_answer(which, by, at)
    if which.state == "accepted":
        return
    which.state, which.terms_at, which.answered_at, which.reason = "accepted", at, at, ""
    guests.forget()
    _tell("reviewer.accepted", which, which.round, by, door, at, by)


def decline_terms(which: Invitation, reason: str = "", *, by: Person, door: str, at: datetime | None = None) -> None:
    """Say no, and why if one likes; whoever had accepted steps back and is shown out."""
    at = at or clock.now()
    _check_answer(which, by, at)
    reason = one_line(reason, 500)
    if (which.state, which.reason) == ("declined", reason):
        return
    which.state, which.answered_at, which.reason = "declined", at, reason
    guests.forget()
    _tell("reviewer.declined", which, which.round, by, door, at, by, reason=reason)


def revoke_reviewer(which: Invitation, *, by: Person, door: str, at: datetime | None = None) -> None:
    """End an invitation: the pages of the round close for this person; what they have said stays."""
    at = at or clock.now()
    people.require(by, "reviewer.invite", which.round.group_id)
    terms.check_may_revoke(which.state)
    which.state = "revoked"
    guests.forget()
    _tell("reviewer.revoked", which, which.round, by, door, at, which.person)


def _check_answer(which: Invitation, by: Person, at: datetime) -> None:
    db.session.refresh(which, ["state", "reason"], with_for_update={"of": Invitation})
    terms.check_may_answer(which.person_id == by.id, which.state, queries.state(which.round, at))


def _tell(kind: str, which: Invitation, on: Round, by: Person, door: str, at: datetime, about: Person, **more: object) -> None:
    db.session.flush()
    told = {"name": about.name, "title": on.title, "round_id": on.id, "people": [about.id], **more}
    record(kind, door=door, actor=by, group_id=on.group_id, subject=on if kind == "reviewer.accepted" else which, at=at, **told)
