"""The verbs of a review: publish, edit, answer; rounds stand in rounds.py, comment in saying.py, respond in responding.py. Every door calls
these."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.models import Paragraph, Version
from consult.errors import Refused
from consult.extensions import db, stored
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review import carrying, guests, queries, rules
from consult.review.answering import Draft, assign, finish_answering, propose, propose_each, publish_agreed, publish_drafts
from consult.review.bundles import close_together, extend_together, open_together
from consult.review.consenting import consent
from consult.review.grouping import gather, group_due, group_same, leave_group, part
from consult.review.invitations import answer_invitation, remind_due, schedule
from consult.review.joining import join, leave
from consult.review.lateness import mailed, take_late_mail
from consult.review.models import Answer, Comment, Revision, Seen
from consult.review.moving import move
from consult.review.phrases import keep_phrase, remove_phrase
from consult.review.responding import Responding, respond, respond_many
from consult.review.reviewers import accept_terms, decline_terms, invite_reviewer, revoke_reviewer, set_terms
from consult.review.rounds import close, close_due, extend, open_round, remind, start_due
from consult.review.saying import Saying, comment, comment_all, wording
from consult.web.markup import safe_html

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

__all__ = [
    "accept_terms",
    "decline_terms",
    "invite_reviewer",
    "revoke_reviewer",
    "set_terms",
    "Draft",
    "Responding",
    "Saying",
    "answer",
    "answer_invitation",
    "assign",
    "close",
    "close_due",
    "close_together",
    "comment",
    "comment_all",
    "consent",
    "edit",
    "extend",
    "extend_together",
    "finish_answering",
    "gather",
    "group_due",
    "group_same",
    "join",
    "keep_phrase",
    "leave",
    "move",
    "open_round",
    "open_together",
    "part",
    "place_by_hand",
    "propose",
    "propose_each",
    "publish",
    "publish_agreed",
    "publish_drafts",
    "remind",
    "remind_due",
    "remove_phrase",
    "respond",
    "respond_many",
    "retie",
    "saw",
    "mailed",
    "schedule",
    "take_late_mail",
    "start_due",
    "withdraw",
]  # fmt: skip


def publish(version: Version, *, note: str | None = None, by: Person, door: str, at: datetime | None = None) -> Version:
    """Publish a version and carry every comment on the version before it to where its paragraph went."""
    before = draft_queries.latest(version.draft)
    published = drafts.publish(version, note=note, by=by, door=door, at=at)
    if before is not None:
        carrying.carry(before, published)
    return published


def retie(version: Version, before: str, now: str, *, by: Person, door: str, at: datetime | None = None) -> int:
    """Say by hand what became of a paragraph, and let the comments follow. Returns how many of them stand elsewhere now."""
    older = drafts.retie(version, before, now, by=by, door=door, at=at)
    return carrying.carry_again(older, version) if version.published_at else 0


def edit(which: Comment, *, text: str, type: str, proposed: str = "", by: Person, door: str, at: datetime | None = None) -> None:
    """Say it better. What was said before is kept and can be read."""
    at = at or clock.now()
    _check_change(which, by, at)
    text, proposed = many_lines(text), wording(proposed, which.paragraph)
    rules.check_words(text, proposed)
    rules.check_type(type, which.round.types)
    if (text, proposed, type) == (which.text, which.proposed, which.type):
        return
    which.revisions.append(Revision(type=which.type, text=which.text, proposed=which.proposed, until=at))
    which.text, which.proposed, which.type, which.html, which.edited_at = text, proposed, type, safe_html(text), at
    record("comment.edited", door=door, actor=by, group_id=which.round.group_id, subject=which, at=at, number=which.number)


def withdraw(which: Comment, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take the comment back. It stays on record as withdrawn, without counting any more."""
    at = at or clock.now()
    _check_change(which, by, at)
    leave_group(which)
    which.withdrawn_at = at
    record("comment.withdrawn", door=door, actor=by, group_id=which.round.group_id, subject=which, at=at, number=which.number)


def _check_change(which: Comment, by: Person, at: datetime) -> None:
    guests.require_reading(by, which.round)
    manages = people.may(by, "comment.manage", which.round.group_id)
    rules.check_may_change(queries.state(which.round, at), by.id == which.author_id, which.withdrawn_at is not None, manages)


def answer(
    to: Comment, text: str, *, once: str | None = None, verified: bool = True, by: Person, door: str, at: datetime | None = None
) -> Answer:
    """Answer a comment in its thread."""
    if once and (known := db.session.scalar(select(Answer).where(Answer.once == once))):
        return known
    at = at or clock.now()
    group_id = to.round.group_id
    guests.require_reading(by, to.round)
    rules.check_may_answer(
        queries.state(to.round, at),
        by.id == to.author_id,
        people.may(by, "comment.make", group_id),
        people.may(by, "comment.manage", group_id),
    )
    text = many_lines(text)
    rules.check_words(text, "")
    made = Answer(
        comment_id=to.id, once=once, author_id=by.id, text=text, html=safe_html(text), door=door, received_at=at, verified=verified
    )
    if not stored(made, author=by):
        return db.session.scalar(select(Answer).where(Answer.once == once))
    db.session.expire(to, ["answers"])
    record(
        "answer.made", door=door, actor=by, group_id=group_id, subject=made, at=at, number=to.number, comment_id=to.id, round_id=to.round_id
    )
    return made


def withdraw_answer(which: Answer, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take an answer back; it stays on record as withdrawn."""
    at = at or clock.now()
    on = which.comment.round
    guests.require_reading(by, on)
    manages = people.may(by, "comment.manage", on.group_id)
    rules.check_may_change(queries.state(on, at), by.id == which.author_id, which.withdrawn_at is not None, manages)
    which.withdrawn_at = at
    record("answer.withdrawn", door=door, actor=by, group_id=on.group_id, subject=which, at=at, number=which.comment.number, round_id=on.id)


def place_by_hand(which: Comment, version: Version, paragraph: Paragraph | None, *, by: Person, door: str) -> None:
    """Put a comment on the paragraph it belongs to, on the version it was made on or on a later one."""
    group_id = which.round.group_id
    people.require(by, "comment.manage", group_id)
    if paragraph is not None and paragraph.version_id != version.id:
        raise Refused(N_("This paragraph does not stand in that version."))
    if version.id == which.round.version_id:
        which.paragraph = paragraph
    else:
        carrying.place(which, version, paragraph)
    record(
        "comment.moved", door=door, actor=by, group_id=group_id, subject=which,
        number=which.number, mark=paragraph.mark if paragraph else "", version=version.number,
    )  # fmt: skip


def saw(person_id: int, comment_ids: list[int], at: datetime | None = None) -> None:
    """Note that this person has now read these comments and what stands below them, so that no digest repeats it."""
    if not comment_ids:
        return
    table = Seen.__table__
    noted = INSERTS[db.session.connection().dialect.name](table)
    later = noted.on_conflict_do_update(
        index_elements=["person_id", "comment_id"], set_={"at": noted.excluded.at}, where=table.c.at < noted.excluded.at
    )
    at = at or clock.now()
    db.session.execute(later, [{"person_id": person_id, "comment_id": each, "at": at} for each in sorted(set(comment_ids))])
