"""Reading persons, groups and memberships, and asking who may do what."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from flask import g, has_request_context
from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from consult.errors import NotFound
from consult.extensions import db
from consult.journal.queries import so_far_in
from consult.kit import clock
from consult.people import rules
from consult.people.models import Absence, Address, Group, Membership, Person, SignIn

_for_one_mail: ContextVar[dict[int, dict[int, frozenset[str]]] | None] = ContextVar("roles for one mail", default=None)


def _current(on: date | None = None):
    """The condition that a membership holds on that day."""
    on = on or clock.now().date()
    return (Membership.starts_on <= on) & or_(Membership.ends_on.is_(None), Membership.ends_on > on)


def away(person_ids: set[int], now: datetime) -> dict[int, date]:
    """Which of these people cannot be reached today, each with the last day away."""
    today = now.date()
    found = select(Absence.person_id, func.max(Absence.ends_on)).where(Absence.starts_on <= today, Absence.ends_on >= today)
    return dict(db.session.execute(found.where(Absence.person_id.in_(person_ids)).group_by(Absence.person_id)).all())


def absences(person_id: int, today: date) -> list[Absence]:
    """The days away of a person that are not over, the nearest first."""
    wanted = select(Absence).where(Absence.person_id == person_id, Absence.ends_on >= today).order_by(Absence.starts_on, Absence.id)
    return list(db.session.scalars(wanted))


# Asked for every page of a group, so they are put together once.
ROLES = select(Membership.group_id, Membership.role).where(
    Membership.person_id == bindparam("person"),
    Membership.starts_on <= bindparam("today"),
    or_(Membership.ends_on.is_(None), Membership.ends_on > bindparam("today")),
)
GROUP = select(Group).where(Group.slug == bindparam("slug"))
BY_ADDRESS = (
    select(Address.folded, Person)
    .join(Address.person)
    .where(Address.folded.in_(bindparam("folded", expanding=True)))
    .options(joinedload(Person.addresses))
)
# The same three questions and how far the group's journal is in one go: a page that has not changed asks nothing else.
VISIT = (
    select(Person, Group, so_far_in(Group.id), Membership.group_id, Membership.role)
    .join(SignIn, SignIn.person_id == Person.id)
    .outerjoin(Group, Group.slug == bindparam("slug"))
    .outerjoin(
        Membership,
        and_(
            Membership.person_id == Person.id,
            Membership.starts_on <= bindparam("today"),
            or_(Membership.ends_on.is_(None), Membership.ends_on > bindparam("today")),
        ),
    )
    .where(SignIn.digest == bindparam("digest"), SignIn.expires_at > bindparam("now"), Person.ended_at.is_(None))
    .options(lazyload(Person.addresses), lazyload(Person.organization))
)


@dataclass(frozen=True)
class Visit:
    """Who asks for a page, the group it belongs to (None: of none, or there is none of that name), and how far that group's journal is."""

    person: Person
    group: Group | None
    so_far: int


def visit(digest: str, slug: str) -> Visit | None:
    """What every page must know first, in one query; the person's roles are kept for this page."""
    now = clock.now()
    rows = db.session.execute(VISIT, {"digest": digest, "slug": slug, "now": now, "today": now.date()}).all()
    if not rows:
        return None
    person, group, so_far, *_ = rows[0]
    if has_request_context():
        g.setdefault("people_roles", {})[person.id] = _gathered((group_id, role) for *_, group_id, role in rows if group_id)
    return Visit(person, group, int(so_far or 0))


def roles(person: Person, group_id: int | None = None) -> frozenset[str]:
    """What a person is in a group today, and whether they are staff. Nothing once their participation has ended."""
    if person.ended_at is not None:
        return frozenset()
    return _roles_by_group(person).get(group_id, frozenset()) | ({"staff"} if person.staff else set())


def _roles_by_group(person: Person) -> dict[int, frozenset[str]]:
    """All roles of a person in one query; kept as long as one page is being made or one mail carried out, and never longer."""
    kept = _kept()
    if person.id not in kept:
        kept[person.id] = _gathered(db.session.execute(ROLES, {"person": person.id, "today": clock.now().date()}))
    return kept[person.id]


def _kept() -> dict[int, dict[int, frozenset[str]]]:
    if (kept := _for_one_mail.get()) is not None:
        return kept
    return g.setdefault("people_roles", {}) if has_request_context() else {}


@contextmanager
def roles_kept() -> Iterator[None]:
    """While one mail is carried out, what its sender may do is asked once."""
    token = _for_one_mail.set({})
    try:
        yield
    finally:
        _for_one_mail.reset(token)


def _gathered(rows: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for group_id, role in rows:
        found[group_id] = found.get(group_id, frozenset()) | {role}
    return found


def forget_roles(person_id: int) -> None:
    """What was kept about the roles of this person no longer holds."""
    _kept().pop(person_id, None)


def may(person: Person, permission: str, group_id: int | None = None) -> bool:
    """Whether this person may do this in this group (without a group: whether staff may, and the person is staff)."""
    return rules.permits(roles(person, group_id), permission)


def require(person: Person, permission: str, group_id: int | None = None) -> None:
    """Refuses what a person may not do; a group they may not even read is not there for them."""
    held = roles(person, group_id)
    if group_id is not None and not rules.permits(held, "group.read"):
        raise NotFound()
    rules.require(held, permission)


def may_somewhere(person: Person, permission: str) -> bool:
    """Whether a person may do this in at least one group."""
    return any(may(person, permission, group_id) for group_id in [None, *_roles_by_group(person)])


def groups_where(person: Person, permission: str) -> list[Group]:
    """The groups in which a person may do this: all of them for staff."""
    wanted = select(Group).order_by(Group.name)
    if not may(person, permission):
        wanted = wanted.where(Group.id.in_([group_id for group_id in _roles_by_group(person) if may(person, permission, group_id)]))
    return list(db.session.scalars(wanted))


def find_by_address(text: str) -> Person | None:
    """Whose address this is, whatever the case it is written in."""
    return by_addresses([text]).get(rules.folded(text))


def by_addresses(texts: list[str]) -> dict[str, Person]:
    """Whose addresses these are, by folded address, in a few queries however many there are."""
    folded, found = [rules.folded(text) for text in texts], {}
    for start in range(0, len(folded), 500):
        rows = db.session.execute(BY_ADDRESS, {"folded": folded[start : start + 500]}).unique()
        found.update([(key, person) for key, person in rows])
    return found


def find_address(text: str) -> Address | None:
    """The address itself, with what is known of it."""
    return db.session.scalar(select(Address).where(Address.folded == rules.folded(text)))


def password_of(address: str) -> tuple[str, int | None, str | None]:
    """What a try to sign in counts against, whose it is, and the password that is kept, if any."""
    wanted = select(Person.id, Person.password_hash).join(Address).where(Address.folded == rules.folded(address), Person.ended_at.is_(None))
    found = db.session.execute(wanted).first()
    return (f"person {found.id}", found.id, found.password_hash) if found else (f"address {rules.folded(address)}", None, None)


def get_person(person_id: int) -> Person:
    """The person of that number."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return person


def people(text: str = "", *, limit: int = 100) -> list[Person]:
    """The people whose name or address contains this, by name."""
    wanted = select(Person).order_by(func.lower(Person.name), Person.id).limit(limit)
    if text:
        by_address = select(Address.person_id).where(Address.folded.contains(rules.folded(text), autoescape=True))
        wanted = wanted.where(or_(Person.name.icontains(text, autoescape=True), Person.id.in_(by_address)))
    return list(db.session.scalars(wanted))


def all_people() -> list[Person]:
    """Everybody, by number."""
    return list(db.session.scalars(select(Person).order_by(Person.id)))


def names(person_ids: set[int]) -> dict[int, str]:
    """The names of these people by number, in one query."""
    return dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids))).all()) if person_ids else {}


def find_group(slug: str) -> Group | None:
    """The group of that short name, if there is one."""
    return db.session.scalar(GROUP, {"slug": slug})


def get_group(slug: str) -> Group:
    """The group of that short name."""
    group = find_group(slug)
    if group is None:
        raise NotFound()
    return group


def groups_of(person: Person) -> list[Group]:
    """The groups in which a person sits today."""
    seats = select(Membership.group_id).where(Membership.person_id == person.id, _current())
    return list(db.session.scalars(select(Group).where(Group.id.in_(seats)).order_by(Group.id)))


def members(group_id: int, on: date | None = None) -> list[Membership]:
    """Who sits in a group on that day (today when none is given), in the order they came."""
    wanted = select(Membership).where(Membership.group_id == group_id, _current(on)).order_by(Membership.id)
    return list(db.session.scalars(wanted.options(joinedload(Membership.person).joinedload(Person.organization))))


def sits_in(group_id: int, person_id: int) -> bool:
    """Whether a person sits in a group today."""
    seat = select(Membership.id).where(Membership.group_id == group_id, Membership.person_id == person_id, _current())
    return db.session.scalar(seat.limit(1)) is not None


def count_members(group_id: int) -> int:
    """How many sit in a group today."""
    return db.session.scalar(select(func.count(Membership.person_id.distinct())).where(Membership.group_id == group_id, _current())) or 0


def membership(group_id: int, membership_id: int) -> Membership:
    """One seat in that group."""
    found = db.session.get(Membership, membership_id)
    if found is None or found.group_id != group_id:
        raise NotFound()
    return found


def officers(group_id: int) -> list[Person]:
    """The officers of a group today."""
    seats = select(Membership.person_id).where(Membership.group_id == group_id, Membership.role == "officer", _current())
    return list(db.session.scalars(select(Person).where(Person.id.in_(seats), Person.ended_at.is_(None)).order_by(Person.id)))
