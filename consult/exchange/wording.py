"""Pure: the words that templates use for the type of a comment and for what becomes of it, in the six languages, and back."""

import re
import unicodedata

DISPOSITION_WORDS = {
    "accepted": "Accepted",
    "accepted-in-part": "Accepted in part",
    "accepted-with-modification": "Accepted with modification",
    "not-accepted": "Not accepted",
    "noted": "Noted",
    "clarification-needed": "Clarification needed",
}
NEED_WORDS = ("not-accepted", "clarification-needed")
ISO_TYPES = {"general": "ge", "substantive": "te", "technical": "te", "editorial": "ed", "translation": "ed"}
PROPOSED, REASON = "Proposed wording:", "Reason:"
DASH = " — "

_TYPES = (
    ("editorial", r"ed(?:it\w*)?|e|rédactionnel\w*|édit\w*|redacci\w*|редакц\w*|编辑性?|文字|تحرير\w*"),
    ("substantive", r"sub\w*|fond|sustan\w*|существ\w*|实质性?|جوهر\w*|موضوع\w*"),
    ("translation", r"tr(?:ans\w*|ad\w*)?|перевод\w*|翻译|译文|ترجم\w*"),
    ("technical", r"te(?:ch\w*|c\w*)?|t|техн\w*|技术性?|تقني\w*|فني\w*"),
    ("general", r"ge(?:n\w*)?|g|général\w*|общ\w*|一般性?|总体|عام\w*"),
)
# The first that fits wins, so the longer phrase stands before the shorter. “In principle” means other words than those proposed.
_DISPOSITIONS = (
    ("not-accepted", r"not (?:accepted|agreed)|reject(?:ed)?|declined|disagreed?|non accept\w*|rejet\w*|refus\w*|no acept\w*|rechazad\w*"
     r"|не принят\w*|отклон\w*|不接受|未接受|不采纳|未采纳|拒绝|غير مقبول\w*|مرفوض\w*|رفض"),
    ("accepted-in-part", r"(?:accept(?:ed)?|agreed?) (?:in part|partially|partly)|(?:partially|partly) (?:accepted|agreed)"
     r"|accept\w* (?:en partie|partiellement)|partiellement accept\w*|aceptad\w* (?:en parte|parcialmente)|parcialmente aceptad\w*"
     r"|принят\w* частично|частично принят\w*|部分接受|部分采纳|مقبول\w* جزئيا\w*"),
    ("accepted-with-modification", r"(?:accept(?:ed)?|agreed?) (?:in principle|with (?:an? |some |minor )?(?:modif|chang|amend)\w*"
     r"|as (?:modified|amended))|accept\w* (?:en principe|avec (?:des |une )?modif\w*)|aceptad\w* (?:en principio|con modif\w*)"
     r"|принят\w* (?:в принципе|с (?:изменени|поправк)\w*)|原则(?:上)?(?:接受|同意)|修改后(?:接受|采纳)|مقبول\w* (?:من حيث المبدأ|مع تعديل\w*)"),
    ("accepted", r"accept(?:ed)?|agreed?|implemented|incorporated|taken into account|accepté\w*|aceptad\w*|принят[оаы]|接受|采纳|同意|مقبول\w*"),
    ("noted", r"noted|taken note of|noté\w*|pris note|tomad\w* nota|принято к сведению|注意到|已注意|أحيط علما|لوحظ"),
    ("clarification-needed", r"(?:further )?clarification (?:is )?(?:needed|required|requested)|needs clarification|please clarify|unclear"
     r"|(?:éclaircissement|précision)s? (?:nécessaires?|requis\w*|demandé\w*)|se (?:necesita|requiere) aclaración|требуется (?:раз|у)яснение"
     r"|需要?澄清|يلزم توضيح"),
)  # fmt: skip
_NOTED_RUSSIAN = re.compile(r"принято к сведению", re.IGNORECASE)
_TYPE_PATTERNS = [(code, re.compile(rf"\W*(?:{words})(?!\w)", re.IGNORECASE)) for code, words in _TYPES]
_WORD_ENDS = r"(?:(?<=[\u4e00-\u9fff])|(?![^\W\d_]))"  # Chinese writes on without a blank
_DISPOSITION_PATTERNS = [(code, re.compile(rf"\W*(?:{words}){_WORD_ENDS}", re.IGNORECASE)) for code, words in _DISPOSITIONS]
_EXACT = {words.lower(): code for code, words in DISPOSITION_WORDS.items()}
_CODES = set(DISPOSITION_WORDS)


def type_of(said: str) -> str:
    """The type that a word or its beginning means, in any capitals; empty when it means none. “te/ed” is the first of the two."""
    said = unicodedata.normalize("NFKC", said).strip()
    return next((code for code, pattern in _TYPE_PATTERNS if pattern.match(said)), "") if said else ""


def disposition_of(said: str) -> str:
    """What becomes of the comment according to the first words of an observation; empty when they do not say."""
    said = " ".join(unicodedata.normalize("NFKC", said).split())
    if said.lower() in _CODES:
        return said.lower()
    if _NOTED_RUSSIAN.match(said):
        return "noted"
    return next((code for code, pattern in _DISPOSITION_PATTERNS if pattern.match(said)), "")


def parted_observation(said: str) -> tuple[str, str]:
    """(disposition, response) of an observation as a template holds it.

    The words stay in the response, because they often say more than the disposition; only where our own six words stand alone, or
    before our own dash, nothing would be lost without them. Those that need an explanation keep what there is.
    """
    said = said.strip()
    head, dash, rest = said.partition(DASH)
    if dash and rest.strip() and head in DISPOSITION_WORDS.values():
        return _EXACT[head.lower()], rest
    code = _EXACT.get(said.rstrip(".").lower(), "")
    if code and code not in NEED_WORDS:
        return code, ""
    return disposition_of(said), said


def observation(disposition: str, response: str) -> str:
    """The observation that `parted_observation` parts again: the response alone where its own words say the disposition."""
    if parted_observation(response) == (disposition, response):
        return response
    words = DISPOSITION_WORDS.get(disposition, "")
    return words + DASH + response if words and response else words or response


def joined_remark(comment: str, proposed: str, reason: str) -> str:
    """One text for a template that has no columns of its own for the wording and its reason."""
    parts = [comment, f"{REASON}\n{reason}" if reason else "", f"{PROPOSED}\n{proposed}" if proposed else ""]
    return "\n\n".join(part for part in parts if part)


def parted_remark(text: str) -> tuple[str, str, str]:
    """(comment, proposed, reason) of such a text."""
    rest, proposed = _at_line(text, PROPOSED)
    comment, reason = _at_line(rest, REASON)
    return comment, proposed, reason


def parted_reason(text: str) -> tuple[str, str]:
    """(comment, reason) of a text whose wording has a column of its own."""
    return _at_line(text, REASON)


def _at_line(text: str, head: str) -> tuple[str, str]:
    before, found, after = f"\n{text}".rpartition(f"\n{head}\n")
    return (before.strip("\n"), after.strip("\n")) if found else (text.strip("\n").rstrip(), "")
