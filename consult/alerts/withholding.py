"""The last question before a letter leaves: may this person still read what stands in it?"""

from collections.abc import Sequence

from sqlalchemy import select

from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox.models import Letter
from consult.outbox.writing import Outgoing
from consult.people import guests
from consult.people.models import Membership, Person
from consult.people.rules import is_current, permits

ABOUT_THE_GROUP = (
    "opening",
    "extension",
    "closing",
    "reminder",
    "version",
    "comment",
    "digest",
    "failing",
    "broken",
    "questions",
    "poll",
    "outcome",
    "appointed",
)
LEFT = N_("Not sent: this person no longer takes part in the group.")


def withheld(letters: Sequence[Outgoing]) -> dict[int, str]:
    """Those of these letters that may not go any more, by number, each with the reason; two readings however many letters."""
    columns = (Letter.id, Letter.person_id, Letter.group_id, Person.staff, Person.ended_at)
    asked = select(*columns).join(Person, Person.id == Letter.person_id)
    ids = [letter.id for letter in letters]
    rows = db.session.execute(asked.where(Letter.id.in_(ids), Letter.group_id.is_not(None), Letter.kind.in_(ABOUT_THE_GROUP))).all()
    held = _roles({row.person_id for row in rows}) if rows else {}
    gone = [row for row in rows if not _may_read(row, held.get((row.person_id, row.group_id), frozenset()))]
    visiting = {(person, group) for person, group, _ in guests.let_in({row.person_id for row in gone})}
    return {row.id: LEFT for row in gone if row.ended_at is not None or (row.person_id, row.group_id) not in visiting}


def _may_read(row, roles: frozenset[str]) -> bool:
    return row.ended_at is None and permits(roles | ({"staff"} if row.staff else set()), "draft.read")


def _roles(person_ids: set[int]) -> dict[tuple[int, int], frozenset[str]]:
    today, held = clock.now().date(), {}
    columns = (Membership.person_id, Membership.group_id, Membership.role, Membership.starts_on, Membership.ends_on)
    for seat in db.session.execute(select(*columns).where(Membership.person_id.in_(person_ids))):
        if is_current(seat.starts_on, seat.ends_on, today):
            held[seat.person_id, seat.group_id] = held.get((seat.person_id, seat.group_id), frozenset()) | {seat.role}
    return held
