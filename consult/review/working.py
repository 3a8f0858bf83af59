"""Reading a round the way its comments are answered: in reading order, a page at a time from any place, however many there are.

A place is (position of the paragraph, comment number); the whole draft stands at position -1, before the text. A page is found from its
place by an index, so that the last page costs what the first does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2s

from sqlalchemy import Row, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.people.models import Organization, Person
from consult.review.models import Comment, Phrase, Proposal, Response, Round
from consult.review.rows import ROW, joined

A_PAGE, MOST_OCTETS = 25, 36_000
LONGEST_STRETCH = 6_400
WHOLE = -1
Place = tuple[int, int]
START: Place = (WHOLE, 0)
STATES = ("open", "proposed", "agreed", "published")
DRAFTER, HEAD, PROPOSED_SEE, PROPOSER = aliased(Person), aliased(Comment), aliased(Comment), aliased(Person)
WORKING_ROW = (
    *ROW,
    Comment.paragraph_id.label("at_id"),
    Comment.drafter_id,
    DRAFTER.name.label("drafter"),
    HEAD.number.label("same_as"),
    Comment.cluster_id,
    Response.turn.label("response_turn"),
    Proposal.disposition.label("proposed_disposition"),
    Proposal.text.label("proposed_response"),
    Proposal.stage,
    Proposal.turn.label("proposal_turn"),
    Proposal.at.label("proposed_at"),
    PROPOSED_SEE.number.label("proposed_see"),
    PROPOSER.name.label("proposer"),
)


@dataclass(frozen=True)
class Wanted:
    """Which comments of a round are looked at. `drafter`: a person's number, 0 for nobody, None for all; `state`: one of STATES or
    nothing; `who`: part of an author's, a Party's or an organization's name; `first`, `count`: paragraphs of one section."""

    round_id: int
    version_id: int
    drafter: int | None = None
    state: str = ""
    type: str = ""
    who: str = ""
    heads: bool = False
    first: int = 0
    count: int | None = None


@dataclass(frozen=True)
class Page:
    """Some comments in reading order, and the places where the pages before and after begin (None: there is none)."""

    rows: Sequence[Row] = ()
    before: Place | None = None
    after: Place | None = None
    followers: dict[int, list[int]] = field(default_factory=dict)


def page(wanted: Wanted, start: Place = START, size: int = A_PAGE) -> Page:
    """The comments from that place on."""
    ids = _ids(wanted, start, size + 1)
    earlier = _ids(wanted, start, size, backwards=True)
    rows = rows_of([each.id for each in ids[:size]])
    rows = rows[: _fitting(rows)]
    after = (ids[len(rows)].position, ids[len(rows)].number) if len(ids) > len(rows) else None
    before = (earlier[-1].position, earlier[-1].number) if earlier else None
    return Page(rows, before, after, followers_of([row.id for row in rows]))


def _fitting(rows: Sequence[Row]) -> int:
    """How many of these comments one page takes, so that it stays small on a slow line however much they say."""
    octets = 0
    for count, row in enumerate(rows):
        shown = (row.text[:1600], row.proposed[:2500], (row.response or "")[:1600], row.proposed_response or "")
        octets += sum(len(words.encode()) for words in shown)
        if octets > MOST_OCTETS and count >= 3:
            return count
    return len(rows)


def rows_of(ids: list[int]) -> Sequence[Row]:
    """Those comments with everything the drafting team needs to know, in reading order; withdrawn ones too."""
    wanted = (
        joined(select(*WORKING_ROW))
        .outerjoin(DRAFTER, DRAFTER.id == Comment.drafter_id)
        .outerjoin(HEAD, and_(HEAD.id == Comment.cluster_id, HEAD.id != Comment.id))
        .outerjoin(Proposal, Proposal.comment_id == Comment.id)
        .outerjoin(PROPOSED_SEE, PROPOSED_SEE.id == Proposal.see_id)
        .outerjoin(PROPOSER, PROPOSER.id == Proposal.by_id)
        .where(Comment.id.in_(ids))
    )
    return db.session.execute(wanted.order_by(func.coalesce(Paragraph.position, WHOLE), Comment.number)).all()


def _ids(wanted: Wanted, start: Place, limit: int, backwards: bool = False) -> list[Row]:
    """(id, position, number) from that place on, or before it with the nearest first."""
    found: list[Row] = []
    for part in (_in_text, _on_whole) if backwards else (_on_whole, _in_text):
        if len(found) < limit:
            found += _some(part, wanted, start, limit - len(found), backwards)
    return found


def _some(part: Callable, wanted: Wanted, start: Place, limit: int, backwards: bool) -> list[Row]:
    """What is wanted of one part. Few are found straight; of what most comments may be, stretches are looked through, each longer than
    the one before, so that no database reads the whole round to fill one page."""
    narrowed = _narrowing(wanted)
    asked = part(wanted, start, backwards)
    if asked is None or narrowed is None or _few(wanted):
        return [] if asked is None else db.session.execute((narrowed(asked) if narrowed else asked).limit(limit)).all()
    found: list[Row] = []
    stretch = min(4 * limit, LONGEST_STRETCH)
    while True:
        rows = db.session.execute(asked.limit(stretch)).all()
        some = narrowed(select(Comment.id)).where(Comment.id.in_([row.id for row in rows]))
        fitting = set(db.session.scalars(some)) if rows else set()
        found += [row for row in rows if row.id in fitting]
        if len(rows) < stretch or len(found) >= limit:
            return found[:limit]
        last = rows[-1]
        asked = part(wanted, (last.position, last.number if backwards else last.number + 1), backwards)
        stretch = min(4 * stretch, LONGEST_STRETCH)


def _few(wanted: Wanted) -> bool:
    """Whether an index leads to the few that are wanted."""
    return bool(wanted.drafter) or wanted.state in ("proposed", "agreed")


def _on_whole(wanted: Wanted, start: Place, backwards: bool) -> Select | None:
    """Comments on the whole draft; none when a section is asked for, or when the place lies in the text."""
    position, number = start
    if wanted.count is not None or position != WHOLE and not backwards:
        return None
    at = Comment.number + 0  # so that the index of whole drafts is taken, and not the one of all numbers
    asked = _standing(select(Comment.id, literal(WHOLE).label("position"), Comment.number), wanted).where(Comment.paragraph_id.is_(None))
    if not backwards:
        return asked.where(at >= number).order_by(at)
    return (asked.where(at < number) if position == WHOLE else asked).order_by(at.desc())


def _in_text(wanted: Wanted, start: Place, backwards: bool) -> Select | None:
    """Comments on paragraphs, from that place on or back from it."""
    position, number = start
    at = Paragraph.position
    asked = select(Comment.id, at, Comment.number).select_from(Paragraph).join(Comment, Comment.paragraph_id == Paragraph.id)
    asked = _standing(asked, wanted).where(Paragraph.version_id == wanted.version_id)
    if wanted.count is not None:
        asked = asked.where(at >= wanted.first, at < wanted.first + wanted.count)
    if backwards:
        if position == WHOLE:
            return None
        return asked.where(at <= position, or_(at < position, Comment.number < number)).order_by(at.desc(), Comment.number.desc())
    asked = asked.where(at >= max(position, 0), or_(at > position, Comment.number >= number))
    return asked.order_by(at, Comment.number)


def _standing(asked: Select, wanted: Wanted) -> Select:
    return asked.where(Comment.round_id == wanted.round_id, Comment.withdrawn_at.is_(None))


def _narrowing(wanted: Wanted) -> Callable[[Select], Select] | None:
    """Leaves only the comments that the filters want; None where there is no filter."""
    if wanted == Wanted(wanted.round_id, wanted.version_id, first=wanted.first, count=wanted.count):
        return None
    return lambda asked: _narrowed(asked, wanted)


def _narrowed(asked: Select, wanted: Wanted) -> Select:
    if wanted.drafter is not None:
        asked = asked.where(Comment.drafter_id == wanted.drafter if wanted.drafter else Comment.drafter_id.is_(None))
    if wanted.type:
        asked = asked.where(Comment.type == wanted.type)
    if wanted.heads:
        asked = asked.where(or_(Comment.cluster_id.is_(None), Comment.cluster_id == Comment.id))
    if wanted.state:
        asked = asked.outerjoin(Response, Response.comment_id == Comment.id)
        asked = asked.where(Response.id.is_not(None) if wanted.state == "published" else Response.id.is_(None))
    if wanted.state in ("proposed", "agreed"):
        asked = asked.join(Proposal, Proposal.comment_id == Comment.id).where(Proposal.stage == wanted.state)
    if wanted.who:
        asked = asked.join(Person, Person.id == Comment.author_id).outerjoin(Organization, Organization.id == Person.organization_id)
        names = (Person.name, Organization.name, Comment.on_behalf_of)
        asked = asked.where(or_(*(name.icontains(wanted.who, autoescape=True) for name in names)))
    return asked


def all_ids(wanted: Wanted) -> list[int]:
    """Every comment that is wanted, by its id."""
    everything = 10_000_000
    return [row.id for row in _ids(wanted, START, everything)]


def place_of(round_id: int, number: int) -> Place | None:
    """Where the comment of that number stands."""
    asked = select(func.coalesce(Paragraph.position, WHOLE), Comment.number).outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
    found = db.session.execute(asked.where(Comment.round_id == round_id, Comment.number == number)).first()
    return (found[0], found[1]) if found else None


def followers_of(head_ids: list[int]) -> dict[int, list[int]]:
    """The numbers of the standing comments that say the same as each of these, by its id."""
    asked = select(Comment.cluster_id, Comment.number).where(Comment.cluster_id.in_(head_ids), Comment.cluster_id != Comment.id)
    found: dict[int, list[int]] = {}
    for head_id, number in db.session.execute(asked.where(Comment.withdrawn_at.is_(None)).order_by(Comment.number)):
        found.setdefault(head_id, []).append(number)
    return found


def sign(followers: Sequence[Comment] | Sequence[int]) -> str:
    """A short sign for which comments say the same, so that nobody answers one they have not seen."""
    numbers = sorted(each if isinstance(each, int) else each.number for each in followers)
    return f"{len(numbers)}-{blake2s(repr(numbers).encode(), digest_size=4).hexdigest()}" if numbers else ""


def without_response(round_id: int) -> tuple[int, int]:
    """How many standing comments have no published response, and the number of the first of them (0: none)."""
    asked = select(func.count(), func.coalesce(func.min(Comment.number), 0)).outerjoin(Response, Response.comment_id == Comment.id)
    return tuple(db.session.execute(asked.where(Comment.round_id == round_id, Comment.withdrawn_at.is_(None), Response.id.is_(None))).one())


def drafts_in(person_id: int, round_id: int) -> bool:
    """Whether this person was given comments of that round to draft the responses."""
    return db.session.scalar(select(Comment.id).where(Comment.drafter_id == person_id, Comment.round_id == round_id).limit(1)) is not None


def phrases(group_id: int) -> list[Phrase]:
    """The frequent answers of a group, by title."""
    return list(db.session.scalars(select(Phrase).where(Phrase.group_id == group_id).order_by(func.lower(Phrase.title), Phrase.id)))


def by_numbers(of: Round, numbers: Sequence[int]) -> list[Comment]:
    """The comments of those numbers, in that order; what is not there is left out."""
    found = {
        each.number: each for each in db.session.scalars(select(Comment).where(Comment.round_id == of.id, Comment.number.in_(numbers)))
    }
    return [found[number] for number in numbers if number in found]


def narrowed(wanted: Wanted, **more: object) -> Wanted:
    """The same with something else asked for."""
    return replace(wanted, **more)


def texts(paragraph_ids: set[int]) -> dict[int, Row]:
    """Those paragraphs (id, mark, printed, kind, text) by their id."""
    asked = select(Paragraph.id, Paragraph.mark, Paragraph.printed, Paragraph.kind, Paragraph.text).where(Paragraph.id.in_(paragraph_ids))
    return {row.id: row for row in db.session.execute(asked)} if paragraph_ids else {}


def comments(ids: list[int]) -> list[Comment]:
    """Those comments in the order of their numbers."""
    found: list[Comment] = []
    for at in range(0, len(ids), 500):
        found += db.session.scalars(select(Comment).where(Comment.id.in_(ids[at : at + 500])))
    return sorted(found, key=lambda each: each.number)


def next_on_page(wanted: Wanted, start: Place, comment_id: int) -> int | None:
    """The number of the comment that follows on the page which begins at that place; None for the last one."""
    here = place_of_id(comment_id)
    following = _ids(wanted, (here[0], here[1] + 1), 1) if here and here >= start else []
    return following[0].number if following else None


def place_of_id(comment_id: int) -> Place | None:
    """Where that comment stands."""
    asked = select(func.coalesce(Paragraph.position, WHOLE), Comment.number).outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
    found = db.session.execute(asked.where(Comment.id == comment_id)).first()
    return (found[0], found[1]) if found else None
