"""What people ask for by mail: help, how they are written to, what waits for them. Every answer says how to go back."""

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from consult.drafts import queries as drafts
from consult.errors import Refused
from consult.inbox import asking
from consult.inbox.models import Arrival
from consult.inbox.receipts import told
from consult.inbox.results import Result
from consult.inbox.words import Command
from consult.kit import clock
from consult.kit.text import size
from consult.kit.words import N_
from consult.outbox.models import ReplyKey
from consult.people import absences
from consult.people import actions as people
from consult.people import queries as people_queries
from consult.people.models import Person
from consult.people.rules import FORMS, LANGUAGES, RHYTHMS
from consult.polls import queries as polls
from consult.review import queries as review
from consult.web.filters import day_words, instant_words

MOST = 20
NOT_YET = N_("%(verb)s is not offered here yet. HELP lists what is.")
ANSWERED = N_("Commands were answered.")


def run(asked: list[Command], unread: list[str], *, person: Person, arrival: Arrival, key: ReplyKey | None) -> Result:
    """Do what each line asks, the first twenty; one that is refused says why, and the others are done all the same."""
    answers = []
    for command in asked[:MOST]:
        with force_locale(person.language):
            try:
                answers.append((command.line, _VERBS.get(command.verb, _not_yet)(command, person, arrival, key)))
            except Refused as refused:
                answers.append((command.line, told(refused)))
    understood = [{"type": "command", "id": number, "mark": command.verb} for number, command in enumerate(asked[:MOST], 1)]
    return Result("taken", Refused(ANSWERED), understood=understood, answers=_once(answers), left=len(asked[MOST:]))


def _once(answers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same question asked again gets no second answer."""
    return list({(line.casefold(), answer): (line, answer) for line, answer in answers}.values())


def _not_yet(command: Command, *_) -> str:
    raise Refused(NOT_YET, verb=command.verb)


def _help(command: Command, person: Person, *_) -> str:
    return render_template("mail/inbox/help.txt", domain=current_app.config["MAIL_DOMAIN"], languages=LANGUAGES).strip()


def _status(command: Command, person: Person, *_) -> str:
    rounds = [(each, instant_words(each.closes_at, person.zone)) for each in review.open_rounds_of(person.id)]
    waiting = [(each, instant_words(each.closes_at, person.zone)) for each in polls.waiting_for(person)]
    return render_template(
        "mail/inbox/status.txt", person=person, rhythm=gettext(RHYTHMS[person.rhythm]), form=gettext(FORMS[person.form]),
        limit=_limit_words(person.limit_bytes), language=LANGUAGES[person.language], rounds=rounds, polls=waiting,
        groups=people_queries.groups_of(person),
    ).strip()  # fmt: skip


def _list(command: Command, person: Person, *_) -> str:
    groups = people_queries.groups_of(person)
    found = []
    for group in groups:
        rounds = [(each, review.state(each), instant_words(each.closes_at, person.zone)) for each in review.rounds_of_group(group.id)]
        found.append((group, drafts.drafts(group.id), rounds))
    return render_template("mail/inbox/list.txt", groups=found).strip()


def _which(command: Command, person: Person, arrival: Arrival, key: ReplyKey | None) -> str:
    addresses = ", ".join(each.address for each in person.addresses)
    words = [gettext("You are known here as %(name)s, with these addresses: %(addresses)s.", name=person.name, addresses=addresses)]
    if key is not None and key.letter is not None and key.person_id == person.id:
        sent = instant_words(key.letter.sent_at or key.letter.created_at, person.zone)
        words.append(gettext("The letter you answered is “%(subject)s” of %(sent)s.", subject=key.letter.subject, sent=sent))
    else:
        words.append(gettext("To learn what a reply address is for, answer the letter itself and put consult@ in place of its address."))
    return " ".join(words)


def _changed(person: Person, field: str, value: object, shown: str, before: str, back: str) -> str:
    people.change_preferences(person, by=person, door="mail", at=clock.now(), **{field: value})
    return gettext("From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s", shown=shown, before=before, back=back)


def _digest(command: Command, person: Person, *_) -> str:
    rhythm, before = asking.rhythm(command.argument), person.rhythm
    return _changed(person, "rhythm", rhythm, gettext(RHYTHMS[rhythm]), gettext(RHYTHMS[before]), f"DIGEST {before}")


def _stop(command: Command, person: Person, *_) -> str:
    before = person.rhythm
    return _changed(person, "rhythm", "none", gettext(RHYTHMS["none"]), gettext(RHYTHMS[before]), f"DIGEST {before}")


def _limit(command: Command, person: Person, *_) -> str:
    limit, before = asking.limit(command.argument), person.limit_bytes
    return _changed(
        person, "limit_bytes", limit, _limit_words(limit), _limit_words(before), f"LIMIT {before // 1000} kB" if before else "LIMIT 0"
    )


def _format(command: Command, person: Person, *_) -> str:
    form, before = asking.form(command.argument), person.form
    return _changed(person, "form", form, gettext(FORMS[form]), gettext(FORMS[before]), f"FORMAT {before}")


def _language(command: Command, person: Person, *_) -> str:
    language, before = asking.language(command.argument), person.language
    people.change_preferences(person, by=person, door="mail", at=clock.now(), language=language)
    with force_locale(language):
        return gettext(
            "From now on: %(shown)s (before: %(before)s). To go back, send: %(back)s",
            shown=LANGUAGES[language], before=LANGUAGES[before], back=f"LANG {before}",
        )  # fmt: skip


def _away(command: Command, person: Person, *_) -> str:
    days = asking.days(command.argument)
    if days is None:
        known = people_queries.absences(person.id, clock.now().date())
        for each in known:
            absences.be_back(each.id, by=person, door="mail")
        return gettext("You are reminded again as everybody else.")
    absences.be_away(*days, by=person, door="mail")
    first, last = map(day_words, days)
    told = gettext("You are away from %(first)s to %(last)s and not reminded on these days.", first=first, last=last)
    return f"{told} {gettext('To take it back, send: AWAY')}"


def _limit_words(octets: int) -> str:
    return gettext("at most %(size)s a letter", size=size(octets)) if octets else gettext("letters of any size")


_VERBS = {
    "HELP": _help, "STATUS": _status, "LIST": _list, "WHICH": _which, "DIGEST": _digest, "STOP": _stop, "LIMIT": _limit, "FORMAT": _format,
    "LANG": _language, "AWAY": _away,
}  # fmt: skip
