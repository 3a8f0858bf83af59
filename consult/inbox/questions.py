"""What stands below the guiding questions of a round is the person's answer to them."""

from datetime import datetime

from consult.errors import Refused
from consult.inbox import queries as inbox
from consult.inbox import reading
from consult.inbox.models import Arrival
from consult.inbox.reading import Remark
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.people.models import Person
from consult.polls import actions as polls
from consult.polls import queries
from consult.polls.models import Question, QuestionAnswer
from consult.review.models import Round


def by_mark(on: Round) -> dict[str, Question]:
    """The questions by the marks that letters give them: Q1, Q2 … That a round has none is asked once for mails read together."""
    kept = inbox.kept()
    asked = {} if ("no questions", on.id) in kept else {f"Q{each.position}": each for each in queries.questions(on.id)}
    if not asked:
        kept["no questions", on.id] = True
    return asked


def enter(
    remarks: list[Remark], asked: dict[str, Question], result: Result, *, author: Person, by: Person, verified: bool, at: datetime
) -> list[Remark]:
    """Enter those remarks that answer a question, several below one question as one answer. Returns the others."""
    texts: dict[str, list[str]] = {}
    for remark in remarks:
        for mark in [mark for mark in remark.marks if mark in asked]:
            texts.setdefault(mark, []).append(_words(remark))
    for mark, said in texts.items():
        text = "\n\n".join(said)
        try:
            made = polls.reply(asked[mark], text, author=author, verified=verified, by=by, door="mail", at=at)
        except Refused as refused:
            result.failures.append((Remark(mark, text), refused))
            continue
        result.questions.append(made)
        result.understood.append({"type": "question", "id": made.id, "mark": mark})
    return [remark for remark in remarks if not any(mark in asked for mark in remark.marks)]


def _words(remark: Remark) -> str:
    """An answer has no kind and no wording of its own: such words stay where they stood."""
    said = f"{remark.type}: {remark.text}" if remark.type else unwrapped(remark.text)
    return reading.sanitised("\n".join(part for part in (said, remark.proposed or "") if part))


def answers(arrival: Arrival) -> list[QuestionAnswer]:
    """The answers that a letter became and that nobody has changed since."""
    found = queries.get_answers([each["id"] for each in arrival.understood if each["type"] == "question"])
    return [each for each in found if each.received_at == arrival.received_at]


def undo(about: Arrival, result: Result, *, by: Person, at: datetime) -> None:
    """Take back the answers that a letter became."""
    for each in answers(about):
        try:
            polls.take_back(each, by=by, door="mail", at=at)
        except Refused as refused:
            result.failures.append((each, refused))
        else:
            result.questions.append(each)
