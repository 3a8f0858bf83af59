"""Comments that say the same stand in one group, so that one response answers them all: found by likeness, joined and parted by hand.

The first comment of a group leads it; the others point at it with `cluster_id`. A comment that was parted by hand points at itself and is
not joined again by likeness.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select, update

from consult.extensions import db, transaction
from consult.journal.actions import record
from consult.journal.models import Event
from consult.people import queries as people
from consult.people.models import Person
from consult.review import response_rules
from consult.review.likeness import Remark, groups
from consult.review.models import Comment, Response, Round

AT_ONCE = 2_000  # comments that are grouped while the officer waits, and that are written in one transaction
STEPS = ("comments.grouping", "comments.grouped")


def followers(head_ids: Iterable[int]) -> dict[int, list[Comment]]:
    """The standing comments of each group but its first, by the id of the first, in the order of their numbers."""
    found, ids = defaultdict(list), sorted(set(head_ids))
    for start in range(0, len(ids), 500):
        wanted = select(Comment).where(Comment.cluster_id.in_(ids[start : start + 500]), Comment.id != Comment.cluster_id)
        for each in db.session.scalars(wanted.where(Comment.withdrawn_at.is_(None)).order_by(Comment.number)):
            found[each.cluster_id].append(each)
    return found


def gather(comments: list[Comment], *, by: Person, door: str) -> Comment:
    """These say the same: whatever groups they stand in become one. Returns the comment that leads it."""
    on = _one_round(comments, by)
    response_rules.check_join(len({each.id for each in comments}), [each.number for each in comments if each.withdrawn_at is not None])
    heads = {each.cluster_id or each.id for each in comments}
    first = db.session.scalars(select(Comment).where(Comment.id.in_(heads)).order_by(Comment.number).limit(1)).one()
    moved = update(Comment).where(Comment.round_id == on.id, Comment.id.in_(heads) | Comment.cluster_id.in_(heads), Comment.id != first.id)
    db.session.execute(moved.values(cluster_id=first.id).execution_options(synchronize_session="fetch"))
    first.cluster_id = None
    db.session.flush()
    record("comments.joined", door=door, actor=by, subject=first, number=first.number, count=len(comments))
    return first


def part(comments: list[Comment], *, by: Person, door: str) -> int:
    """These say something of their own: each stands alone from now on. Returns how many stood in a group."""
    _one_round(comments, by)
    count = 0
    for each in comments:
        count += leave_group(each) or each.cluster_id not in (None, each.id)
        each.cluster_id = each.id
    db.session.flush()
    record("comments.parted", door=door, actor=by, subject=comments[0], number=comments[0].number, count=count)
    return count


def leave_group(which: Comment) -> bool:
    """When the first of a group leaves it, the next leads, and takes over the words that answered them all."""
    others = followers([which.id]).get(which.id)
    if not others:
        return False
    head, *rest = others
    head.cluster_id = None
    for each in rest:
        each.cluster_id = head.id
    given = db.session.scalar(select(Response).where(Response.comment_id == which.id))
    along = {each.comment_id: each for each in db.session.scalars(select(Response).where(Response.see_id == which.id))}
    if given is not None and head.id in along:
        along[head.id].text, along[head.id].see_id = given.text, None
        for comment_id, each in along.items():
            each.see_id = None if comment_id == head.id else head.id
    db.session.flush()
    return True


def group_same(on: Round, *, by: Person, door: str) -> int | None:
    """Group the comments that say the same: at once in a round of usual size (returns how many were joined), by the worker in a large one
    (None). What was joined or parted by hand stays."""
    people.require(by, "response.give", on.group_id)
    if on.comments_made > AT_ONCE:
        response_rules.check_idle(progress(on.id) is not None)
        record(STEPS[0], door=door, actor=by, subject=on, done=0, count=on.comments_made, title=on.title)
        return None
    joined = groups(_remarks(on.id))
    _write(on.id, list(joined.items()))
    record(STEPS[1], door=door, actor=by, subject=on, count=len(joined), title=on.title)
    return len(joined)


def group_due(now: datetime) -> int:
    """The worker's part: group the rounds for which it was asked, the result written in portions. Returns how many rounds."""
    due = _asked()
    for round_id, title in due:
        with transaction():
            remarks = _remarks(round_id)
        joined = list(groups(remarks).items())
        for start in range(0, len(joined), AT_ONCE):
            with transaction():
                _write(round_id, joined[start : start + AT_ONCE])
                done = {"done": min(start + AT_ONCE, len(joined)), "count": len(joined)}
                record(STEPS[0], door="worker", subject=db.session.get_one(Round, round_id), at=now, title=title, **done)
        with transaction():
            record(STEPS[1], door="worker", subject=db.session.get_one(Round, round_id), at=now, title=title, count=len(joined))
    return len(due)


def progress(round_id: int) -> dict | None:
    """How far the worker is with grouping a round (done, count); None when nothing is under way."""
    steps = select(Event).where(Event.subject_type == "round", Event.subject_id == round_id, Event.kind.in_(STEPS))
    last = db.session.scalar(steps.order_by(Event.id.desc()).limit(1))
    return last.data if last is not None and last.kind == STEPS[0] else None


def _asked() -> list[tuple[int, str]]:
    """The rounds whose last step of grouping is not the end of it."""
    open_rounds = select(Round.id).where(Round.answered_at.is_(None), Round.comments_made > AT_ONCE)
    last = (
        select(func.max(Event.id))
        .where(Event.subject_type == "round", Event.subject_id.in_(open_rounds), Event.kind.in_(STEPS))
        .group_by(Event.subject_id)
    )
    found = db.session.execute(select(Event.subject_id, Event.data).where(Event.id.in_(last), Event.kind == STEPS[0])).all()
    return [(round_id, data.get("title", "")) for round_id, data in found]


def _remarks(round_id: int) -> list[Remark]:
    columns = (Comment.id, Comment.paragraph_id, Comment.text, Comment.proposed, Comment.cluster_id)
    standing = select(*columns).where(Comment.round_id == round_id, Comment.withdrawn_at.is_(None)).order_by(Comment.number)
    return [Remark(*row) for row in db.session.execute(standing)]


def _write(round_id: int, joined: list[tuple[int, int]]) -> None:
    """Those of the pairs (comment, first of its group) that still hold: both stand, and nobody has joined or parted them meanwhile."""
    ids = {each for pair in joined for each in pair}
    free = select(Comment.id).where(Comment.round_id == round_id, Comment.withdrawn_at.is_(None), Comment.cluster_id.is_(None))
    standing = set()
    for start in range(0, len(ids), 500):
        standing |= set(db.session.scalars(free.where(Comment.id.in_(sorted(ids)[start : start + 500]))))
    rows = [{"id": one, "cluster_id": head} for one, head in joined if one in standing and head in standing]
    if rows:
        db.session.execute(update(Comment), rows)


def _one_round(comments: list[Comment], by: Person) -> Round:
    response_rules.check_one_round(len({each.round_id for each in comments}))
    on = comments[0].round
    people.require(by, "response.give", on.group_id)
    return on
