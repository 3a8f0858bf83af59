"""What officers do with letters that came by mail: enter one for a person, in a round, on a paragraph; or put it aside with a word why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import delegates, inside, queries, questions, receipts, replies, rules, voting
from consult.inbox.limits import TooStrange
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reader import reader
from consult.inbox.reading import own_text
from consult.inbox.results import Result
from consult.inbox.returned import with_files
from consult.journal.actions import record
from consult.journal.models import Event
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.outbox.models import ReplyKey
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.polls.models import Poll
from consult.review import actions as review
from consult.review.models import Comment, Round

ENTERED = N_("%(by)s entered it for %(name)s in “%(title)s”.")
PUT_ASIDE = N_("%(before)s %(by)s put it aside: %(note)s")
NO_PERSON = N_("Say whose letter this is: nobody here has the address it came from.")
NO_ROUND = N_("Choose the round it belongs to.")


@dataclass(frozen=True)
class Target:
    """Where a letter is to be entered: for whom, in which round, on which paragraph (None: where its own words say)."""

    person: Person
    round: Round | None
    paragraph: Paragraph | None
    poll: Poll | None  # the poll it gives a voice in, when no round was chosen
    comment: Comment | None  # the comment it answers in its thread, when no round was chosen


def release(
    arrival: Arrival,
    *,
    person: Person | None = None,
    round: Round | None = None,
    paragraph_mark: str | None = None,
    by: Person,
    door: str,
    at: datetime | None = None,
) -> Result | None:
    """Enter a letter that waits, or send one that was entered to another person, round or paragraph. None when it stands there already."""
    at = at or clock.now()
    db.session.refresh(arrival, with_for_update={"of": Arrival})
    key = queries.key(arrival)
    whose = person or (people.get_person(key.person_id) if key else arrival.person)
    if whose is None:
        raise Refused(NO_PERSON)
    rules.check_may_release(arrival.state, queries.works_desk(by, arrival), whose.id == by.id, bool(round or paragraph_mark))
    if key is not None and key.purpose in (delegates.PURPOSE, "meeting", "means"):
        return _prepared(arrival, key, whose)
    target = _target(arrival, key, whose, round, paragraph_mark)
    if _moved(arrival, target, by, door):
        result = None
    else:
        with review.mailed(arrival.dated_at):
            result = _entered(arrival, key, target, by, door, at)
    _settled(arrival, target, by, door, at)
    return result


def _prepared(arrival: Arrival, key: ReplyKey, whose: Person) -> Result:
    """What somebody confirms who drafts for a Party or organization goes to the set that it prepares; an answer to an invitation
    is an answer to it."""
    mail = _read_again(arrival)
    own = own_text(mail, outbox.sent_text(key.letter) if key.letter else None)
    reply = replies.Reply(arrival, mail, key, whose, own, delegates.answered(key))
    if whose.id != key.person_id or inside.asks(reply):  # nobody speaks as another by an answer to their letter, and orders are one's own
        raise Refused(NO_ROUND)
    result = replies.carry_out(reply)
    arrival.state, arrival.reason, arrival.understood = "settled", "", result.understood
    arrival.settled_at, arrival.settled_by_id = clock.now(), whose.id
    if result.receipt:
        result.receipt(arrival, whose)
    return result


def _target(arrival: Arrival, key: ReplyKey | None, whose: Person, chosen: Round | None, mark: str | None) -> Target:
    answered = key.purpose if key and not chosen and not mark else ""
    comment = db.session.get(Comment, key.subject_id) if answered == "comment" else None
    poll = db.session.get(Poll, key.subject_id) if answered == "poll" else None
    on = chosen or queries.get_round(arrival.round_id)
    if on is None and comment is None:
        raise Refused(NO_ROUND)
    return Target(whose, on, drafts.by_mark(on.version_id, mark) if mark else None, poll, comment)


def _moved(arrival: Arrival, target: Target, by: Person, door: str) -> bool:
    """Whether its comments stand for that person in that round already; they only change their paragraph then, if one is named."""
    standing = [each for each in queries.entered(arrival) if each.withdrawn_at is None]
    here = [each for each in standing if target.round and (each.round_id, each.author_id) == (target.round.id, target.person.id)]
    if not here:
        return bool(target.comment and any(each.author_id == target.person.id for each in queries.answers(arrival)))
    for comment in here if target.paragraph else []:
        arrival.unplaced = 0
        if comment.paragraph_id != target.paragraph.id:
            review.place_by_hand(comment, target.round.version, target.paragraph, by=by, door=door)
    return True


def _entered(arrival: Arrival, key: ReplyKey | None, target: Target, by: Person, door: str, at: datetime) -> Result:
    mail = _read_again(arrival)
    sent = outbox.sent_text(key.letter) if key and key.letter else None
    if target.poll is not None:
        result = voting.give(target.poll, own_text(mail, sent), arrival, by=target.person)
    elif target.comment is not None:
        result = _answered(arrival, target, own_text(mail, sent))
    else:
        for comment in queries.entered(arrival):
            if comment.withdrawn_at is None:
                review.withdraw(comment, by=by, door=door, at=at)
        questions.undo(arrival, Result("taken"), by=by, at=at)
        result = replies.enter(
            target.round, mail, sent, author=target.person, by=by, once=_once(arrival), verified=_vouched(arrival, target),
            at=arrival.received_at, paragraph=target.paragraph,
        )  # fmt: skip
    arrival.understood, arrival.unplaced = result.understood, 0 if target.paragraph else len(result.unknown)
    _tell(arrival, target, result, mail)
    return result


def _answered(arrival: Arrival, target: Target, text: str) -> Result:
    """An answer is said by the person themselves; the officer only lets it through."""
    to = target.comment
    made = review.answer(
        to, text, once=_once(arrival), verified=_vouched(arrival, target), by=target.person, door="mail", at=arrival.received_at
    )
    return Result(
        "settled", understood=[{"type": "answer", "id": made.id, "mark": to.paragraph.mark if to.paragraph else ""}], answer_to=to
    )


def _vouched(arrival: Arrival, target: Target) -> bool:
    """A mail server vouched for the sender; entered for somebody else, that says nothing."""
    return arrival.verified and target.person.id == arrival.person_id


def _once(arrival: Arrival) -> str:
    """Comments of a letter that is sent elsewhere are new ones each time."""
    times = db.session.scalar(
        select(func.count()).select_from(Event).where(
            Event.kind == "arrival.released", Event.subject_type == Arrival.__tablename__, Event.subject_id == arrival.id
        )
    )  # fmt: skip
    return f"mail:{arrival.digest}:{times}" if times else f"mail:{arrival.digest}"


def _read_again(arrival: Arrival) -> Read:
    try:
        return with_files(reader().read(queries.raw(arrival)))
    except TooStrange as strange:
        raise Refused(N_("It cannot be read: %(why)s Enter the comment by hand on the page of the round."), why=strange.reason) from None


def _tell(arrival: Arrival, target: Target, result: Result, mail: Read) -> None:
    if result.receipt is not None:
        result.receipt(arrival, target.person)
        return
    on = target.round or target.comment.round
    receipts.receipt(arrival, target.person, result, on, db.session.get(Group, on.group_id), mail, once=f"receipt:{_once(arrival)}")


def _settled(arrival: Arrival, target: Target, by: Person, door: str, at: datetime) -> None:
    on = target.round or target.comment.round
    arrival.state, arrival.round_id, arrival.group_id, arrival.person_id = "settled", on.id, on.group_id, target.person.id
    arrival.reason = ENTERED % {"by": by.name, "name": target.person.name, "title": on.title}
    arrival.settled_at, arrival.settled_by_id = at, by.id
    db.session.flush()
    record("arrival.released", door=door, actor=by, group_id=arrival.group_id, subject=arrival, at=at, sender=arrival.sender)


def settle(arrival: Arrival, note: str, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Put a letter aside: nothing more is done with it, and it says why."""
    people.require(by, "desk.work", arrival.group_id)
    rules.check_may_settle(arrival.state, note, arrival.unplaced)
    arrival.state, arrival.unplaced, arrival.settled_at, arrival.settled_by_id = "settled", 0, at or clock.now(), by.id
    arrival.reason = (PUT_ASIDE % {"before": arrival.reason, "by": by.name, "note": one_line(note, 500)}).strip()
    db.session.flush()
    record("arrival.released", door=door, actor=by, group_id=arrival.group_id, subject=arrival, at=at, sender=arrival.sender)


def opened(arrival: Arrival, *, by: Person, door: str) -> None:
    """Write down, once a person and letter, that somebody looked at a letter as it came."""
    people.require(by, "desk.work", arrival.group_id)
    known = select(Event.id).where(
        Event.kind == "arrival.opened", Event.actor_id == by.id, Event.subject_type == Arrival.__tablename__, Event.subject_id == arrival.id
    )
    if db.session.scalar(known.limit(1)) is None:
        record("arrival.opened", door=door, actor=by, group_id=arrival.group_id, subject=arrival, sender=arrival.sender)
