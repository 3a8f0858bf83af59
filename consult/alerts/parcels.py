"""Pure: a letter whose long text goes as a packed file: how to answer stands in the letter, the text in the file; both are ours."""

from collections.abc import Callable

from consult.alerts.forms import Words, composed
from consult.alerts.layout import wrapped
from consult.outbox.packing import packed

WORTH = 4_000
"""Octets of text from which on packing saves more than the border and the name of the file cost."""
FIRST_SHARE = 3.0
"""How much more text than room is tried first; a text that packs less well is tried with less."""


def parcel(
    head: list[str], rest: list[str], footer: str, name: str, packing: str, said: Callable[[str, int, int], str]
) -> dict[str, object]:  # fmt: skip
    """Everything that such a letter is posted with; `said` tells in the reader's words what the file is called and how large it is."""
    below, pieces = composed("plain", rest, Words(footer))
    below = below.rpartition("\n-- \n")[0].rstrip("\n") + "\n"
    file = packed(below, name, packing)
    line = said(file.name, file.octets, len(below.encode()))
    above = "\n\n".join(map(wrapped, [*head, line])) + "\n\n-- \n" + wrapped(footer) + "\n"
    lines = above.count("\n")
    moved = [piece | {"lines": [at + lines for at in piece["lines"]]} for piece in pieces or []]
    return {"text": above + below, "html": None, "pieces": moved or None, "packed": {"as": packing, "name": name, "lines": lines}}
