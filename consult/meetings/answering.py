"""The verbs about people at a meeting: say whether one comes, take that back, note who was there."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from consult.extensions import db
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.meetings import queries, rules
from consult.meetings.models import Attendance, Meeting
from consult.meetings.noting import note
from consult.people import queries as people
from consult.people.models import Person
from consult.tasks import actions as tasks


def answer(
    to: Meeting, answer: str, reason: str = "", *, alternate: str = "", on_behalf: Person | None = None, verified: bool = True, by: Person,
    door: str, at: datetime | None = None,
) -> Attendance:  # fmt: skip
    """Say that one attends (`attending`), cannot come (`apologies`, with a reason if one likes) or who comes instead (`alternate`).

    A later answer takes the place of the one before, which the journal keeps. `on_behalf`: an officer enters what came by another way."""
    at, person = at or clock.now(), on_behalf or by
    reason, alternate = many_lines(reason).strip(), one_line(alternate, 200) if answer == "alternate" else ""
    people.require(by, "meeting.answer" if person.id == by.id else "meeting.manage", to.group_id)
    db.session.refresh(to, ["state", "ends_at"], with_for_update={"of": Meeting})
    known = queries.attendance(to.id, person.id)
    invited = known is not None or bool(people.roles(person, to.group_id) - {"staff"})
    rules.check_may_answer(to.state, to.ends_at, at, invited, people.may(by, "meeting.manage", to.group_id))
    rules.check_answer(answer, reason, alternate)
    made = known or Attendance(meeting_id=to.id, person_id=person.id, invited_at=at, answer="invited", reason="", alternate="")
    before = made.answer, made.reason, made.alternate
    if rules.answer_stands(answer, reason, alternate, before):
        return made
    made.answer, made.reason, made.alternate, made.answered_at, made.door, made.verified = answer, reason, alternate, at, door, verified
    made.entered_by_id = by.id if person.id != by.id else None
    db.session.add(made)
    db.session.flush()
    db.session.expire(to, ["attendances"])
    note("meeting.answered", to, door=door, by=person, at=at, answer=answer, before=before[0], reason_before=before[1], entered_by=by.id)
    return made


def take_back(to: Meeting, *, by: Person, door: str, at: datetime | None = None) -> None:
    """As if one had not answered; the journal keeps what was said."""
    at = at or clock.now()
    people.require(by, "meeting.answer", to.group_id)
    db.session.refresh(to, ["state", "ends_at"], with_for_update={"of": Meeting})
    known = queries.attendance(to.id, by.id)
    rules.check_may_answer(to.state, to.ends_at, at, known is not None, False)
    if known.answer == "invited":
        return
    before = known.answer, known.reason
    known.answer, known.reason, known.alternate, known.answered_at, known.entered_by_id = "invited", "", "", None, None
    note("meeting.answered", to, door=door, by=by, at=at, answer="invited", before=before[0], reason_before=before[1], entered_by=by.id)


def mark_presence(at_meeting: Meeting, present: Collection[int], *, by: Person, door: str, at: datetime | None = None) -> int:
    """Note who of the group was there, and with that who was not. Whoever neither came nor answered becomes a task for the officers.
    Returns how many were there."""
    at = at or clock.now()
    people.require(by, "meeting.manage", at_meeting.group_id)
    db.session.execute(select(Meeting.id).where(Meeting.id == at_meeting.id).with_for_update())
    rules.check_may_take_presence(at_meeting.state, at_meeting.starts_at, at)
    for seat in queries.seats(at_meeting):
        _mark(at_meeting, seat, seat.person.id in present, at)
    db.session.flush()
    db.session.expire(at_meeting, ["attendances"])
    count = sum(bool(row.present) for row in queries.attendances(at_meeting.id))
    note("meeting.attended", at_meeting, door=door, by=by, at=at, count=count)
    return count


def _mark(at_meeting: Meeting, seat: queries.Seat, present: bool, at: datetime) -> None:
    row = seat.attendance
    if row is None:
        if present:  # an officer, or somebody who joined the group meanwhile
            db.session.add(Attendance(meeting_id=at_meeting.id, person_id=seat.person.id, invited_at=at, answer="attending", present=True))
        return
    known, row.present = row.present, present
    if not present and known is not False and row.answer == "invited" and seat.role != "officer":
        tasks.raise_task(
            "absent", group_id=at_meeting.group_id, once=f"absent:{at_meeting.id}:{row.person_id}", person=seat.person, subject=at_meeting,
            at=at, name=seat.person.name, title=at_meeting.title,
        )  # fmt: skip
