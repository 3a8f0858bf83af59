"""The verbs about people and groups. Every door calls these; nobody else writes."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock, text
from consult.kit.words import N_
from consult.outbox import again
from consult.people import links, passwords, queries, rules, seats, sessions, sheet
from consult.people.models import Address, Group, Membership, Organization, Person


def add_person(
    name: str,
    address: str,
    *,
    by: Person | None,
    door: str,
    language: str = "en",
    zone: str = "UTC",
    organization: str | Organization | None = None,
    means: str = "page",
    staff: bool = False,
    vouched: bool = False,
    at: datetime | None = None,
    **prefs: object,
) -> Person:
    """Somebody new who can take part. `by` is staff, an officer of some group, or nobody at the command line.

    `vouched`: the calling verb has asked already whether `by` may bring somebody in.
    """
    if staff or not vouched:
        _require_adding(by, door, staff)
    if means == "mail":
        prefs.setdefault("limit_bytes", rules.MAIL_LIMIT)
    checked = rules.preferences({"name": name, "language": language, "zone": zone, "means": means, **prefs})
    person = Person(**checked, staff=staff, organization=organization_called(organization), created_at=at or clock.now())
    db.session.add(person)
    _give_address(person, address, at)
    db.session.flush()
    record("person.added", door=door, actor=by, subject=person, at=at, name=person.name, person_id=person.id)
    return person


def add_first_staff(name: str, address: str, *, language: str = "en", zone: str = "UTC") -> Person:
    """Somebody who may form groups and manage people, made at the command line, where nobody may be there yet to do it."""
    return add_person(name, address, by=None, door="command", language=language, zone=zone, staff=True)


def known_or_added(name: str, address: str, *, by: Person, door: str, **more: object) -> Person:
    """Whoever has this address; else somebody new of that name, brought in by a person whose verb has asked whether they may."""
    found = queries.find_by_address(rules.address(address))
    return found or add_person(name, address, by=by, door=door, vouched=True, **more)


def _require_adding(by: Person | None, door: str, staff: bool) -> None:
    if by is None or staff or not queries.may_somewhere(by, "members.manage"):
        _require(by, door, "people.manage")


def organization_called(name: str | Organization | None, **more: object) -> Organization | None:
    """The organization of that name, made when it is new; `more` are its kind, iso, region and flags."""
    if name is None or isinstance(name, Organization):
        return name
    if not text.one_line(name):
        return None
    clean = rules.name(name)
    found = db.session.scalar(select(Organization).where(Organization.name == clean))
    if found is None:
        found = Organization(name=clean, **more)
        db.session.add(found)
        db.session.flush()
    return found


def add_address(person: Person, address: str, *, by: Person | None, door: str, at: datetime | None = None) -> Address:
    """One more address of a person, in the last place: by themselves (having shown that it is theirs), by staff, or at the command line."""
    if by is not person:
        _require(by, door, "people.manage")
    added = _give_address(person, address, at)
    db.session.flush()
    if all(each.failing_since for each in person.addresses if each is not added):
        again.catch_up(person.id, added.address, at or clock.now())
    record("person.changed", door=door, actor=by, subject=person, at=at, name=person.name)
    return added


def _give_address(person: Person, raw: str, at: datetime | None) -> Address:
    clean = rules.address(raw)
    if queries.find_address(clean) is not None:
        raise Refused(N_("The address %(address)s belongs to somebody already."), address=clean)
    position = max((each.position for each in person.addresses), default=-1) + 1
    given = Address(address=clean, folded=rules.folded(clean), position=position, confirmed_at=at or clock.now())
    person.addresses.append(given)
    return given


def change_preferences(
    person: Person, *, by: Person, door: str, at: datetime | None = None, vouched: bool = False, **prefs: object
) -> Person:
    """How a person is called, addressed and written to. By themselves or by staff. `vouched`: the calling verb has asked already."""
    if not vouched:
        require_own(by, person)
    for key, value in rules.preferences(prefs).items():
        setattr(person, key, value)
    record("person.changed", door=door, actor=by, subject=person, at=at, name=person.name, changed=sorted(prefs))
    return person


def _require(by: Person | None, door: str, permission: str, group_id: int | None = None) -> None:
    """The command line stands outside the table: whoever has it has the machine."""
    if by is None and door != "command":
        raise Refused(N_("Please sign in first."))
    if by is not None:
        queries.require(by, permission, group_id)


def require_own(by: Person, person: Person) -> None:
    """Refuses whoever is neither this person nor staff."""
    if by.id != person.id:
        queries.require(by, "people.manage")


def set_password(person: Person, password: str) -> None:
    """A new password. Whoever was signed in as this person is signed out, and links sent for signing in are worth nothing."""
    clean = rules.password(password, person.name, *(each.address for each in person.addresses))
    person.password_hash = passwords.hashed(clean)
    sessions.end_all(person)
    links.revoke(person, "sign-in", "password")
    db.session.flush()


def form_group(slug: str, name: str, *, by: Person | None, door: str, at: datetime | None = None, **more: object) -> Group:
    """A new group; `more` are short, kind, mandate, terms, language. By staff, or at the command line."""
    _require(by, door, "group.manage")
    clean = text.slug(slug)
    if not clean:
        raise Refused(N_("A short name for the address is needed, in letters a to z and digits."))
    if queries.find_group(clean) is not None:
        raise Refused(N_("There is a group with the short name %(slug)s already."), slug=clean)
    group = Group(slug=clean, name=rules.name(name), created_at=at or clock.now(), **group_words(more))
    db.session.add(group)
    db.session.flush()
    record("group.formed", door=door, actor=by, group_id=group.id, subject=group, at=at, name=group.name)
    return group


def group_words(more: dict) -> dict:
    """What a group says of itself, on clean lines: any of short, kind, mandate, terms and language."""
    limits = {"short": 40, "kind": 20, "mandate": 500}
    words = {key: text.one_line(str(more[key]), limit) for key, limit in limits.items() if key in more}
    if "terms" in more:
        words["terms"] = text.many_lines(str(more["terms"]))
    if "language" in more:
        words |= rules.preferences({"language": more["language"]})
    unknown = set(more) - {*words}
    if unknown:
        raise TypeError(f"a group has no {', '.join(sorted(unknown))}")
    return words


def add_member(
    group: Group,
    person: Person,
    role: str,
    *,
    by: Person | None,
    door: str,
    starts_on: date | None = None,
    replaces: Membership | None = None,
    at: datetime | None = None,
) -> Membership:
    """A person takes a seat in the group, from today unless another day is given."""
    _require(by, door, "members.manage", group.id)
    role, at = rules.role(role), at or clock.now()
    starts_on = starts_on or at.date()
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    seat = _seat_on(group, person, max(starts_on, at.date()))
    if seat is not None:
        raise Refused(N_("%(name)s is in the group already, as %(role)s."), name=person.name, role=seat.role)
    seat = Membership(group_id=group.id, person=person, role=role, starts_on=starts_on, replaces_id=replaces and replaces.id)
    db.session.add(seat)
    db.session.flush()
    queries.forget_roles(person.id)
    told = {"name": person.name, "role": role, "person_id": person.id}
    record("membership.began", door=door, actor=by, group_id=group.id, subject=seat, at=at, **told)
    return seat


def _seat_on(group: Group, person: Person, day: date) -> Membership | None:
    seats = db.session.scalars(select(Membership).where(Membership.group_id == group.id, Membership.person_id == person.id))
    return next((seat for seat in seats if seat.ends_on is None or seat.ends_on > day), None)


def end_membership(
    membership: Membership, *, by: Person | None, door: str, ends_on: date | None = None, at: datetime | None = None
) -> Membership:
    """A person's seat ends: today at once, or on the day given, which is the first one without it."""
    _require(by, door, "members.manage", membership.group_id)
    at = at or clock.now()
    if membership.ends_on is not None and membership.ends_on <= at.date():
        raise Refused(N_("This membership has ended already."))
    membership.ends_on = max(ends_on or at.date(), membership.starts_on)
    queries.forget_roles(membership.person_id)
    if membership.ends_on <= at.date():
        seats.end_keys(membership, at)
    told = {"name": membership.person.name, "person_id": membership.person_id, "role": membership.role}
    record("membership.ended", door=door, actor=by, group_id=membership.group_id, subject=membership, at=at, **told)
    return membership


@dataclass
class Import:
    """What became of a list: the rows that could be taken, those that could not (number, refusal), what was done,
    and the names of those who sat in the group before."""

    good: list[sheet.Row]
    bad: list[tuple[int, Refused]]
    ignored: list[str]
    doubtful: list[str]
    taken: bool = False
    people: int = 0
    members: int = 0
    already: list[str] = field(default_factory=list)


def import_people(
    group: Group, csv_bytes: bytes, *, take_good: bool, by: Person | None, door: str, names_right: bool = False, at: datetime | None = None
) -> Import:
    """People of a list become members, in one go or not at all; with `take_good` the rows that cannot be taken are left out.
    Whoever is known by address is not made a second time, and whoever is a member in that role already stays as they are."""
    _require(by, door, "members.manage", group.id)
    read = sheet.read(csv_bytes)
    known = queries.by_addresses([row.email for row in read.good])
    seats = {seat.person_id: seat.role for seat in queries.members(group.id)}
    done = Import([], read.bad, read.ignored, read.doubtful)
    for row in read.good:
        held = seats.get(known[rules.folded(row.email)].id) if rules.folded(row.email) in known else None
        if held in (None, row.role):
            done.good.append(row)
            if held:
                done.already.append(known[rules.folded(row.email)].name)
        else:
            reason = Refused(N_("%(name)s is in the group already, as %(role)s."), name=row.name, role=held)
            done.bad.append((row.number, reason))
    done.bad.sort(key=lambda each: each[0])
    done.taken = (take_good or not done.bad) and (names_right or not done.doubtful)
    if done.taken:
        _take(group, done, known, seats, by, door, at)
    return done


def _take(
    group: Group, done: Import, known: dict[str, Person], seats: dict[int, str], by: Person | None, door: str, at: datetime | None
) -> None:
    for row in done.good:
        person = known.get(rules.folded(row.email))
        if person is None:
            more = {"organization": row.organization, "language": row.language, "zone": row.zone, "means": row.means}
            person = add_person(row.name, row.email, by=by, door=door, at=at, **more)
            done.people += 1
        if person.id not in seats:
            add_member(group, person, row.role, by=by, door=door, at=at)
            done.members += 1
            seats[person.id] = row.role
