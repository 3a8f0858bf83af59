"""Pure: tracked changes, and words changed without tracking, as proposed wordings of the pieces of a version."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from consult.drafts.pieces import Piece
from consult.drafts.placing import SURE
from consult.exchange.matching import Match, squeezed, unnumbered
from consult.exchange.rows import Row
from consult.kit.words import N_
from consult.office.annotations import Annotated, Passage
from consult.office.wordings import Change

GONE = N_("Proposal to delete this paragraph.")
GONE_FROM = N_("Proposal to delete a paragraph that does not stand in this version: “%(words)s”")
MOVED = N_("Proposal to move this paragraph to another place.")
MOVED_HERE = N_("This paragraph, moved from another place, would stand after %(number)s.")
NEW = N_("New paragraph after %(number)s.")
NEW_WORDS = N_("New paragraph after %(number)s: “%(words)s”")
NEW_FIRST = N_("New paragraph before %(number)s: “%(words)s”")
SPLIT = N_("Proposal to divide this paragraph into %(count)s.")
MERGED = N_("Proposal to join this paragraph and the next one.")
JOINED = N_("Proposal to join this paragraph to the one before it.")
STRUCK = N_("Does not want the words “%(words)s”, which somebody else had put in.")
UNPLACED = N_("Proposed for “%(original)s”, which does not stand so in this version: “%(words)s”")
SILENT = N_("Changed in the file without tracking.")
SENTENCES = (
    GONE, GONE_FROM, MOVED, MOVED_HERE, NEW, NEW_WORDS, NEW_FIRST, SPLIT, MERGED, JOINED, STRUCK, UNPLACED, SILENT,
)  # fmt: skip
MOST_SILENT = 0.2
"""Share of the pieces that one reader may have changed without tracking; where more differ, the file was made from another text."""
FEWEST_SILENT = 5

Found = tuple[Row, int | None, float, str]
Say = Callable[[str], str]


def proposals(read: Annotated, pieces: Sequence[Piece], matches: Sequence[Match], say: Say) -> Iterator[Found]:
    """A row for everything one person changed about one paragraph."""
    for change in read.first:
        place = next((found.place for found in matches if found.place is not None), None)
        yield _new_first(change, place, pieces, say)
    last = None
    for passage, found in zip(read.passages, matches, strict=True):
        last = found.place if found.place is not None else last
        for _, own in groupby(sorted(passage.changes, key=lambda change: change.author), key=lambda change: change.author):
            row = _row(passage, found, last, list(own), pieces, say)
            if row:
                yield row


def _new_first(change: Change, place: int | None, pieces: Sequence[Piece], say: Say) -> Found:
    number = _name(pieces[place]) if place is not None else ""
    text = say(NEW_FIRST) % {"number": number, "words": change.text}
    return _made(change, place, pieces, text, ""), place, 1.0 if place is not None else 0.0, "text" if place is not None else "whole"


def _row(passage: Passage, found: Match, last: int | None, own: list[Change], pieces: Sequence[Piece], say: Say) -> Found | None:
    sure = found.place is not None and found.certainty >= SURE
    if not sure and all(change.kind == "new" for change in own) and last is not None:
        found, sure = Match(last, SURE), True  # below an empty line, or below words of their own
    if not sure:
        text = "\n".join(_unplaced(passage, change, say) for change in own)
        return _made(own[0], None, pieces, text, ""), None, 0.0, "whole"
    piece = pieces[found.place]
    told, wording = [], piece.text
    for change in own:
        words, wording = _applied(change, passage, piece, wording, say)
        told += [words] if words else []
    proposed = wording if squeezed(wording) != squeezed(piece.text) else ""
    if not proposed and not told:
        return None
    return _made(own[0], found.place, pieces, "\n".join(told), proposed), found.place, found.certainty, "text"


def _applied(change: Change, passage: Passage, piece: Piece, wording: str, say: Say) -> tuple[str, str]:
    """What a change says in words (empty: its wording says all), and how the piece would read with it."""
    if change.kind == "gone":
        return say(MOVED if change.moved else GONE), wording
    if change.kind == "joined":
        return say(JOINED), wording
    if change.kind == "struck":
        return say(STRUCK) % {"words": change.text}, wording
    if change.kind == "new":
        values = {"number": _name(piece), "words": change.text}
        if piece.kind not in ("paragraph", "item", "list"):
            return say(NEW_WORDS) % values, wording
        return say(MOVED_HERE if change.moved else NEW) % values, f"{wording}\n\n{change.text}"
    text = unnumbered(change.text, piece)
    original = unnumbered(passage.original, piece)
    if squeezed(original) != squeezed(piece.text) and original in piece.text:
        text = piece.text.replace(original, text, 1)
    if change.kind == "split":
        lines = text.split("\n")
        return say(SPLIT) % {"count": len(lines)}, "\n\n".join(lines)
    return (say(MERGED) if change.kind == "merged" else ""), text


def _unplaced(passage: Passage, change: Change, say: Say) -> str:
    if change.kind in ("gone", "joined"):
        return say(GONE_FROM) % {"words": passage.original}
    return say(UNPLACED) % {"original": passage.original, "words": change.text}


def _made(change: Change, place: int | None, pieces: Sequence[Piece], comment: str, proposed: str) -> Row:
    piece = pieces[place] if place is not None else None
    where = {"mark": piece.mark} if piece else {}
    return Row(0, name=change.author, date=change.date, comment=comment, proposed=proposed, **where)


def _name(piece: Piece) -> str:
    return piece.number or f"“{piece.text[:60]}”"


def untracked(read: Annotated, pieces: Sequence[Piece], matches: Sequence[Match], say: Say) -> tuple[tuple[str, ...], list[Found]]:
    """Paragraphs that read differently although nobody tracked a change: a few are proposals, many are only counted (by their words)."""
    found: list[Found] = []
    last = None
    closing = max((at for at, each in enumerate(matches) if each.place is not None), default=-1)
    for at, (passage, each) in enumerate(zip(read.passages, matches, strict=True)):
        if each.place is not None:
            last = each.place
            if not each.same and not each.parted and each.certainty >= SURE and not passage.changes:
                found.append(_silent_wording(passage, each, pieces, say))
        elif last is not None and at < closing and not passage.changes and _says_something(passage.original):
            found.append(_silent_new(passage, last, pieces, say))
    if len(found) > max(FEWEST_SILENT, MOST_SILENT * len(pieces)):
        return tuple(row.proposed or row.comment for row, *_ in found), []
    return (), found


def _says_something(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= 8


def _silent_wording(passage: Passage, found: Match, pieces: Sequence[Piece], say: Say) -> Found:
    piece = pieces[found.place]
    text = unnumbered(passage.original, piece)
    row = Row(0, comment=say(SILENT), proposed=text, mark=piece.mark)
    return row, found.place, found.certainty, "text"


def _silent_new(passage: Passage, last: int, pieces: Sequence[Piece], say: Say) -> Found:
    piece = pieces[last]
    text = say(NEW_WORDS) % {"number": _name(piece), "words": passage.original}
    row = Row(0, comment=f"{say(SILENT)} {text}", mark=piece.mark)
    return row, last, SURE, "text"
