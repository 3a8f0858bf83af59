"""Pure: how people name a paragraph, a kind of remark and a new wording in their mails and on sheets, in six languages.

A mark belongs to what follows when it stands in brackets (`[12]`), or as `§12` / `¶ 12-14`, at the start of a line; after a word
(`para 12`, `пункт 12`, `第12段`) only when a colon, full stop, dash, or the end of the line follows: in "Paragraph 12 should keep …"
the number is part of a sentence, and the sentence stays whole where it stands. "§12 should keep …" goes to 12 and stays whole too."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from consult.review.grammar import PROPOSED, S, kind_of

__all__ = ["PROPOSED", "Named", "kind_of", "known_marks", "named", "normal", "placed"]

DIGIT = "0-9０-９٠-٩۰-۹"
NUMBER = rf"(?:Q{S}?)?[{DIGIT}]{{1,4}}(?:{S}?(?:bis|ter|quater)\b)?(?:{S}?[(（]{S}?(?:[^\W_]{{1,5}}){S}?[)）]|[㈠-㈩]){{0,3}}"
DASH = "-‐‑–—~～至"
JOIN = rf"{S}{{0,3}}(?:[{DASH},，、،;]|and|et|y|и|to|à|и|و|和|إلى){S}{{0,3}}"
LIST = rf"{NUMBER}(?:{JOIN}{NUMBER}){{0,20}}"
CLOSING = r"[ \t\u00a0\u202f]{0,3}(?:[:：.。\-–—،,，、]+(?=\s|$|[^\d\s])|$)[ \t\u00a0\u202f]*"
BRACKET = re.compile(rf"{S}{{0,8}}[\[［【]{S}?(?:§|¶)?{S}?({LIST}){S}?[\]］】]{S}{{0,3}}[:：.。\-–—]?{S}*", re.IGNORECASE)
SIGN = re.compile(rf"{S}{{0,8}}[§¶]{{1,2}}{S}{{0,3}}({LIST})(?![{DIGIT}])", re.IGNORECASE)
WORD = re.compile(
    rf"{S}{{0,8}}(?:re[: ]{S}?|on{S}|ad{S})?(?:paragraph(?:e)?s?|paras?\.?|parr?s?\.|paragr?\.|párr?s?\.?|párrafos?|"
    rf"parrafos?|абзац[аеуы]?|пункт(?:ы|а|у|е|ах|ам)?|пп?\.|段落|"
    rf"الفقر(?:ة|ات|تان|تين)|للفقرة|فقرة){S}{{0,3}}[\[［]?{S}?({LIST}){S}?[\]］]?",
    re.IGNORECASE,
)
CHINESE = re.compile(rf"{S}{{0,8}}第{S}?({LIST}){S}?(?:段落|自然段|段)", re.IGNORECASE)
QUESTION = re.compile(
    rf"{S}{{0,8}}(?:q|question|pregunta|вопрос|问题|السؤال|سؤال){S}{{0,3}}(?:n[°ºo]\.?{S}?|№{S}?)?([{DIGIT}]{{1,2}})", re.IGNORECASE
)
END = re.compile(CLOSING)
BLANK = re.compile(r"[ \t\u00a0\u202f\u3000]{1,3}(?=\S)")


@dataclass(frozen=True)
class Named:
    """Paragraphs named at the start of a line: as written, the single numbers, whether they are a range, where the remark begins."""

    written: str
    numbers: tuple[str, ...]
    ranged: bool
    end: int


def named(line: str) -> Named | None:
    """The paragraphs that a line begins by naming, or None."""
    found = BRACKET.match(line)
    if found:
        return _named(found, found.end())
    found = SIGN.match(line)
    if found:
        closing = END.match(line, found.end())
        if not closing and line[found.end() :].lstrip()[:1].islower():
            return _named(found, found.start())
        return _named(found, closing.end() if closing else found.end())
    found = WORD.match(line)
    closing = END.match(line, found.end()) if found else None
    if not found:
        found = CHINESE.match(line)
        closing = BLANK.match(line, found.end()) or END.match(line, found.end()) if found else None
    return _named(found, closing.end()) if closing else None


def question(line: str) -> Named | None:
    """The guiding question that a line begins by naming in words (`Q1:`, `Question 1.`, `问题1：`), or None; `named` finds `[Q1]`."""
    found = QUESTION.match(line)
    closing = END.match(line, found.end()) if found else None
    return Named(found[0].strip(), (f"Q{found[1]}",), False, closing.end()) if closing else None


def _named(found: re.Match, end: int) -> Named:
    numbers = tuple(re.findall(NUMBER, found[1], re.IGNORECASE))
    dashed = len(numbers) == 2 and re.search(rf"(?:[{DASH}]|\bto\b|\bà\b|إلى)", found[1][len(numbers[0]) : -len(numbers[1])], re.IGNORECASE)
    return Named(found[1].strip(), numbers, bool(dashed), end)


def normal(mark: str) -> str:
    """A mark as it is compared: `１２（ａ）`, `12(a)` and `12 (a)` are one."""
    text = unicodedata.normalize("NFKC", mark).casefold()
    digits = "".join(str(unicodedata.decimal(sign, sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub(r"[\s\[\]【】§¶.]+", "", digits)


def placed(name: Named, known: dict[str, str], order: list[str]) -> tuple[str, ...] | None:
    """The known marks that a name means, every one between the ends of a range; None when one of them is not known."""
    keys = [normal(number) for number in name.numbers]
    if not all(key in known for key in keys):
        return None
    if not name.ranged:
        return tuple(known[key] for key in keys)
    first, last = order.index(keys[0]), order.index(keys[1])
    if first > last:
        return None
    plain = all(key.isdecimal() for key in keys)
    return tuple(known[key] for key in order[first : last + 1] if key.isdecimal() or not plain)


def known_marks(marks: Iterable[str]) -> dict[str, str]:
    """Known marks by their compared form, in the order of the text."""
    return {normal(str(mark)): str(mark) for mark in marks}
