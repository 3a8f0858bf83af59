"""Entering what came on a returned sheet: every row becomes a comment of the member, or none does and each bad row says why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.reach.sheets import EMPTY, MOST_ROWS, NO_TYPE, Marks, Spot, Typed, parted, written
from consult.review import actions as review
from consult.review import queries as rounds
from consult.review.actions import Saying
from consult.review.models import Comment, Round
from consult.review.rules import CAME_BY

NOTHING = N_("Type at least one remark.")
TOO_MANY = N_("These are more than %(most)s remarks. Enter them in several goes.")
NOT_ASKED = N_("%(name)s is neither asked in this round nor a member of the group.")
BAD_ROWS = N_("Nothing is entered yet: put right the rows that are marked, then enter all of them.")
ALONE = N_("An answer to a question names that question alone, and nothing else.")
WAYS = tuple(way for way in CAME_BY if way != "page")


Questions = tuple[Callable[[Round], dict[str, str]], Callable[..., object]]
_questions: list[Questions] = []


def offer_questions(asked: Callable[[Round], dict[str, str]], reply: Callable[..., object]) -> None:
    """A round asks these beside comments: its questions by their marks, and what takes an answer (round, mark, text, …)."""
    if (asked, reply) not in _questions:
        _questions.append((asked, reply))


def questions(on: Round) -> dict[str, str]:
    """The questions of a round by their marks."""
    return {mark: text for asked, _ in _questions for mark, text in asked(on).items()}


@dataclass(frozen=True)
class Checked:
    """A row as it would be entered: where it goes, with the first words there, its kind, or the reason why it cannot be."""

    typed: Typed
    spot: Spot
    type: str
    words: str
    refused: Refused | None = None


def check(on: Round, typed: list[Typed]) -> list[Checked]:
    """Each row with the paragraph it is about, for a look before anything is entered."""
    asked = questions(on)
    marks = Marks(drafts.paragraphs(on.version_id), asked)
    return [_checked(on, row, marks, asked) for row in typed]


def _checked(on: Round, row: Typed, marks: Marks, asked: dict[str, str]) -> Checked:
    spot = marks.spot(row.where)
    usual = "general" if not on.types or "general" in on.types else on.types[0]
    words = marks.words[spot.marks[0]] if spot.marks else ""
    reason = None
    if spot.reason:
        reason = Refused(spot.reason, where=one_line(row.where, 60))
    elif not row.text.strip():
        reason = Refused(EMPTY)
    elif row.type and on.types and row.type not in on.types:
        reason = Refused(NO_TYPE, type=row.type)
    elif len(spot.marks) > 1 and set(spot.marks) & set(asked):
        reason = Refused(ALONE)
    return Checked(row, spot, row.type or usual, words, reason)


def require_author(on: Round, person_id: int) -> Person:
    """Whoever may have sent a sheet: asked in the round, or a member of the group."""
    person = people.get_person(person_id)
    if not (rounds.invited(on.id, person_id) or people.sits_in(on.group_id, person_id)):
        raise Refused(NOT_ASKED, name=person.name)
    return person


def enter(
    on: Round, typed: list[Typed], author: Person, *, once: str, by: Person, door: str, received_at: datetime | None = None,
    at: datetime | None = None,
) -> list[Comment]:  # fmt: skip
    """Enter all rows of a sheet for its author, or none. The same `once` again enters nothing new. The author gets a letter about it."""
    at = at or clock.now()
    people.require(by, "comment.manage", on.group_id)
    if door not in WAYS:
        raise NotFound()
    require_author(on, author.id)
    if not typed:
        raise Refused(NOTHING)
    if len(typed) > MOST_ROWS:
        raise Refused(TOO_MANY, most=MOST_ROWS)
    rows = check(on, typed)
    if any(row.refused for row in rows):
        raise Refused(BAD_ROWS)
    received = received_at or at
    answered = _answer(on, rows, author, by=by, door=door, at=received)
    order = Marks(drafts.paragraphs(on.version_id)).order
    remarks = [row for row in rows if not set(row.spot.marks) & set(answered)]
    said = [_saying(on, row, order, f"sheet:{by.id}:{once}:{number}"[:100]) for number, row in enumerate(remarks, 1)]
    before = {each.once for each in db.session.scalars(select(Comment).where(Comment.once.in_([each.once for each in said])))}
    made = review.comment_all(on, said, author=author, by=by, door=door, at=at, received_at=received_at)
    if refused := next((each for each in made if isinstance(each, Refused)), None):
        raise refused
    new, fresh = [each.id for each in made if each.once not in before], [mark for mark, is_new in answered.items() if is_new]
    if new or fresh:
        told = {"name": author.name, "people": [author.id], "comments": new, "answers": fresh, "count": len(new) + len(fresh)}
        record("sheet.entered", door=door, actor=by, group_id=on.group_id, subject=on, at=at, round_id=on.id, title=on.title, **told)
    return made


def _answer(on: Round, rows: list[Checked], author: Person, **how) -> dict[str, bool]:
    """Enter the rows that answer questions; gives the marks of these questions, each with whether the answer is new."""
    found = {}
    for asked, reply in _questions:
        marks = asked(on)
        for row in rows:
            if row.spot.marks and row.spot.marks[0] in marks:
                made = reply(on, row.spot.marks[0], row.typed.text, author=author, **how)
                found[row.spot.marks[0]] = made.received_at == how["at"]
    return found


def _saying(on: Round, row: Checked, order: list[str], once: str) -> Saying:
    where: Paragraph | None = drafts.by_mark(on.version_id, row.spot.marks[0]) if row.spot.marks else None
    text, proposed = parted(row.typed.text)
    return Saying(where, (written(row.spot.marks, order) + text).strip(), row.type, proposed, once=once)
