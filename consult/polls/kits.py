"""What polls put into an offline kit: the guiding questions of its round, and the polls that wait for its person."""

from flask_babel import gettext

from consult.people.models import Person
from consult.polls import actions, queries
from consult.review.models import Round


def asked(on: Round) -> dict[str, str]:
    """The guiding questions of a round by the marks that letters give them."""
    return {f"Q{each.position}": each.text for each in queries.questions(on.id)}


def reply(on: Round, mark: str, text: str, **how: object) -> object:
    """Enter the answer to the question with that mark."""
    question = next(each for each in queries.questions(on.id) if f"Q{each.position}" == mark)
    return actions.reply(question, text, **how)


def tasks(person: Person) -> list[tuple]:
    """(title, what it is, until when) of each poll that waits for this person's voice."""
    what = gettext("A poll. Answer its letter with one word on the first line: AGREE, CAN LIVE WITH, OBJECT or ABSTAIN.")
    return [(each.title, what, each.closes_at) for each in queries.waiting_for(person)]
