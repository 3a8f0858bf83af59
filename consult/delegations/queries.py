"""Reading who speaks for whom, and what they prepare. Nobody outside a delegation is given anything but numbers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, bindparam, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from consult.delegations import rules
from consult.delegations.models import Contribution, Delegate, Delegation
from consult.drafts.models import Version
from consult.errors import NotFound
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.people.models import Organization, Person
from consult.review import queries as review
from consult.review.models import Round


def part(of: Delegation, person_id: int) -> str:
    """What a person is in a delegation: contact, deputy, reviewer, or nothing."""
    if person_id == of.contact_id:
        return "contact"
    if person_id == of.deputy_id:
        return "deputy"
    return "reviewer" if any(each.person_id == person_id for each in of.delegates) else ""


def moment(of: Delegation, now: datetime | None = None) -> rules.Moment:
    """How the delegation stands now."""
    now = now or clock.now()
    return rules.moment(review.state(of.round, now), of.closes_at, of.submitted_at, now)


def guests(person_ids: Collection[int]) -> list[Row]:
    """(person, group, round) for whoever drafts in a round: it is open to them until its compilation is out."""
    seats = union_all(
        select(Delegation.contact_id.label("person_id"), Delegation.round_id).where(Delegation.contact_id.in_(person_ids)),
        select(Delegation.deputy_id, Delegation.round_id).where(Delegation.deputy_id.in_(person_ids)),
        select(Delegate.person_id, Delegation.round_id).join(Delegation).where(Delegate.person_id.in_(person_ids)),
    ).subquery()
    asked = select(seats.c.person_id, Round.group_id, Round.id).join(Round, Round.id == seats.c.round_id)
    return list(db.session.execute(asked.where(Round.compiled_at.is_(None))))


def drafting_in(round_id: int) -> set[int]:
    """The numbers of everybody who drafts for a Party or organization in a round: they are told what those who were asked are told."""
    leads = db.session.execute(select(Delegation.contact_id, Delegation.deputy_id).where(Delegation.round_id == round_id))
    own = select(Delegate.person_id).join(Delegation).where(Delegation.round_id == round_id)
    return {number for row in leads for number in row if number} | set(db.session.scalars(own))


def _speaking(person_id: int):
    """The condition that a person is in a delegation."""
    drafting = select(Delegate.delegation_id).where(Delegate.person_id == person_id)
    return or_(Delegation.contact_id == person_id, Delegation.deputy_id == person_id, Delegation.id.in_(drafting))


# Asked with every mail to a round, so it is put together once.
OF_PERSON = select(Delegation.id).where(Delegation.round_id == bindparam("round"), _speaking(bindparam("person"))).order_by(Delegation.id)


def get(round_id: int, delegation_id: int, person_id: int) -> Delegation:
    """That delegation of the round, for somebody who is in it; for everybody else it is not there."""
    found = db.session.scalar(select(Delegation).where(Delegation.id == delegation_id, Delegation.round_id == round_id))
    if found is None or not part(found, person_id):
        raise NotFound()
    return found


def of_person(person_id: int, round_id: int) -> Delegation | None:
    """The delegation for which a person drafts in a round, if any; where there are several, the one they lead."""
    numbers = db.session.connection().scalars(OF_PERSON, {"round": round_id, "person": person_id}).all()
    found = [db.session.get_one(Delegation, number) for number in numbers]
    order = ("contact", "deputy", "reviewer")
    return min(found, key=lambda each: order.index(part(each, person_id)), default=None)


def waiting_for(person_id: int, now: datetime | None = None) -> list[Delegation]:
    """The delegations in rounds that are still open for which a person drafts, the nearest deadline first."""
    now = now or clock.now()
    asked = select(Delegation).join(Round).where(_speaking(person_id), Round.closed_at.is_(None), Round.closes_at > now)
    asked = asked.options(joinedload(Delegation.round).joinedload(Round.version).joinedload(Version.draft))
    return list(db.session.scalars(asked.order_by(Round.closes_at)))


def of_round(round_id: int) -> list[Delegation]:
    """Every delegation of a round, by name."""
    asked = select(Delegation).join(Organization).where(Delegation.round_id == round_id)
    return list(db.session.scalars(asked.order_by(func.lower(Organization.name), Delegation.id)))


def counts(delegation_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many comments of each state those delegations have; those merged into another count with it."""
    found = {number: dict.fromkeys(rules.STATES, 0) for number in delegation_ids}
    asked = select(Contribution.delegation_id, Contribution.state, func.count()).where(
        Contribution.delegation_id.in_(delegation_ids), Contribution.merged_into_id.is_(None)
    )
    for number, state, count in db.session.execute(asked.group_by(Contribution.delegation_id, Contribution.state)):
        found[number][state] = count
    return found


def contributions(of: Delegation) -> list[Contribution]:
    """Everything the delegation prepares, in the order it was entered; the place in this list, from 1, is what letters call it by."""
    asked = select(Contribution).where(Contribution.delegation_id == of.id).order_by(Contribution.id)
    return list(db.session.scalars(asked.options(joinedload(Contribution.paragraph), joinedload(Contribution.comment))))


def numbered(of: Delegation) -> dict[int, Contribution]:
    """The same by the number that pages and letters show."""
    return dict(enumerate(contributions(of), 1))


def in_order(found: dict[int, Contribution]) -> list[tuple[int, Contribution]]:
    """Numbered contributions in the order of the text, the whole draft first."""
    return sorted(found.items(), key=lambda pair: (pair[1].paragraph.position if pair[1].paragraph else -1, pair[0]))


def find_by_once(once: Collection[str]) -> dict[str, Contribution]:
    """What these submissions have become already."""
    return {each.once: each for each in db.session.scalars(select(Contribution).where(Contribution.once.in_(once)))} if once else {}


def by_ids(ids: Collection[int]) -> list[Contribution]:
    """Those contributions, in the order they were entered."""
    return list(db.session.scalars(select(Contribution).where(Contribution.id.in_(ids)).order_by(Contribution.id)))


def on_version(of: Delegation) -> dict[int | None, int]:
    """How many comments the delegation prepares on each paragraph (None: the whole draft), withdrawn ones left out."""
    asked = select(Contribution.paragraph_id, func.count()).where(Contribution.delegation_id == of.id, Contribution.state != "withdrawn")
    return dict(db.session.execute(asked.group_by(Contribution.paragraph_id)).all())


def history(contribution_ids: Collection[int]) -> list[tuple[Event, str]]:
    """What was done with these contributions, by whom and when, the oldest first; with the name of whoever did it."""
    asked = select(Event, Person.name).outerjoin(Person, Person.id == Event.actor_id)
    about = (Event.subject_type == Contribution.__tablename__) & Event.subject_id.in_(contribution_ids)
    return [tuple(row) for row in db.session.execute(asked.where(about).order_by(Event.id))]
