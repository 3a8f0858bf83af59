"""Pure: what follows a command word: a rhythm, a size, a form, a language, hours, as people of six languages write them."""

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
ATTACHMENTS = {
    "none": "none|no|off|never|text|aucun|aucune|non|jamais|ninguno|ninguna|nunca|нет|без|никогда|无|不要|لا شيء|لا|بدون",
    "links": "links|link|lien|liens|enlace|enlaces|vínculos|ссылки|ссылка|链接|連結|روابط|رابط",
    "under": "under|under the limit|limit|small|yes|sous|petits|oui|sous la limite|bajo|pequeños|sí|dentro del límite|до|малые|да|"
    "小文件|限额内|是|الصغيرة|ضمن الحد|نعم",
}
PACKINGS = {
    "gz": "gz|gzip|.gz|txt.gz|.txt.gz",
    "zip": "zip|.zip",
    "": "none|no|off|plain|text|aucun|aucune|non|texte|ninguno|ninguna|texto|нет|без|текст|无|不要|不压缩|文本|لا شيء|لا|بدون|نص",
}
DIGEST_FORMS = {
    "plain": "plain|text|short|simple|texte|texto|sencillo|простой|простая|текст|纯文本|文本|简单|بسيط|نص",
    "rfc1153": "rfc1153|rfc 1153|1153|rfc|rfc-1153",
    "mime": "mime|multipart|multipart/digest",
}
NONE = "none|no|off|never|0|aucun|aucune|non|jamais|ninguno|ninguna|nunca|нет|никогда|无|不要|没有|لا شيء|لا|أبدا|بدون"
HOURS = re.compile(r"\D*(\d{1,2})(?:[:.h]00|h)?\D+(\d{1,2})(?:[:.h]00|h)?\D*")
SIZE = re.compile(r"(\d{1,9})(?:[.,](\d))?\s*(k|ko|kb|кб|m|mo|mb|мб)?(?:ytes?)?", re.I)
DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))")
WHICH_DAYS = N_("AWAY needs the first and the last day as year-month-day. For example: AWAY 2026-12-20 2027-01-05")
WHICH_RHYTHM = N_("DIGEST needs one of: at-once, daily, weekly, none. For example: DIGEST weekly")
WEEKDAYS = (
    "monday|mon|lundi|lun|lunes|понедельник|пн|周一|星期一|الاثنين",
    "tuesday|tue|mardi|mar|martes|вторник|вт|周二|星期二|الثلاثاء",
    "wednesday|wed|mercredi|mer|miércoles|mié|среда|ср|周三|星期三|الأربعاء",
    "thursday|thu|jeudi|jeu|jueves|четверг|чт|周四|星期四|الخميس",
    "friday|fri|vendredi|ven|viernes|пятница|пт|周五|星期五|الجمعة",
    "saturday|sat|samedi|sam|sábado|суббота|сб|周六|星期六|السبت",
    "sunday|sun|dimanche|dim|domingo|воскресенье|вс|周日|星期日|星期天|الأحد",
)
WHICH_SIZE = N_("LIMIT needs a size. For example: LIMIT 40 kB, or LIMIT 0 for none")
WHICH_FORM = N_("FORMAT needs text or html. For example: FORMAT text")
WHICH_BUDGET = N_("BUDGET needs a size a month. For example: BUDGET 300 kB, or BUDGET 0 for none")
WHICH_ATTACHMENTS = N_(
    "ATTACHMENTS needs none, links or under. For example: ATTACHMENTS under, for files that fit into your largest letter"
)
WHICH_PACKING = N_("PACK needs gz, zip or none. For example: PACK gz")
WHICH_DIGEST_FORM = N_("FORM needs plain, rfc1153 or mime. For example: FORM plain")
WHICH_HOURS = N_("QUIET needs two hours of your clock. For example: QUIET 22-6, or QUIET none")
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


def moment(argument: str) -> tuple[str, int | None, int | None]:
    """(rhythm, weekday from 0, hour) of `weekly monday 7`, where the day and the hour may be left out."""
    words = _digits(argument).split()
    hour = day = None
    if words and (found := re.fullmatch(r"(\d{1,2})(?::00|h)?", words[-1])) and len(words) > 1:
        hour = int(found[1])
        del words[-1]
    if len(words) > 1 and _folded(words[-1]) in _DAY_OF:
        day = _DAY_OF[_folded(words[-1])]
        del words[-1]
    return rhythm(" ".join(words)), day, hour


def form(argument: str) -> str:
    """`text` or `html`."""
    return _one_of(argument, _FORM_OF, WHICH_FORM)


def language(argument: str) -> str:
    """One of the six languages as two letters."""
    return _one_of(argument, _LANGUAGE_OF, WHICH_LANGUAGE)


def limit(argument: str, reason: str = WHICH_SIZE) -> int:
    """A size in octets (`40`, `40 kB`, `1.5 MB`; a bare number below 10,000 counts kilobytes); 0 for none."""
    if _folded(argument) in _NONE:
        return 0
    found = SIZE.fullmatch(_digits(argument))
    if not found:
        raise Refused(reason)
    number = int(found[1]) + int(found[2] or 0) / 10
    unit = (found[3] or "").lower()[:1]
    if not unit:
        return int(number * 1000 if number < 10_000 else number)
    return int(number * (1_000_000 if unit in "mм" else 1000))


def budget(argument: str) -> int:
    """The octets a month, as `limit` reads a size; 0 for none."""
    return limit(argument, WHICH_BUDGET)


def attachments(argument: str) -> str:
    """`none`, `links` or `under`."""
    return _one_of(argument, _ATTACHMENTS_OF, WHICH_ATTACHMENTS)


def packing(argument: str) -> str:
    """`gz`, `zip` or nothing."""
    return _one_of(argument, _PACKING_OF, WHICH_PACKING)


def digest_form(argument: str) -> str:
    """`plain`, `rfc1153` or `mime`."""
    return _one_of(argument, _DIGEST_FORM_OF, WHICH_DIGEST_FORM)


def quiet(argument: str) -> tuple[int | None, int | None]:
    """The hours from and until which it is quiet (`22-6`, `22:00 to 06:00`), midnight as 0 or 24; twice None for none."""
    if _folded(argument) in _NONE:
        return None, None
    found = HOURS.fullmatch(_digits(argument))
    if not found or int(found[1]) > 24 or int(found[2]) > 24:
        raise Refused(WHICH_HOURS)
    return int(found[1]) % 24, int(found[2]) % 24


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
_ATTACHMENTS_OF, _PACKING_OF, _DIGEST_FORM_OF = _inverted(ATTACHMENTS), _inverted(PACKINGS), _inverted(DIGEST_FORMS)
_NONE = {word for word, meaning in _RHYTHM_OF.items() if meaning == "none"} | {_folded(word) for word in NONE.split("|")}
_DAY_OF = {_folded(word): number for number, line in enumerate(WEEKDAYS) for word in line.split("|")}
