"""How a person is written to: how often, how large, in which form and language, when not. Every answer says how to go back."""

from flask_babel import force_locale, gettext

from consult.inbox import asking
from consult.inbox.commands.asked import Asked
from consult.kit import clock
from consult.kit.text import size
from consult.people import absences
from consult.people import actions as people
from consult.people import queries as people_queries
from consult.people.models import Person
from consult.people.rules import FORMS, LANGUAGES, RHYTHMS
from consult.web.filters import day_words


def _changed(person: Person, field: str, value: object, shown: str, before: str, back: str) -> str:
    people.change_preferences(person, by=person, door="mail", at=clock.now(), **{field: value})
    return gettext("From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s", shown=shown, before=before, back=back)


def digest(asked: Asked) -> str:
    """DIGEST: how often news come."""
    person = asked.person
    rhythm, before = asking.rhythm(asked.argument), person.rhythm
    return _changed(person, "rhythm", rhythm, gettext(RHYTHMS[rhythm]), gettext(RHYTHMS[before]), f"DIGEST {before}")


def stop(asked: Asked) -> str:
    """STOP: no more letters with news."""
    person = asked.person
    before = person.rhythm
    return _changed(person, "rhythm", "none", gettext(RHYTHMS["none"]), gettext(RHYTHMS[before]), f"DIGEST {before}")


def limit(asked: Asked) -> str:
    """LIMIT: the largest letter."""
    person = asked.person
    limit, before = asking.limit(asked.argument), person.limit_bytes
    return _changed(
        person, "limit_bytes", limit, limit_words(limit), limit_words(before), f"LIMIT {before // 1000} kB" if before else "LIMIT 0"
    )


def format(asked: Asked) -> str:
    """FORMAT: text, or HTML too."""
    person = asked.person
    form, before = asking.form(asked.argument), person.form
    return _changed(person, "form", form, gettext(FORMS[form]), gettext(FORMS[before]), f"FORMAT {before}")


def language(asked: Asked) -> str:
    """LANG: the language of letters."""
    person = asked.person
    language, before = asking.language(asked.argument), person.language
    people.change_preferences(person, by=person, door="mail", at=clock.now(), language=language)
    with force_locale(language):
        return gettext(
            "From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s",
            shown=LANGUAGES[language], before=LANGUAGES[before], back=f"LANG {before}",
        )  # fmt: skip


def away(asked: Asked) -> str:
    """AWAY: the days on which one is not reminded; alone it takes them back."""
    person = asked.person
    days = asking.days(asked.argument)
    if days is None:
        known = people_queries.absences(person.id, clock.now().date())
        for each in known:
            absences.be_back(each.id, by=person, door="mail")
        return gettext("You are reminded again as everybody else.")
    absences.be_away(*days, by=person, door="mail")
    first, last = map(day_words, days)
    told = gettext("You are away from %(first)s to %(last)s and not reminded on these days.", first=first, last=last)
    return f"{told} {gettext('To take it back, send: AWAY')}"


def limit_words(octets: int) -> str:
    """A size limit in words."""
    return gettext("at most %(size)s a letter", size=size(octets)) if octets else gettext("letters of any size")


def zone(asked: Asked) -> str:
    """ZONE: the time zone in which moments are told."""
    person = asked.person
    wanted, before = clock.zone(asked.argument.strip().replace(" ", "_")).key, person.zone
    return _changed(person, "zone", wanted, wanted, before, f"ZONE {before}")
