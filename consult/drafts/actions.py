"""The verbs of drafts: begin one, prepare a version, correct its cutting, publish it for good."""

from collections.abc import Collection, Sequence
from dataclasses import replace as replaced
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select

from consult.drafts import queries, repair, rules
from consult.drafts.aligning import Tie as Found
from consult.drafts.issuing import issue, relabel  # noqa: F401 - verbs of this room, called here with the rest
from consult.drafts.models import Draft, Paragraph, Tie, Version
from consult.drafts.openings import opened  # noqa: F401 - a verb of this room, called here with the rest
from consult.drafts.pieces import Piece
from consult.drafts.retying import retied
from consult.extensions import db
from consult.files import actions as files
from consult.files.models import File
from consult.journal import actions as journal
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.office.images import known
from consult.people.models import Group, Person
from consult.people.queries import require


def begin(group: Group, title: str, *, language: str, symbol: str = "", by: Person, door: str, at: datetime | None = None) -> Draft:
    """Begin a draft in a group: a title and a language, still without a text."""
    require(by, "draft.write", group.id)
    title, symbol = rules.title(title), one_line(symbol, 80)
    _lock(Group, group.id)
    taken = db.session.scalars(select(Draft.slug).where(Draft.group_id == group.id))
    begun = Draft(
        group_id=group.id,
        slug=rules.draft_slug(title, symbol, taken),
        title=title,
        symbol=symbol,
        language=rules.language(language),
        created_at=at or clock.now(),
    )
    db.session.add(begun)
    db.session.flush()
    journal.record("draft.begun", door=door, actor=by, group_id=group.id, subject=begun, at=at, title=title)
    return begun


def prepare(
    draft: Draft, pieces: Sequence[Piece], *, source_name: str = "", file: File | None = None, note: str = "", by: Person, door: str,
    at: datetime | None = None,
) -> Version:  # fmt: skip
    """Lay a cut text down as the next version, which only officers see until they publish it."""
    require(by, "draft.write", draft.group_id)
    rules.has_text(len(pieces))
    _lock(Draft, draft.id)
    waiting = queries.being_prepared(draft)
    rules.may_prepare(waiting.number if waiting else None)
    last = db.session.scalar(select(func.max(Version.number)).where(Version.draft_id == draft.id)) or 0
    made = Version(
        draft_id=draft.id,
        number=last + 1,
        note=many_lines(note),
        source_name=one_line(source_name, 200),
        file_id=file.id if file else None,
        created_by_id=by.id,
        created_at=at or clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.refresh(made, ["draft"])
    _lay_down(made, pieces)
    return made


def write_on(draft: Draft, *, note: str = "", by: Person, door: str, at: datetime | None = None) -> Version:
    """Begin the next version with the words of the newest one, to be changed paragraph by paragraph; each remembers where it came from."""
    last = queries.latest(draft)
    rules.has_version(last.number if last else None)
    pieces = [replaced(piece, origins=(row.id,)) for piece, row in zip(queries.pieces(last.id), queries.paragraphs(last.id), strict=True)]
    return prepare(draft, pieces, note=note, by=by, door=door, at=at)


def replace(
    version: Version, pieces: Sequence[Piece], *, source_name: str = "", file: File | None = None, by: Person, door: str
) -> Version:
    """Put another text in the place of a version that is still being prepared."""
    _open_for_change(version, by)
    rules.has_text(len(pieces))
    version.source_name, version.file_id, version.created_by_id = one_line(source_name, 200), file.id if file else None, by.id
    _lay_down(version, pieces)
    return version


def delete(version: Version, *, by: Person, door: str) -> None:
    """Throw away a version that is still being prepared, as if it had not been uploaded."""
    _open_for_change(version, by)
    _untie(version)
    db.session.execute(delete_from(Paragraph).where(Paragraph.version_id == version.id))
    db.session.delete(version)
    db.session.flush()


def correct(version: Version, verb: str, *args: object, seen: str = "", by: Person, door: str) -> Version:
    """Correct a version by position: merge(i), split(i, at…), renumber(i, number), relevel(i, kind, level), count(0); or write on it:
    reword(i, text), insert(i, pieces), remove(i), shift(i, after).

    `seen` is the state the officer was looking at (queries.state); Conflict when somebody has changed it since.
    """
    _open_for_change(version, by)
    before = queries.pieces(version.id)
    rules.still_as_seen(seen, rules.state(before))
    _lay_down(version, _corrected(before, rules.correction(verb), *args))
    return version


def publish(version: Version, *, note: str | None = None, by: Person, door: str, at: datetime | None = None) -> Version:
    """Give a version to the group for good, tied paragraph by paragraph to the one before it; `note` says what is new."""
    draft = version.draft
    require(by, "version.publish", draft.group_id)
    _lock(Draft, draft.id)
    db.session.refresh(version, ["published_at"])
    pieces = queries.how_many(version.id)
    rules.may_publish(version.number, version.published_at, pieces)
    before, changes = queries.latest(draft), {}
    if before and not (changes := queries.changes(version)):
        changes = _tie(before, version, queries.between(before, version)[2])
    version.published_at = at or clock.now()
    version.note = version.note if note is None else many_lines(note)
    data = {"number": version.number, "title": draft.title, "paragraphs": pieces, "changes": changes}
    journal.record("version.published", door=door, actor=by, group_id=draft.group_id, subject=version, at=at, **data)
    return version


def ask_for_changes(old: Version, new: Version, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Ask for the list of what changed between two published versions as a letter to oneself."""
    require(by, "draft.read", new.draft.group_id)
    rules.both_published(old.published_at, new.published_at)
    data = {"older": old.id, "number": new.number, "before": old.number, "title": new.draft.title}
    journal.record("changes.asked", door=door, actor=by, group_id=new.draft.group_id, subject=new, at=at, **data)


def retie(version: Version, before: str, now: str, *, by: Person, door: str, at: datetime | None = None) -> Version:
    """Say by hand what became of a paragraph: the marks in the version before (`10, 11`), and those in this one; nothing: new, or gone.

    Holds for a published version and for one that is being prepared. Returns the version before.
    """
    draft = version.draft
    require(by, "ties.correct", draft.group_id)
    _lock(Draft, draft.id)
    older = queries.before(version)
    rules.follows_another(version.number, older and older.number)
    old, new, known = queries.between(older, version)
    olds = rules.at_marks(before, [piece.mark for piece in old], older.number)
    news = rules.at_marks(now, [piece.mark for piece in new], version.number)
    found = retied(known, olds, news, old, new)
    _tie(older, version, found, {tie for tie in found if tie.old in olds or tie.new in news})
    db.session.refresh(version, ["published_at"])
    if version.published_at:
        told = {"number": version.number, "title": draft.title, "before": _marks(old, olds), "now": _marks(new, news)}
        journal.record("ties.corrected", door=door, actor=by, group_id=draft.group_id, subject=version, at=at, **told)
    return older


def _marks(pieces: Sequence[Piece], places: Sequence[int]) -> str:
    return ", ".join(f"[{pieces[place].mark}]" for place in places) or "–"


def _corrected(pieces: Sequence[Piece], verb: str, i: int, *args) -> list[Piece]:
    if verb != "split":
        return getattr(repair, verb)(pieces, i, *args)
    for place in sorted(args, reverse=True):
        pieces = repair.split(pieces, i, place)
    return list(pieces)


def _open_for_change(version: Version, by: Person) -> None:
    require(by, "draft.write", version.draft.group_id)
    _lock(Draft, version.draft_id)
    db.session.refresh(version, ["published_at"])
    rules.may_change(version.number, version.published_at)


def _lock(table: type, row_id: int) -> None:
    """One writer at a time on this draft (or group), so that numbers and names are given once."""
    db.session.execute(select(table.id).where(table.id == row_id).with_for_update())


def _lay_down(version: Version, pieces: Sequence[Piece]) -> None:
    """Write the paragraphs of a version anew, all in one statement."""
    rules.fits(pieces)
    _untie(version)
    db.session.execute(delete_from(Paragraph).where(Paragraph.version_id == version.id))
    rows = [
        {"version_id": version.id, "position": position, "kind": piece.kind, "level": piece.level, "number": rules.visible(piece.number),
         "printed": rules.visible(piece.printed), "mark": piece.mark, "text": rules.visible(piece.text),
         "origins": list(piece.origins) or None, "file_id": _picture(piece)}
        for position, piece in enumerate(pieces)
    ]  # fmt: skip
    db.session.execute(insert(Paragraph.__table__), rows)
    db.session.expire(version, ["paragraphs"])


def _picture(piece: Piece) -> int | None:
    """The file of a figure: the one it has, or one that its picture is kept in now."""
    if piece.file_id is not None or not piece.image:
        return piece.file_id
    found = known(piece.image)
    return files.keep(piece.image, f"{piece.mark}.{found.kind}").id if found else None


def _untie(version: Version) -> None:
    """What was said by hand about the paragraphs of a version that is being cut anew holds no more."""
    db.session.execute(delete_from(Tie).where(Tie.new_version_id == version.id))


def _tie(old: Version, new: Version, found: Sequence[Found], by_hand: Collection[Found] = ()) -> dict[str, int]:
    """Record what became of each paragraph, in the place of what was recorded before; `by_hand`: those that a person has said.

    Returns how many of each kind.
    """
    before, after = [[row.id for row in queries.paragraphs(version.id)] for version in (old, new)]
    said = {(tie.old_id, tie.new_id) for tie in queries.ties(old.id, new.id) if tie.by_hand}
    _untie(new)
    rows = [
        {"old_version_id": old.id, "new_version_id": new.id, "old_id": None if tie.old is None else before[tie.old],
         "new_id": None if tie.new is None else after[tie.new], "kind": tie.kind, "confidence": tie.confidence, "by_hand": tie in by_hand}
        for tie in found
    ]  # fmt: skip
    for row in rows:
        row["by_hand"] = row["by_hand"] or (row["old_id"], row["new_id"]) in said
    db.session.execute(insert(Tie.__table__), rows)
    return queries.counted((tie.kind, tie.old, tie.new) for tie in found)
