"""Pure: greetings and signatures are no comments: what stands around remarks as courtesy is left out of them, in six languages."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from consult.inbox.reading import Remark

LONGEST_GREETING = 60
GREETINGS = (
    "dear|hello|hi|greetings|good morning|good day|good afternoon|good evening|ladies|to whom it may concern|madam|mr|ms|mrs|dr|"
    "cher|chère|chers|chères|bonjour|bonsoir|madame|mesdames|monsieur|messieurs|"
    "estimado|estimada|estimados|estimadas|querido|querida|queridos|queridas|"
    "hola|buenos días|buenas tardes|señor|señora|señores|señoras|sr|sra|"
    "уважаемый|уважаемая|уважаемые|дорогой|дорогая|дорогие|здравствуйте|добрый день|добрый вечер|доброе утро|госпожа|господин|коллеги|"
    "عزيزي|عزيزتي|أعزائي|الزملاء|الزميلات|السيد|السيدة|السادة|سعادة|حضرة|تحية|مرحبا|السلام"
)
ADDRESSEES = "colleague|colleagues|all|everyone|everybody|friends|collègues|tous|colegas|todos|коллеги|всем"
CHINESE = re.compile(
    r"(?:尊敬的|敬爱的|亲爱的|各位|诸位|你好|您好|大家好).{0,30}"
    r"|.{0,20}(?:同事们?|同仁们?|专家们?|先生们?|女士们?|主席|老师们?)"
)
CLOSINGS = (
    "regards|best|best regards|kind regards|warm regards|with best regards|with kind regards|best wishes|with best wishes|sincerely|"
    "yours sincerely|sincerely yours|yours faithfully|yours|thanks|many thanks|thank you|thanks and regards|cheers|"
    "cordialement|bien cordialement|très cordialement|bien à vous|bien à toi|salutations|meilleures salutations|salutations distinguées|"
    "sincères salutations|merci|merci d'avance|amicalement|avec mes meilleures salutations|"
    "saludos|un saludo|saludos cordiales|cordiales saludos|un cordial saludo|atentamente|muy atentamente|gracias|muchas gracias|"
    "с уважением|с наилучшими пожеланиями|с приветом|искренне ваш|искренне ваша|всего доброго|всего наилучшего|спасибо|"
    "此致|此致敬礼|敬礼|敬上|谨上|顺祝商祺|祝好|谢谢|多谢|"
    "مع التحية|مع تحياتي|تحياتي|مع خالص التحية|مع أطيب التحيات|مع أطيب تحياتي|وتفضلوا بقبول فائق الاحترام|شكرا|شكرا جزيلا|مع الشكر"
)
COVERING = re.compile(
    r"(?:please |kindly )*(?:find|see)\b.{0,80}\b(?:attached|enclosed)\b.{0,120}"
    r"|(?:please )?(?:attached|enclosed|herewith)\b.{0,20}\b(?:is|are|find|please|my|our|you)\b.{0,120}"
    r"|(?:my|our|the) (?:comments?|remarks|file|document|text)\b.{0,60}\b(?:attached|enclosed)\b.{0,60}"
    r"|(?:i|we)(?: have| am| are)? (?:attach|send|return)(?:ed|ing)?\b.{0,120}"
    r"|.{0,60}\b(?:ci-joint|en pièce jointe|en annexe à ce message)\b.{0,120}"
    r"|(?:se )?(?:adjunto|adjunta|adjuntamos|le adjunto|encontrará adjunto)\b.{0,120}"
    r"|(?:прилагаю|прилагаем|направляю|направляем|во вложении|в приложении к письму)\b.{0,120}"
    r"|.{0,12}(?:附件|附上|随附|查收).{0,20}|.{0,40}(?:مرفق|أرفق|طيه).{0,80}",
    re.IGNORECASE,
)
"""A sentence that only says that a file is attached."""
TITLES = "dr prof professor mr ms mrs mme mlle m sr sra dra г-н г-жа д-р проф 博士 教授 先生 女士 د الدكتور الدكتورة السيد السيدة"


def without_courtesies(remarks: Sequence[Remark], name: str) -> list[Remark]:
    """The remarks without a lone greeting before the first mark and without the sender's own name below the last one."""
    kept = list(remarks)
    if len(kept) > 1 and any(remark.marks for remark in kept) and _is_greeting(kept[0]):
        del kept[0]
    if kept:
        last = _unsigned(kept[-1], name)
        kept[-1:] = [last] if last.text or last.proposed else kept[-1:] if len(kept) == 1 else []
    return kept


def is_covering(remark: Remark) -> bool:
    """Whether a remark says nothing but that a file is attached, with a greeting and a closing around it."""
    if remark.marks or remark.type or remark.proposed:
        return False
    sentences = [each.strip() for each in re.split(r"[.!。！\n]+", remark.text) if each.strip()]
    covers = [each for each in sentences if COVERING.fullmatch(each)]
    return bool(covers) and all(each in covers or _is_courteous(each) for each in sentences)


def _is_courteous(sentence: str) -> bool:
    if _spelled(sentence) in _CLOSINGS:
        return True
    return len(sentence) <= LONGEST_GREETING and any(_words(sentence)[:count] in _GREETINGS for count in range(1, 6))


def unsigned(text: str, name: str) -> str:
    """The text without a last line that is nothing but this name or a part of it, and without “Best regards,” above or instead of it."""
    lines = text.rstrip().split("\n")
    above = _above_name(lines, _words(name))
    if above is None:
        above = len(lines)
        if _spelled(lines[-1]) not in _CLOSINGS:
            return text
    while above and (not lines[above - 1].strip() or _spelled(lines[above - 1]) in _CLOSINGS):
        above -= 1
    return "\n".join(lines[:above]).rstrip()


def _is_greeting(remark: Remark) -> bool:
    """One short line ending with a comma, or with a colon when its words greet somebody: a colon may also begin what is meant."""
    line = remark.text.strip()
    if remark.marks or remark.type or remark.proposed or "\n" in line or len(line) > LONGEST_GREETING:
        return False
    words = _words(line)
    if not words or line[-1] not in ":：,，،!！" and not (line[-1] == "." and words[-1] == "consult"):
        return False
    greets = any(words[:count] in _GREETINGS for count in range(1, 6)) or len(words) <= 3 and words[-1] in _ADDRESSEES
    return line[-1] in ",，،" or greets or CHINESE.fullmatch(line[:-1]) is not None


def _unsigned(remark: Remark, name: str) -> Remark:
    if remark.proposed:
        return replace(remark, proposed=unsigned(remark.proposed, name) or None)
    return replace(remark, text=unsigned(remark.text, name))


def _above_name(lines: list[str], name: list[str]) -> int | None:
    """The line number where the signature begins: a name alone, or behind “Best regards,” on the same line; None without one."""
    if _is_name(_words(lines[-1]), name):
        return len(lines) - 1
    before, comma, after = re.split("([,，،])", lines[-1] + ",", maxsplit=1)[:3]
    return len(lines) - 1 if comma and _spelled(before) in _CLOSINGS and _is_name(_words(after), name) else None


def _is_name(words: list[str], name: list[str]) -> bool:
    """Whether words are this name: its parts in any order, initials for some of them, a title before it."""
    while words and words[0] in _TITLES and words[0] not in name:
        words = words[1:]
    whole = [word for word in words if word in name]
    initials = [word for word in words if word not in name and len(word) == 1 and any(part.startswith(word) for part in name)]
    return bool(words) and len(words) <= len(name) + 1 and bool(whole) and len(whole) + len(initials) == len(words)


def _spelled(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    """The words of a text as they are compared: without case, accents, vowel signs and punctuation."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))
    bare = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn" and unicodedata.category(sign) != "Cf")
    return re.findall(r"\w+(?:'\w+)*", unicodedata.normalize("NFC", bare))


_GREETINGS = [_words(each) for each in GREETINGS.split("|")]
_ADDRESSEES, _TITLES = set(_words(ADDRESSEES)), set(_words(TITLES))
_CLOSINGS = {_spelled(each) for each in CLOSINGS.split("|")}
