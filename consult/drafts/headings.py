"""Pure: what reads like a heading, and at which level it stands among the others."""

import re
from collections.abc import Sequence

from consult.drafts.blocks import closes, width
from consult.drafts.numbering import Label, Reading

NUMBERED_WIDTH = 200
"""Columns a numbered heading may take: official section titles are long."""
BARE_WIDTH = 110
"""Columns a heading without a number may take."""
DEEPEST = 6
RANKS = ("ROMAN", "LETTER", "han", "paragraph", "letter", "roman", "digit")
"""How sections nest in official documents: II., A., （一）, 1., (a), (i), (1)."""

ANNEX = re.compile(
    r"(?:annex|annexe|anexo|appendix|appendice|apéndice|приложение|добавление|附件|附录|مرفق|المرفق|تذييل)(?:\W|$|[一二三四五六七八九十\d])",
    re.IGNORECASE,
)
_SECTION_SHAPES = ("ROMAN", "LETTER", "paragraph")


def is_title(text: str, widest: int) -> bool:
    """Whether the words could be a heading: short, no end of a sentence, not going on from a line above."""
    return (
        0 < width(text[: widest + 1]) <= widest and not closes(text) and not text[0].islower() and any(sign.isalpha() for sign in text[:60])
    )


def rank(label: Label, reading: Reading) -> str:
    """The family a numbered heading belongs to."""
    if reading.shape == "roman" and not label.printed.isascii():
        return "han"
    return reading.shape


class Outline:
    """The headings seen so far: which number comes next in each family, and how deep each family stands in this document."""

    def __init__(self, families: Sequence[str]) -> None:
        self._ranks = [family for family in RANKS if family in families]
        self._last: dict[str, int] = {}
        self._level = 0

    def reading(self, label: Label) -> Reading | None:
        """What the number of a section heading means here: the one that goes on, else the first of a new row."""
        possible = [reading for reading in label.readings if reading.shape in _SECTION_SHAPES]
        for wanted in (lambda r: r.value == self._last.get(r.shape, 0) + 1 and r.value > 1, lambda r: r.value == 1, lambda r: True):
            found = next((reading for reading in possible if wanted(reading)), None)
            if found:
                return found
        return None

    def follows(self, family: str, value: int) -> bool:
        """Whether that number begins or continues the row of its family."""
        return value == 1 or value == self._last.get(family, 0) + 1

    def numbered(self, family: str, value: int) -> int:
        """Note a numbered heading; its level."""
        place = self._ranks.index(family) if family in self._ranks else len(self._ranks)
        self._last = {known: last for known, last in self._last.items() if RANKS.index(known) < RANKS.index(family)}
        self._last[family] = value
        self._level = min(place + 1, DEEPEST)
        return self._level

    def decimal(self, number: str) -> int:
        """Note a heading such as 3.2.1; its level is the count of its parts."""
        self._level = min(number.count(".") + 1, DEEPEST)
        return self._level

    def bare(self, text: str) -> int:
        """The level of a heading without a number: below the numbered one it follows."""
        if ANNEX.match(text):
            self._last.clear()
            self._level = 1
            return 1
        if not self._level:
            return 2 if self._ranks else 1
        return min(self._level + 1, DEEPEST)
