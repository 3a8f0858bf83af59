"""Pure: the automatic numbers of a Word document, as Word prints them.

Word does not store "12 (b)": it stores which list a paragraph belongs to, and the number is counted while reading. Lists that share a
definition share their count; a list of its own may start again; each level restarts below a higher one unless it is told not to.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from consult.drafts.numbering import letters, roman
from consult.office.ooxml import child, children, flag, integer, value

_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HAN = "〇一二三四五六七八九"
BULLETS = ("bullet",)
LEVELS = 9


@dataclass
class Level:
    """One level of a list: how its number looks and when it starts again."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass
class List:
    """A list as paragraphs name it: its definition, its levels, and the levels it starts anew."""

    definition: str
    levels: dict[int, Level]
    fresh: dict[int, int] = field(default_factory=dict)


class Lists:
    """All lists of a document, counting as it is read from the top."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._lists: dict[str, List] = _lists(numbering) if numbering is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level a list gives to a paragraph style, 0 when it names none."""
        known = self._lists.get(list_id)
        return next((depth for depth, level in known.levels.items() if level.style == style), 0) if known else 0

    def step(self, list_id: str, depth: int) -> tuple[str, bool] | None:
        """Count one paragraph of that list and level: the number as printed and whether it is a bullet; None outside any list."""
        known = self._lists.get(list_id)
        level = known.levels.get(depth) if known else None
        if known is None or level is None:
            return None
        counts = self._counts.setdefault(known.definition, {})
        self._count(list_id, known, depth, counts)
        if level.format in BULLETS:
            return "•", True
        return _printed(known, level, counts), False

    def _count(self, list_id: str, known: List, depth: int, counts: dict[int, int]) -> None:
        if depth in known.fresh and (list_id, depth) not in self._begun:
            counts[depth] = known.fresh[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else known.levels[depth].start
        self._begun.add((list_id, depth))
        for below in [deeper for deeper in counts if deeper > depth]:
            restart = known.levels[below].restart if below in known.levels else None
            if restart is None or depth < restart:
                del counts[below]


def _printed(known: List, level: Level, counts: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = known.levels.get(depth, Level())
        count = counts.get(depth, other.start)
        return shown(count, "decimal" if level.legal else other.format)

    return re.sub(r"%([1-9])", number, level.text).strip()


def shown(count: int, format_: str) -> str:
    """A count in one of Word's number formats; unknown formats as decimal."""
    count = max(count, 0)
    make = _FORMATS.get(format_)
    return make(count) if make and (count or format_ == "none") else str(count)


def _from(alphabet: str) -> Callable[[int], str]:
    return lambda count: alphabet[(count - 1) % len(alphabet)] * (1 + (count - 1) // len(alphabet))


def _chinese(count: int) -> str:
    """Counting as people say it, 十二 and 一百二十三; plain figures from ten thousand on."""
    if count >= 10_000:
        return str(count)
    said = ""
    gap = False
    for worth, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // worth % 10
        if digit:
            said += ("〇" if gap and said else "") + _HAN[digit] + sign
        gap = not digit
    return said[1:] if 10 <= count < 20 else said


def _digits(signs: str) -> Callable[[int], str]:
    return lambda count: "".join(signs[int(digit)] for digit in str(count))


def _ordinal(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _enclosed(first: int, most: int) -> Callable[[int], str]:
    return lambda count: chr(first + count - 1) if count <= most else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda count: letters(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "ordinal": _ordinal,
    "arabicAbjad": _from(_ABJAD),
    "arabicAlpha": _from(_ALPHA),
    "russianLower": _from(_RUSSIAN),
    "russianUpper": _from(_RUSSIAN.upper()),
    "ideographDigital": _digits(_HAN),
    "japaneseDigitalTenThousand": _digits(_HAN),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _enclosed(0x2460, 20),
    "decimalEnclosedCircleChinese": _enclosed(0x2460, 20),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "numberInDash": lambda count: f"- {count} -",
} | dict.fromkeys(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"), _chinese
)


def _lists(numbering: etree._Element) -> dict[str, List]:
    definitions = {value(one, "abstractNumId"): one for one in children(numbering, "abstractNum")}
    by_style = {value(link): key for key, one in definitions.items() if (link := child(one, "styleLink")) is not None}
    found = {}
    for one in children(numbering, "num"):
        key = value(child(one, "abstractNumId"))
        linked = value(child(definitions.get(key), "numStyleLink"))
        key = by_style.get(linked, key) if linked else key
        found[value(one, "numId")] = _list(one, key, definitions.get(key))
    return found


def _list(num: etree._Element, key: str, definition: etree._Element | None) -> List:
    levels = {integer(value(level, "ilvl"), 0): _level(level) for level in children(definition, "lvl")}
    made = List(key, levels)
    for override in children(num, "lvlOverride"):
        depth = integer(value(override, "ilvl"), 0)
        own = child(override, "lvl")
        if own is not None:
            made.levels[depth] = _level(own)
        start = child(override, "startOverride")
        if start is not None:
            made.fresh[depth] = integer(value(start), 1)
    return made


def _level(level: etree._Element) -> Level:
    restart = child(level, "lvlRestart")
    return Level(
        start=integer(value(child(level, "start")), 1),
        format=value(child(level, "numFmt")) or "decimal",
        text=value(child(level, "lvlText")),
        restart=None if restart is None else integer(value(restart), 0),
        legal=flag(child(level, "isLgl")),
        style=value(child(level, "pStyle")),
    )
