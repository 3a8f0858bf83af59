"""How a person is written to: how often, how large, in which form and language, when not. Every answer says how to go back."""

from flask_babel import force_locale, gettext

from consult.errors import NotFound, Refused
from consult.inbox import asking
from consult.inbox.commands.asked import Asked
from consult.inbox.words import ANSWER_OF, spelled
from consult.kit import clock
from consult.kit.text import size
from consult.kit.words import N_
from consult.people import absences, addresses, letters, links, throttle
from consult.people import actions as people
from consult.people import queries as people_queries
from consult.people import rules as people_rules
from consult.people.models import Person
from consult.people.rules import DAYS, FORMS, LANGUAGES, RHYTHMS
from consult.web.filters import day_words

EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NO_ADDRESS = N_("You have no address %(address)s here.")
NOT_SURE = N_("It asks to change something, and nobody confirms that it came from the person it names.")
ON_OFF = N_("RECEIPTS needs on or off. For example: RECEIPTS on")


def _changed(person: Person, field: str, value: object, shown: str, before: str, back: str) -> str:
    people.change_preferences(person, by=person, door="mail", at=clock.now(), **{field: value})
    return gettext("From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s", shown=shown, before=before, back=back)


def digest(asked: Asked) -> str:
    """DIGEST: how often news come."""
    person = asked.person
    (rhythm, day, hour), before = asking.moment(asked.argument), person.rhythm
    when = {key: value for key, value in {"digest_day": day, "digest_hour": hour}.items() if value is not None}
    back = f"DIGEST {before}" + (f" {EN_DAYS[person.digest_day]} {person.digest_hour}" if when else "")
    if when:
        people.change_preferences(person, by=person, door="mail", at=clock.now(), **when)
    shown = gettext(RHYTHMS[rhythm]) + (f" ({gettext(DAYS[person.digest_day])}, {person.digest_hour}:00)" if when else "")
    return _changed(person, "rhythm", rhythm, shown, gettext(RHYTHMS[before]), back)


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


def name(asked: Asked) -> str:
    """NAME: how one is called here."""
    before, wanted = asked.person.name, asked.argument
    return _changed(asked.person, "name", wanted, wanted, before, f"NAME {before}")


def receipts(asked: Asked) -> str:
    """RECEIPTS on or off: whether every letter is answered with what was understood."""
    word = spelled(asked.argument)
    wanted = True if word == "on" or ANSWER_OF.get(word) == "YES" else False if word == "off" or ANSWER_OF.get(word) == "NO" else None
    if wanted is None:
        raise Refused(ON_OFF)
    shown = {True: gettext("receipts"), False: gettext("no receipts")}
    before = asked.person.receipts
    return _changed(asked.person, "receipts", wanted, shown[wanted], shown[before], f"RECEIPTS {'on' if before else 'off'}")


def address(asked: Asked) -> str:
    """ADDRESS ADD, FIRST or REMOVE: the addresses one writes from and gets letters at. A new one has to confirm itself."""
    if not asked.arrival.verified:  # who has an address signs in by it: a reply key that was passed on must not be enough for that
        raise Refused(NOT_SURE)
    what, _, given = asked.argument.rpartition(" ")
    person, what = asked.person, what.strip().lower() or "add"
    if what == "confirm":
        return _confirmed(given, asked)
    if what == "add":
        wanted = people_rules.address(given)
        throttle.take_letter(wanted)
        if people_queries.find_address(wanted) is None:
            letters.send_link(person, wanted, "address", subject=wanted)
        return gettext("A letter is on its way to %(address)s. Open the link in it to confirm the address.", address=wanted)
    chosen = next((each for each in person.addresses if each.folded == people_rules.folded(given)), None)
    if chosen is None:
        raise Refused(NO_ADDRESS, address=given[:80])
    if what == "remove":
        addresses.remove_address(person, chosen, by=person, door="mail")
        return gettext("The address was removed.")
    addresses.put_address_first(person, chosen, by=person, door="mail")
    return gettext("Letters go to %(address)s from now on.", address=chosen.address)


def _confirmed(token: str, asked: Asked) -> str:
    """The code came to the new address, and comes back from one that was known before: both belong to this person."""
    link, whose = links.use_link(token, "address")
    if whose.id != asked.person.id:
        raise NotFound()
    people.add_address(whose, link.subject, by=whose, door="mail", at=asked.at)
    return gettext("The address is yours now.")
