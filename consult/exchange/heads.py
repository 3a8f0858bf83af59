"""Pure: which column of a table holds what. Heads are known by their words however they are spelt, footnoted, broken or translated."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from consult.exchange.templates import CONTACT, TEMPLATES
from consult.kit.words import N_

LIKE = 82
"""Likeness in per cent from which a misspelt head is taken for the one it resembles."""
_SPELLINGS = {
    "seq": "no|nr|number|seq|row|item|id no|№|序号|رقم|numéro|número",
    "reference": "comment number|comment no|comment id|id|ref|reference|comment reference|номер замечания|意见编号",
    "batch": "batch",
    "body": "mb nc|mb|nc|mb id|national body|member body|member body country code|organisme membre|нко",
    "behalf": "country|countries|country ies|country rppo|on behalf of|party|government|member|rppo|member state|pays|país|países|страна"
              "|страны|国家|缔约方|البلد|الدولة|au nom de|partie|parte|сторона|الطرف",
    "name": "reviewer name|reviewer|name|author|name of reviewer|commenter|expert|nom|nom de l évaluateur|auteur|nombre|autor|revisor"
            "|имя|рецензент|автор|姓名|评审人|الاسم|المراجع",
    "organization": "organization|organisation|affiliation|institution|organización|организация|组织|المنظمة",
    "address": "e mail|email|mail|e mail address|address of reviewer|courriel|correo electrónico|электронная почта|电子邮件|البريد الإلكتروني",
    "capacity": "capacity|reviewer type|status of reviewer",
    "language": "language|langue|idioma|язык|语言|اللغة",
    "place": "chapter figure|chapter figure table|chapter|chapter number|chapter no|chapitre|capítulo|глава|章|الفصل",
    "section": "section|clause|sub clause|subclause|clause subclause|clause subclause annex figure table|article|sección|раздел|пункт раздел"
               "|章节|节|القسم|clause no subclause no annex",
    "paragraph": "paragraph|para|para nber|para no|para number|paragraph number|paragraph figure table|paragraph figure table note"
                 "|paragraph list item note|paragraphe|párrafo|абзац|пункт|段落|段|الفقرة",
    "sentence": "sentence row indent|sentence|row indent|sentence row|location|phrase|oración|предложение|句",
    "line": "line number|line no|line numbers",
    "page_from": "from page|from page start|start page|page|page from|page no|page number|page start|de la page|página|страница|页|页码|الصفحة",
    "line_from": "from line|from line start|start line|line|line from|line start|ligne|línea|строка|行|السطر",
    "page_to": "to page|to page end|end page|page to|page end",
    "line_to": "to line|to line end|end line|line to|line end",
    "from": "page line from|from|from page line",
    "to": "page line to|to|to page line",
    "line-or-paragraph": "line or paragraph|line paragraph|paragraph or line|ligne ou paragraphe|línea o párrafo",
    "figure": "figure|figure table|table|table figure|figure or table",
    "mark": "mark",
    "quote": "quoted text|quote|quotation|original text|texte cité",
    "type": "type of comment|type|comment type|category|type de commentaire|tipo de comentario|tipo|тип|тип замечания|意见类型|类型|نوع التعليق|النوع",
    "comment": "comment|comments|text|comment text|specific comments|comment justification|comment justification for change"
               "|comment by the mb|comments by the mb|explanation|comment justification for change by the mb|review comment|comment explanation"
               "|commentaire|commentaires|observation du membre|comentario|comentarios|замечание|замечания|комментарий|комментарии"
               "|意见|评论|评论意见|التعليق|التعليقات|تعليق",
    "proposed": "proposed change|proposed changes|proposed change by the mb|proposed text|proposed rewording|proposed wording|suggested text"
                "|proposed new text|suggested change|rewording|texte proposé|modification proposée|texto propuesto|cambio propuesto"
                "|предлагаемый текст|предлагаемое изменение|предлагаемая редакция|拟议案文|建议修改|建议案文|النص المقترح|التغيير المقترح",
    "reason": "reason|rationale|justification|reasons|raison|razón|justificación|обоснование|理由|السبب|المبرر",
    "observation": "observations of the secretariat|secretariat observations|secretariat observations on each comment submitted|response"
                   "|author response|authors response|response by authors|response of the authors|notes|observations|resolution"
                   "|secretariat observation|réponse|observations du secrétariat|respuesta|observaciones|observaciones de la secretaría"
                   "|ответ|замечания секретариата|наблюдения секретариата|答复|秘书处意见|الرد|ملاحظات الأمانة",
    "disposition": "disposition|decision|outcome",
    "date": "received at|date|date received",
    "see": "see",
    "late": "late", "responded": "responded at", "withdrawn": "withdrawn at", "door": "door",
}  # fmt: skip
HEADS = {spelling: field for field, line in _SPELLINGS.items() for spelling in line.split("|")}
WORDS = ("comment", "proposed", "govt")
"""Fields of which a table of comments has at least one."""
SIGNS = {"#": "seq", "№": "seq"}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_BROKEN = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")


def plain(head: str) -> str:
    """A head as it is compared: without examples in brackets, footnote numbers, signs and hyphens at the end of a line."""
    text = unicodedata.normalize("NFKC", head).casefold().strip()
    if text in SIGNS:
        return SIGNS[text]
    bare = _BRACKETS.sub(" ", text)
    text = bare if re.search(r"[^\W\d_]", bare) else text
    words = " ".join(re.sub(r"[\W\d_]+", " ", _BROKEN.sub("-" if text.startswith("e-mail") else "", text)).split())
    return words.replace("e mail", "email") if words.startswith("e mail") else words


@dataclass(frozen=True)
class Heads:
    """What the columns of a table hold: `fields` by column, what they are called, which template that is, and what was only likely."""

    fields: dict[int, str]
    said: tuple[str, ...]
    template: str
    likely: tuple[str, ...] = ()

    @property
    def spurious(self) -> list[str]:
        """Heads that say nothing of a comment."""
        return [head for at, head in enumerate(self.said) if at not in self.fields and head.strip()]


def recognised(cells: Sequence[str], wanted: str = "", by_hand: dict[str, str] | None = None) -> Heads | None:
    """The heads in these cells, or None when the row is no row of heads. `by_hand`: head → field, as an officer said."""
    fields, likely = _fields(cells, by_hand or {})
    held = [head for head in cells if head.strip()]
    enough = len(fields) >= 2 and len(fields) * 2 >= len(held) and max(map(len, held)) <= 160
    if not enough or not set(fields.values()) & set(WORDS):
        return None
    template = wanted or nearest(cells, fields)
    return Heads(_fitted(fields, cells, template), tuple(cells), template, tuple(likely))


def _fields(cells: Sequence[str], by_hand: dict[str, str]) -> tuple[dict[int, str], list[str]]:
    found: dict[int, str] = {}
    likely = []
    words = [plain(cell) if len(cell) <= 160 else "" for cell in cells]
    if "text" in words and "comment" in words:  # in the full table the number of the comment stands below `comment`
        words[words.index("comment")] = "number"
    for at, word in enumerate(words):
        field = by_hand.get(cells[at].strip()) if by_hand else None
        field = HEADS.get(word, "") if field is None else field
        if field and field not in found.values():
            found[at] = field
    for at, word in enumerate(words):
        if len(found) - len(likely) < 2 or at in found or len(word) < 5 or cells[at].strip() in by_hand:
            continue
        nearly = process.extractOne(word, list(HEADS), scorer=fuzz.ratio, score_cutoff=LIKE)
        best = HEADS[nearly[0]] if nearly else ""
        if best and best not in found.values():
            found[at] = best
            likely.append(cells[at].strip())
    return found, likely


def nearest(cells: Sequence[str], fields: dict[int, str]) -> str:
    """The template whose printed heads these are most alike; the full table where none is near."""
    here = {plain(cell) for cell in cells if cell.strip()}
    best, most = "csv", 0.4
    for code, template in TEMPLATES.items():
        theirs = {plain(column.head) for column in template.columns}
        meant = {column.field for column in template.columns}
        likeness = len(here & theirs) / len(here | theirs) + len(meant & set(fields.values())) / (len(meant) * 4)
        if likeness > most:
            best, most = code, likeness
    return best


def _fitted(fields: dict[int, str], cells: Sequence[str], template: str) -> dict[int, str]:
    """Heads that mean one thing in one template and another in the next, as they are meant here."""
    meant = {plain(column.head): column.field for column in TEMPLATES[template].columns} if template in TEMPLATES else {}
    words = {at: plain(cell) for at, cell in enumerate(cells)}
    meant = {word: field for word, field in meant.items() if word != "comment" or field != "seq"}
    fitted = {at: meant.get(words[at], field) for at, field in fields.items()}
    if len(set(fitted.values())) < len(fitted):
        return fields
    return fitted


CONTACT_HEADS = {plain(label): field for field, label in CONTACT} | {
    "last name": "surname", "family name": "surname", "first name": "given", "name": "given", "country": "country", "email": "address",
    "email address": "address", "organisation": "organization", "affiliation": "organization", "government if applicable": "government",
    "nom": "surname", "prénom": "given", "apellido": "surname", "фамилия": "surname", "имя": "given", "姓": "surname", "名": "given",
}  # fmt: skip
FIELD_WORDS: dict[str, str] = {
    "body": N_("member body and number"), "behalf": N_("on behalf of"), "name": N_("reviewer"), "organization": N_("organization"),
    "address": N_("e-mail address"), "capacity": N_("capacity"), "reference": N_("the commenter's own number"), "place": N_("chapter or figure"),
    "section": N_("section or clause"), "paragraph": N_("paragraph"), "sentence": N_("sentence"), "figure": N_("figure or table"),
    "page_from": N_("from page"), "line_from": N_("from line"), "page_to": N_("to page"), "line_to": N_("to line"), "line": N_("line"),
    "from": N_("from page and line"), "to": N_("to page and line"), "line-or-paragraph": N_("line or paragraph"), "quote": N_("quoted words"),
    "type": N_("type"), "comment": N_("comment"), "proposed": N_("proposed wording"), "reason": N_("reason"),
    "observation": N_("response of the secretariat"), "disposition": N_("disposition"), "response": N_("response"),
}  # fmt: skip
"""What a column can be said to hold, by hand."""
