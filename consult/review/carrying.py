"""Comments follow their paragraph from one version to the next: placed, moved, changed below them, or orphaned; never dropped."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import aliased

from consult.drafts import queries as drafts
from consult.drafts.aligning import Tie as Found
from consult.drafts.models import Version
from consult.drafts.placing import Quote
from consult.drafts.placing import place as find_place
from consult.extensions import db
from consult.review.models import Comment, Placement, Round

_OWN, _LATER = aliased(Version), aliased(Version)
# Asked with every comment, so it is put together once.
NEWER = (
    select(_LATER.id)
    .join(_OWN, _OWN.draft_id == _LATER.draft_id)
    .where(_OWN.id == bindparam("version"), _LATER.number > _OWN.number, _LATER.published_at.is_not(None))
    .order_by(_LATER.number)
)


def carry(old: Version, new: Version) -> int:
    """Place every standing comment that belongs to the old version on the new one. Returns how many."""
    rows = _places(old, new)
    if rows:
        db.session.execute(insert(Placement), rows)
    return len(rows)


def newer(than_version_id: int) -> list[int]:
    """The numbers in the database of the published versions that follow this one, in their order."""
    return list(db.session.connection().scalars(NEWER, {"version": than_version_id}))


def catch_up(on: Round, made: Collection[int]) -> None:
    """Comments made on a version that has been replaced meanwhile stand on the versions after it at once, like those made before."""
    following = newer(on.version_id) if made else []
    for version_id in following:
        new = db.session.get_one(Version, version_id)
        if rows := [row for row in _places(drafts.before(new), new) if row["comment_id"] in made]:
            db.session.execute(insert(Placement), rows)


def carry_again(old: Version, new: Version) -> int:
    """After a person has said what became of a paragraph, comments follow that, on this version and on later ones.

    What a person placed by hand stays there. Returns how many comments stand elsewhere now.
    """
    moved: set[int] = set()
    for later in reversed(drafts.versions(new.draft)):
        if later.published_at and later.number >= new.number:
            moved |= _placed_again(old, later)
            old = later
    return len(moved)


def _placed_again(old: Version, new: Version) -> set[int]:
    known = {row.comment_id: row for row in db.session.scalars(select(Placement).where(Placement.version_id == new.id))}
    moved = set()
    for row in _places(old, new):
        stands = known.get(row["comment_id"])
        if stands is None or stands.by_hand:
            continue
        if (stands.paragraph_id, stands.state) != (row["paragraph_id"], row["state"]):
            moved.add(stands.comment_id)
        stands.paragraph_id, stands.state, stands.confidence = row["paragraph_id"], row["state"], row["confidence"]
    db.session.flush()
    return moved


def _places(old: Version, new: Version) -> list[dict]:
    """Where each standing comment of the old version belongs on the new one, as rows to be written."""
    before, after = drafts.paragraphs(old.id), drafts.paragraphs(new.id)
    positions = {p.id: i for i, p in enumerate(before)}
    new_positions = {p.id: i for i, p in enumerate(after)}
    ties = [Found(positions.get(t.old_id), new_positions.get(t.new_id), t.kind, t.confidence) for t in drafts.ties(old.id, new.id)]
    by_old: dict[int | None, list[Found]] = defaultdict(list)
    for tie in ties:
        by_old[tie.old].append(tie)
    texts = [p.text for p in after]
    return [_placed(c, at_id, positions, by_old, texts, after, new.id) for c, at_id in _standing_on(old)]


def _standing_on(version: Version) -> list[tuple[Comment, int | None]]:
    """Each comment that belongs to the version, with the paragraph it stands on there."""
    made = db.session.execute(
        select(Comment, Comment.paragraph_id).join(Round).where(Round.version_id == version.id, Comment.withdrawn_at.is_(None))
    )
    carried = db.session.execute(
        select(Comment, Placement.paragraph_id, Placement.state)
        .join(Placement, Placement.comment_id == Comment.id)
        .where(Placement.version_id == version.id, Comment.withdrawn_at.is_(None))
    )
    lost = -1  # an orphan stays one until a person re-attaches it
    return [(c, p) for c, p in made] + [(c, lost if state == "orphaned" else p) for c, p, state in carried]


def _placed(comment: Comment, at_id: int | None, positions: dict, ties: dict, texts: list[str], after: list, version_id: int) -> dict:
    row = {"comment_id": comment.id, "version_id": version_id, "paragraph_id": None, "state": "placed", "confidence": 1.0, "by_hand": False}
    if at_id is None:
        return row
    if at_id not in positions:
        return row | {"state": "orphaned"}
    quote = Quote(comment.quote, comment.quote_before, comment.quote_after) if comment.quote else None
    found = find_place(ties[positions[at_id]], positions[at_id], quote, texts)
    at = after[found.new].id if found.new is not None else None
    return row | {"paragraph_id": at, "state": found.state, "confidence": found.confidence}


def place(comment: Comment, version: Version, paragraph) -> None:
    """Put the comment where a person says it belongs on that version."""
    row = db.session.scalar(select(Placement).where(Placement.comment_id == comment.id, Placement.version_id == version.id))
    if row is None:
        row = Placement(comment_id=comment.id, version_id=version.id)
        db.session.add(row)
    row.paragraph_id = paragraph.id if paragraph else None
    row.state, row.confidence, row.by_hand = ("placed" if paragraph else "orphaned"), 1.0, True
