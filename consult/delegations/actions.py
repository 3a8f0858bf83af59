"""The verbs of a delegation: who speaks for a Party or organization in a round, until when its own reviewers draft; the rest beside it."""

from datetime import datetime

from sqlalchemy import delete, select

from consult.delegations import queries, rules
from consult.delegations.drafting import contribute, contribute_all, edit, merge, restore, verify, withdraw
from consult.delegations.models import Delegate, Delegation
from consult.delegations.submitting import remind_due, submit
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.people import guests
from consult.people import queries as people
from consult.people.actions import organization_called
from consult.people.models import Organization, Person
from consult.review.models import Invitation, Round

__all__ = [
    "add_reviewer",
    "check_may_add",
    "check_may_name",
    "contribute",
    "contribute_all",
    "edit",
    "merge",
    "name_contact",
    "name_deputy",
    "remind_due",
    "remove_reviewer",
    "restore",
    "set_deadline",
    "submit",
    "verify",
    "withdraw",
]


def name_contact(
    on: Round, organization: str | Organization, contact: Person, deputy: Person | None = None, *, by: Person, door: str,
    at: datetime | None = None,
) -> Delegation:  # fmt: skip
    """Say who speaks for a Party or organization in a round; a second time, that somebody else does from now on. They are written to."""
    at = at or clock.now()
    people.require(by, "delegation.manage", on.group_id)
    party = organization_called(organization)
    if party is None:
        raise Refused(N_("Name the Party or organization."))
    db.session.execute(select(Round.id).where(Round.id == on.id).with_for_update())
    found = db.session.scalar(select(Delegation).where(Delegation.round_id == on.id, Delegation.organization_id == party.id))
    before = {found.contact_id, found.deputy_id} if found else set()
    if found is None:
        found = Delegation(round=on, organization=party, contact=contact, made_at=at)
        db.session.add(found)
    _check_apart(contact, deputy)
    found.contact, found.deputy = contact, deputy
    _invite(on, contact, at)
    db.session.flush()
    _seats_changed(found)
    _tell("delegation.named", found, by, door, at, name=contact.name, people=_new(before, contact, deputy))
    return found


def _new(before: set[int | None], *named: Person | None) -> list[int]:
    return [each.id for each in named if each is not None and each.id not in before]


def _check_apart(contact: Person, deputy: Person | None) -> None:
    if deputy is not None and deputy.id == contact.id:
        raise Refused(N_("The deputy is somebody else than the contact point."))


def _invite(on: Round, contact: Person, at: datetime) -> None:
    """Whoever speaks for a Party is among those whom the round asks."""
    if db.session.scalar(select(Invitation.id).where(Invitation.round_id == on.id, Invitation.person_id == contact.id)) is None:
        db.session.add(Invitation(round_id=on.id, person_id=contact.id, invited_at=at))


def _seats_changed(of: Delegation) -> None:
    """Whoever leads is no longer listed among the own reviewers."""
    leads = [each for each in (of.contact_id, of.deputy_id) if each]
    db.session.execute(delete(Delegate).where(Delegate.delegation_id == of.id, Delegate.person_id.in_(leads)))
    db.session.expire(of, ["delegates"])
    guests.forget()


def name_deputy(of: Delegation, deputy: Person | None, *, by: Person, door: str, at: datetime | None = None) -> None:
    """The contact point says who stands in for it in everything but submitting; None: nobody."""
    at = at or clock.now()
    check_may_name(of, by, at)
    _check_apart(of.contact, deputy)
    before = {of.deputy_id}
    of.deputy = deputy
    db.session.flush()
    _seats_changed(of)
    _tell("delegation.changed", of, by, door, at, people=_new(before, deputy))


def check_may_name(of: Delegation, by: Person, at: datetime | None = None) -> None:
    """Refuses whoever is not the contact point: asked before anybody new is brought in."""
    if queries.part(of, by.id) != "contact":
        raise Refused(N_("Only the contact point names its deputy."))
    rules.check_round_open(queries.moment(of, at))


def set_deadline(of: Delegation, closes_at: datetime | None, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Until when own reviewers draft; None: until the round closes."""
    at = at or clock.now()
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    if closes_at is not None:
        rules.check_deadline(closes_at, of.round.closes_at, at)
    of.closes_at = closes_at
    _tell("delegation.changed", of, by, door, at, people=[])


def add_reviewer(of: Delegation, person: Person, *, by: Person, door: str, at: datetime | None = None) -> Delegate:
    """One more of the delegation's own reviewers, who is sent the text and can draft from now on."""
    at = at or clock.now()
    check_may_add(of, by, at)
    if queries.part(of, person.id):
        raise Refused(N_("%(name)s drafts for %(organization)s already."), name=person.name, organization=of.organization.name)
    made = Delegate(delegation_id=of.id, person_id=person.id)
    db.session.add(made)
    db.session.flush()
    _seats_changed(of)
    _tell("delegate.added", of, by, door, at, name=person.name, people=[person.id])
    return made


def check_may_add(of: Delegation, by: Person, at: datetime | None = None) -> None:
    """Refuses whoever does not lead the delegation, and one reviewer too many: asked before anybody new is brought in."""
    db.session.execute(select(Delegation.id).where(Delegation.id == of.id).with_for_update())
    db.session.expire(of, ["delegates"])
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    rules.check_room(len(of.delegates))


def remove_reviewer(of: Delegation, person: Person, *, by: Person, door: str, at: datetime | None = None) -> None:
    """A reviewer drafts no more; what they have written stays with the delegation."""
    at = at or clock.now()
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    gone = db.session.execute(delete(Delegate).where(Delegate.delegation_id == of.id, Delegate.person_id == person.id))
    if not gone.rowcount:
        raise Refused(N_("%(name)s is not among your own reviewers."), name=person.name)
    _seats_changed(of)
    _tell("delegate.removed", of, by, door, at, name=person.name)


def _tell(kind: str, of: Delegation, by: Person, door: str, at: datetime, **more: object) -> None:
    db.session.flush()
    told = {"organization": of.organization.name, "round_id": of.round_id, "title": of.round.title, **more}
    record(kind, door=door, actor=by, group_id=of.round.group_id, subject=of, at=at, **told)
