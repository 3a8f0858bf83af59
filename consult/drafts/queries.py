"""Reading drafts, their versions and their paragraphs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from flask import current_app
from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from consult.drafts import rules
from consult.drafts.aligning import Tie as Found
from consult.drafts.aligning import align, reading_order
from consult.drafts.descent import descent
from consult.drafts.models import Draft, Paragraph, Tie, Version
from consult.drafts.pieces import Piece
from consult.drafts.wording import WORDS, Change, compare, compare_text
from consult.errors import NotFound
from consult.extensions import db
from consult.journal import queries as journal
from consult.kit.words import N_

COLUMNS = [getattr(Paragraph, name) for name in ("id", "position", "kind", "level", "number", "printed", "mark", "text", "file_id")]
KEPT_DIFFERENCES = 24


def draft(group_id: int, slug: str) -> Draft:
    """The draft of that group under that name; NotFound when there is none."""
    found = db.session.scalar(select(Draft).where(Draft.group_id == group_id, Draft.slug == slug))
    if found is None:
        raise NotFound(N_("This group has no draft under this address."))
    return found


def drafts(group_id: int) -> list[Draft]:
    """All drafts of a group, newest first."""
    return list(db.session.scalars(select(Draft).where(Draft.group_id == group_id).order_by(Draft.id.desc())))


def shelf(group_id: int) -> Sequence[Row]:
    """The drafts of a group, newest first, each with the number of its newest published version and of the one being prepared."""
    published = func.max(Version.number).filter(Version.published_at.is_not(None))
    waiting = func.max(Version.number).filter(Version.published_at.is_(None))
    wanted = select(Draft, published, waiting).outerjoin(Version).where(Draft.group_id == group_id).group_by(Draft.id)
    return db.session.execute(wanted.order_by(Draft.id.desc())).all()


def version(of: Draft, number: int) -> Version:
    """That version, published or being prepared; NotFound when there is none."""
    found = db.session.scalar(select(Version).where(Version.draft_id == of.id, Version.number == number))
    if found is None:
        raise NotFound(N_("This draft has no version %(number)s."), number=number)
    return found


def published(of: Draft, number: int) -> Version:
    """That version, when it is published; NotFound otherwise, as for everybody who does not prepare it."""
    found = version(of, number)
    if found.published_at is None:
        raise NotFound(N_("This draft has no version %(number)s."), number=number)
    return found


def versions(of: Draft) -> list[Version]:
    """All versions, newest first, the one being prepared among them."""
    return list(db.session.scalars(select(Version).where(Version.draft_id == of.id).order_by(Version.number.desc())))


def latest(of: Draft) -> Version | None:
    """The newest published version, or None while there is none."""
    wanted = select(Version).where(Version.draft_id == of.id, Version.published_at.is_not(None)).order_by(Version.number.desc()).limit(1)
    return db.session.scalar(wanted)


def before(version: Version) -> Version | None:
    """The published version that this one follows, or None for the first."""
    earlier = (Version.draft_id == version.draft_id) & (Version.number < version.number) & Version.published_at.is_not(None)
    return db.session.scalar(select(Version).where(earlier).order_by(Version.number.desc()).limit(1))


def newest(group_id: int) -> list[Version]:
    """The newest published version of each draft of a group, in the order of the drafts."""
    last = select(func.max(Version.id)).join(Draft).where(Draft.group_id == group_id, Version.published_at.is_not(None))
    wanted = select(Version).where(Version.id.in_(last.group_by(Draft.id))).options(joinedload(Version.draft)).order_by(Version.draft_id)
    return list(db.session.scalars(wanted))


def being_prepared(of: Draft) -> Version | None:
    """The version that officers are preparing, or None."""
    return db.session.scalar(select(Version).where(Version.draft_id == of.id, Version.published_at.is_(None)).limit(1))


def paragraphs(version_id: int, first: int = 0, count: int | None = None) -> Sequence[Row]:
    """The paragraphs of a version in reading order, all or `count` from position `first` (the first one is 0).

    Rows: id, position, kind, level, number, printed, mark, text, file_id.
    """
    wanted = select(*COLUMNS).where(Paragraph.version_id == version_id, Paragraph.position >= first).order_by(Paragraph.position)
    if count is not None:
        wanted = wanted.where(Paragraph.position < first + count)
    return db.session.execute(wanted).all()


def how_many(version_id: int) -> int:
    """The number of paragraphs of a version, headings and notes counted."""
    return db.session.scalar(select(func.count()).where(Paragraph.version_id == version_id)) or 0


def pieces(version_id: int) -> list[Piece]:
    """The version as pieces, as the cutter made them and the officer corrected them."""
    wanted = select(*COLUMNS, Paragraph.origins).where(Paragraph.version_id == version_id).order_by(Paragraph.position)
    return [_as_piece(row, tuple(row.origins or ())) for row in db.session.execute(wanted)]


def state(version_id: int) -> str:
    """A short sign for how the version is cut at this moment; another one after every correction."""
    return rules.state(pieces(version_id))


def by_mark(version_id: int, mark: str) -> Paragraph:
    """The paragraph with that mark (`12(a)`), capitals aside; NotFound when the version has none."""
    wanted = select(Paragraph).where(Paragraph.version_id == version_id)
    found = db.session.scalar(wanted.where(Paragraph.mark == mark)) or db.session.scalar(
        wanted.where(func.lower(Paragraph.mark) == mark.lower()).order_by(Paragraph.position).limit(1)
    )
    if found is None:
        raise NotFound(N_("This version has no paragraph %(mark)s."), mark=mark)
    return found


def ties(old_id: int, new_id: int) -> list[Tie]:
    """What became of each paragraph between two versions that follow each other, as found when the newer was published; else empty."""
    return list(db.session.scalars(select(Tie).where(Tie.old_version_id == old_id, Tie.new_version_id == new_id).order_by(Tie.id)))


def tied(old_id: int, new_id: int, rows: Iterable[Row]) -> list[Found]:
    """The same by place in reading order, empty where nothing is on record; `rows` are the paragraphs of both versions."""
    places = {row.id: row.position for row in rows}
    recorded = [Found(places.get(tie.old_id), places.get(tie.new_id), tie.kind, tie.confidence) for tie in ties(old_id, new_id)]
    return sorted(recorded, key=reading_order)


def changes(new: Version) -> dict[str, int]:
    """How many paragraphs were changed, moved, split, merged, new or gone when this version was published, as its readers count them."""
    found = select(Tie.kind, Tie.old_id, Tie.new_id).where(Tie.new_version_id == new.id)
    return counted((row.kind, row.old_id, row.new_id) for row in db.session.execute(found))


def facts(of: Sequence[Version]) -> dict[int, dict]:
    """About each of these versions: how many `paragraphs` it has and what `changes` it brought, by the version's id."""
    ids = [version.id for version in of]
    sizes = select(Paragraph.version_id, func.count()).where(Paragraph.version_id.in_(ids)).group_by(Paragraph.version_id)
    found = {version_id: {"paragraphs": size, "changes": {}} for version_id, size in db.session.execute(sizes)}
    rows: dict[int, list[tuple]] = {}
    for new_id, *tie in db.session.execute(select(Tie.new_version_id, Tie.kind, Tie.old_id, Tie.new_id).where(Tie.new_version_id.in_(ids))):
        rows.setdefault(new_id, []).append(tuple(tie))
    for new_id, tied in rows.items():
        found[new_id]["changes"] = counted(tied)
    return found


def counted(found: Iterable[tuple]) -> dict[str, int]:
    """Ties (kind, old, new) as numbers: a paragraph split in three is one split, three merged into one are one merger."""
    things = {(kind, old if kind in ("split", "gone") else new) for kind, old, new in found}
    return dict(Counter(kind for kind, _ in things))


def diff(old: Version, new: Version) -> Sequence[Change]:
    """What became of every paragraph from one version to a later one, word by word.

    Kept in this process once both are published, for as long as nobody corrects by hand what became of a paragraph.
    """
    if old.published_at is None or new.published_at is None:
        return _compared(old, new)
    kept = current_app.extensions.setdefault("consult.differences", {})
    key = (old.id, new.id, journal.how_often("ties.corrected", new))
    if key not in kept:
        made = _compared(old, new)
        while len(kept) >= KEPT_DIFFERENCES:
            kept.pop(next(iter(kept)), None)
        kept[key] = made
    return kept[key]


def diff_text(old: Version, new: Version, words: Mapping[str, str] = WORDS) -> str:
    """The same as text: only what changed, `[-old-]{+new+}`; empty when nothing did. `words` say it in another language."""
    return compare_text(*between(old, new), words)


def _compared(old: Version, new: Version) -> Sequence[Change]:
    return tuple(compare(*between(old, new)))


def between(old: Version, new: Version) -> tuple[list[Piece], list[Piece], list[Found]]:
    """Both versions as pieces, and the ties between them: those on record, those that the pieces themselves remember, or those found."""
    earlier, after = paragraphs(old.id), paragraphs(new.id)
    was, now = as_pieces(earlier), pieces(new.id)
    known = tied(old.id, new.id, [*earlier, *after]) or descent([row.id for row in earlier], was, now)
    return was, now, known or align(was, now)


def as_pieces(rows: Sequence[Row]) -> list[Piece]:
    """Rows of paragraphs as the pieces that the cutter knows."""
    return [_as_piece(row) for row in rows]


def _as_piece(row: Row, origins: tuple[int, ...] = ()) -> Piece:
    return Piece(row.kind, row.level, row.number, row.printed, row.text, row.mark, origins, file_id=row.file_id)


def headings(version_id: int) -> Sequence[Row]:
    """The headings of a version in reading order (position, level, printed, text): enough for its table of contents."""
    wanted = select(Paragraph.position, Paragraph.level, Paragraph.printed, Paragraph.text).order_by(Paragraph.position)
    return db.session.execute(wanted.where(Paragraph.version_id == version_id, Paragraph.kind == "heading")).all()


def neighbours(version_id: int, position: int) -> tuple[Row | None, Row | None]:
    """The pieces before and after that position (mark, number), None at the ends."""
    around = {row.position: row for row in paragraphs(version_id, max(0, position - 1), 3)}
    return around.get(position - 1), around.get(position + 1)
