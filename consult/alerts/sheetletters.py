"""The letter to a member for whom an officer entered what came on paper or by telephone."""

from flask_babel import gettext
from sqlalchemy import select

from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.people.queries import names
from consult.polls import queries as polls
from consult.polls.models import QuestionAnswer
from consult.review.models import Comment
from consult.web.filters import ENTERED, day_words

GONE = "withdrawn meanwhile"


def entered(pen: Pen, event: Event) -> Letter | str | None:
    """Each remark with its number and paragraph, who entered it, from what and when it came. An answer adds to it."""
    on = pen.shelf.round(event.subject_id)
    wanted = select(Comment).where(Comment.id.in_(event.data["comments"]), Comment.withdrawn_at.is_(None)).order_by(Comment.number)
    found = list(db.session.scalars(wanted))
    answers = _answers(on.id, pen.person.id, event.data.get("answers", []))
    if not (found or answers):
        return GONE
    first = found[0] if found else answers[0][1]
    name = pen.shelf.once(("name", event.actor_id), lambda: names({event.actor_id})).get(event.actor_id, "")
    how = gettext(ENTERED[event.door], name=name, when=day_words(first.received_at)) if event.door in ENTERED else name
    follows = pen.material.letters.get(("round", on.id), "")
    subject = gettext("Entered for you: comments on “%(title)s”", title=excerpt(on.title, 90))
    sheet = Sheet("sheet", subject, [], "round", on.id, until=on.closes_at, follows=follows)
    sheet.top = pen.words("alerts/sheet", round=on, how=how, late=bool(found) and found[0].late)
    sheet.blocks = [*(f"[{mark}] {each.text}" for mark, each in answers), *(_said(each) for each in found)]
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _answers(round_id: int, person_id: int, marks: list[str]) -> list[tuple[str, QuestionAnswer]]:
    """The answers to questions that were entered with the sheet, as they stand now."""
    own = {f"Q{each.question.position}": each for each in polls.own_answers(round_id, person_id).values()}
    return [(mark, own[mark]) for mark in marks if mark in own]


def _said(each: Comment) -> str:
    where = f"[{each.paragraph.mark}]" if each.paragraph else gettext("the whole text")
    proposed = "\n" + gettext("Proposed wording: %(words)s", words=each.proposed) if each.proposed else ""
    return f"{each.number}. {where} {each.text}{proposed}".strip()
