"""Pure: the printed numbers of paragraphs, items and sections in the six languages, and the one number each of them means.

References are the same in all languages of an official document: `㈠`, `（一）` and `(i)` are one number, so are `(а)`, `(أ)` and `(a)`.
A printed number may have several readings (`(i)` is the first Roman or the ninth letter); which one holds is told by its neighbours.
"""

import re
from dataclasses import dataclass

_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшэюя"
_LOOKALIKE = dict(zip("асеорхіј", "aceopxij", strict=True))
_ORDINALS = ("أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا")
_LETTER_NAMES = ("ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء")
_SUFFIXES = {
    "bis": "bis", "ter": "ter", "quater": "quater", "quinquies": "quinquies",
    "sexies": "sexies", "septies": "septies",
    "octies": "octies", "бис": "bis", "тер": "ter", "مكررا": "bis",
    "مكرر": "bis", "مكرراً": "bis", "之二": "bis", "之三": "ter", "之四": "quater",
}  # fmt: skip
_HAN = "一二三四五六七八九"
_ENCLOSED_HAN = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW |= {0x3000: " ", 0x00A0: " ", 0x202F: " ", 0xFF61: "."}
_NARROW |= {base + digit: str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
_NARROW |= {ord(quote): "'" for quote in "‘’‛′"}

_END = r"(?=\s|$)"
_WIDE = r"(?=[\s\u0600-\u06ff\u2e80-\u9fff\uf900-\ufaff]|$)"
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4})[.、]?" + _END)
_DIGITS = re.compile(
    r"(\d{1,4})(?:\s?(" + "|".join(sorted(_SUFFIXES, key=len, reverse=True)) + r")|([A-Za-z]))?\s?(?:[.、](?!\d)|-" + _WIDE + ")",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\(\s*([A-Za-z]{1,6}|\d{1,3}|[一二三四五六七八九十]{1,3}|[а-яіј]|[\u0621-\u064a]ـ?)\s*\)")
_QUOTED = re.compile(r"'(\d{1,2})'")
_HALF = re.compile(r"([a-z]{1,5}|[A-Z]|\d{1,3}|[а-я]|[\u0621-\u064a]ـ?)\s?\)")
_DOTTED = re.compile(r"([A-Z]{1,6}|[a-z]{1,5}|[а-я])\." + _END + r"|([一二三四五六七八九十]{1,3})[.、]|([\u0621-\u064a]ـ?)\s?[.-]" + _WIDE)
_NAMED = re.compile("(" + "|".join(_ORDINALS + _LETTER_NAMES) + r")[\u064b-\u0652]?\s?[.:-]" + _WIDE)
_ENCLOSED = re.compile(f"[{_ENCLOSED_HAN}{_CIRCLED}]")
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")

_ROMAN_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One meaning of a printed number: its shape and its place in the row.

    Shapes are `paragraph`, `decimal`, `ROMAN`, `LETTER`, `letter`, `roman` and `digit`.
    """

    shape: str
    value: int


@dataclass(frozen=True)
class Label:
    """A printed number at the start of a line: as printed, what it may mean, and the text after it."""

    printed: str
    rest: str
    readings: tuple[Reading, ...]
    enclosed: bool = False
    suffix: str = ""
    decimal: str = ""

    def value(self, shape: str) -> int | None:
        """Its place in a row of that shape, or None when it cannot be of that shape."""
        return next((reading.value for reading in self.readings if reading.shape == shape), None)


def find_label(text: str) -> Label | None:
    """The printed number a line begins with, in any of the six languages, or None."""
    narrow = text[:40].translate(_NARROW)
    for read in (_read_decimal, _read_digits, _read_enclosed, _read_paren, _read_half, _read_dotted, _read_named):
        found = read(narrow)
        if found:
            length, readings, more = found
            return Label(text[:length].rstrip(), text[length:].strip(), readings, **more)
    return None


_Found = tuple[int, tuple[Reading, ...], dict]


def _read_decimal(narrow: str) -> _Found | None:
    match = _DECIMAL.match(narrow)
    if not match:
        return None
    return match.end(), (Reading("decimal", int(match[1].rpartition(".")[2])),), {"decimal": match[1]}


def _read_digits(narrow: str) -> _Found | None:
    match = _DIGITS.match(narrow)
    if not match or int(match[1]) == 0:
        return None
    suffix = _SUFFIXES.get((match[2] or "").lower(), "") or (match[3] or "")
    return match.end(), (Reading("paragraph", int(match[1])),), {"suffix": suffix}


def _read_enclosed(narrow: str) -> _Found | None:
    match = _ENCLOSED.match(narrow)
    if match:
        sign = match[0]
        reading = Reading("roman", _ENCLOSED_HAN.index(sign) + 1) if sign in _ENCLOSED_HAN else Reading("digit", _CIRCLED.index(sign) + 1)
        return match.end(), (reading,), {"enclosed": True}
    match = _QUOTED.match(narrow)
    if match and int(match[1]):
        return match.end(), (Reading("roman", int(match[1])),), {"enclosed": True}
    return None


def _read_paren(narrow: str) -> _Found | None:
    match = _PAREN.match(narrow)
    readings = _inner_readings(match[1]) if match else ()
    return (match.end(), readings, {"enclosed": True}) if match and readings else None


def _read_half(narrow: str) -> _Found | None:
    match = _HALF.match(narrow)
    readings = _inner_readings(match[1]) if match else ()
    return (match.end(), readings, {"enclosed": True}) if match and readings else None


def _read_dotted(narrow: str) -> _Found | None:
    match = _DOTTED.match(narrow)
    if not match:
        return None
    if match[2]:
        return match.end(), (Reading("ROMAN", han_value(match[2])),), {}
    readings = _inner_readings(match[1] or match[3])
    return (match.end(), readings, {}) if readings else None


def _read_named(narrow: str) -> _Found | None:
    match = _NAMED.match(narrow)
    if not match:
        return None
    name = match[1]
    reading = Reading("ROMAN", _ORDINALS.index(name) + 1) if name in _ORDINALS else Reading("LETTER", _LETTER_NAMES.index(name) + 1)
    return match.end(), (reading,), {}


def _inner_readings(inner: str) -> tuple[Reading, ...]:
    """What the sign between the brackets may mean, most usual meaning first."""
    if inner.isdigit():
        return (Reading("digit", int(inner)),) if int(inner) else ()
    if inner[0] in _HAN + "十":
        return (Reading("roman", han_value(inner)),)
    if "\u0621" <= inner[0] <= "\u064a":
        place = _ABJAD.find({"أ": "ا", "إ": "ا", "آ": "ا"}.get(inner[0], inner[0]))
        return (Reading("letter", place + 1),) if place >= 0 else ()
    if "\u0400" <= inner[0] <= "\u04ff":
        return _cyrillic_readings(inner)
    return _latin_readings(inner)


def _cyrillic_readings(letter: str) -> tuple[Reading, ...]:
    """Russian texts use their own alphabet or Latin letters, and a typist may mix look-alikes of the two."""
    own = _CYRILLIC.find(letter)
    found = (Reading("letter", own + 1),) if own >= 0 else ()
    return found + (_latin_readings(_LOOKALIKE[letter]) if letter in _LOOKALIKE and letter != "а" else ())


def _latin_readings(inner: str) -> tuple[Reading, ...]:
    letter, roman = ("LETTER", "ROMAN") if inner.isupper() else ("letter", "roman")
    lower = inner.lower()
    place, number = _letter_value(lower), roman_value(lower)
    as_letter = (Reading(letter, place),) if place else ()
    as_roman = (Reading(roman, number),) if number else ()
    return as_roman + as_letter if lower in "ivx" else as_letter + as_roman


def _letter_value(lower: str) -> int:
    """a–z are 1–26, aa–zz are 27–52; 0 when the letters are a word."""
    if len(set(lower)) != 1 or len(lower) > 2:
        return 0
    return ord(lower[0]) - 96 + 26 * (len(lower) - 1)


def roman_value(lower: str) -> int:
    """The value of a lower-case Roman number, or 0 when it is none."""
    if not _ROMAN.fullmatch(lower):
        return 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[sign] for sign in lower]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def han_value(signs: str) -> int:
    """The value of a Chinese number from 一 to 九十九; 0 when it is none."""
    if "十" not in signs:
        return _HAN.find(signs) + 1 if len(signs) == 1 else 0
    tens, _, ones = signs.partition("十")
    return 10 * (_HAN.find(tens) + 1 if tens else 1) + (_HAN.find(ones) + 1 if ones else 0)


def roman(value: int) -> str:
    """A number in lower-case Roman signs."""
    written = ""
    for worth, sign in _ROMAN_SIGNS:
        count, value = divmod(value, worth)
        written += sign * count
    return written


def letters(value: int) -> str:
    """A number in lower-case letters as lists print it: a…z, aa…zz."""
    return chr(97 + (value - 1) % 26) * (1 + (value - 1) // 26)


def number_text(reading: Reading) -> str:
    """The bare number a reading means, as a person says it: II, A, 1, a, i."""
    made = {
        "ROMAN": roman(reading.value).upper(),
        "LETTER": letters(reading.value).upper(),
        "letter": letters(reading.value),
        "roman": roman(reading.value),
    }
    return made.get(reading.shape, str(reading.value))
