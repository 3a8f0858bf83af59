"""What people are told of a file of answers: line by line what became of each remark, on the page and in a letter."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale, gettext

from consult.extensions import db
from consult.kit.text import one_line
from consult.offline.actions import Taken
from consult.offline.answers import Said
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.people.models import Group, Person
from consult.review.models import Comment
from consult.web.forms import translated

FIRST_WORDS = 90


@dataclass(frozen=True)
class Line:
    """One remark: how it begins and where; its fate (new, known, question, refused), the comment's number, why it was refused, the
    person's other comments beside it, and what a newer version did to its paragraph."""

    mark: str
    words: str
    proposed: bool
    fate: str
    number: int = 0
    why: str = ""
    beside: tuple[int, ...] = ()
    moved: str = ""
    unknown: str = ""


def lines(taken: Taken) -> list[Line]:
    """What became of each remark, in the language that is set: what is new first, then what stood there, then what was refused."""
    beside = {made.id: tuple(numbers) for made, numbers in taken.beside}
    moved = {made.id: state for made, state in taken.moved}
    found = [_line(said, "new", _number(made), beside=beside.get(made.id, ()), moved=moved.get(made.id, "")) for said, made in taken.made]
    found += [_line(said, "question") for said, _ in taken.questions]
    found += [_line(said, "known", _number(made)) for said, made in taken.known]
    return found + [_line(said, "refused", why=translated(refused)) for said, refused in taken.failures]


def _line(said: Said, fate: str, number: int = 0, **more: object) -> Line:
    words = one_line(said.text or said.proposed, 1000)
    short = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
    return Line(", ".join(said.marks), short, bool(said.proposed), fate, number, unknown=said.unknown, **more)


def _number(made: object) -> int:
    return made.number if isinstance(made, Comment) else 0


def notes(taken: Taken) -> list[str]:
    """What is to be said about the file as a whole."""
    return [translated(each) for each in taken.notes]


def receipt(taken: Taken, *, by: Person, once: str) -> Letter | None:
    """Tell the person whose kit it was, by letter, what their file became; whoever handed it over on a stick has no other sign of it."""
    person, on = taken.author, taken.on
    group = db.session.get_one(Group, on.group_id)
    whose = None if taken.apart else on.group_id  # what a Party prepares is in no list of the group's letters
    key = outbox.new_key(person, "round", on.id, group_id=whose)
    with force_locale(person.language):
        text = render_template(
            "mail/offline/receipt.txt", person=person, by=by, round=on, lines=lines(taken), notes=notes(taken)
        )  # fmt: skip
        return outbox.post(
            kind="receipt", person=person, subject=gettext("Received: your offline kit on “%(title)s”", title=on.title), text=text,
            group_id=whose, group_name=group.name, once=once, keys=[key],
        )  # fmt: skip
