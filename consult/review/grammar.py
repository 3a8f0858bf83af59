"""Pure: how people say in words of their own which kind a remark is and that a new wording follows, in six languages."""

import re
import unicodedata

S = r"[ \t\u00a0\u202f]"  # French keyboards put a no-break space before a colon
TYPES = {
    "ED": "ed editorial édition rédaction rédactionnel redacción редакционное редакционная редакция 编辑性 编辑 文字 تحريري تحرير",
    "TE": "te technical technique técnico técnica техническое технический 技术性 技术 تقني فني",
    "SUB": "sub substantive substantial substance fond sustantivo sustancial fondo существенное существо 实质性 实质 جوهري موضوعي",
    "TR": "tr translation traduction traducción перевод 翻译 译文 ترجمة",
    "GE": "ge gen general général générale обще общее 一般性 总体 一般 عام عامة",
}
NAMES = {"ED": "editorial", "TE": "technical", "SUB": "substantive", "TR": "translation", "GE": "general"}
"""The types of review.rules.TYPES, by the sign people write."""
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


def kind_of(line: str) -> tuple[str, int] | None:
    """(kind, where the remark begins) of a line that begins with ED:, TE:, SUB:, TR:, GE: or the word for it."""
    found = TYPE.match(line)
    kind = TYPE_OF.get(unicodedata.normalize("NFKC", found[1]).casefold()) if found else None
    return (kind, found.end()) if kind else None


def understood(text: str) -> tuple[str, str, str]:
    """(type of review.rules.TYPES or empty, comment, proposed wording) of a remark that may begin with a kind and hold a wording."""
    kind = kind_of(text)
    lines = (text[kind[1] :] if kind else text).split("\n")
    at = next((place for place, line in enumerate(lines) if PROPOSED.match(line)), len(lines))
    proposed = [PROPOSED.sub("", lines[at], count=1), *lines[at + 1 :]] if at < len(lines) else []
    return NAMES[kind[0]] if kind else "", "\n".join(lines[:at]).strip(), "\n".join(proposed).strip()


def written(type: str, text: str, proposed: str) -> str:
    """The same the other way: a remark as `understood` reads it, its kind in front (unless it is general) and its wording below."""
    sign = next((sign for sign, named in NAMES.items() if named == type and type != "general"), "")
    said = f"{sign}: {text}" if sign else text
    return "\n".join(part for part in (said.strip(), f"PROPOSED: {proposed}" if proposed else "") if part)


def responded(disposition: str, text: str) -> str:
    """A response as it stands below a comment in a document: the disposition in words, then why."""
    return f"{disposition}. {text}".strip() if text else f"{disposition}."
