"""Pure: what follows a command word: a rhythm, a size, a form, a language, as people of six languages write them."""

import re
import unicodedata
from datetime import date

from consult.errors import Refused
from consult.kit.words import N_

RHYTHMS = {
    "at-once": "at-once|at once|immediately|now|immédiatement|tout de suite|inmediatamente|ahora|сразу|немедленно|立即|马上|فورا|حالا",
    "daily": "daily|day|every day|quotidien|jour|journalier|diario|día|ежедневно|день|每天|每日|يوميا|يومي",
    "weekly": "weekly|week|every week|hebdomadaire|semaine|semanal|semana|еженедельно|неделя|每周|每週|أسبوعيا|أسبوعي",
    "none": "none|off|never|no|aucun|jamais|non|ninguno|nunca|нет|никогда|无|不要|从不|لا شيء|لا|أبدا",
}
FORMS = {"text": "text|plain|texte|texto|текст|文本|纯文本|نص", "html": "html"}
LANGUAGES = {
    "ar": "ar|arabic|arabe|árabe|арабский|阿拉伯文|阿拉伯语|العربية|عربي",
    "en": "en|english|anglais|inglés|английский|英文|英语|الإنجليزية|انجليزي",
    "es": "es|spanish|espagnol|español|espanol|испанский|西班牙文|西班牙语|الإسبانية",
    "fr": "fr|french|français|francais|francés|французский|法文|法语|الفرنسية",
    "ru": "ru|russian|russe|ruso|русский|俄文|俄语|الروسية",
    "zh": "zh|chinese|chinois|chino|китайский|中文|汉语|الصينية",
}
SIZE = re.compile(r"(\d{1,9})(?:[.,](\d))?\s*(k|ko|kb|кб|m|mo|mb|мб)?(?:ytes?)?", re.I)
DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))")
WHICH_DAYS = N_("AWAY needs the first and the last day as year-month-day. For example: AWAY 2026-12-20 2027-01-05")
WHICH_RHYTHM = N_("DIGEST needs one of: at-once, daily, weekly, none. For example: DIGEST weekly")
WHICH_SIZE = N_("LIMIT needs a size. For example: LIMIT 40 kB, or LIMIT 0 for none")
WHICH_FORM = N_("FORMAT needs text or html. For example: FORMAT text")
WHICH_LANGUAGE = N_("LANG needs one of: ar, en, es, fr, ru, zh. For example: LANG fr")


def days(argument: str) -> tuple[date, date] | None:
    """The first and the last day away (ISO 8601, or day.month.year); one day stands for itself, None where nothing is said."""
    if not argument.strip():
        return None
    found = [_day(match) for match in DAY.finditer(_digits(argument))]
    if not 1 <= len(found) <= 2:
        raise Refused(WHICH_DAYS)
    return found[0], found[-1]


def _day(match: re.Match) -> date:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refused(WHICH_DAYS) from None


def rhythm(argument: str) -> str:
    """`daily`, `weekly`, `at-once` or `none`."""
    return _one_of(argument, _RHYTHM_OF, WHICH_RHYTHM)


def form(argument: str) -> str:
    """`text` or `html`."""
    return _one_of(argument, _FORM_OF, WHICH_FORM)


def language(argument: str) -> str:
    """One of the six languages as two letters."""
    return _one_of(argument, _LANGUAGE_OF, WHICH_LANGUAGE)


def limit(argument: str) -> int:
    """A size in octets (`40`, `40 kB`, `1.5 MB`; a bare number below 10,000 counts kilobytes); 0 for none."""
    if _folded(argument) in _NONE:
        return 0
    found = SIZE.fullmatch(_digits(argument))
    if not found:
        raise Refused(WHICH_SIZE)
    number = int(found[1]) + int(found[2] or 0) / 10
    unit = (found[3] or "").lower()[:1]
    if not unit:
        return int(number * 1000 if number < 10_000 else number)
    return int(number * (1_000_000 if unit in "mм" else 1000))


def _digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Mn").split()).strip(" .")


def _one_of(argument: str, known: dict[str, str], reason: str) -> str:
    found = known.get(_folded(argument))
    if found is None:
        raise Refused(reason)
    return found


def _inverted(words: dict[str, str]) -> dict[str, str]:
    return {_folded(word): meaning for meaning, line in words.items() for word in line.split("|")}


_RHYTHM_OF, _FORM_OF, _LANGUAGE_OF = _inverted(RHYTHMS), _inverted(FORMS), _inverted(LANGUAGES)
_NONE = {word for word, meaning in _RHYTHM_OF.items() if meaning == "none"} | {"0"}
