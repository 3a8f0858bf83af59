"""What a returned Word file says, entered through the verbs that every door uses; the same file again adds nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import force_locale, gettext
from sqlalchemy import select

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.drafts.rules import LANGUAGES
from consult.errors import Refused
from consult.exchange.word import Known, Placed, Returned, key_of, place_annotations
from consult.extensions import db
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.office.annotations import Annotated
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review import queries
from consult.review.actions import Saying
from consult.review.grammar import responded, written
from consult.review.models import Answer, Comment, Round
from consult.review.rules import DISPOSITIONS

BY_NAME = N_("(Written in Word by %(name)s.)")
TIMES = 5
"""How often the same remark can be withdrawn and sent again."""


@dataclass
class Taken:
    """What became of the rows of a file: new comments, answers below comments of ours, those that stood there already, refusals."""

    made: list[tuple[Placed, Comment]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    known: list[Comment] = field(default_factory=list)
    failures: list[tuple[Placed, Refused]] = field(default_factory=list)


def understand(on: Round, read: Annotated) -> Returned:
    """The rows of an annotated file of the round's version, in words of the language that is set; Refused when it holds another text."""
    pieces = drafts.pieces(on.version_id)
    return place_annotations(read, pieces, version=on.version.number, known=_known(on), say=gettext)


def _known(on: Round) -> Known:
    """The comments, answers and responses that an export of the version carries, by whom and with which words."""
    rows = queries.all_on_version(on.version_id)
    threads = queries.answers_on_version(on.version_id)
    secretariat = db.session.get(Group, on.group_id).name
    labels = _labels()
    comments = {key_of(row.author, written(row.type, row.text, row.proposed)): row.id for row in rows}
    said = {key_of(answer.author, answer.text) for answered in threads.values() for answer in answered}
    for row in rows:
        for label in labels.get(row.disposition, ()):
            said.add(key_of(secretariat, responded(label, row.response)))
    return Known(comments, frozenset(said))


def _labels() -> dict[str, set[str]]:
    """What each disposition is called in the languages in which files travel."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        with force_locale(code):
            for disposition, label in DISPOSITIONS.items():
                found.setdefault(disposition, set()).add(gettext(label))
    return found


def take(on: Round, found: Returned, *, author: Person, by: Person, door: str, verified: bool = True, at: datetime | None = None) -> Taken:
    """Enter the rows of a file in a round for their author."""
    taken = Taken(known=_own(found.known, author))
    paragraphs = _paragraphs(on.version_id, {each.place for each in found.placed if each.place is not None})
    rows = [each for each in found.placed if each.below is None]
    said = [_saying(each, paragraphs.get(each.place), on, author) for each in rows]
    said, standing = _not_twice(said)
    became = review.comment_all(on, said, author=author, verified=verified, by=by, door=door, at=at)
    for each, saying, made in zip(rows, said, became, strict=True):
        if isinstance(made, Refused):
            taken.failures.append((each, made))
        elif saying.once in standing:
            taken.known.append(made)
        else:
            taken.made.append((each, made))
    for each in found.placed:
        if each.below is not None:
            _answer(each, taken, author, verified, door, at)
    return taken


def _own(ids: Sequence[int], author: Person) -> list[Comment]:
    """The person's own comments that travelled in their file."""
    return list(db.session.scalars(select(Comment).where(Comment.id.in_(ids), Comment.author_id == author.id).order_by(Comment.number)))


def _answer(each: Placed, taken: Taken, author: Person, verified: bool, door: str, at: datetime | None) -> None:
    to = db.session.get(Comment, each.below)
    once = f"word:{to.id}:{author.id}:{_digest('answer', each.row.comment)}"
    try:
        with db.session.begin_nested():
            made = review.answer(to, _signed(each, author), once=once, verified=verified, by=author, door=door, at=at)
    except Refused as refused:
        taken.failures.append((each, refused))
    else:
        taken.answers.append(made)


def _saying(each: Placed, paragraph: Paragraph | None, on: Round, author: Person) -> Saying:
    row = each.row
    once = f"word:{on.id}:{author.id}:{_digest(row.mark, row.quote, row.type, row.comment, row.proposed)}"
    return Saying(paragraph, _signed(each, author), _type(row.type, on), row.proposed, row.quote, once=once)


def _signed(each: Placed, author: Person) -> str:
    """The words, with the name their Word gives them where several people wrote in one file."""
    name = one_line(each.row.name, 100)
    if not name or name.casefold() == author.name.casefold():
        return each.row.comment
    return f"{each.row.comment}\n{gettext(BY_NAME, name=name)}".strip()


def _type(said: str, on: Round) -> str:
    """The type the remark names, if the round asks for it; else general, or the first type the round asks for."""
    if said and (not on.types or said in on.types):
        return said
    return "general" if not on.types or "general" in on.types else on.types[0]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]


def _not_twice(said: list[Saying]) -> tuple[list[Saying], set[str]]:
    """Each remark under a name of its own, and the names under which one stands already; what was withdrawn may be said again."""
    names = {each.once: [each.once, *(f"{each.once}:{time}" for time in range(2, TIMES + 1))] for each in said}
    known = queries.known_by_once([name for several in names.values() for name in several])
    standing = {name for name, comment in known.items() if comment.withdrawn_at is None}

    def free(several: list[str]) -> str:
        there = next((name for name in several if name in standing), None)
        return there or next((name for name in several if name not in known), several[-1])

    return [replace(each, once=free(names[each.once])) for each in said], standing


def _paragraphs(version_id: int, places: set[int]) -> dict[int | None, Paragraph]:
    wanted = select(Paragraph).where(Paragraph.version_id == version_id, Paragraph.position.in_(places))
    return {each.position: each for each in db.session.scalars(wanted)}
