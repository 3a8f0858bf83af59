"""Events become notices, notices become letters. The worker calls both again and again; two workers may do so at once."""

import logging
from datetime import datetime, timedelta

from flask_babel import force_locale
from jinja2 import TemplateError
from sqlalchemy import delete, select, update

from consult.alerts import (
    budget,
    commentletters,
    compiledletters,
    delegationletters,
    digest,
    groupletters,
    meansletters,
    meetingletters,
    pollletters,
    queries,
    reviewerletters,
    roundletters,
    sheetletters,
    trouble,
    watching,
)
from consult.alerts import notices as kept
from consult.alerts.audience import Audiences
from consult.alerts.models import Notice
from consult.alerts.pen import OUR_HEADERS, Pen
from consult.alerts.rhythm import due, quiet_until
from consult.alerts.shelf import Material, Shelf, round_of
from consult.alerts.telling import NOT_TOLD, TOLD
from consult.alerts.trouble import said
from consult.extensions import db, transaction
from consult.journal import queries as journal
from consult.journal.models import Event, Untold
from consult.outbox.models import Letter
from consult.people import guests
from consult.people import queries as people
from consult.people.models import Person
from consult.people.rules import permits
from consult.review import actions as review

log = logging.getLogger(__name__)
BROKEN = (*trouble.BROKEN, TemplateError)
LETTERS = {
    "opening": roundletters.opening,
    "extension": roundletters.extension,
    "closing": roundletters.closing,
    "reminder": roundletters.reminder,
    "compiled": compiledletters.compiled,
    "missed": roundletters.missed,
    "welcome": groupletters.welcome,
    "version": groupletters.version,
    "changes": groupletters.changes,
    "issued": meetingletters.issued,
    "failing": groupletters.failing,
    "comment": commentletters.comment,
    "joined": commentletters.joined,
    "appointed": delegationletters.appointed,
    "terms": reviewerletters.invitation,
    "set": delegationletters.the_set,
    "answer": commentletters.answer,
    "response": commentletters.response,
    "responses": roundletters.responses,
    "entered": roundletters.entered,
    "means": meansletters.means,
    "sheet": sheetletters.entered,
    "means-entered": meansletters.entered,
    "questions": pollletters.questions,
    "poll": pollletters.poll,
    "outcome": pollletters.outcome,
    "meeting": meetingletters.invitation,
    "meeting changed": meetingletters.changed,
    "meeting cancelled": meetingletters.cancelled,
    "meeting reminder": meetingletters.reminder,
    "documents": meetingletters.documents,
}
PERSONAL = ("invitee",)  # a letter to one person, who need not take part in anything yet
NO_READER = "may not read the group any more"
NO_NEWS = "wants no letters with news any more"
UNPOSTED = "posted before, or no address"
TOGETHER = ("response.given", "responses.given")  # several of these that are due at the same moment go in one letter
SETS = ("delegation.submitted",)  # many comments in one event: one letter holds them all
APART = ("contribution.made",)  # in a letter of its own also for whoever gets digests: nobody else may read it
GATHERING = timedelta(minutes=5)  # so long responses that were given many at once wait for each other


def spread(now: datetime) -> int:
    """Note who is to be told of what has happened, and when. Returns how many events were spread."""
    with transaction():
        events = _claimed(journal.untold())
        audiences, told = Audiences(), [event for event in events if event.kind not in NOT_TOLD]
        asked = {event.id: audiences.of(event, TOLD[event.kind].audience) for event in told}
        persons = queries.people(set().union(*asked.values()))
        known = watching.wishes(set(persons))
        rows = [row for event in told for each in sorted(asked[event.id]) for row in _notice(event, persons.get(each), now, known)]
        kept.add(rows)
    return len(events)


def _claimed(events: list[Event]) -> list[Event]:
    """Those events that no other worker is spreading: whoever takes the row away tells it."""
    ids = [event.id for event in events]
    free = select(Untold.event_id).where(Untold.event_id.in_(ids)).order_by(Untold.event_id).with_for_update(skip_locked=True)
    taken = set(db.session.scalars(delete(Untold).where(Untold.event_id.in_(free)).returning(Untold.event_id))) if ids else set()
    return [event for event in events if event.id in taken]


def _notice(event: Event, person: Person | None, now: datetime, known: watching.Wishes) -> list[dict]:
    if person is None or person.ended_at is not None:
        return []
    follows = watching.wish(event, person.id, known) if TOLD[event.kind].pace == "news" else None
    if follows is False:
        return []
    chosen = {"rhythm": "at-once" if follows else person.rhythm, "day": person.digest_day, "hour": person.digest_hour, "zone": person.zone}
    when = due(event.at, now, pace=TOLD[event.kind].pace, **chosen)
    fixed = {"event_id": event.id, "person_id": person.id, "state": "waiting", "why": ""}
    waits = GATHERING if when and not when[1] and event.data.get("many") else timedelta(0)
    return [fixed | {"due_at": when[0] + waits, "digest": when[1]}] if when else []


def write_due(now: datetime) -> int:
    """Write the letters that are due, each person's in a transaction of their own, so that what is wrong with one keeps nobody else from
    theirs. Returns how many letters were posted."""
    shelf = Shelf()
    return sum(_written_to(person_id, now, shelf) for person_id in queries.people_waiting(now))


def _written_to(person_id: int, now: datetime, shelf: Shelf) -> int:
    """All at one go; where something is broken, once more with each letter apart, so that only the broken one is left out."""
    try:
        with transaction():
            return _write_to(person_id, now, shelf, apart=False)
    except BROKEN:
        log.warning("alerts: writing to person %s again, letter by letter", person_id, exc_info=True)
    try:
        with transaction():
            return _write_to(person_id, now, shelf, apart=True)
    except BROKEN as error:
        log.exception("alerts: nothing could be written to person %s", person_id)
        with transaction():
            _give_up(person_id, now, said(error))
    return 0


def _give_up(person_id: int, now: datetime, why: str) -> None:
    """Nothing could be written to this person at all."""
    due_now = (Notice.person_id == person_id, Notice.state == "waiting", Notice.due_at <= now)
    db.session.execute(update(Notice).where(*due_now).values(state="failed", why=why))


def _write_to(person_id: int, now: datetime, shelf: Shelf, apart: bool) -> int:
    """Everything that is due to one person: single letters first, then one digest a group."""
    notices = queries.take(person_id, now)
    if not notices:
        return 0
    person = queries.people({person_id})[person_id]
    quiet = quiet_until(now, begins=person.quiet_from, ends=person.quiet_to, zone=person.zone)
    notices = _loud(notices, quiet) if quiet else notices
    material = Material(person_id, [notice.event for notice in notices], shelf)
    count = 0
    with force_locale(person.language):
        purse = budget.purse(person, now)
        for group_id in sorted({notice.event.group_id for notice in notices}):
            about = [notice for notice in notices if notice.event.group_id == group_id]
            pen = Pen(person, shelf.group(group_id), shelf, material, now, purse, quiet)
            count += _write_about(pen, _still_wanted(pen, about), apart)
            if purse:
                budget.warn(pen)
    if material.shown:
        review.saw(person_id, material.shown, now)
    return count


def _loud(notices: list[Notice], quiet: datetime) -> list[Notice]:
    """What is told also in quiet hours; news is written when they are over, as it stands then."""
    for notice in notices:
        if TOLD[notice.event.kind].pace == "news":
            notice.due_at = quiet
    return [notice for notice in notices if TOLD[notice.event.kind].pace != "news"]


def _still_wanted(pen: Pen, notices: list[Notice]) -> list[Notice]:
    """Rights and wishes hold as they are at this moment, not as they were when the thing happened."""
    held = people.roles(pen.person, pen.group.id)
    reads, officer = permits(held, "draft.read"), permits(held, "letters.read")
    visited = frozenset() if reads else guests.rounds(pen.person, pen.group.id)
    known = watching.wishes([pen.person.id])
    wanted = []
    for notice in notices:
        telling = TOLD[notice.event.kind]
        if (
            not (reads or telling.audience in PERSONAL or round_of(notice.event) in visited)
            or telling.audience == "officers"
            and not officer
        ):
            _drop(notice, NO_READER)
        elif telling.pace == "news" and _unwanted(pen, notice, known):
            _drop(notice, NO_NEWS)
        else:
            wanted.append(notice)
    return wanted


def _unwanted(pen: Pen, notice: Notice, known: watching.Wishes) -> bool:
    """Whoever wants no news still gets those of what they follow; what was muted meanwhile is not told."""
    follows = watching.wish(notice.event, pen.person.id, known)
    return follows is False or pen.person.rhythm == "none" and not follows


def _write_about(pen: Pen, notices: list[Notice], apart: bool) -> int:
    one, many = (_one_apart, _digest_apart) if apart else (_write_one, _write_digest)
    at_once = [notice for notice in notices if not notice.digest or notice.event.kind in APART]
    responses = [notice for notice in at_once if notice.event.kind in TOGETHER]
    if len(responses) > 1:
        at_once = [notice for notice in at_once if notice not in responses]
    count = sum(one(pen, notice) for notice in at_once)
    if len(responses) > 1 and (left := [notice for notice in responses if notice.event_id not in pen.material.told]):
        count += many(pen, left)
    together = [
        notice for notice in notices if notice.digest and notice.event.kind not in APART and notice.event_id not in pen.material.told
    ]
    return count + (many(pen, together) if together else 0)


def _one_apart(pen: Pen, notice: Notice) -> int:
    """What is wrong with one event stays with it."""
    try:
        with db.session.begin_nested():
            return _write_one(pen, notice)
    except BROKEN as error:
        _fail(pen, notice, said(error))
        return 0


def _digest_apart(pen: Pen, notices: list[Notice]) -> int:
    try:
        with db.session.begin_nested():
            return _write_digest(pen, notices)
    except BROKEN as error:
        for notice in notices:
            _fail(pen, notice, said(error))
        return 0


def _write_one(pen: Pen, notice: Notice) -> int:
    """One letter about one event."""
    if notice.event_id in pen.material.told:
        return 0
    if notice.event.kind in SETS:
        return _write_digest(pen, [notice])
    if pen.purse and TOLD[notice.event.kind].pace == "news" and not pen.purse.bears(budget.A_LETTER):
        notice.due_at, notice.digest = pen.purse.turn, True
        return 0
    letter = LETTERS[TOLD[notice.event.kind].letter](pen, notice.event)
    if isinstance(letter, str):
        _drop(notice, letter)
        return 0
    if pen.purse and letter is not None:
        pen.purse.spent += len(letter.text.encode()) + OUR_HEADERS
    return _written(notice, letter)


def _write_digest(pen: Pen, notices: list[Notice]) -> int:
    letter, news = digest.write(pen, notices)
    for notice, why in news.dropped:
        _drop(notice, why)
    for notice, why in news.broken:
        _fail(pen, notice, why)
    for notice in news.later:
        notice.due_at, notice.digest = pen.purse.turn, True
    for notice in news.told:
        _written(notice, letter)
    return 1 if letter is not None else 0


def _written(notice: Notice, letter: Letter | None) -> int:
    if letter is None:
        _drop(notice, UNPOSTED)
        return 0
    notice.state, notice.letter_id = "written", letter.id
    return 1


def _drop(notice: Notice, why: str) -> None:
    notice.state, notice.why = "dropped", why


def _fail(pen: Pen, notice: Notice, why: str) -> None:
    """Left out, and the officers are told once, however many people it was meant for."""
    notice.state, notice.why = "failed", why
    for officer in people.officers(pen.group.id):
        with force_locale(officer.language):
            groupletters.broken(Pen(officer, pen.group, pen.shelf, pen.material, pen.now), notice.event, why)
