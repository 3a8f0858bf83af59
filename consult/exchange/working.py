"""The worker's part: files are read in short steps by a child process, and entered whole in one transaction.

A worker that dies while reading is followed by another, which reads the file again and keeps what is not kept yet; one that dies while
entering leaves nothing behind, and the next one enters everything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import insert

from consult.drafts import queries as drafts
from consult.errors import NotFound, Refused
from consult.exchange import keys, queries, rules
from consult.exchange.entering import enter
from consult.exchange.knowing import Twins, once, travelled
from consult.exchange.models import Import, ImportRow
from consult.exchange.unpacking import About, Head, Ready, Standing
from consult.exchange.word import SENTENCES
from consult.extensions import db, transaction
from consult.files import queries as files
from consult.kit import clock
from consult.office.child import Child
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Round

STEP_SECONDS = 0.8
LEASE = timedelta(seconds=30)
LINES: list[Callable[[int], list]] = []
"""Who knows where each paragraph begins on paper: asked with a version's number, gives [page, line, position] or refuses."""


@dataclass
class _Reading:
    """A file on its way through a child of this process."""

    child: Child
    twins: Twins
    last: int
    done: int = 0


def _open() -> dict[int, _Reading]:
    """The files that are on their way in this process."""
    return current_app.extensions.setdefault("consult.imports", {})


def work(now: datetime, only: int | None = None) -> int:
    """One step of what is due: a portion of a file read, or a file entered. Returns how many steps were done. `only`: of that file."""
    return _read_some(now, only) or _enter_one(now, only)


def looked_at(on: Round, data: bytes, name: str, template: str = "") -> Iterator[Head | list[Ready]]:
    """The head of a file and its rows as they would be kept, when nothing is to be kept."""
    child = _child(on, data, name, template, {})
    try:
        while not child.ended:
            yield from child.take(STEP_SECONDS)
    finally:
        child.close()


def _read_some(now: datetime, only: int | None) -> int:
    with transaction():
        mine = [each for key in _open() if only in (None, key) and (each := db.session.get(Import, key))]
        which = mine[0] if mine else db.session.scalar(queries.due("waiting", now, only))
        if which is None:
            return 0
        number, alive = which.id, which.state == "waiting"
        which.leased_until = now + LEASE
        try:
            reading = _open()[number] = _open().get(number) or _begun(which)
        except NotFound as missing:
            _failed(which, missing)
            return 1
    try:
        pieces = reading.child.take(STEP_SECONDS) if alive else []
        with transaction():
            _keep(db.session.get(Import, number, with_for_update={"of": Import}), reading, pieces)
    except Refused as refused:
        _forget(number)
        with transaction():
            _failed(db.session.get(Import, number), refused)
    except BaseException:
        _forget(number)
        raise
    return 1


def _begun(which: Import) -> _Reading:
    child = _child(which.round, files.content(which.file), which.file.name, which.template, which.options.get("columns", {}), _owner(which))
    return _Reading(child, Twins(which.round_id), queries.last_number(which.id))


def _child(on: Round, data: bytes, name: str, template: str, columns: dict[str, str], owner: Person | None = None) -> Child:
    paragraphs = [Standing(*row[: len(Standing._fields)]) for row in drafts.paragraphs(on.version_id)]
    usual = "general" if not on.types or "general" in on.types else on.types[0]
    lines = _lines(on.version_id, paragraphs)
    return Child("consult.exchange.unpacking:unpack", data, name, template, columns, paragraphs, lines, usual, _about(on, owner, name))


def _about(on: Round, owner: Person | None, name: str) -> About:
    """What a Word file is read by; other files need nothing of it."""
    if not name.lower().endswith((".docx", ".docm")):
        return About()
    with force_locale(owner.language if owner else on.version.draft.language):
        words = {sentence: gettext(sentence) for sentence in SENTENCES}
    return About(on.version.number, travelled(on), owner.name if owner else "", words)


def _owner(which: Import) -> Person:
    """Whose file it is."""
    return people.get_person(which.options["person"]) if which.options.get("person") else which.by


def _lines(version_id: int, paragraphs: list[Standing]) -> list[tuple[int, int, int]]:
    at = {each.position: each.id for each in paragraphs}
    for ask in LINES:
        try:
            return sorted((page, line, at[position]) for page, line, position in ask(version_id) if position in at)
        except Refused:
            continue
    return []


def _keep(which: Import, reading: _Reading, pieces: list) -> None:
    """What the child has handed over; at the end the file waits to be looked through."""
    if which.state != "waiting":
        _forget(which.id)
        return
    for piece in pieces:
        if isinstance(piece, Head):
            which.template, which.total = piece.template, piece.total
            about = {"heads": piece.columns, "title": piece.title, "skipped": piece.skipped}
            which.options = which.options | about | {"notes": [rules.problem(sentence, values) for sentence, values in piece.notes]}
        else:
            _keep_rows(which, reading, [row for row in piece if row.number > reading.last])
            reading.done += len(piece)
    which.done = max(which.done, reading.done)
    which.leased_until = clock.now() + LEASE
    if reading.child.ended:
        which.state, which.done, which.leased_until = "preview", which.total, None
        _forget(which.id)


def _keep_rows(which: Import, reading: _Reading, ready: list[Ready]) -> None:
    known = queries.known_by_once([once(which.round_id, row.key) for row in ready if row.key])
    whom = _whom(which)
    values = []
    for row in ready:
        comment_id = None
        if row.state in ("good", "doubtful"):
            who = keys.people(row.said.get("name", ""), row.said.get("organization", ""), *row.said.get("on_behalf_of", ())) or whom
            comment_id = known.get(once(which.round_id, row.key)) or reading.twins.of(
                row.words, row.spot.paragraph_id, row.place, who | whom
            )
        values.append({
            "import_id": which.id, "number": row.number, "said": row.said, "key": row.key, "paragraph_id": row.spot.paragraph_id,
            "how": row.spot.how, "certainty": row.spot.certainty, "problem": rules.problem(row.problem, row.values),
            "state": "known" if comment_id else row.state, "comment_id": comment_id, "html": row.html,
        })  # fmt: skip
    if values:
        db.session.execute(insert(ImportRow), values)


def _whom(which: Import) -> set[str]:
    """The names under which rows that name nobody are said: those the officer chose, or whoever brought the file."""
    if behalf := which.options.get("behalf"):
        return keys.people(behalf)
    return keys.people(_owner(which).name)


def _failed(which: Import, refused: Refused) -> None:
    which.state, which.reason, which.leased_until = "failed", rules.problem(refused.reason, refused.values), None
    which.finished_at = clock.now()


def _forget(number: int) -> None:
    if reading := _open().pop(number, None):
        reading.child.close()


def _enter_one(now: datetime, only: int | None) -> int:
    with transaction():
        which = db.session.scalar(queries.due("wanted", now, only))
        if which is None:
            return 0
        enter(which, now)
    return 1
