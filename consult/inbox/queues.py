"""The desk as queues: what somebody may see of what came, narrowed and searched, a page at a time however much there is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, or_, select, union
from sqlalchemy.orm import defer

from consult.extensions import db
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.outbox.models import ReplyKey
from consult.people import queries as people
from consult.people.models import Address, Group, Membership, Person

PAGE = 50
NONE = literal_column("0")  # spelled out: a database uses an index on part of a table only for the very condition it was made with
EMPTY = literal_column("''")


def _among(*few):
    """Of the few that have an index of their own: it is read whole, and nothing else is walked through."""
    return Arrival.id.in_(select(Arrival.id).where(*few).correlate(None))


QUEUES = {
    "waiting": (Arrival.state == "held",),
    "asked": (Arrival.state == "asked",),
    "unplaced": (_among(Arrival.unplaced > NONE),),
    "refused": (Arrival.state == "refused",),
    "failing": (Arrival.state == "bounced",),
    "nominations": (_among(Arrival.sort != EMPTY, Arrival.sort == "nomination"),),
    "apologies": (_among(Arrival.sort != EMPTY, Arrival.sort == "apology"),),
    "": (),
}


@dataclass(frozen=True)
class Wanted:
    """What of the desk is asked for: a queue, a state in it, a group, words in it, and between which moments it came."""

    queue: str = ""
    state: str = ""
    group_id: int | None = None
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than a queue is asked for."""
        return bool(self.state or self.group_id or self.words or self.since or self.until)


@dataclass(frozen=True)
class Page:
    """Letters, the newest first, and whether there are newer and older ones."""

    rows: list[Arrival]
    newer: int | None
    older: int | None


def page(person: Person, wanted: Wanted, *, before: int | None = None, after: int | None = None) -> Page:
    """One page of what the person may see: below the number `before`, or above `after`, or the newest. Never counts what it passes over."""
    ids = _ids(person, wanted, before, after)
    more, shown = len(ids) > PAGE, sorted(ids[:PAGE], reverse=True)
    found = {row.id: row for row in db.session.scalars(_rows(shown))}
    rows = [found[number] for number in shown]
    older = more if after is None else True
    newer = more if after is not None else before is not None
    return Page(rows, shown[0] if newer and shown else None, shown[-1] if older and shown else None)


def chosen(person: Person, numbers: list[int]) -> list[Arrival]:
    """Those of these letters that the person may settle, in their order."""
    staff, groups = _works(person)
    wanted = _rows(numbers) if staff else _rows(numbers).where(Arrival.group_id.in_(groups))
    if staff:
        wanted = wanted.where(_not_private())
    found = {row.id: row for row in db.session.scalars(wanted)}
    return [found[number] for number in dict.fromkeys(numbers) if number in found]


def all_ids(person: Person, wanted: Wanted, most: int) -> list[int]:
    """The numbers of everything the person may settle of what is wanted, the oldest first, at most so many."""
    return sorted(_ids(person, wanted, None, None, most, own=False))


def _rows(numbers: list[int]):
    return select(Arrival).where(Arrival.id.in_(numbers)).options(defer(Arrival.own_text), defer(Arrival.cut_text))


def _ids(person: Person, wanted: Wanted, before: int | None, after: int | None, most: int = PAGE + 1, own: bool = True) -> list[int]:
    """Each way of seeing letters is walked along its own index and gives a page at most; then the ways are put together."""
    order = Arrival.id.asc() if after is not None else Arrival.id.desc()
    asked = _narrowed(wanted)
    if after is not None:
        asked.append(Arrival.id > after)
    elif before is not None:
        asked.append(Arrival.id < before)
    ways = _ways(person, own)
    parts = [select(select(Arrival.id).where(*way, *asked).order_by(order).limit(most).subquery().c.id) for way in ways]
    if not parts:
        return []
    found = union(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    return list(db.session.scalars(select(found.c.id).order_by(found.c.id.asc() if after is not None else found.c.id.desc()).limit(most)))


def _works(person: Person) -> tuple[bool, list[int]]:
    """(whether they work at every desk, the groups at whose desks they work)."""
    return people.may(person, "desk.work"), [group.id for group in people.groups_where(person, "desk.work")]


def _ways(person: Person, own: bool = True) -> list[tuple]:
    """Why somebody sees letters: as staff all but private ones, as officer those of a group, and everybody their own."""
    staff, groups = _works(person)
    work = [(_not_private(),)] if staff else [(Arrival.group_id == number,) for number in groups]
    return work + (_own(person) if own else [])


def _own(person: Person) -> list[tuple]:
    return [(Arrival.person_id == person.id,), (Arrival.key_id.in_(select(ReplyKey.id).where(ReplyKey.person_id == person.id)),)]


def _not_private():
    """What belongs to no Party's or organization's own preparations."""
    private = select(ReplyKey.id).where(ReplyKey.id == Arrival.key_id, ReplyKey.purpose == "delegation")
    return ~private.exists()


def _narrowed(wanted: Wanted) -> list:
    asked = list(QUEUES[wanted.queue])
    if wanted.state:
        asked.append(Arrival.state == wanted.state)
    if wanted.group_id:
        asked.append(Arrival.group_id == wanted.group_id)
    if wanted.since or wanted.until:
        asked += _between(wanted)
    return asked + [_says(word) for word in wanted.words.split()[:8]]


def _between(wanted: Wanted) -> list:
    """Letters are numbered nearly as they come, so that the first and the last number of the days asked for bound the walk."""
    days = [Arrival.received_at >= wanted.since] if wanted.since else []
    days += [Arrival.received_at < wanted.until] if wanted.until else []
    first, last = db.session.execute(select(func.min(Arrival.id), func.max(Arrival.id)).where(*days)).one()
    return [*days, Arrival.id.between(first or 0, last or 0)]


def _says(word: str):
    """Whether a word stands in the sender, the subject, the person's own words or their name; a sign of LIKE in it is only a sign."""
    named = select(Person.id).where(_holds(Person.name, word))
    return or_(_holds(Arrival.subject, word), _holds(Arrival.sender, word), _holds(Arrival.own_text, word), Arrival.person_id.in_(named))


def _holds(column, word: str):
    """SQLite folds the case of ASCII alone, so that other words are asked for as they are usually written."""
    if word.isascii():
        return column.icontains(word, autoescape=True)
    return or_(*(column.icontains(each, autoescape=True) for each in dict.fromkeys((word, word.lower(), word.capitalize(), word.upper()))))


def counts(person: Person) -> dict[str, int]:
    """How many letters stand in each queue that the person may see; `""`: all of them."""
    seen = _seen(person)
    states = _counted(seen, Arrival.state)
    sorts = _counted(seen, Arrival.sort, _among(Arrival.sort != EMPTY))
    unplaced = _counted(seen, literal_column("1"), QUEUES["unplaced"][0]).get(1, 0)
    return {
        "waiting": states.get("held", 0), "asked": states.get("asked", 0), "unplaced": unplaced, "refused": states.get("refused", 0),
        "failing": states.get("bounced", 0), "nominations": sorts.get("nomination", 0), "apologies": sorts.get("apology", 0),
        "": sum(states.values()),
    }  # fmt: skip


def _seen(person: Person) -> list[tuple[int, tuple]]:
    """What the person may see, as parts that are counted together or (-1) taken away again, so that each letter counts once.

    As staff everything but what is private (and so of no group), which only its own people see; as officer that of some groups."""
    staff, groups = _works(person)
    mine = or_(*(way[0] for way in _own(person)))
    private = ~_not_private()
    if staff:
        return [(1, ()), (-1, (Arrival.group_id.is_(None), private)), (1, (mine, Arrival.group_id.is_(None), private))]
    return [(1, (Arrival.group_id.in_(groups),)), (1, (mine, or_(Arrival.group_id.is_(None), Arrival.group_id.not_in(groups))))]


def _counted(seen: list[tuple[int, tuple]], by, *only) -> dict:
    """How many letters have each value."""
    found: dict = {}
    for times, way in seen:
        for value, number in db.session.execute(select(by, func.count()).where(*way, *only).group_by(by)):
            found[value] = found.get(value, 0) + times * number
    return found


def failing_addresses(person: Person, most: int = 50) -> list[tuple[Address, Group]]:
    """The addresses that do not take letters at present, of members of the groups at whose desks the person works."""
    staff, groups = _works(person)
    members = (
        select(Address, Group).join(Membership, Membership.person_id == Address.person_id).join(Group, Group.id == Membership.group_id)
    )
    wanted = members.where(
        Address.failing_since.is_not(None), or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.now().date())
    ).order_by(Address.failing_since, Address.id)
    if not staff:
        wanted = wanted.where(Membership.group_id.in_(groups))
    return [tuple(row) for row in db.session.execute(wanted.limit(most))]
