"""The verbs about guiding questions: write them, answer one, take an answer back."""

from datetime import datetime

from sqlalchemy import delete, select

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.polls import queries, rules
from consult.polls.models import Question, QuestionAnswer
from consult.review import lateness
from consult.review import queries as review
from consult.review.models import Round
from consult.web.markup import safe_html


def ask(on: Round, text: str, *, by: Person, door: str, at: datetime | None = None) -> list[Question]:
    """Write the guiding questions of a round, one a paragraph of the text, in place of those that stood there. While the round is open
    everybody asked is told; before, the questions travel in the letter that opens it."""
    at = at or clock.now()
    people.require(by, "questions.manage", on.group_id)
    wanted = rules.questions(many_lines(text))
    db.session.execute(select(Round.id).where(Round.id == on.id).with_for_update())
    standing = queries.questions(on.id)
    if wanted == [question.text for question in standing]:
        return standing
    rules.check_may_write(queries.any_answer(on.id), review.state(on, at))
    db.session.execute(delete(Question).where(Question.round_id == on.id))
    made = [Question(round_id=on.id, position=number, text=question) for number, question in enumerate(wanted, 1)]
    db.session.add_all(made)
    db.session.flush()
    told = on.opened_at is not None and on.opened_at < at and made
    record(
        "questions.added" if told else "questions.written", door=door, actor=by, group_id=on.group_id, subject=on, at=at,
        title=on.title, count=len(made), before=[question.text for question in standing],
    )  # fmt: skip
    return made


def reply(
    to: Question, text: str, *, on_behalf_of: str | None = None, author: Person | None = None, verified: bool = True, by: Person, door: str,
    at: datetime | None = None,
) -> QuestionAnswer:  # fmt: skip
    """Answer a question, or say it anew; what was answered before is kept in the journal. `on_behalf_of` None: as it was."""
    at, author = at or clock.now(), author or by
    on = _round_of(to)
    _check_may(on, author, by, at)
    text = many_lines(text)
    rules.check_answer(text)
    db.session.execute(select(Question.id).where(Question.id == to.id).with_for_update())
    known = queries.own_answers(on.id, author.id).get(to.id)
    behalf = one_line(on_behalf_of, 200) if on_behalf_of is not None else known.on_behalf_of if known else ""
    if known and (known.text, known.on_behalf_of) == (text, behalf):
        return known
    before = known.text if known else ""
    made = known or QuestionAnswer(question_id=to.id, person_id=author.id)
    made.text, made.html, made.on_behalf_of, made.door, made.received_at, made.verified = text, safe_html(text), behalf, door, at, verified
    db.session.add(made)
    db.session.flush()
    record(
        "question.answered", door=door, actor=author, group_id=on.group_id, subject=made, at=at,
        number=to.position, title=on.title, round_id=on.id, before=before, entered_by=by.id,
    )  # fmt: skip
    return made


def take_back(which: QuestionAnswer, *, by: Person, door: str, at: datetime | None = None) -> None:
    """The answer stands no longer; its words stay in the journal."""
    at = at or clock.now()
    on = _round_of(which.question)
    if which.person_id != by.id and not people.may(by, "comment.manage", on.group_id):
        raise Refused(N_("Only whoever gave an answer can take it back."))
    _check_may(on, which.person, by, at)
    record(
        "question.withdrawn", door=door, actor=by, group_id=on.group_id, subject=which, at=at,
        number=which.question.position, title=on.title, round_id=on.id, before=which.text,
    )  # fmt: skip
    db.session.delete(which)
    db.session.flush()


def _round_of(question: Question) -> Round:
    return db.session.get_one(Round, question.round_id)


def _check_may(on: Round, author: Person, by: Person, at: datetime) -> None:
    people.require(by, "group.read", on.group_id)
    manages = people.may(by, "comment.manage", on.group_id)
    if author.id != by.id:
        people.require(by, "comment.manage", on.group_id)
    state = review.state(on, at)
    state = "open" if state == "closed" and lateness.takes(on, at) else state
    rules.check_may_answer(state, review.invited(on.id, author.id), manages)
