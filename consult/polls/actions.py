"""The verbs of polls: open one, give a voice, take it back, close; those about guiding questions stand in asking.py. Every door calls
these."""

from datetime import datetime

from sqlalchemy import select

from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.polls import queries, rules
from consult.polls.asking import ask, reply, take_back
from consult.polls.models import Poll, Vote
from consult.review.models import Comment, Round

__all__ = ["ask", "close", "close_due", "open_poll", "opened", "reply", "take_back", "unvote", "vote"]


def open_poll(
    on: Round, *, kind: str, title: str, closes_at: datetime, quorum: int = 0, paragraph: Paragraph | None = None,
    comment: Comment | None = None, wording: str = "", by: Person, door: str, at: datetime | None = None,
) -> Poll:  # fmt: skip
    """Ask the group about a paragraph as it stands, or about a wording for it: one written here, or the one that a comment proposes.
    Everybody with a voice is told by letter."""
    at, title = at or clock.now(), one_line(title, 300)
    people.require(by, "poll.manage", on.group_id)
    if on.opened_at is None:
        raise Refused(N_("The round has not opened yet. Open it first: people must have the text they are asked about."))
    paragraph, wording = _about(on, paragraph, comment, many_lines(wording))
    seats = people.members(on.group_id)
    voices = {seat.person_id for seat in seats if rules.standing({seat.role}) == "counts"}
    rules.check_poll(kind, title, quorum, len(voices), closes_at, at)
    _check_new(on, title, closes_at)
    made = Poll(
        round_id=on.id, paragraph_id=paragraph.id if paragraph else None, comment_id=comment.id if comment else None, kind=kind,
        title=title, wording=wording, quorum=0 if kind == "straw" else quorum, opens_at=at, closes_at=closes_at, by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record("poll.opened", door=door, actor=by, group_id=on.group_id, subject=made, at=at, poll=kind, title=title, round_id=on.id)
    return made


def _about(on: Round, paragraph: Paragraph | None, comment: Comment | None, wording: str) -> tuple[Paragraph | None, str]:
    """The paragraph and the wording that are asked about; they must belong to the round."""
    if comment is not None:
        if comment.round_id != on.id or comment.withdrawn_at is not None:
            raise Refused(N_("This comment belongs to another round, or was withdrawn."))
        if not comment.proposed:
            raise Refused(N_("This comment proposes no wording that people could be asked about."))
        return comment.paragraph, wording or comment.proposed
    if paragraph is not None and paragraph.version_id != on.version_id:
        raise Refused(N_("This paragraph belongs to another version than the round asks about."))
    return paragraph, wording


def _check_new(on: Round, title: str, closes_at: datetime) -> None:
    """A form sent twice opens one poll."""
    db.session.execute(select(Round.id).where(Round.id == on.id).with_for_update())
    same = select(Poll.id).where(Poll.round_id == on.id, Poll.title == title, Poll.closes_at == closes_at, Poll.closed_at.is_(None))
    if db.session.scalar(same.limit(1)) is not None:
        raise Refused(N_("A poll with this question and deadline stands in the round already."))


def vote(on: Poll, choice: str, reason: str = "", *, verified: bool = True, by: Person, door: str, at: datetime | None = None) -> Vote:
    """Give one's voice, or change it; what it was before is kept in the journal."""
    at, reason = at or clock.now(), many_lines(reason)
    people.require(by, "poll.vote", on.round.group_id)
    db.session.refresh(on, ["closed_at", "closes_at"], with_for_update={"of": Poll})
    rules.check_voice(choice, reason, queries.standing(by, on.round.group_id), queries.state(on, at))
    known = queries.own_vote(on.id, by.id)
    if known and (known.choice, known.reason) == (choice, reason):
        return known
    before = {"before": known.choice, "reason_before": known.reason} if known else {}
    made = known or Vote(poll_id=on.id, person_id=by.id)
    made.choice, made.reason, made.door, made.at, made.verified = choice, reason, door, at, verified
    db.session.add(made)
    db.session.flush()
    db.session.expire(on, ["votes"])
    record("poll.voted", door=door, actor=by, group_id=on.round.group_id, subject=made, at=at, title=on.title, poll=on.kind, **before)
    return made


def unvote(on: Poll, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take one's voice back; the journal keeps what it was."""
    at = at or clock.now()
    people.require(by, "poll.vote", on.round.group_id)
    db.session.refresh(on, ["closed_at", "closes_at"], with_for_update={"of": Poll})
    known = queries.own_vote(on.id, by.id)
    rules.check_may_take_back(known is not None, queries.state(on, at))
    record(
        "poll.unvoted", door=door, actor=by, group_id=on.round.group_id, subject=known, at=at, title=on.title, poll=on.kind,
        before=known.choice, reason_before=known.reason,
    )  # fmt: skip
    db.session.delete(known)
    db.session.flush()
    db.session.expire(on, ["votes"])


def opened(on: Poll, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Note, once a person and poll, that the question was read on its page: a silence procedure counts whom it has reached."""
    if not queries.has_opened(on.id, by.id):
        record("poll.read", door=door, actor=by, subject=on, at=at, title=on.title)


def close(on: Poll, *, by: Person, door: str, at: datetime | None = None) -> None:
    """End a poll before its deadline and tell everybody what came of it."""
    at = at or clock.now()
    people.require(by, "poll.manage", on.round.group_id)
    db.session.refresh(on, ["closed_at", "closes_at"], with_for_update={"of": Poll})
    objections = queries.tally(on).counted["object"]
    rules.check_may_close(on.kind, queries.state(on, at), on.closed_at is not None, objections)
    _close(on, at, by, door)


def close_due(now: datetime) -> int:
    """Close the polls whose deadline has passed. Safe to call twice; returns how many closed."""
    due = db.session.scalars(select(Poll).where(Poll.closed_at.is_(None), Poll.closes_at < now).with_for_update(of=Poll))
    return sum(_close(each, now, None, "worker") is None for each in list(due))


def _close(which: Poll, at: datetime, by: Person | None, door: str) -> None:
    counted = queries.tally(which)
    which.closed_at, which.outcome = at, rules.outcome(which.kind, counted, which.quorum)
    record(
        "poll.closed", door=door, actor=by, group_id=which.round.group_id, subject=which, at=at, title=which.title, poll=which.kind,
        outcome=which.outcome, round_id=which.round_id, reached=counted.reached, voices=counted.voices, spoken=counted.spoken,
    )  # fmt: skip
