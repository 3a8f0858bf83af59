"""Pure: correcting a mistake of the cutter before a version is published. Each correction gives a new row of pieces, marks reassigned."""

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.drafts.blocks import joined
from consult.drafts.pieces import KINDS, Piece, marked
from consult.errors import Refused
from consult.kit.words import N_

LONGEST_NUMBER = 60
_WHOLE = re.compile(r"(\d{1,4})(?: (?:bis|ter|quater))?")
DEEPEST = {"heading": 6, "item": 4}


def merge(pieces: Sequence[Piece], i: int) -> list[Piece]:
    """Join a piece to the one before it, as one piece; its own printed number becomes part of the words."""
    piece = _get(pieces, i)
    if i == 0:
        raise Refused(N_("The first paragraph has none before it to be joined to."))
    before = pieces[i - 1]
    if "figure" in (before.kind, piece.kind):
        raise Refused(N_("A picture cannot be joined to a paragraph."))
    words = joined(piece.printed, piece.text) if piece.printed else piece.text
    if "table" in (before.kind, piece.kind):
        text = f"{before.text}\n{words}".strip("\n")
    else:
        text = joined(before.text, words)
    origins = tuple(dict.fromkeys(before.origins + piece.origins))
    return marked([*pieces[: i - 1], replace(before, text=text, origins=origins), *pieces[i + 1 :]])


def split(pieces: Sequence[Piece], i: int, at: int) -> list[Piece]:
    """Part a piece in two at a character of its text; the second part has no number until it is given one."""
    piece = _get(pieces, i)
    first, second = piece.text[: max(at, 0)].rstrip(), piece.text[max(at, 0) :].lstrip()
    if not first or not second:
        raise Refused(N_("A paragraph can only be split between two of its words."))
    kind = piece.kind if piece.kind in ("table", "list", "note") else "paragraph"
    rest = Piece(kind, 0, "", "", second, origins=piece.origins)
    return marked([*pieces[:i], replace(piece, text=first), rest, *pieces[i + 1 :]])


def reword(pieces: Sequence[Piece], i: int, text: str) -> list[Piece]:
    """Give a piece other words; it keeps its number and its place."""
    piece = _get(pieces, i)
    text = text.strip()
    if not text:
        raise Refused(N_("Nothing would be left of the paragraph. Take it out instead."))
    return marked([*pieces[:i], replace(piece, text=text), *pieces[i + 1 :]])


def insert(pieces: Sequence[Piece], i: int, new: Sequence[Piece]) -> list[Piece]:
    """Put new pieces after a piece (after -1: at the beginning)."""
    if not -1 <= i < len(pieces):
        raise Refused(N_("There is no such paragraph in this version."))
    if not new:
        raise Refused(N_("Write the new paragraph first."))
    return marked([*pieces[: i + 1], *new, *pieces[i + 1 :]])


def remove(pieces: Sequence[Piece], i: int) -> list[Piece]:
    """Take a piece out."""
    _get(pieces, i)
    if len(pieces) == 1:
        raise Refused(N_("It is the only paragraph. Send another text instead, or delete this version."))
    return marked([*pieces[:i], *pieces[i + 1 :]])


def shift(pieces: Sequence[Piece], i: int, after: int) -> list[Piece]:
    """Move a piece to behind another one (behind -1: to the beginning)."""
    piece = _get(pieces, i)
    if not -1 <= after < len(pieces) or after == i:
        raise Refused(N_("There is no such place in this version."))
    without = [*pieces[:i], *pieces[i + 1 :]]
    place = after + 1 if after < i else after
    return marked([*without[:place], piece, *without[place:]])


def count(pieces: Sequence[Piece], i: int = 0) -> list[Piece]:
    """Number the paragraphs consecutively from piece `i` on, 13 bis included, their items with them; headings keep their numbers."""
    _get(pieces, i)
    following, held, counted = 0, {}, []
    for place, piece in enumerate(pieces):
        own = _WHOLE.fullmatch(piece.number) if piece.kind == "paragraph" and place >= i else None
        if own:
            following = following + 1 if following else int(own[1])
            held = {piece.number: str(following)}
        stem = next((stem for stem in held if piece.number == stem or piece.number.startswith(stem + " (")), None) if held else None
        counted.append(_recounted(piece, stem, held[stem]) if stem and held[stem] != stem else piece)
    return marked(counted)


def _recounted(piece: Piece, was: str, now: str) -> Piece:
    number = now + piece.number[len(was) :]
    return replace(piece, number=number, printed=_printed(piece, number) if piece.kind == "paragraph" else piece.printed)


def renumber(pieces: Sequence[Piece], i: int, number: str) -> list[Piece]:
    """Give a piece another number; an empty one takes its number away."""
    piece = _get(pieces, i)
    number = " ".join(number.split())
    if len(number) > LONGEST_NUMBER:
        raise Refused(N_("A paragraph number has at most %(most)s characters."), most=LONGEST_NUMBER)
    return marked([*pieces[:i], replace(piece, number=number, printed=_printed(piece, number)), *pieces[i + 1 :]])


def relevel(pieces: Sequence[Piece], i: int, kind: str, level: int) -> list[Piece]:
    """Say what a piece is: a heading of level 1–6, an item of level 1–4, a paragraph, a table, a list point, a note."""
    piece = _get(pieces, i)
    if kind not in KINDS:
        raise Refused(N_("A piece of a draft is a heading, a paragraph, an item, a table, a list point or a note."))
    if (kind == "figure") != (piece.kind == "figure"):
        raise Refused(N_("A picture stays a picture, and nothing else can become one."))
    deepest = DEEPEST.get(kind, 0)
    if kind in DEEPEST and not 1 <= level <= deepest:
        raise Refused(N_("The level is a number from 1 to %(deepest)s."), deepest=deepest)
    return marked([*pieces[:i], replace(piece, kind=kind, level=min(level, deepest) if deepest else 0), *pieces[i + 1 :]])


def _get(pieces: Sequence[Piece], i: int) -> Piece:
    if not 0 <= i < len(pieces):
        raise Refused(N_("There is no such paragraph in this version."))
    return pieces[i]


def _printed(piece: Piece, number: str) -> str:
    """How a corrected number is printed: an item shows its last part, a paragraph or a section its number and a full stop."""
    if not number:
        return ""
    if piece.kind == "item":
        return number.rpartition(" ")[2]
    return number if number.endswith(")") else f"{number}."
