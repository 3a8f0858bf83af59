"""Pure: how people name a paragraph, a kind of remark and a new wording in their mails, in six languages.

A mark belongs to what follows when it stands in brackets (`[12]`), or as `§12` / `¶ 12-14`, at the start of a line; after a word
(`para 12`, `пункт 12`, `第12段`) only when a colon, full stop, dash, or the end of the line follows: in "Paragraph 12 should keep …"
the number is part of a sentence, and the sentence stays whole where it stands. "§12 should keep …" goes to 12 and stays whole too."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

DIGIT = "0-9０-９٠-٩۰-۹"
S = r"[ \t\u00a0\u202f]"  # French keyboards put a no-break space before a colon
NUMBER = rf"[{DIGIT}]{{1,4}}(?:{S}?(?:bis|ter|quater)\b)?(?:{S}?[(（]{S}?(?:[^\W_]{{1,5}}){S}?[)）]|[㈠-㈩]){{0,3}}"
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
END = re.compile(CLOSING)
BLANK = re.compile(r"[ \t\u00a0\u202f\u3000]{1,3}(?=\S)")
TYPES = {
    "ED": "ed editorial édition rédaction rédactionnel redacción редакционное редакционная редакция 编辑性 编辑 文字 تحريري تحرير",
    "TE": "te technical technique técnico técnica техническое технический 技术性 技术 تقني فني",
    "SUB": "sub substantive substantial substance fond sustantivo sustancial fondo существенное существо 实质性 实质 جوهري موضوعي",
    "TR": "tr translation traduction traducción перевод 翻译 译文 ترجمة",
    "GE": "ge gen general général générale обще общее 一般性 总体 一般 عام عامة",
}
TYPE_OF = {word: kind for kind, line in TYPES.items() for word in line.split()}
TYPE = re.compile(rf"{S}{{0,8}}([^\W\d_]{{2,16}}){S}{{0,2}}[:：]{S}*", re.IGNORECASE)
PROPOSED = re.compile(
    rf"{S}{{0,8}}(?:proposed(?: text| wording| change| new text)?|proposal|new (?:text|wording)|texte proposé|proposé|"
    r"proposition|nouveau texte|libellé proposé|"
    r"texto propuesto|propuesto|propuesta|redacción propuesta|предлагаемый текст|предлагаемая формулировка|предлагается|предложение|"
    r"(?:拟议|建议|提议)(?:案文|文本|措辞|修改|改为|条文)?|改为|النص المقترح|الصيغة المقترحة|المقترح|مقترح)"
    rf"{S}{{0,2}}[:：]{S}*",
    re.IGNORECASE,
)


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


def kind_of(line: str) -> tuple[str, int] | None:
    """(kind, where the remark begins) of a line that begins with ED:, TE:, SUB:, TR:, GE: or the word for it."""
    found = TYPE.match(line)
    kind = TYPE_OF.get(unicodedata.normalize("NFKC", found[1]).casefold()) if found else None
    return (kind, found.end()) if kind else None
