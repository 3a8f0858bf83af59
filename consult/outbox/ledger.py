"""What went over the wire, person by person, counted in octets.

To a person: for every time a mail server took a letter, the octets of the message as it was handed over in DATA (header, text, files,
signature; each line end two octets), after dot-unstuffing and without the final line of one dot. What a server did not take is not counted,
nor is a transmission of which nobody learnt whether it was taken. From a person: the octets of every mail of theirs that was delivered
here, each delivery counted; the rooms above say how many (`offer`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Row, and_, case, func, select

from consult.extensions import db
from consult.outbox.models import Letter
from consult.outbox.months import Window, last_months, this_month

Received = Callable[[Sequence[Window], int | None], Iterable[Row]]  # (person, number of the window, octets, how many mails)
_sources: list[Received] = []
WENT = func.coalesce(Letter.sent_at, Letter.created_at)
PERSON = Letter.__table__.c.person_id


@dataclass(frozen=True)
class Ledger:
    """Octets sent to a person and received from them, and in how many letters and arrivals."""

    sent: int = 0
    received: int = 0
    letters: int = 0
    arrivals: int = 0


def offer(source: Received) -> None:
    """Ask this too what was received: given stretches of time and perhaps a group, it tells octets and mails by person and stretch."""
    if source not in _sources:
        _sources.append(source)


def month(person_id: int, now: datetime) -> Ledger:
    """This calendar month of the person, by the clock of their own place."""
    return months(person_id, now, 1)[0][1]


def months(person_id: int, now: datetime, count: int = 6) -> list[tuple[datetime, Ledger]]:
    """This month and those before it, newest first: when each began, and its ledger."""
    windows = last_months(person_id, zones([person_id])[person_id], now, count)
    found = weighed(windows)
    return [(window.start, found.get((person_id, number), Ledger())) for number, window in enumerate(windows)]


def since(person_id: int, start: datetime, end: datetime | None = None) -> Ledger:
    """From one moment until now, or until another."""
    return weighed([Window((person_id,), start, end or datetime.max.replace(tzinfo=UTC))]).get((person_id, 0), Ledger())


def of_people(person_ids: Sequence[int], now: datetime, group_id: int | None = None) -> dict[int, Ledger]:
    """This month of each of these people, by their own clocks; with a group: only its letters, and only what was sent to it."""
    found = weighed(this_month(zones(person_ids).items(), now), group_id)
    return {person_id: ledger for (person_id, _), ledger in found.items()}


def of_group(group_id: int, now: datetime) -> dict[int, Ledger]:
    """This month of everybody whom letters of the group went to: its letters, and what was sent to it."""
    written_to = select(PERSON).where(Letter.group_id == group_id, PERSON.is_not(None)).distinct()
    return of_people(list(db.session.scalars(written_to)), now, group_id)


def weighed(windows: Sequence[Window], group_id: int | None = None) -> dict[tuple[int, int], Ledger]:
    """The ledger by person and number of the window; who has nothing there is left out."""
    sent = {(person_id, number): (octets, count) for person_id, number, octets, count in _sent(windows, group_id) if number is not None}
    received: dict[tuple[int, int], tuple[int, int]] = {}
    for source in _sources:
        for person_id, number, octets, count in source(windows, group_id):
            if number is None:
                continue
            before = received.get((person_id, number), (0, 0))
            received[person_id, number] = before[0] + octets, before[1] + count
    nothing = 0, 0
    return {
        each: Ledger(sent.get(each, nothing)[0], received.get(each, nothing)[0], sent.get(each, nothing)[1], received.get(each, nothing)[1])
        for each in sent.keys() | received.keys()
    }  # fmt: skip


def within(person: Column, moment: Column, windows: Sequence[Window]) -> tuple:
    """(the condition that a row may lie in one of the windows, the number of that window or nothing)."""
    everybody = {person_id for each in windows for person_id in each.person_ids}
    about = and_(person.in_(everybody), moment >= min(each.start for each in windows), moment < max(each.end for each in windows))
    held = [and_(moment >= each.start, moment < each.end, person.in_(each.person_ids)) for each in windows]
    return about, case(*[(condition, number) for number, condition in enumerate(held)])


def zones(person_ids: Sequence[int]) -> dict[int, str]:
    """The time zone of each of these people. Their room lies above; of its table no more than this is asked."""
    people = db.metadata.tables["person"].c
    return dict(db.session.execute(select(people.id, people.zone).where(people.id.in_(person_ids))).all())


def _sent(windows: Sequence[Window], group_id: int | None) -> Iterable[Row]:
    if not windows:
        return []
    held, number = within(PERSON, WENT, windows)
    wanted = select(PERSON, number.label("number"), func.sum(Letter.wire), func.sum(Letter.times)).where(held, Letter.wire > 0)
    if group_id is not None:
        # Said so that the index of persons is used, in which everything stands, and not that of groups, behind which lie all texts.
        wanted = wanted.where(func.coalesce(Letter.group_id, 0) == group_id)
    return db.session.execute(wanted.group_by(PERSON, "number"))
