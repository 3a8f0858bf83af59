"""Pure: a version as plain text, every piece under its mark, as letters carry it and as a person quotes it."""

from collections.abc import Iterable

from consult.drafts.pieces import Piece


def line(piece: Piece) -> str:
    """One piece: its mark in brackets, its number as printed where that says more than the mark, its words."""
    printed = "" if _bare(piece.printed) == piece.mark else piece.printed
    return " ".join(part for part in (f"[{piece.mark}]", printed, piece.text) if part)


def text(pieces: Iterable[Piece], head: Iterable[str] = ()) -> str:
    """A whole version under some lines that say what it is, pieces parted by empty lines."""
    return "\n\n".join(["\n".join(head), *(line(piece) for piece in pieces)]).strip() + "\n"


def _bare(printed: str) -> str:
    return printed.rstrip(".、． ")
