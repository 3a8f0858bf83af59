"""The verbs about means: ask members how they can take part, ask again by schedule, note what they say, telephone whom nothing reaches."""

from datetime import datetime

from sqlalchemy import update

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.people import actions as people_actions
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.reach import queries, rules
from consult.reach.models import Means, MeansAsk
from consult.tasks import actions as tasks


def ask(group: Group, persons: list[Person], *, by: Person, door: str, at: datetime | None = None) -> list[MeansAsk]:
    """Ask members of a group how they can take part; each gets a letter now, and again by schedule until they answer."""
    at = at or clock.now()
    people.require(by, "reach.manage", group.id)
    members = {seat.person_id for seat in people.members(group.id)}
    if not persons:
        raise Refused(rules.NOBODY)
    if strangers := [each.name for each in persons if each.id not in members]:
        raise Refused(rules.NOT_MEMBERS, names=", ".join(strangers))
    known = queries.asks_of_group(group.id)
    asked = [_asked(known.get(each.id), group.id, each, at) for each in persons]
    db.session.flush()
    _tell_asked(group.id, [each.id for each in persons], door, at, by)
    return asked


def _asked(known: MeansAsk | None, group_id: int, person: Person, at: datetime) -> MeansAsk:
    """The row of a question that goes out now: after an answer it is the first time again."""
    if known is None:
        known = MeansAsk(group_id=group_id, person_id=person.id, times=0)
        db.session.add(known)
    known.times = 1 if known.answered_at else known.times + 1
    known.asked_at, known.answered_at, known.tasked_at = at, None, None if known.times == 1 else known.tasked_at
    known.next_at = rules.next_time(known.times, at)
    return known


def _tell_asked(group_id: int, person_ids: list[int], door: str, at: datetime, by: Person | None) -> None:
    record("means.asked", door=door, actor=by, group_id=group_id, at=at, people=person_ids, count=len(person_ids))


def ask_again_due(now: datetime) -> int:
    """Ask those again who have not answered, as the schedule says; where letters alone bring no answer, officers get a task."""
    again: dict[int, list[int]] = {}
    due = queries.due(now)
    for asked in due:
        if asked.person.ended_at is not None or not people.sits_in(asked.group_id, asked.person_id):
            asked.next_at = None
            continue
        step = rules.due(asked.times, asked.asked_at, asked.tasked_at is not None, now)
        asked.next_at = step.next_at
        if step.what == "task":
            asked.tasked_at = now
            _raise_means(asked, now)
        else:
            asked.asked_at, asked.times = now, asked.times + 1
            again.setdefault(asked.group_id, []).append(asked.person_id)
    for group_id, person_ids in again.items():
        _tell_asked(group_id, person_ids, "worker", now, None)
    return len(due)


def _raise_means(asked: MeansAsk, now: datetime) -> None:
    tasks.raise_task(
        "means", group_id=asked.group_id, person=asked.person, subject=asked, at=now, name=asked.person.name, times=str(asked.times),
        once=f"means:{asked.person_id}:{asked.group_id}",
    )  # fmt: skip


def answer(
    person: Person, said: dict, *, by: Person, door: str, at: datetime | None = None, received_at: datetime | None = None
) -> tuple[Means, dict]:
    """Note how somebody can take part, said by themselves or entered by an officer for them. What is not said stays as it was.

    Gives the row, and which of their preferences were changed by it, each with what it was before.
    """
    at = at or clock.now()
    require_about(by, person)
    said = rules.said(said)
    before = queries.latest(person.id)
    kept = {name: getattr(before, name) for name in rules.QUESTIONS} if before else {}
    made = Means(person_id=person.id, at=received_at or at, door=door, entered_by_id=by.id if by.id != person.id else None, **kept | said)
    db.session.add(made)
    waiting = (MeansAsk.person_id == person.id, MeansAsk.answered_at.is_(None))
    db.session.execute(update(MeansAsk).where(*waiting).values(answered_at=at, next_at=None))
    changed = _prefer(person, rules.preferences(said), by, door, at)
    told = {"name": person.name, "person_id": person.id}
    if by.id == person.id:
        record("means.answered", door=door, actor=by, group_id=None, subject=made, at=at, **told)
    else:
        group_id = next((group.id for group in people.groups_of(person) if people.may(by, "reach.manage", group.id)), None)
        changes = {"people": [person.id], "said": list(said), "before": changed}
        record("means.entered", door=door, actor=by, group_id=group_id, subject=made, at=at, **told, **changes)
    return made, changed


def _prefer(person: Person, wanted: dict, by: Person, door: str, at: datetime) -> dict:
    """Write to them from now on as they said; gives what was otherwise before."""
    new = {key: value for key, value in wanted.items() if getattr(person, key) != value}
    before = {key: getattr(person, key) for key in new}
    if new:
        people_actions.change_preferences(person, by=by, door=door, at=at, vouched=True, **new)
    return before


def require_about(by: Person, person: Person) -> None:
    """Refuses whoever is neither this person nor an officer of one of their groups (nor staff)."""
    if by.id != person.id and not any(people.may(by, "reach.manage", group.id) for group in people.groups_of(person)):
        people.require(by, "people.manage")
