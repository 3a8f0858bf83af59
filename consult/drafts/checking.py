"""Pure: looking over a cut text before it is published: how much was found, and where the numbering gives reason to look."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consult.drafts.pieces import Piece

_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Doubt:
    """A place an officer should look at: the number there and the one before it.

    `kind`: gap, repeat, back, again (the numbering begins again), point (taken for a point of a list).
    """

    kind: str
    position: int
    number: str
    before: str = ""


@dataclass(frozen=True)
class Findings:
    """What the cutter found: pieces of each kind, how many paragraphs are numbered, the highest number, and the doubts."""

    kinds: dict[str, int]
    numbered: int
    highest: str
    doubts: tuple[Doubt, ...]


def look_over(pieces: Sequence[Piece]) -> Findings:
    """Count the pieces and walk along the paragraph numbers: what is missing, repeated or out of order is pointed out, never corrected."""
    numbered = [(place, piece.number) for place, piece in enumerate(pieces) if piece.kind == "paragraph" and _value(piece.number)]
    highest = max((number for _, number in numbered), key=_value, default="")
    doubts = sorted([*_along(numbered), *_repeated_items(pieces), *_points_out_of_row(pieces)], key=lambda doubt: doubt.position)
    return Findings(dict(Counter(piece.kind for piece in pieces)), len(numbered), highest, tuple(doubts))


def _value(number: str) -> int:
    """What counts in a row of paragraphs: 12 for `12` and for `12 bis`; 0 for what is no plain number."""
    found = _NUMBER.match(number)
    return int(found[1]) if found and "." not in number and "(" not in number else 0


def _along(numbered: Sequence[tuple[int, str]]) -> list[Doubt]:
    doubts: list[Doubt] = []
    seen: set[str] = set()
    before = ""
    for place, number in numbered:
        value, last = _value(number), _value(before)
        if number in seen and value == 1:
            doubts.append(Doubt("again", place, number, before))
            seen = set()
        elif number in seen:
            doubts.append(Doubt("repeat", place, number, before))
        elif value > last + 1:
            doubts.append(Doubt("gap", place, number, before))
        elif value < last:
            doubts.append(Doubt("back", place, number, before))
        seen.add(number)
        before = number
    return doubts


def _repeated_items(pieces: Sequence[Piece]) -> list[Doubt]:
    """Two items with one number under the same paragraph; a number that begins again in an annex is not one."""
    doubts, seen = [], set()
    for place, piece in enumerate(pieces):
        if piece.kind == "paragraph":
            seen = set()
        if piece.kind == "item" and piece.number:
            if piece.number in seen:
                doubts.append(Doubt("repeat", place, piece.number))
            seen.add(piece.number)
    return doubts


def _points_out_of_row(pieces: Sequence[Piece]) -> list[Doubt]:
    """A list begins at 1 and runs on by one; a point that does neither may be a paragraph whose number is out of order."""
    doubts, last = [], 0
    for place, piece in enumerate(pieces):
        value = _value(piece.printed.rstrip(".、．) ")) if piece.kind == "list" else 0
        if value > 1 and value != last + 1:
            doubts.append(Doubt("point", place, piece.printed))
        last = value
    return doubts
