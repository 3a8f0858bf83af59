"""The verbs about a meeting itself: plan it, announce it, change it, cancel it, write its agenda; and what comes with time."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock, tokens
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.meetings import agenda, queries, rules
from consult.meetings.models import AgendaItem, Attendance, Meeting, MeetingDocument
from consult.meetings.noting import note
from consult.people import queries as people
from consult.people.models import Group, Membership, Person

CHECKS = {
    "title": rules.title,
    "code": rules.code,
    "kind": lambda value: one_line(value, 20),
    "place": lambda value: one_line(value, 300),
    "link": lambda value: one_line(value, 500),
    "host": lambda value: one_line(value, 200),
    "languages": lambda value: rules.languages(value.split()),
    "note": many_lines,
    "zone": lambda value: clock.zone(value).key,
    "starts_at": lambda value: value,
    "ends_at": lambda value: value,
}
TELLING = ("title", "kind", "place", "link", "starts_at", "ends_at")
"""What everybody invited is told of when it changes."""


def plan(group: Group, *, by: Person, door: str, at: datetime | None = None, **given: object) -> Meeting:
    """Plan a meeting of the group; nobody but its officers sees it until it is announced. `given`: title, code, kind, starts_at, ends_at,
    zone, and place, link, host, languages, note."""
    at = at or clock.now()
    people.require(by, "meeting.manage", group.id)
    facts = _checked(given)
    _check_whole(**{"place": "", "link": "", **facts})
    db.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
    _check_code(group.id, facts["code"])
    made = Meeting(group_id=group.id, uid=tokens.new(), by_id=by.id, created_at=at, **facts)
    db.session.add(made)
    db.session.flush()
    note("meeting.planned", made, door=door, by=by, at=at)
    return made


def _checked(given: dict) -> dict:
    return {name: CHECKS[name](value) for name, value in given.items()}


def _check_whole(*, kind: str, starts_at: datetime, ends_at: datetime, place: str, link: str, **_: object) -> None:
    rules.check_window(kind, starts_at, ends_at)
    rules.check_where(kind, place, link)


def _check_code(group_id: int, code: str, but: int | None = None) -> None:
    known = db.session.scalar(select(Meeting.id).where(Meeting.group_id == group_id, Meeting.code == code))
    if known not in (None, but):
        raise Refused(N_("Another meeting of this group has the code %(code)s already."), code=code)


def change(which: Meeting, reason: str = "", *, by: Person, door: str, at: datetime | None = None, **given: object) -> Meeting:
    """Change what is known of a meeting; once it is announced, everybody invited is told what changed, and why if that is said."""
    at = at or clock.now()
    people.require(by, "meeting.manage", which.group_id)
    _held_fast(which)
    rules.check_may_change(which.state)
    facts = _checked(given)
    _check_whole(**{name: getattr(which, name) for name in ("kind", "starts_at", "ends_at", "place", "link")} | facts)
    _check_code(which.group_id, facts.get("code", which.code), which.id)
    before = {name: getattr(which, name) for name, value in facts.items() if getattr(which, name) != value}
    if not before:
        return which
    for name, value in facts.items():
        setattr(which, name, value)
    told = which.state == "announced" and any(name in TELLING for name in before)
    which.sequence += which.state == "announced"
    which.reason = one_line(reason, 500)
    was = {name: _plain(value) for name, value in before.items()}
    note("meeting.changed", which, door=door, by=by, at=at, reason=which.reason, before=was, people=_invited(which) if told else [])
    return which


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _held_fast(which: Meeting) -> None:
    db.session.refresh(which, ["state"], with_for_update={"of": Meeting})


def _invited(which: Meeting) -> list[int]:
    return sorted(row.person_id for row in queries.attendances(which.id))


def announce(which: Meeting, *, by: Person, door: str, at: datetime | None = None) -> Meeting:
    """Invite everybody in the group but its officers, who prepare it; the letters of invitation go out."""
    at = at or clock.now()
    people.require(by, "meeting.manage", which.group_id)
    _held_fast(which)
    rules.check_may_announce(which.state, which.starts_at, at)
    asked = sorted({seat.person_id for seat in people.members(which.group_id, at.date()) if seat.role != "officer"})
    if not asked:
        raise Refused(N_("Nobody would be invited. Add members to the group first."))
    which.state, which.announced_at = "announced", at
    db.session.add_all(Attendance(meeting_id=which.id, person_id=person, invited_at=at) for person in asked)
    db.session.flush()
    note("meeting.announced", which, door=door, by=by, at=at, people=asked)
    return which


def cancel(which: Meeting, reason: str, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Call the meeting off; everybody invited is told why."""
    at, reason = at or clock.now(), one_line(reason, 500)
    people.require(by, "meeting.manage", which.group_id)
    _held_fast(which)
    rules.check_may_change(which.state)
    rules.check_reason(reason)
    told = _invited(which)
    which.state, which.reason, which.sequence = "cancelled", reason, which.sequence + 1
    note("meeting.cancelled", which, door=door, by=by, at=at, reason=reason, people=told)


def write_agenda(which: Meeting, text: str, *, by: Person, door: str, at: datetime | None = None) -> list[AgendaItem]:
    """Write the agenda as lines of text, `2. Adoption of the agenda | who presents it`; an item that stays keeps its documents."""
    at = at or clock.now()
    people.require(by, "meeting.manage", which.group_id)
    _held_fast(which)
    if which.state == "cancelled":
        raise Refused(N_("The meeting was cancelled."))
    typed, standing = agenda.lines(text), list(which.items)
    if agenda.text(typed) == agenda.text(standing):
        return standing
    pairs = agenda.matched(typed, standing)
    kept = {known.id for _, known in pairs if known is not None}
    for gone in [item for item in standing if item.id not in kept]:
        _drop_item(gone)
    made = []
    for position, (line, known) in enumerate(pairs, 1):
        item = known or AgendaItem(meeting_id=which.id)
        item.position, item.number, item.title, item.presenter, item.note = position, line.number, line.title, line.presenter, line.note
        made.append(item)
    db.session.add_all(made)
    db.session.flush()
    db.session.expire(which, ["items"])
    note("agenda.written", which, door=door, by=by, at=at, count=len(made))
    return made


def _drop_item(item: AgendaItem) -> None:
    for document in db.session.scalars(select(MeetingDocument).where(MeetingDocument.item_id == item.id)):
        document.item_id = None
    db.session.flush()
    db.session.delete(item)


def adopt_agenda(which: Meeting, *, by: Person, door: str, at: datetime | None = None) -> None:
    """The agenda is adopted: from now on it is no longer called provisional."""
    at = at or clock.now()
    people.require(by, "meeting.manage", which.group_id)
    _held_fast(which)
    if not which.items:
        raise Refused(N_("There is no agenda yet that could be adopted."))
    if which.adopted_at is None:
        which.adopted_at = at
        note("agenda.adopted", which, door=door, by=by, at=at)


def come_due(now: datetime) -> int:
    """What comes with time: newcomers are invited, those who have not answered are reminded, meetings that are over count as held.
    Safe to call twice; returns how many things were done."""
    return _invite_newcomers(now) + _remind(now) + _hold(now)


def _invite_newcomers(now: datetime) -> int:
    today, known = now.date(), exists().where(Attendance.meeting_id == Meeting.id, Attendance.person_id == Membership.person_id)
    sits = and_(Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on > today), Membership.role != "officer")
    wanted = select(Meeting.id, Membership.person_id).join(Membership, Membership.group_id == Meeting.group_id)
    coming = wanted.where(Meeting.state == "announced", Meeting.starts_at > now, sits, ~known).distinct()
    found: dict[int, list[int]] = {}
    for meeting_id, person_id in db.session.execute(coming):
        found.setdefault(meeting_id, []).append(person_id)
    for meeting_id, asked in found.items():
        which = db.session.get_one(Meeting, meeting_id, with_for_update={"of": Meeting})
        asked = sorted(set(asked) - set(_invited(which)))
        db.session.add_all(Attendance(meeting_id=which.id, person_id=person, invited_at=now) for person in asked)
        db.session.flush()
        note("meeting.invited", which, door="worker", at=now, people=asked, count=len(asked))
    return len(found)


def _remind(now: datetime) -> int:
    """Whoever is away is not reminded; whoever has answered neither."""
    due = select(Meeting).where(
        Meeting.state == "announced", Meeting.reminded_at.is_(None), Meeting.starts_at > now, Meeting.starts_at <= now + rules.REMIND_BEFORE
    ).with_for_update(of=Meeting)  # fmt: skip
    count = 0
    for which in list(db.session.scalars(due)):
        when = rules.reminder_at(which.announced_at, which.starts_at)
        if when is None or when > now:
            continue
        which.reminded_at, count = now, count + 1
        silent = {row.person_id for row in queries.attendances(which.id) if row.answer == "invited"}
        asked = sorted(silent - set(people.away(silent, now)))
        if asked:
            note("meeting.reminded", which, door="worker", at=now, people=asked, count=len(asked))
    return count


def _hold(now: datetime) -> int:
    over = select(Meeting).where(Meeting.state == "announced", Meeting.ends_at < now).with_for_update(of=Meeting)
    found = list(db.session.scalars(over))
    for which in found:
        which.state = "held"
        note("meeting.held", which, door="worker", at=now)
    return len(found)
