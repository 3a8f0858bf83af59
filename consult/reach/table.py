"""The reach table: for each member by which means, what was sent last, what came back, what came from them and through which door."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import defer

from consult.drafts.models import Opening
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.people.models import Person, SignIn
from consult.reach import queries, rules
from consult.reach.models import Means, MeansAsk
from consult.review.models import Comment, Round
from consult.tasks.models import Task

ASKING = ("opening", "reminder", "extension", "questions", "poll", "means", "terms", "invitation", "meeting", "missed")
"""The letters that wait for an answer."""
BACK = ("bounced", "failed", "dropped")
DOORS = {"page": "page", "mail": "mail", "import": "page"}  # every other door: an officer entered it for them
LAST_ROUNDS = 3
LOOKING_BACK = timedelta(days=400)
"""Letters older than that wait for no answer any more."""
Heard = Callable[[Collection[int]], dict[int, datetime]]
_sources: list[Heard] = []


def offer(source: Heard) -> None:
    """Ask this too when somebody was last heard of: given people's numbers, it tells the last moment of each."""
    if source not in _sources:
        _sources.append(source)


@dataclass
class Row:
    """One member in the reach table."""

    person: Person
    role: str
    means: Means | None = None
    asked: MeansAsk | None = None
    last: Letter | None = None
    came_back: int = 0
    heard_at: datetime | None = None
    doors: dict[str, int] = field(default_factory=dict)  # how often through which: page, mail, behalf
    failing_since: datetime | None = None
    away: bool = False
    waiting: tuple[datetime | None, int] = (None, 0)  # the first letter since then that waits for an answer, and how many do
    call: tuple[str, datetime | None, int] | None = None  # why they should be telephoned, since when, how often asked
    task: Task | None = None  # the open task to telephone them

    @property
    def state(self) -> str:
        """call, failing, silent (does not say how they can take part), quiet (said nothing in the last rounds) or good."""
        if self.call or self.task:
            return "call"
        if self.failing_since or self.came_back:
            return "failing"
        if self.asked and self.asked.answered_at is None:
            return "silent"
        return "good" if self.doors or self.waiting[1] == 0 else "quiet"


STATES = ("call", "failing", "silent", "quiet", "good")


def rows(group_id: int, now: datetime) -> list[Row]:
    """Every member, whoever needs a telephone call on top, then by how little is known of them, then by name."""
    seats = [seat for seat in people.members(group_id) if seat.person.ended_at is None]
    found = {seat.person_id: Row(seat.person, seat.role) for seat in seats}
    if not found:
        return []
    _fill_means(found, group_id)
    _fill_heard(found)
    _fill_letters(found, group_id, now)
    _fill_doors(found, group_id)
    away = people.away(set(found), now)
    for row in found.values():
        row.away, row.failing_since = row.person.id in away, failing_since(row.person)
        row.call = rules.needs_call(_known(row), now)
    return sorted(found.values(), key=_order)


def _order(row: Row) -> tuple:
    since = row.call[1] if row.call and row.call[1] else datetime.max.replace(tzinfo=row.person.created_at.tzinfo)
    return STATES.index(row.state), since, row.person.name.casefold()


def _known(row: Row) -> rules.Heard:
    since, count = row.waiting
    return rules.Heard(bool(row.person.addresses), row.failing_since, row.heard_at, since, count, row.away)


def failing_since(person: Person) -> datetime | None:
    """Since when no address of a person takes letters; None while one of them does, or there is none."""
    moments = [address.failing_since for address in person.addresses]
    return max(moments) if moments and all(moments) else None


def _fill_means(found: dict[int, Row], group_id: int) -> None:
    asks, said = queries.asks_of_group(group_id), queries.latest_of(set(found))
    calls = select(Task).where(Task.group_id == group_id, Task.kind == "telephone", Task.done_at.is_(None))
    tasks = {task.person_id: task for task in db.session.scalars(calls)}
    for number, row in found.items():
        row.means, row.asked, row.task = said.get(number), asks.get(number), tasks.get(number)


def _fill_heard(found: dict[int, Row]) -> None:
    """The last sign of life through any door: something done, a sign-in, a text opened on its page, a mail."""
    done = select(Event.actor_id, func.max(Event.at)).where(Event.actor_id.in_(found)).group_by(Event.actor_id)
    signed = select(SignIn.person_id, func.max(SignIn.began_at)).where(SignIn.person_id.in_(found)).group_by(SignIn.person_id)
    read = select(Opening.person_id, func.max(Opening.last_at)).where(Opening.person_id.in_(found), Opening.door == "page")
    asked = (done, signed, read.group_by(Opening.person_id))
    told = [dict(db.session.execute(each).all()) for each in asked] + [source(list(found)) for source in _sources]
    for number, row in found.items():
        row.heard_at = max((moments[number] for moments in told if number in moments), default=None)


def _fill_letters(found: dict[int, Row], group_id: int, now: datetime) -> None:
    """The last letter of the group to each, how many came back since one arrived, and which wait for an answer."""
    mine = (Letter.group_id == group_id, Letter.person_id.in_(found))
    newest = select(Letter.person_id, func.max(Letter.id), func.max(case((Letter.state == "sent", Letter.id), else_=0)))
    last = {person: (number, sent) for person, number, sent in db.session.execute(newest.where(*mine).group_by(Letter.person_id))}
    wanted = select(Letter).where(Letter.id.in_([number for number, _ in last.values()]))
    for letter in db.session.scalars(wanted.options(defer(Letter.text), defer(Letter.html))):
        found[letter.person_id].last = letter
    for person, number in db.session.execute(select(Letter.person_id, Letter.id).where(*mine, Letter.state.in_(BACK))):
        found[person].came_back += number > last[person][1]
    asking = (Letter.kind.in_(ASKING), Letter.part == 1, Letter.created_at >= now - LOOKING_BACK)
    for person_id, at in db.session.execute(select(Letter.person_id, Letter.created_at).where(*mine, *asking).order_by(Letter.id)):
        row = found[person_id]
        if row.heard_at is None or at > row.heard_at:
            row.waiting = row.waiting[0] or at, row.waiting[1] + 1


def _fill_doors(found: dict[int, Row], group_id: int) -> None:
    """Through which doors each contributed in the last rounds."""
    last = select(Round.id).where(Round.group_id == group_id, Round.opened_at.is_not(None)).order_by(Round.id.desc()).limit(LAST_ROUNDS)
    said = select(Comment.author_id, Comment.door, Comment.entered_by_id, func.count()).where(
        Comment.round_id.in_(last), Comment.withdrawn_at.is_(None), Comment.author_id.in_(found)
    )
    for author, door, by, count in db.session.execute(said.group_by(Comment.author_id, Comment.door, Comment.entered_by_id)):
        came = "behalf" if by else DOORS.get(door, "behalf")
        found[author].doors[came] = found[author].doors.get(came, 0) + count
