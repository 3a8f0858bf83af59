"""Pure: pieces as the press sets them, and the page and line on which each of them begins."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from unicodedata import east_asian_width

from consult.drafts.pieces import rows

WIDEST, NARROWEST = 60, 8
"""Signs: a column of a table is never set narrower or wider than for so many, against the others."""


def laid_out(pieces: Sequence, pictures: Mapping[int, str]) -> list[dict]:
    """Each piece with what its setting needs: `level` of a heading, `deep`, `hangs`, the `cells` of a table, a figure's `image`."""
    made, levels = [], _heading_levels(pieces)
    for at, piece in enumerate(pieces):
        data = {"kind": piece.kind, "printed": piece.printed, "text": piece.text, "level": levels.get(at, 1)}
        data["deep"] = piece.level if piece.kind in ("item", "list") else 0
        data["hangs"] = piece.kind in ("item", "list")
        data["first"] = piece.kind == "note" and (at == 0 or pieces[at - 1].kind != "note")
        if piece.kind == "table":
            data["cells"], data["widths"] = _table(piece.text)
        if piece.kind == "figure":
            data["image"] = pictures.get(piece.file_id, "")
        made.append(data)
    return made


def _heading_levels(pieces: Sequence) -> dict[int, int]:
    """Levels that begin with 1 and never leave one out, as those who have a document read to them need it (PDF/UA-1)."""
    found, stack = {}, []
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            while stack and stack[-1] >= piece.level:
                stack.pop()
            stack.append(piece.level)
            found[at] = len(stack)
    return found


def _table(text: str) -> tuple[list[str], list[int]]:
    """The cells of a table in one row, short rows filled up, and how wide each column is against the others."""
    table = rows(text)
    count = max(len(row) for row in table)
    table = [row + [""] * (count - len(row)) for row in table]
    widths = [min(WIDEST, max(NARROWEST, *(width(cell) for cell in column))) for column in zip(*table, strict=True)]
    return [cell for row in table for cell in row], widths


def width(text: str) -> int:
    """How many columns a text takes in one line; a Han character takes two."""
    return len(text) + sum(east_asian_width(sign) in "WF" for sign in text)


def label_size(label: str) -> int:
    """The size, in points, at which a label runs once across the page."""
    return max(16, min(56, 1150 // max(1, width(label))))


def lines_of(pieces: Sequence, lines: Sequence) -> list[list[int]]:
    """[page, line, position] for each piece. `pieces` and `lines`: (page, height in points, number), as the press found them.

    A piece begins on the line of its own height; one that stands in no counted line on the next one of its page, or on the last.
    """
    by_page = {page: sorted((y, number) for _, y, number in found) for page, found in groupby(sorted(lines), key=lambda line: line[0])}
    return [[page, _line(by_page.get(page, []), y), position] for page, y, position in pieces]


def _line(lines: list[tuple[float, int]], height: float) -> int:
    below = next((number for y, number in lines if y > height - 1), None)
    return below if below is not None else (lines[-1][1] if lines else 1)
