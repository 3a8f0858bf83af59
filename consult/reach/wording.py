"""The questions about means and their answers in the reader's language, as letters and pages show them."""

from flask_babel import gettext

from consult.kit.text import size
from consult.kit.words import N_
from consult.people.models import Person
from consult.people.rules import MEANS
from consult.reach import rules
from consult.reach.choices import CHOICES, KEYS
from consult.reach.reading import written
from consult.web.locale import language

SIZES = {"limit_bytes": N_("for example 40 kB; 0: of any size"), "budget_bytes": N_("for example 5 MB; 0: no limit")}
LISTED = {"connection": rules.CONNECTIONS, "device": rules.DEVICES, "ways": rules.WAYS}


def questions() -> list[str]:
    """Each question on a line: its number, its word, what it asks and what can be chosen."""
    return [f"{number}. {key(name)} – {asked(name)}" for number, name in enumerate(rules.QUESTIONS, 1)]


def key(name: str) -> str:
    """The word that stands for a question."""
    return KEYS[name][language()][0]


def asked(name: str) -> str:
    """What a question asks, with the choices or an example."""
    words = gettext(rules.QUESTIONS[name])
    if name in SIZES:
        return f"{words} ({gettext(SIZES[name])})"
    if name not in LISTED:
        return words
    given = [f"{sign}) {gettext(word)}" for sign, word in zip("abcde", LISTED[name].values(), strict=False)]
    several = " " + gettext("(several if you like)") if name == "ways" else ""
    return f"{words}{several} {'; '.join(given)}"


def short_questions() -> str:
    """All questions in one sentence: `1: How good is your line?; 2: …`."""
    return "; ".join(f"{number}: {gettext(words)}" for number, words in enumerate(rules.QUESTIONS.values(), 1))


def form(said: dict | None = None) -> str:
    """The form that is filled in, with what is known already."""
    return written(said or {}, language())


def shown(name: str, value: object) -> str:
    """One answer in words; empty where nothing was said."""
    if value in (None, ""):
        return ""
    if name in SIZES:
        return size(int(str(value))) if value else gettext("no limit")
    if name in LISTED:
        return gettext(", ").join(gettext(LISTED[name][code]) for code in str(value).split())
    return str(value)


def told(said: dict) -> list[tuple[int, str, str]]:
    """(number, question, answer) of everything that was said, in the order of the questions."""
    return [
        (number, gettext(words), shown(name, said[name]) or gettext("none"))
        for number, (name, words) in enumerate(rules.QUESTIONS.items(), 1)
        if name in said and said[name] is not None
    ]


def changed(person: Person, before: dict) -> list[tuple[str, str]]:
    """(what holds from now on, the line that takes it back or nothing) for each preference that an answer changed."""
    return [_changed(person, name, value) for name, value in before.items()]


def _changed(person: Person, name: str, value: object) -> tuple[str, str]:
    if name == "limit_bytes":
        words = gettext("The largest letter: %(size)s", size=_size(person.limit_bytes))
        return words, f"3: {written({name: value}).split(chr(10))[2][3:]}"
    if name == "budget_bytes":
        words = gettext("In a month at most: %(size)s", size=_size(person.budget_bytes))
        return words, f"4: {written({name: value}).split(chr(10))[3][3:]}"
    if name == "means":
        both = [CHOICES["ways"][way][language()][0] for way in (("page", "mail") if value == "page" else ("mail",))]
        return gettext("You take part by: %(means)s", means=gettext(MEANS[person.means])), f"8: {', '.join(both)}"
    return gettext("No files travel along with letters; a line says what there is and how to get it."), f"ATTACHMENTS {value}"


def _size(octets: int) -> str:
    return size(octets) if octets else gettext("no limit")
