"""Remarks of a returned file, entered at once through the verbs that every door uses; what stands there already is not entered twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.exchange import keys
from consult.exchange.knowing import Twins, answer_once, once, travelled
from consult.exchange.placing import SURE, Places
from consult.exchange.rows import Row, Sheet
from consult.exchange.word import Placed, Returned, place_annotations, same_name
from consult.extensions import db
from consult.kit.words import N_
from consult.office.annotations import Annotated
from consult.people.models import Person
from consult.review import actions as review
from consult.review import queries
from consult.review.actions import Saying
from consult.review.models import Answer, Comment, Round

PLACE_SAID = N_("(In the file: %(place)s)")
NAME_SAID = N_("(In the file by %(name)s)")
TIMES = 5
"""How often the same remark can be withdrawn and sent again."""


@dataclass
class Taken:
    """What became of the rows of a file: new comments, answers below comments of ours, those that stood there already, refusals."""

    made: list[tuple[Placed, Comment]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    known: list[Comment] = field(default_factory=list)
    failures: list[tuple[Placed, Refused]] = field(default_factory=list)


def understand(on: Round, read: Annotated, author: Person) -> Returned:
    """The rows of an annotated file of the round's version, in words of the language that is set; Refused when it holds another text."""
    pieces = drafts.pieces(on.version_id)
    return place_annotations(read, pieces, version=on.version.number, known=travelled(on), owner=author.name, say=gettext)


def from_sheet(on: Round, sheet: Sheet, author: Person) -> Returned:
    """The rows of a filled comment template; one that does not surely stand anywhere counts for the whole and says its place in words."""
    paragraphs = drafts.paragraphs(on.version_id)
    places, at = Places(list(paragraphs), []), {row.id: row for row in paragraphs}
    found = []
    for row in sheet.rows:
        spot = places.find(row)
        where = at.get(spot.paragraph_id) if spot.certainty >= SURE else None
        said = _named(row, author, "" if where or row.whole else keys.location(row))
        if where is None or row.quote not in where.text:
            said = replace(said, comment=f"> {row.quote}\n\n{said.comment}" if row.quote else said.comment, quote="")
        found.append(Placed(said, where.position if where else None, spot.certainty, spot.how))
    return Returned(found)


def _named(row: Row, author: Person, place: str) -> Row:
    """The words with the place they name, and with the person they name where that is not whoever sends them."""
    lines = [row.comment, gettext(PLACE_SAID, place=place) if place else ""]
    lines.append(gettext(NAME_SAID, name=row.name) if row.name and not same_name(row.name, author.name) else "")
    return replace(row, comment="\n".join(line for line in lines if line))


def take(on: Round, found: Returned, *, author: Person, by: Person, door: str, verified: bool = True, at: datetime | None = None) -> Taken:
    """Enter the rows of a file in a round for their author."""
    taken = Taken(known=_own(found.known, author))
    paragraphs = _paragraphs(on.version_id, {each.place for each in found.placed if each.place is not None})
    new = _not_known([each for each in found.placed if each.below is None], on, paragraphs, author, taken)
    said = [_saying(each, name, paragraphs.get(each.place), on) for each, name in new]
    became = review.comment_all(on, said, author=author, verified=verified, by=by, door=door, at=at)
    for (each, _), made in zip(new, became, strict=True):
        if isinstance(made, Refused):
            taken.failures.append((each, made))
        else:
            taken.made.append((each, made))
    for each in found.placed:
        if each.below is not None:
            _answer(each, taken, author, verified, door, at)
    return taken


def _not_known(
    rows: Sequence[Placed], on: Round, paragraphs: dict[int | None, Paragraph], author: Person, taken: Taken
) -> list[tuple[Placed, str]]:
    """The rows that are no comments yet, each with the name of its submission; what was withdrawn may be said again."""
    twins, keyed = Twins(on.id), keys.Keys()
    names = [_names(once(on.id, keyed.key(each.row)), author) for each in rows]
    known = queries.known_by_once([name for several in names for name in several])
    left = []
    for each, several in zip(rows, names, strict=True):
        there = next((known[name] for name in several if name in known and known[name].withdrawn_at is None), None)
        if there is None:
            words = keys.words(each.row.comment, each.row.proposed, each.row.reason)
            paragraph = paragraphs.get(each.place)
            who = keys.people(author.name, each.row.name)
            twin = twins.of(words, paragraph.id if paragraph else None, "", who)
            there = db.session.get(Comment, twin) if twin else None
        if there is not None:
            taken.known.append(there)
        else:
            left.append((each, next((name for name in several if name not in known), several[-1])))
    return left


def _names(first: str, author: Person) -> list[str]:
    """Under which names a remark may stand: as in a file that was brought on the page, and as this person's own, again and again."""
    return [first, *(f"{first}:{author.id}:{time}" for time in range(2, TIMES + 1))]


def _own(ids: Sequence[int], author: Person) -> list[Comment]:
    """The person's own comments that travelled in their file."""
    return list(db.session.scalars(select(Comment).where(Comment.id.in_(ids), Comment.author_id == author.id).order_by(Comment.number)))


def _answer(each: Placed, taken: Taken, author: Person, verified: bool, door: str, at: datetime | None) -> None:
    to = db.session.get(Comment, each.below)
    try:
        with db.session.begin_nested():
            once_only = answer_once(to, each.row, author)
            made = review.answer(to, each.row.comment, once=once_only, verified=verified, by=author, door=door, at=at)
    except Refused as refused:
        taken.failures.append((each, refused))
    else:
        taken.answers.append(made)


def _saying(each: Placed, name: str, paragraph: Paragraph | None, on: Round) -> Saying:
    row = each.row
    return Saying(paragraph, row.comment, _type(row.type, on), row.proposed, row.quote, "; ".join(row.on_behalf_of), name)


def _type(said: str, on: Round) -> str:
    """The type the remark names, if the round asks for it; else general, or the first type the round asks for."""
    if said and (not on.types or said in on.types):
        return said
    return "general" if not on.types or "general" in on.types else on.types[0]


def _paragraphs(version_id: int, places: set[int]) -> dict[int | None, Paragraph]:
    wanted = select(Paragraph).where(Paragraph.version_id == version_id, Paragraph.position.in_(places))
    return {each.position: each for each in db.session.scalars(wanted)}
