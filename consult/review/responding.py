"""Saying what becomes of comments: one response from a page, or thousands in one go; nobody overwrites a colleague unseen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record, record_each
from consult.kit import clock
from consult.kit.text import many_lines
from consult.people import queries as people
from consult.people.models import Person
from consult.review import response_rules
from consult.review.models import Comment, Response, Round

AT_ONCE = 500
FEW = 5  # more responses than this at a time are gathered for a while, so that nobody gets a letter for each
MOST_IN_FULL = 400  # of more than this at a time, the group is told how many, and each in full only to those who spoke there


@dataclass(frozen=True)
class Responding:
    """One response before it is given. `see`: the comment whose response answers this one too; `turn`: the response's turn that was seen
    (0: none)."""

    to: Comment
    disposition: str
    text: str = ""
    see: Comment | None = None
    turn: int = 0


def respond(
    to: Comment,
    disposition: str,
    text: str,
    *,
    see: Comment | None = None,
    turn: int,
    by: Person,
    door: str,
    at: datetime | None = None,
) -> Response:
    """Say what becomes of a comment. `turn` is the response's turn that the officer saw (0: none)."""
    (given,) = respond_many(to.round, [Responding(to, disposition, text, see, turn)], by=by, door=door, at=at)
    if isinstance(given, Refused):
        raise given
    return given


def respond_many(on: Round, wanted: list[Responding], *, by: Person, door: str, at: datetime | None = None) -> list[Response | Refused]:
    """Say what becomes of many comments of a round. For each, in their order, the response as it stands, or the reason why it was not
    given. What stands already in the same words stays as it is, so that the same sheet can be brought twice."""
    at = at or clock.now()
    people.require(by, "response.give", on.group_id)
    standing = alone(each.to.id for each in wanted)
    responses, outcome, changed = responses_to(standing), [], []
    for each in wanted:
        before = responses.get(each.to.id)
        turn = before.turn if before else 0
        try:
            given = _given(on, each, standing, before, by, at)
        except Refused as refused:
            outcome.append(refused)
            continue
        outcome.append(given)
        if given.turn != turn:
            responses[each.to.id] = given
            changed.append(each)
    db.session.flush()
    for each in changed:
        set_committed_value(each.to, "response", responses[each.to.id])
    _tell(on, changed, by, door, at)
    return outcome


def alone(comment_ids: Iterable[int]) -> dict[int, datetime | None]:
    """When each of those comments was withdrawn (None: it stands), with no other officer at them until this transaction ends."""
    found: dict[int, datetime | None] = {}
    for some in portions(comment_ids):
        held = select(Comment.id, Comment.withdrawn_at).where(Comment.id.in_(some)).order_by(Comment.id).with_for_update()
        found.update(db.session.execute(held).all())
    return found


def responses_to(comment_ids: Iterable[int]) -> dict[int, Response]:
    """The published responses to those comments as they stand now, by the comment's id."""
    found = {}
    for some in portions(comment_ids):
        wanted = select(Response).where(Response.comment_id.in_(some)).execution_options(populate_existing=True)
        found.update({each.comment_id: each for each in db.session.scalars(wanted)})
    return found


def portions(ids: Iterable[int]) -> Iterator[list[int]]:
    """Those numbers, each once and in order, so many at a time as one statement may name."""
    ids = sorted(set(ids))
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _given(on: Round, wanted: Responding, standing: dict, before: Response | None, by: Person, at: datetime) -> Response:
    """The response that stands after this: new, changed, or the same as before."""
    text, see_id = many_lines(wanted.text), wanted.see.id if wanted.see else None
    if before and (before.disposition, before.text, before.see_id) == (wanted.disposition, text, see_id):
        return before
    response_rules.check_may_respond(wanted.to.round_id == on.id, standing[wanted.to.id] is not None)
    if wanted.see:
        check_see(wanted.to, wanted.see)
    response_rules.check_response(wanted.disposition, text, wanted.turn, before.turn if before else 0, see=see_id is not None)
    if before is None:
        before = Response(comment_id=wanted.to.id, turn=0)
        db.session.add(before)
    before.disposition, before.text, before.see_id, before.by, before.at = wanted.disposition, text, see_id, by, at
    before.turn += 1
    if before.turn > 1:
        _follow(wanted.to, before)
    return before


def check_see(to: Comment, see: Comment) -> None:
    """“See comment 14” must lead to a comment of the same round that is answered in words of its own."""
    pointing = select(Response.see_id).where(Response.comment_id == see.id, Response.see_id.is_not(None))
    response_rules.check_see(
        see.number, see.id == to.id, see.round_id == to.round_id, see.withdrawn_at is not None, db.session.scalar(pointing)
    )


def _follow(to: Comment, given: Response) -> None:
    """Comments that are answered by this response are answered by what it says now."""
    followers = update(Response).where(Response.see_id == to.id).execution_options(synchronize_session="fetch")
    db.session.execute(followers.values(disposition=given.disposition, see_id=given.see_id or to.id, at=given.at))


def _tell(on: Round, given: list[Responding], by: Person, door: str, at: datetime) -> None:
    """The journal has an event a comment; of very many at a time also one that says how many."""
    many = {"many": len(given)} if len(given) > FEW else {}
    told = [(each.to, {"number": each.to.number, "disposition": each.disposition, "round_id": on.id, **many}) for each in given]
    record_each("response.given", told, door=door, actor=by, group_id=on.group_id, at=at)
    if len(given) > MOST_IN_FULL:
        record("responses.given", door=door, actor=by, group_id=on.group_id, subject=on, at=at, count=len(given), title=on.title, **many)
