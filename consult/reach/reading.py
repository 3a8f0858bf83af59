"""Pure: answers to the questions about a person's means, as people of six languages write them into a mail or below a quoted form.

A line answers a question by its number (`1: slow`, `1 b`, `３：少`) or by its word (`LINE: few kB`, `ТЕЛЕФОН: +7 …`). What follows is read
kindly: a letter or number of a choice, its words anywhere in the line, a size in any spelling. What cannot be read is given back."""

import re
import unicodedata
from dataclasses import dataclass, field

from consult.reach.choices import CHOICES, KEYS, NONE
from consult.reach.rules import QUESTIONS, dialled

LINES, LONGEST = 400, 2000
FIELDS = tuple(QUESTIONS)
FREE = ("phone", "fax", "post", "note")
DIGIT = "0-9０-９٠-٩۰-۹"
QUOTE = re.compile(r"^(?:[ \t\u00a0\u3000]*[>|›»＞])+[ \t\u00a0]?")
BULLET = re.compile(r"^\s*(?:[-*•·]\s+)?(?:Q\s?|№\s?|n°\s?)?", re.IGNORECASE)
NUMBER = re.compile(rf"([{DIGIT}]{{1,2}})(?![{DIGIT}])[ \t\u00a0]*([.)\]）:：\-–—=,、،]*)[ \t\u00a0]*")
SIGNS = " \t\u00a0\u3000.:：=-–—,;،؛。*_"
SIZE = re.compile(r"(\d{1,9})(?:[.,](\d{1,3}))?\s*(g|m|k|г|м|к|吉|兆|千|غيغا|جيجا|ميغا|ميجا|كيلو)?\s*(?:b|o|б|字节|بايت)?")
UNITS = {"k": 1000, "к": 1000, "千": 1000, "كيلو": 1000, "m": 10**6, "м": 10**6, "兆": 10**6, "ميغا": 10**6, "ميجا": 10**6} | dict.fromkeys(
    ("g", "г", "吉", "غيغا", "جيجا"), 10**9
)
OCTETS = re.compile(r"\d\s*(?:b|o|б|bytes?|octets?|октет\w*|байт\w*|字节|بايت)\b", re.IGNORECASE)
LETTERS = ("aأ1аa", "bب2б", "cج3вс", "dد4г", "eه5д")
"""The signs of the first choice, of the second …"""
LARGEST = 2_000_000_000


@dataclass
class Understood:
    """What a mail says about a person's means, by question, and its lines that answer none."""

    said: dict = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def understood(text: str, sent: str = "") -> Understood:
    """The answers in a mail, wherever they stand in it, quoted form included. `sent`: the letter of ours that it may bring back."""
    found, last = Understood(), ""
    ours, whole = {_flat(line) for line in sent.split("\n")}, _flat(sent)
    signed = False
    for raw in text.split("\n")[:LINES]:
        raw = raw[:LONGEST]
        line = QUOTE.sub("", raw).strip()
        quoted = QUOTE.match(raw) is not None
        signed = signed or line == "--" and not quoted
        if not line or signed and not quoted or _is_ours(_flat(line), quoted, ours, whole):
            last = ""
            continue
        answer = _answer(line, careful=last == "post" or quoted)
        if answer:
            found.said[answer[0]], last = answer[1], answer[0]
        elif last in ("post", "note") and not asks(line):
            found.said[last] += ("\n" if last == "post" else " ") + line
        elif not quoted and not asks(line):
            found.unread.append(line)
    return found


def _is_ours(flat: str, quoted: bool, ours: set[str], whole: str) -> bool:
    """Whether a line is one that we sent, re-wrapped or not."""
    return flat in ours or (quoted or len(flat) > 40) and flat in whole


def asks(line: str) -> bool:
    """Whether a line names a question and says nothing to it."""
    head = _head(line)
    return head is not None and not head[1].strip(SIGNS)


def _answer(line: str, careful: bool) -> tuple[str, object] | None:
    """(question, answer) of a line; `careful`: only where a sign stands between the two."""
    head = _head(line)
    if head is None or careful and not head[2]:
        return None
    value = _value(head[0], head[1])
    return None if value is None else (head[0], value)


def _head(line: str) -> tuple[str, str, bool] | None:
    """(question, what follows, whether a sign parts the two) of a line that begins with the number or the word of a question."""
    text = BULLET.sub("", line)
    number = NUMBER.match(text)
    rest = text[number.end() :] if number else text
    key = KEY.match(_same_length(rest))
    word, after = (KEY_OF[_folded(key[1])], rest[key.end() :].strip()) if key else ("", "")
    if number:
        at = int(_digits(number[1]))
        if not 1 <= at <= len(FIELDS):
            return None
        named = word == FIELDS[at - 1] and bool(key[2])
        return FIELDS[at - 1], after if named else rest.strip(), named or bool(number[2])
    if key and (key[2] or not after or word not in FREE):
        return word, after, bool(key[2]) or not after
    return None


def _value(question: str, text: str) -> object | None:
    """What is said to a question; None where it cannot be read as an answer to it."""
    bare = text.strip(SIGNS) if question not in ("post", "note") else text.strip()
    if not bare:
        return None
    if question in ("limit_bytes", "budget_bytes"):
        return _size(_folded(bare), question)
    if question in ("phone", "fax"):
        return text.strip() if dialled(text) else "" if _folded(bare) in NONE_WORDS else None
    if question == "ways":
        found = _several(bare) or set(_chosen(_folded(bare), question))
        return " ".join(way for way in CHOICES["ways"] if way in found) or None
    if question in CHOICES:
        return _one(bare, question)
    return bare


def _one(text: str, question: str) -> str | None:
    """The one choice that is named: by its letter or number, by the words the line begins with, or by the only words in it."""
    codes, sign = list(CHOICES[question]), re.match(r"(\w)(?:[).:\s]|$)", _digits(text).casefold())
    if sign and (len(text.strip(SIGNS + ")")) == 1 or text[1:2] == ")"):
        at = next((at for at, signs in enumerate(LETTERS) if sign[1] in signs), len(codes))
        if at < len(codes):
            return codes[at]
    found = _chosen(_folded(text), question)
    if "shared" in found:  # it says more than the computer beside it
        return "shared"
    first = [code for code, at in found.items() if at == 0]
    return first[0] if first else next(iter(found)) if len(found) == 1 else None


def _several(text: str) -> set[str]:
    """The ways that are named by their letters or numbers: `a, b`, `a b`, `1 3`."""
    parts = [part for part in re.split(r"[\s,;+&/、،)]+", _digits(text).casefold()) if part]
    at = [next((at for at, signs in enumerate(LETTERS) if part in signs and len(part) == 1), None) for part in parts]
    return set() if None in at else {list(CHOICES["ways"])[place] for place in at}


def _chosen(text: str, question: str) -> dict[str, int]:
    """The choices whose words stand in a text, each with where; longer words are found first, and no word twice."""
    found: dict[str, int] = {}
    for word, code in WORDS_OF[question]:
        letters = r"(?<!\w){}(?!\w)" if not _joined(word) else "{}"
        match = re.search(letters.format(re.escape(word)), text)
        if match:
            found.setdefault(code, match.start())
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return found


def _size(text: str, question: str) -> int | None:
    """A size in octets; a bare number counts kilobytes, a small one for a whole month megabytes."""
    if _chosen(text, "size"):
        return 0
    match = SIZE.search(_digits(text))
    if not match:
        return None
    number = float(f"{match[1]}.{match[2] or 0}")
    unit = UNITS.get(match[3] or "", 0)
    if not unit:
        unit = 1 if OCTETS.search(_digits(text)) or number >= 10_000 else 10**6 if question == "budget_bytes" and number < 100 else 1000
    return min(round(number * unit), LARGEST)


def size(text: str, question: str) -> int | None:
    """A size in octets as somebody typed it, 0 for none; None where it is no size."""
    return _size(_folded(text.strip(SIGNS)), question)


def written(said: dict, language: str = "en") -> str:
    """An answer as the form that is filled in: one line a question, by its number; what was not said is left empty."""
    return "\n".join(f"{number}: {_shown(name, said.get(name), language)}".rstrip() for number, name in enumerate(FIELDS, 1))


def _shown(question: str, value: object, language: str) -> str:
    if value in (None, ""):
        return ""
    if question in ("limit_bytes", "budget_bytes"):
        return octets(int(str(value)))
    if question in CHOICES:
        return ", ".join(CHOICES[question][code][language][0] for code in str(value).split())
    return str(value)


def octets(size: int) -> str:
    """A size as people write it, read back exactly."""
    for unit, name in ((10**6, "MB"), (1000, "kB")):
        if size and size % unit == 0:
            return f"{size // unit} {name}"
    return f"{size} B" if size else "0"


def _digits(text: str) -> str:
    """The text with every digit as we write it."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _folded(text: str) -> str:
    """What two spellings have in common: no case, no accents, one blank."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Mn").split())


def _same_length(text: str) -> str:
    """The text without case and accents, sign for sign, so that places in it are places in the text."""
    folded = (unicodedata.normalize("NFD", sign)[0].casefold()[:1] for sign in text)
    return "".join(new or old for new, old in zip(folded, text, strict=True))


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _joined(word: str) -> bool:
    """Whether a word is of a script that leaves no blanks."""
    return any("\u3400" <= sign <= "\u9fff" for sign in word)


KEY_OF = {_folded(word): question for question, words in KEYS.items() for row in words.values() for word in row}
KEY = re.compile(
    "("
    + "|".join(re.escape(word) for word in sorted(KEY_OF, key=len, reverse=True))
    + r")(?!\w)[ \t\u00a0]*(?:\([^)]{0,40}\))?[ \t\u00a0]*([:：=]*)"
)
NONE_WORDS = {_folded(word) for row in NONE.values() for word in row}
WORDS_OF = {
    question: sorted(
        ((_folded(word), code) for code, rows in codes.items() for row in rows.values() for word in row), key=lambda each: -len(each[0])
    )
    for question, codes in (CHOICES | {"size": {"none": NONE}}).items()
}
