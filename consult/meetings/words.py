"""Pure: the words by which somebody says by mail that they attend a meeting, cannot come, or send an alternate, in six languages."""

import re
import unicodedata
from dataclasses import dataclass

WORDS = {
    "attending": {
        "en": "ATTEND|attending|I attend|I will attend|we will attend|I shall attend|I'll attend|I am attending|I will be there|"
        "I will participate|I shall participate|I will take part|I will come|I am coming|I confirm my participation|"
        "I confirm my attendance|I accept|accept|accepted|yes|yes I will attend|yes I attend",
        "fr": "JE PARTICIPE|participer|je participerai|nous participerons|je serai présent|je serai présente|présent|présente|"
        "j'assisterai|assister|j'assiste|je viens|je viendrai|je confirme ma participation|je confirme ma présence|j'accepte|accepté|oui|"
        "oui je participe|"
        "oui je participerai",
        "es": "ASISTIRÉ|asistir|asisto|asistiremos|participaré|participar|participaremos|estaré presente|confirmo mi participación|"
        "confirmo mi asistencia|acepto|aceptado|iré|sí|sí asistiré",
        "ru": "БУДУ УЧАСТВОВАТЬ|участвую|участвовать|приму участие|примем участие|буду присутствовать|подтверждаю участие|приеду|буду|да|"
        "да буду участвовать|принимаю",
        "zh": "出席|参加|我出席|我参加|我会出席|我会参加|我将出席|我将参加|确认出席|确认参加|接受|是|好的|可以",
        "ar": "سأحضر|حضور|أحضر|سأشارك|أشارك|سنحضر|سنشارك|أؤكد حضوري|أؤكد مشاركتي|أقبل|نعم|نعم سأحضر",
    },
    "apologies": {
        "en": "APOLOGIES|apology|my apologies|I send my apologies|please accept my apologies|regret|regrets|I regret|with regret|absent|"
        "I cannot attend|I can't attend|I can not attend|cannot attend|I am unable to attend|unable to attend|I am not able to attend|"
        "I will not be able to attend|I shall not be able to attend|I won't be able to attend|I will not attend|I won't attend|"
        "I shall not attend|I cannot come|I can't come|I cannot participate|I will not participate|I am unable to participate|"
        "I will not be able to participate|I regret that I cannot attend|I regret I cannot attend|I regret that I am unable to attend|"
        "I regret that I will not be able to attend|I regret to inform you that I cannot attend|I am sorry I cannot attend|"
        "sorry I cannot attend|not attending|I am not attending|decline|I decline|declined|no|no I cannot attend",
        "fr": "EXCUSES|excusé|excusée|mes excuses|je vous prie de m'excuser|absent|absente|je ne peux pas participer|"
        "je ne pourrai pas participer|je ne participerai pas|je ne peux pas venir|je ne pourrai pas venir|je ne pourrai pas assister|"
        "je ne peux pas assister|"
        "je ne viendrai pas|je serai absent|je serai absente|je regrette de ne pouvoir participer|je regrette de ne pas pouvoir participer|"
        "je suis au regret de ne pouvoir participer|je décline|décliné|refusé|non",
        "es": "DISCULPAS|excusas|mis disculpas|mis excusas|ausente|no puedo asistir|no podré asistir|no asistiré|no puedo participar|"
        "no podré participar|no participaré|no puedo ir|no iré|lamento no poder asistir|lamento no poder participar|"
        "siento no poder asistir|rechazado|declino|no",
        "ru": "НЕ СМОГУ|не смогу участвовать|не смогу принять участие|не смогу присутствовать|не могу участвовать|не буду участвовать|"
        "не приму участия|не смогу приехать|не приеду|извинения|приношу извинения|приношу свои извинения|"
        "к сожалению не смогу участвовать|к сожалению не смогу принять участие|отсутствую|отказ|отклоняю|нет",
        "zh": "缺席|请假|致歉|无法出席|无法参加|不能出席|不能参加|我无法出席|我无法参加|我不能出席|我不能参加|不出席|不参加|很遗憾无法出席|"
        "很遗憾无法参加|很抱歉无法出席|很抱歉无法参加|拒绝|谢绝|否|不",
        "ar": "اعتذار|أعتذر|أعتذر عن عدم الحضور|نعتذر|نعتذر عن عدم الحضور|غياب|غائب|لن أحضر|لا أستطيع الحضور|لا يمكنني الحضور|"
        "لن أتمكن من الحضور|لن أستطيع الحضور|لن أشارك|لن أتمكن من المشاركة|يؤسفني عدم الحضور|أرفض|لا",
    },
    "alternate": {
        "en": "ALTERNATE|my alternate|in my place|replaced by|my replacement|substitute",
        "fr": "SUPPLÉANT|suppléante|mon suppléant|ma suppléante|à ma place|remplacé par|remplacée par",
        "es": "SUPLENTE|mi suplente|en mi lugar|reemplazado por|sustituto|sustituta",
        "ru": "ЗАМЕСТИТЕЛЬ|мой заместитель|вместо меня|замена",
        "zh": "候补|代理人|代理|替代|代替我出席",
        "ar": "البديل|بديل|بديلي|بدلا مني|نائبي",
    },
}
"""By answer and language; the first of a line is the one that letters name."""
MEETING = (
    "the meeting|this meeting|to the meeting|in the meeting|in person|la réunion|à la réunion|à cette réunion|la reunión|a la reunión|"
    "en la reunión|a esta reunión|в совещании|в заседании|во встрече|на совещании|на совещание|"
    "会议|本次会议|这次会议|الاجتماع|هذا الاجتماع|في الاجتماع"
)
STRAY = " \t*_`\"'«»“”‘’>.!,;:。！，；：、،؛-–—"
MARK = re.compile(r"^\s*(?:(?:re|rép|rv|tr|aw|отв|ответ|回复|答复|رد)\s*[:：]\s*)+", re.IGNORECASE)
GAP = re.compile(
    r"[ \t]*[:：,，،;；.。(（–—-]+[ \t]*|[ \t]+(?=(?:because|since|as|due|car|parce|porque|потому|так как|لأن|بسبب)\b)|(?=因)", re.I
)


@dataclass(frozen=True)
class Said:
    """What the first line says: attending, apologies or alternate; who comes instead; and the words after it."""

    answer: str
    alternate: str = ""
    rest: str = ""


def _spelled(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("ё", "е")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if unicodedata.category(sign) not in ("Mn", "Cf"))
    return re.sub(r"[\s,،，]+", " ", unicodedata.normalize("NFC", bare)).strip(STRAY)


ANSWER_OF = {_spelled(word): answer for answer, by in WORDS.items() for line in by.values() for word in line.split("|")}
MEETINGS = sorted((_spelled(word) for word in MEETING.split("|")), key=len, reverse=True)


def named(language: str) -> dict[str, str]:
    """For each answer the word that a letter in this language asks for."""
    return {answer: by.get(language, by["en"]).split("|")[0] for answer, by in WORDS.items()}


def said(text: str) -> Said | None:
    """What the first line, greetings aside, says, with what follows it; None where it says neither yes nor no: nothing is guessed.

    After a yes on the same line nothing may follow, for it might be a condition; after a no, the reason."""
    lines = text.strip().split("\n")
    for at in [at for at, line in enumerate(lines) if line.strip()][:2]:
        found = _of_line(lines[at])
        if found is not None:
            below = "\n".join([found.rest, *lines[at + 1 :]]).strip()
            if found.answer == "alternate" and not found.alternate:
                name, _, below = below.partition("\n")
                return Said("alternate", name.strip(STRAY), below.strip())
            return Said(found.answer, found.alternate, below)
        if not re.fullmatch(r"[^\n]{1,60}[,:，：!！،]", lines[at].strip()):
            break
    return None


def _of_line(line: str) -> Said | None:
    plain = MARK.sub("", line).strip(" \t*_`\"'>")
    whole = _answer(plain)
    if whole == "alternate":
        return Said("alternate")
    if whole:
        return Said(whole)
    for gap in GAP.finditer(plain):
        answer, rest = _answer(plain[: gap.start()]), plain[gap.end() :].strip(" \t)）")
        if answer == "alternate":
            return Said("alternate", rest.strip(STRAY))
        if answer == "apologies" and _spelled(plain[: gap.start()]) not in BARE:
            return Said("apologies", "", rest)
    return None


BARE = {_spelled(word) for word in ("no", "non", "нет", "否", "不", "لا")}


def _answer(words: str) -> str | None:
    """The answer that these words are, with or without naming the meeting behind them."""
    spelled = _spelled(words)
    if spelled in ANSWER_OF:
        return ANSWER_OF[spelled]
    behind = next((each for each in MEETINGS if spelled.endswith(each)), None)
    return ANSWER_OF.get(spelled.removesuffix(behind).strip(STRAY)) if behind else None
