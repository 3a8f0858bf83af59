"""The verb of the kit: what its file of answers says becomes comments, through the verb every door calls; with a full report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.offline import answers, others, rules
from consult.offline.answers import Answers, Said
from consult.offline.codes import person_of
from consult.people import queries as people
from consult.people.models import Person
from consult.review import actions as review
from consult.review import carrying, queries
from consult.review.actions import Saying
from consult.review.grammar import NAMES
from consult.review.models import Comment, Placement, Round
from consult.review.saying import check_may

UNKNOWN_PLACE = N_("(In the file on [%(mark)s])")


@dataclass
class Taken:
    """What became of a file: new comments (of a set: contributions), those that stood there already, answers to questions, refusals.

    `beside`: new comments next to which the person has others by another way; `moved`: those whose paragraph reads differently in a newer
    version, or is gone; `unknown`: marks that the version does not have; `notes`: what is to be said about the file as a whole."""

    on: Round
    author: Person
    made: list[tuple[Said, object]] = field(default_factory=list)
    known: list[tuple[Said, object]] = field(default_factory=list)
    questions: list[tuple[Said, object]] = field(default_factory=list)
    failures: list[tuple[Said, Refused]] = field(default_factory=list)
    beside: list[tuple[object, list[int]]] = field(default_factory=list)
    moved: list[tuple[object, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)
    apart: bool = False  # the remarks went to the set of a Party or organization


@dataclass(frozen=True)
class Brought:
    """A file of answers whose head is ours: the round, whose kit it comes from, and what it says."""

    on: Round
    author: Person
    read: Answers


def understood(text: str) -> Brought:
    """What a file of answers says, in the round and for the person that its head names; Refused when the head was tampered with."""
    if not answers.is_answers(text):
        raise Refused(rules.NO_ANSWERS)
    above = answers.head(text)
    author = people.get_person(person_of(above))
    on = db.session.get(Round, above.round_id)
    if on is None:
        raise Refused(rules.NO_ROUND)
    read = answers.read(text, [*_paragraphs(on), *others.questions(on)])
    rules.check(read)
    return Brought(on, author, read)


def preview(brought: Brought, tell: Callable[[Taken], list], *, by: Person) -> tuple[Taken, list]:
    """What would become of the file if it were taken now, and what `tell` says of it; nothing is kept."""
    with db.session.begin_nested() as attempt:
        taken = take(brought, by=by, door="page", quiet=True)
        said = tell(taken)
        attempt.rollback()
    db.session.expire(brought.on)
    return taken, said


def take(
    brought: Brought, *, by: Person, door: str, verified: bool = True, at: datetime | None = None, name: str = "", quiet: bool = False
) -> Taken:  # fmt: skip
    """Enter what a file says for the person whose kit it comes from. What stands there already is not entered twice."""
    on, author, at = brought.on, brought.author, at or clock.now()
    taken = Taken(on, author, notes=rules.notes(brought.read))
    how = {"author": author, "by": by, "verified": verified, "door": door, "at": at}
    instead = others.instead(on, author) if by.id == author.id else None
    taken.apart = instead is not None
    said = brought.read.said if taken.apart else _questions(brought, taken, how)
    paragraphs = _paragraphs(on)
    new = _not_known(said, on, author, paragraphs, taken)
    sayings = [_saying(each, once, on, paragraphs) for each, once in new]
    if instead:
        became = instead(sayings, by=by, door=door, at=at)
    else:
        became = review.comment_all(on, sayings, **how)
    for (each, _), made in zip(new, became, strict=True):
        (taken.failures if isinstance(made, Refused) else taken.made).append((each, made))
    taken.unknown = [each.unknown for each in said if each.unknown]
    if not taken.apart:
        _look_around(taken, at)
    if taken.made and not quiet:
        told = {"name": name, "count": len(taken.made), "title": on.title, "whose": author.name}
        record("kit.taken", door=door, actor=by, group_id=None if taken.apart else on.group_id, subject=on, at=at, **told)
    return taken


def _paragraphs(on: Round) -> dict[str, Paragraph]:
    wanted = select(Paragraph).where(Paragraph.version_id == on.version_id).order_by(Paragraph.position)
    return {each.mark: each for each in db.session.scalars(wanted)}


def _questions(brought: Brought, taken: Taken, how: dict) -> list[Said]:
    """Enter the answers to guiding questions. Returns the other remarks."""
    asked = others.questions(brought.on)
    for said in brought.read.said:
        for mark in [mark for mark in said.marks if mark in asked]:
            text = "\n\n".join(part for part in (said.text, said.proposed) if part)
            try:
                with db.session.begin_nested():
                    taken.questions.append((said, asked[mark][1].reply(brought.on, mark, text, **how)))
            except Refused as refused:
                taken.failures.append((said, refused))
    return [said for said in brought.read.said if not any(mark in asked for mark in said.marks)]


def _not_known(said: Sequence[Said], on: Round, author: Person, paragraphs: dict, taken: Taken) -> list[tuple[Said, str]]:
    """The remarks that are no comments yet, each with the name of its submission; what was withdrawn may be said again."""
    names = rules.names(on.id, author.id, said)
    known = queries.known_by_once([name for several in names for name in several]) if not taken.apart else {}
    twins = _own(on, author) if not taken.apart else {}
    left = []
    for each, several in zip(said, names, strict=True):
        there = next((known[name] for name in several if name in known and known[name].withdrawn_at is None), None)
        paragraph = paragraphs.get(each.mark)
        there = there or twins.pop((paragraph.id if paragraph else None, rules.words(each.text, each.proposed)), None)
        if there is not None:
            taken.known.append((each, there))
        else:
            left.append((each, next((name for name in several if name not in known), several[-1])))
    return left


def _own(on: Round, author: Person) -> dict[tuple[int | None, str], Comment]:
    """The person's standing comments of the round by where they stand and what they say, whichever way they came."""
    wanted = select(Comment).where(Comment.round_id == on.id, Comment.author_id == author.id, Comment.withdrawn_at.is_(None))
    return {(each.paragraph_id, rules.words(each.text, each.proposed)): each for each in db.session.scalars(wanted)}


def _saying(said: Said, once: str, on: Round, paragraphs: dict[str, Paragraph]) -> Saying:
    text = said.text
    if len(said.marks) > 1:
        text = f"[{', '.join(said.marks)}] {text}"
    if said.unknown:
        text = f"{gettext(UNKNOWN_PLACE, mark=said.unknown)}\n{text}"
    return Saying(paragraphs.get(said.mark), text, _type(said.kind, on), said.proposed, once=once)


def _type(sign: str, on: Round) -> str:
    """The kind the person named, if the round asks for it; else general, or the first kind it asks for."""
    named = NAMES.get(sign, "general")
    return named if not on.types or named in on.types else "general" if "general" in on.types else on.types[0]


def _look_around(taken: Taken, at: datetime) -> None:
    """What the person should know of each new comment: others of theirs beside it, and where it stands on a newer version."""
    made = [each for _, each in taken.made if isinstance(each, Comment)]
    new, ids = {each.id for each in made}, [each.id for each in made]
    theirs: dict[int | None, list[int]] = {}
    if made:
        wanted = select(Comment.id, Comment.paragraph_id, Comment.number).where(
            Comment.round_id == taken.on.id, Comment.author_id == taken.author.id, Comment.withdrawn_at.is_(None)
        )  # fmt: skip
        for number, paragraph_id, shown in db.session.execute(wanted.order_by(Comment.number)):
            if number not in new and number not in {each.id for _, each in taken.known}:
                theirs.setdefault(paragraph_id, []).append(shown)
    taken.beside = [(each, theirs[each.paragraph_id]) for each in made if each.paragraph_id in theirs]
    newer = carrying.newer(taken.on.version_id) if made else []
    if newer:
        placed = select(Placement.comment_id, Placement.state).where(Placement.version_id == newer[-1], Placement.comment_id.in_(ids))
        states = dict(db.session.execute(placed).all())
        taken.moved = [(each, states[each.id]) for each in made if states.get(each.id, "placed") != "placed"]


def check_own(brought: Brought, by: Person, on: Round | None = None) -> Brought:
    """A person sends the file of their own kit; an officer may enter that of a member. `on`: the round that was answered."""
    if on is not None and on.id != brought.on.id:
        raise Refused(rules.OTHER_ROUND, round=brought.on.id)
    if by.id != brought.author.id:
        if not people.may(by, "comment.manage", brought.on.group_id):
            raise Refused(rules.OTHERS)
        if others.instead(brought.on, brought.author):
            raise Refused(rules.DRAFTS, name=brought.author.name)
        check_may(brought.on, brought.author, by, clock.now())
    return brought
