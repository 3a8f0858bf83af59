"""Pure: the one word by which somebody answers a poll by mail, as people of six languages write it, and what stands below it."""

import re
import unicodedata

WORDS = {
    "agree": {
        "en": "AGREE|I agree|we agree|agreed|yes|support|in favour|in favor|no objection|no objections",
        "fr": "D'ACCORD|je suis d'accord|nous sommes d'accord|approuve|j'approuve|nous approuvons|oui|pas d'objection|sans objection",
        "es": "DE ACUERDO|estoy de acuerdo|estamos de acuerdo|acuerdo|apruebo|aprobamos|sí|sin objeciones|sin objeción",
        "ru": "СОГЛАСЕН|согласна|согласны|я согласен|я согласна|мы согласны|за|да|не возражаю|не возражаем|без возражений",
        "zh": "同意|我同意|我们同意|赞成|支持|是|无异议|没有异议",
        "ar": "أوافق|نوافق|موافق|موافقة|موافقون|نعم|لا اعتراض|لا نعترض",
    },
    "can-live-with": {
        "en": "CAN LIVE WITH|I can live with|I can live with it|I can live with this|we can live with it|we can live with this|"
        "can live with it|can live with this|can live with that|live with|acceptable",
        "fr": "ACCEPTABLE|peux accepter|je peux l'accepter|je peux accepter|nous pouvons l'accepter|nous pouvons accepter|"
        "je m'en accommode|"
        "je peux vivre avec",
        "es": "ACEPTABLE|puedo aceptarlo|podemos aceptarlo|puedo vivir con ello|podemos vivir con ello|puedo aceptar|podemos aceptar",
        "ru": "ПРИЕМЛЕМО|могу принять|можем принять|готов принять|готова принять|готовы принять|могу согласиться|можем согласиться",
        "zh": "可以接受|我可以接受|我们可以接受|能接受|能够接受",
        "ar": "يمكنني القبول|يمكننا القبول|أقبل به|نقبل به|مقبول|يمكن القبول",
    },
    "object": {
        "en": "OBJECT|I object|we object|objection|oppose|I oppose|we oppose|disagree|I disagree|we disagree|do not agree|"
        "I do not agree|we do not agree|no",
        "fr": "OBJECTION|je m'oppose|nous nous opposons|m'oppose|opposé|opposée|pas d'accord|je ne suis pas d'accord|"
        "nous ne sommes pas d'accord|contre|non",
        "es": "OBJECIÓN|me opongo|nos oponemos|objeto|objetamos|no estoy de acuerdo|no estamos de acuerdo|en contra|no",
        "ru": "ВОЗРАЖАЮ|возражаем|возражение|против|не согласен|не согласна|не согласны|нет",
        "zh": "反对|我反对|我们反对|不同意|我不同意|我们不同意|有异议|否|不",
        "ar": "أعترض|نعترض|اعتراض|معترض|لا أوافق|لا نوافق|أرفض|لا",
    },
    "abstain": {
        "en": "ABSTAIN|I abstain|we abstain|abstention|abstaining|no position|no opinion",
        "fr": "ABSTENTION|je m'abstiens|nous nous abstenons|m'abstiens|sans avis|sans opinion",
        "es": "ABSTENCIÓN|me abstengo|nos abstenemos|sin opinión|sin posición",
        "ru": "ВОЗДЕРЖИВАЮСЬ|воздерживаемся|воздержался|воздержалась|воздержание",
        "zh": "弃权|我弃权|我们弃权|棄權",
        "ar": "أمتنع|نمتنع|امتناع|ممتنع|امتناع عن التصويت|أمتنع عن التصويت",
    },
}
"""By choice and language; the first of a line is the one that letters name."""
STRAY = " \t*_`\"'«»“”‘’>.!,;:。！，；：、،؛-–—"
GREETING = re.compile(r"[^\n]{1,60}[,:，：!！،]")
MARK = re.compile(r"^\s*(?:(?:re|rép|rv|tr|aw|отв|ответ|回复|答复|رد)\s*[:：]\s*)+", re.IGNORECASE)
REASON = re.compile(
    r"[ \t]*[:：,，،;；.。–—-]+[ \t]*|[ \t]+(?=(?:because|since|as|car|parce|puisque|porque|ya que|потому|так как|لأن)\b)", re.I
)


def _spelled(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("ё", "е")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(unicodedata.normalize("NFC", bare).replace("-", " ").split())


BARE = {_spelled(word) for word in ["yes", "no", "oui", "non", "sí", "да", "нет", "是", "否", "不", "نعم", "لا"]}
CHOICE_OF = {_spelled(word): choice for choice, by in WORDS.items() for line in by.values() for word in line.split("|")}


def named(language: str) -> dict[str, str]:
    """For each choice the word that a letter in this language asks for."""
    return {choice: by.get(language, by["en"]).split("|")[0] for choice, by in WORDS.items()}


def voice(text: str) -> tuple[str | None, str]:
    """(choice, what stands after it) where the first line, greetings aside, is such a word; (None, the text) where it is not.

    Words on the same line may follow after a colon, comma, dash or “because”, but not after AGREE, where they might be a condition, and
    not after a bare yes or no, where nobody knows to what. A sentence that only begins with such a word decides nothing."""
    lines = text.strip().split("\n")
    said = [at for at, line in enumerate(lines) if line.strip()][:2]
    for at in said:
        choice, reason = _of_line(lines[at])
        if choice:
            return choice, "\n".join([reason, *lines[at + 1 :]]).strip()
        if not GREETING.fullmatch(lines[at].strip()):
            break
    return None, text


def _of_line(line: str) -> tuple[str | None, str]:
    said = MARK.sub("", line).lstrip(STRAY)
    choice = CHOICE_OF.get(_spelled(said.strip(STRAY)))
    if choice:
        return choice, ""
    for gap in REASON.finditer(said):
        word = _spelled(said[: gap.start()].strip(STRAY))
        choice = CHOICE_OF.get(word)
        if choice and choice != "agree" and word not in BARE:
            return choice, said[gap.end() :].strip()
    return None, ""
