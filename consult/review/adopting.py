"""Taking a proposed wording into the version that is being prepared; the comment keeps the credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.merging import merge
from consult.drafts.models import Draft, Version
from consult.errors import Conflict, Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Comment, Credit
from consult.review.rows import wordings


@dataclass(frozen=True)
class Wording:
    """A proposed wording beside the version being prepared.

    `position`: where its paragraph stands there (None: nowhere), `now` the paragraph's words there, `was` in the version the wording was
    proposed for, `would` what taking it in gives; None where the paragraph has changed in the same words meanwhile.
    """

    row: Row
    position: int | None
    mark: str
    was: str
    now: str
    would: str | None
    taken: bool


def wordings_for(version: Version) -> list[Wording]:
    """Every standing comment on the draft that proposes a wording, in the reading order of the version being prepared."""
    older = draft_queries.latest(version.draft)
    if older is None:
        return []
    at, now = _places(older, version), draft_queries.pieces(version.id)
    taken = set(db.session.scalars(select(Credit.comment_id).where(Credit.version_id == version.id)))
    found = [_beside(row, at.get(row.at_id), now, row.id in taken) for row in wordings(older.id)]
    return sorted(found, key=lambda one: (one.position is None, one.position or 0, one.row.number))


def _places(older: Version, version: Version) -> dict[int, int]:
    """Where each paragraph of the older version stands in the one being prepared: its surest successor."""
    _, _, ties = draft_queries.between(older, version)
    ids = [row.id for row in draft_queries.paragraphs(older.id)]
    sure = sorted((tie for tie in ties if tie.old is not None and tie.new is not None), key=lambda tie: tie.confidence)
    return {ids[tie.old]: tie.new for tie in sure}


def _beside(row: Row, position: int | None, now: Sequence, taken: bool) -> Wording:
    if position is None:
        return Wording(row, None, "", row.was, "", None, taken)
    piece = now[position]
    return Wording(row, position, piece.mark, row.was, piece.text, merge(row.was, row.proposed, piece.text), taken)


def adopt(which: Comment, version: Version, text: str = "", *, by: Person, door: str, at: datetime | None = None) -> Version:
    """Take a comment's wording into the version being prepared, as it was proposed or in the officer's `text`; it is credited there.

    Where another wording changed the same words before, Conflict: the officer brings the two together by hand.
    """
    people.require(by, "draft.write", which.round.group_id)
    db.session.execute(select(Draft.id).where(Draft.id == version.draft_id).with_for_update())
    found = next((one for one in wordings_for(version) if one.row.id == which.id), None)
    _check(which, version, found)
    text = many_lines(text)
    if not text and found.would is None:
        raise Conflict(N_("This paragraph has been changed in the same words meanwhile. Bring the two together below."))
    words = text or found.would
    if words != found.now:
        drafts.correct(version, "reword", found.position, words, by=by, door=door)
    changed = words not in (which.proposed, found.would)
    db.session.add(Credit(version_id=version.id, comment_id=which.id, changed=changed, by_id=by.id, at=at or clock.now()))
    record(
        "wording.adopted", door=door, actor=by, group_id=which.round.group_id, subject=which, at=at,
        number=which.number, version=version.number, mark=found.mark, round_id=which.round_id,
    )  # fmt: skip
    return version


def _check(which: Comment, version: Version, found: Wording | None) -> None:
    if version.published_at is not None:
        raise Refused(N_("Version %(number)s is published and never changes. Begin the next one first."), number=version.number)
    if found is None:
        raise Refused(N_("This comment proposes no wording for this draft, or was withdrawn."))
    if found.position is None:
        raise Refused(N_("The paragraph of this comment does not stand in the version being prepared. Put the wording in by hand."))
    if found.taken:
        raise Refused(N_("The wording of comment %(number)s is in this version already."), number=which.number)


def let_go(which: Comment, version: Version, *, by: Person, door: str) -> None:
    """Take a wording out again before the version is published; where nothing else changed the paragraph, its old words come back."""
    people.require(by, "draft.write", which.round.group_id)
    credit = db.session.scalar(select(Credit).where(Credit.comment_id == which.id, Credit.version_id == version.id))
    if credit is None or version.published_at is not None:
        raise Refused(N_("This wording is not in a version that is being prepared."))
    found = next((one for one in wordings_for(version) if one.row.id == which.id), None)
    db.session.delete(credit)
    if found and found.position is not None and found.now == which.proposed:
        drafts.correct(version, "reword", found.position, found.row.stood, by=by, door=door)


def credits(version_id: int) -> Sequence[Row]:
    """The comments whose wordings a version has taken in, each with its round, author, Party, and whether the words were changed."""
    wanted = (
        select(Comment.id, Comment.number, Comment.round_id, Person.name.label("author"), Comment.on_behalf_of, Credit.changed)
        .join(Credit, Credit.comment_id == Comment.id)
        .join(Person, Person.id == Comment.author_id)
        .where(Credit.version_id == version_id)
        .order_by(Comment.round_id, Comment.number)
    )
    return db.session.execute(wanted).all()


def credited_in(comment_id: int) -> Sequence[Row]:
    """The published versions that took in a comment's wording: version number, and whether the words were changed."""
    wanted = select(Version.number, Credit.changed).join(Credit, Credit.version_id == Version.id)
    return db.session.execute(
        wanted.where(Credit.comment_id == comment_id, Version.published_at.is_not(None)).order_by(Version.number)
    ).all()
