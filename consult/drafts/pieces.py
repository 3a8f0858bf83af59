"""Pure: the pieces of a text, what a person can point at and comment on.

A draft is a row of pieces: headings, numbered paragraphs, their sub-items, tables, list points, figures and notes. Each keeps the number
as it was printed and carries a mark, the short unique name that letters show as `[12]` and that a person types back.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

KINDS = ("heading", "paragraph", "item", "table", "list", "note", "figure")
"""What a piece can be: a list piece is one point of a bulleted or locally numbered list, the text of a figure says what it shows."""

LETTERS = {"heading": "h", "figure": "f"}
"""Kinds whose marks do not come from their numbers."""

RULE = "- - - - -"


@dataclass(frozen=True)
class Piece:
    """One addressable piece of a version: kind, level, number for a person, number as printed, text, and mark.

    `origins`: the paragraphs of the version before that it was written from, by their numbers in the database; none where nobody knows.
    A figure has its picture as the bytes that were just read (`image`), or as the file it is kept in (`file_id`).
    """

    kind: str
    level: int
    number: str
    printed: str
    text: str
    mark: str = ""
    origins: tuple[int, ...] = ()
    image: bytes = field(default=b"", repr=False, compare=False)
    file_id: int | None = field(default=None, compare=False)


def marked(pieces: Iterable[Piece]) -> list[Piece]:
    """Give every piece its mark: `12(a)` for numbered ones, `h1`… for headings, `f1`… for figures, `u1`… for the rest.

    A repeated number gets `-2`."""
    taken: set[str] = set()
    counts = {"h": 0, "f": 0, "u": 0}
    repeats: dict[str, int] = {}
    result = []
    for piece in pieces:
        mark = _free_mark(_wished_mark(piece, counts), taken, repeats)
        taken.add(mark)
        result.append(replace(piece, mark=mark))
    return result


def _wished_mark(piece: Piece, counts: dict[str, int]) -> str:
    wished = "" if piece.kind in LETTERS else re.sub(r"[^A-Za-z0-9().-]", "", piece.number)
    if wished and wished[0] not in "hfu":
        return wished
    letter = LETTERS.get(piece.kind, "u")
    counts[letter] += 1
    return f"{letter}{counts[letter]}"


def _free_mark(wished: str, taken: set[str], repeats: dict[str, int]) -> str:
    mark = wished
    while mark in taken:
        repeats[wished] = repeats.get(wished, 1) + 1
        mark = f"{wished}-{repeats[wished]}"
    return mark


def rows(table_text: str) -> list[list[str]]:
    """The cells of a table piece, row by row."""
    return [row.split(" | ") for row in table_text.split("\n")]


def write(pieces: Sequence[Piece]) -> str:
    """Write pieces out as plain text that a person can read, edit and give back to be cut again."""
    written = []
    ruled = False
    for index, piece in enumerate(pieces):
        if _needs_rule(pieces, index) and not ruled:
            written.append(RULE)
            ruled = True
        written.append(_written(piece))
    return "\n\n".join(written) + "\n" if written else ""


def _needs_rule(pieces: Sequence[Piece], index: int) -> bool:
    """Trailing notes are told from paragraphs by the rule that UN documents end with."""
    return pieces[index].kind == "note" and all(later.kind == "note" for later in pieces[index:])


def _written(piece: Piece) -> str:
    if piece.kind == "table":
        return "\n".join(f"| {row} |" for row in piece.text.split("\n"))
    return f"{piece.printed} {piece.text}".strip()
