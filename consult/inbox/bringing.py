"""Files that came back with an answer to a round: their remarks are entered as if they had been written into the letter."""

from datetime import datetime

from flask_babel import force_locale

from consult.drafts import plain
from consult.drafts import queries as drafts
from consult.drafts.labels import head
from consult.drafts.pictures import in_words
from consult.errors import Refused
from consult.exchange import taking
from consult.exchange.rows import Row, Sheet
from consult.exchange.word import Placed, Returned
from consult.inbox import kits, reading, rules
from consult.inbox.reading import Remark
from consult.inbox.results import Result
from consult.inbox.returned import Brought, Filled
from consult.kit.words import N_
from consult.office.annotations import Annotated
from consult.people.models import Person
from consult.review.grammar import NAMES
from consult.review.models import Round

NOTHING_IN_IT = N_(
    "%(name)s holds no comments and no tracked changes. Write into it with comments or with Track Changes, and send it again."
)
NOTHING_NEW_IN_IT = N_("%(name)s holds nothing new: its %(count)s comments stand in the round already.")
UNLIKE = N_(
    "%(name)s: %(count)s paragraphs read differently from this version without any tracked change; they were not taken as proposals. "
    "Turn on Track Changes in Word, or write what you want changed into a comment."
)


def enter(on: Round, file: Brought, result: Result, *, author: Person, by: Person, verified: bool, at: datetime) -> None:
    """The remarks of one Word file; what cannot be entered is among the result's failures, with the reason."""
    named = Remark(None, file.name)
    if isinstance(file.said, Filled):
        kits.enter(on, file, result, author=author, by=by, verified=verified, at=at)
        return
    try:
        if file.refused is not None:
            raise file.refused
        with force_locale(author.language):
            found = _understood(on, file.said, author, result)
            taken = taking.take(on, found, author=author, by=by, door="mail", verified=verified, at=at)
    except Refused as refused:
        result.failures.append((named, refused))
        return
    result.files += 1
    _write_down(taken, result)
    result.failures += [(_remark(each), refused) for each, refused in taken.failures]
    result.failures += [(named, why) for why in _wanting(file, found)]


def _understood(on: Round, said: Annotated | Sheet | str, author: Person, result: Result) -> Returned:
    if isinstance(said, str):
        return _of_text(on, said, author, result)
    if isinstance(said, Sheet):
        result.failures += [(Remark(None, " | ".join(bad.said)), Refused(bad.reason, **bad.values)) for bad in said.bad]
        return taking.from_sheet(on, said, author)
    return taking.understand(on, said, author)


def _of_text(on: Round, text: str, author: Person, result: Result) -> Returned:
    """The remarks in a plain text of the version that came back annotated."""
    pieces = drafts.pieces(on.version_id)
    order = {piece.mark: place for place, piece in enumerate(pieces)}
    read = reading.remarks(text, plain.text(in_words(pieces), head(on.version, author.zone)), list(order))
    result.unknown += read.unknown
    rows = []
    for number, remark in enumerate(read.remarks, 1):
        words = reading.sanitised(rules.named_range(remark.marks, list(order)) + remark.text)
        row = Row(number, mark=remark.mark or "", type=NAMES.get(remark.type or "", ""), comment=words, proposed=remark.proposed or "")
        rows.append(Placed(row, order.get(remark.mark), 1.0, "text" if remark.mark else "whole"))
    return Returned(rows)


def _write_down(taken: taking.Taken, result: Result) -> None:
    for each, made in taken.made:
        result.comments.append(made)
        result.understood.append({"type": "comment", "id": made.id, "mark": each.row.mark})
    result.known += taken.known
    result.thread += taken.answers
    result.understood += [
        {"type": "answer", "id": made.id, "mark": made.comment.paragraph.mark if made.comment.paragraph else ""} for made in taken.answers
    ]


def _wanting(file: Brought, found: Returned) -> list[Refused]:
    """What the sender should know about the file as a whole."""
    if found.unlike:
        return [Refused(UNLIKE, name=file.name, count=len(found.unlike))]
    if found.known and not found.placed:
        return [Refused(NOTHING_NEW_IN_IT, name=file.name, count=len(found.known))]
    return [] if found.placed else [Refused(NOTHING_IN_IT, name=file.name)]


def _remark(each: Placed) -> Remark:
    return Remark(each.row.mark or None, each.row.comment, None, each.row.proposed or None)
