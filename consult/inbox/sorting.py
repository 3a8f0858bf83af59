"""What officers say a stray letter is, and what follows from it; and how any of it is taken back."""

from collections.abc import Callable
from datetime import datetime

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import actions, queries, questions, rules
from consult.inbox.carrying import round_of
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.people.models import Person
from consult.review import actions as review
from consult.review.models import Round

UNRELATED = N_("unrelated")
NOMINATION = N_("%(by)s sorted it as a nomination; it is kept in the queue of nominations.")
APOLOGY = N_("%(by)s sorted it as an apology; it is kept in the queue of apologies.")
NOTED = N_("%(before)s %(note)s")
BACK = N_("%(by)s put it back to the desk.")
ROOMS: dict[str, Callable[[Arrival, Person], str]] = {}
"""For a sort of letter, what the room that it belongs to makes of it: given the letter and the officer, it says in words what it did."""


def hand_to(sort: str, work: Callable[[Arrival, Person], str]) -> None:
    """A room takes the letters of this sort from the desk."""
    ROOMS[sort] = work


def sort(
    arrival: Arrival, what: str, *, note: str = "", person: Person | None = None, round: Round | None = None,
    paragraph_mark: str | None = None, letter: Letter | None = None, by: Person, door: str, at: datetime | None = None,
) -> Result | None:  # fmt: skip
    """Say what a letter is. A comment is entered, an answer is joined to its letter and entered, what is unrelated is put aside,
    nominations and apologies go to their rooms or wait in their queues."""
    at = at or clock.now()
    _check(arrival, by)
    rules.check_may_sort(arrival.state, what)
    result = None
    if what == "unrelated":
        actions.settle(arrival, note or UNRELATED, by=by, door=door, at=at)
    elif what in ("comment", "answer"):
        if what == "answer":
            _join(arrival, letter, by)
        result = actions.release(arrival, person=person, round=round, paragraph_mark=paragraph_mark, by=by, door=door, at=at)
    else:
        _keep(arrival, what, note, by, at)
    arrival.sort = what
    db.session.flush()
    record("arrival.sorted", door=door, actor=by, group_id=arrival.group_id, subject=arrival, at=at, sender=arrival.sender)
    return result


def _check(arrival: Arrival, by: Person) -> None:
    if not queries.works_desk(by, arrival):
        people.require(by, "desk.work", arrival.group_id)
        raise Refused(N_("Only the person it is from can settle this letter."))


def _join(arrival: Arrival, letter: Letter | None, by: Person) -> None:
    """It answers that letter of ours: what was sent is known, and for whom it speaks."""
    if letter is None or not letter.keys:
        raise Refused(N_("Name a letter that can be answered, by its number."))
    key = letter.keys[0]
    people.require(by, "desk.work", key.group_id)
    arrival.key_id, arrival.group_id, arrival.round_id = key.id, key.group_id, round_of(key)
    db.session.flush()


def _keep(arrival: Arrival, what: str, note: str, by: Person, at: datetime) -> None:
    said = NOMINATION if what == "nomination" else APOLOGY
    arrival.state, arrival.reason = "settled", said % {"by": by.name}
    arrival.unplaced, arrival.settled_at, arrival.settled_by_id = 0, at, by.id
    done = ROOMS[what](arrival, by) if what in ROOMS else ""
    for words in filter(None, (done, one_line(note, 500))):
        arrival.reason = NOTED % {"before": arrival.reason, "note": words}


def put_back(arrival: Arrival, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take back what was settled: the letter waits again, and what was entered of it is withdrawn."""
    at = at or clock.now()
    _check(arrival, by)
    rules.check_may_put_back(arrival.state)
    for comment in queries.entered(arrival):
        if comment.withdrawn_at is None:
            review.withdraw(comment, by=by, door=door, at=at)
    for answer in queries.answers(arrival):
        if answer.withdrawn_at is None:
            review.withdraw_answer(answer, by=by, door=door, at=at)
    questions.undo(arrival, Result("held"), by=by, at=at)
    arrival.state, arrival.sort, arrival.reason, arrival.unplaced = "held", "", BACK % {"by": by.name}, 0
    arrival.settled_at = arrival.settled_by_id = None
    db.session.flush()
    record("arrival.reopened", door=door, actor=by, group_id=arrival.group_id, subject=arrival, at=at, sender=arrival.sender)
