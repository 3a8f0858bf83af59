"""Pure: a version as Markdown (CommonMark, with the tables of GFM): numbers as printed, and no words of it taken for markup."""

import re
from collections.abc import Iterable, Sequence

from consult.drafts.pieces import rows

_SIGNS = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|(?<=\])\(")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_AT_START = re.compile(r"(?m)^(\s*)([#>+=~-])")


def escaped(text: str) -> str:
    """Words as words: signs that Markdown would take for emphasis, code, tags, links, headings or lists stand behind a backslash."""
    safe = _AT_START.sub(r"\1\\\2", _SIGNS.sub(lambda sign: "\\" + sign[0], text))
    return _ENTITY.sub("&amp;", safe).replace("<", "&lt;")


def markdown(head: Sequence[str], pieces: Iterable) -> str:
    """A version below its title and the lines that say what it is. `pieces`: rows with kind, level, printed, text."""
    title, *about = (escaped(line) for line in head)
    written = [f"# {title}", "  \n".join(about), *(_written(piece) for piece in pieces)]
    return "\n\n".join(block for block in written if block) + "\n"


def _written(piece) -> str:
    if piece.kind == "table":
        return "\n\n".join(filter(None, [escaped(piece.printed), _table(piece.text)]))
    text = escaped(piece.text)
    if piece.kind == "heading":
        return f"{'#' * min(6, piece.level + 1)} {piece.printed} {' '.join(text.split())}".replace("  ", " ")
    if piece.kind == "list":
        deep = "  " * max(0, piece.level - 1)
        bullet = "-" if not any(sign.isalnum() for sign in piece.printed) else f"- {piece.printed}"
        return f"{deep}{bullet} " + text.replace("\n", f"  \n{deep}  ")
    printed = escaped(piece.printed)
    return f"{printed} {text}".strip().replace("\n", "  \n")


def _table(text: str) -> str:
    """The first row as the head, because a table of Markdown has one."""
    table = [[escaped(cell).replace("|", "\\|") for cell in row] for row in rows(text)]
    count = max(map(len, table))
    lines = ["| " + " | ".join(row + [""] * (count - len(row))) + " |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * count, *lines[1:]])
