"""All commands of a mail, one after the other, and one letter back for all of them."""

from datetime import datetime

from flask_babel import force_locale

from consult.errors import Refused
from consult.extensions import db, stored
from consult.inbox import receipts
from consult.inbox.commands import table, wishes
from consult.inbox.commands.asked import Asked, Gathered
from consult.inbox.lines import Command, command
from consult.inbox.models import Arrival, Wish
from consult.inbox.results import Result
from consult.kit.words import N_
from consult.outbox.models import ReplyKey
from consult.people.models import Person

MOST = 20
NOT_YET = N_("%(verb)s is not offered here yet. HELP lists what is.")
ANSWERED = N_("Commands were answered.")
UNSURE = N_("No mail server confirms that this came from you. Answer the letter that asked you with YES, and it is done.")
NOT_SURE = N_("It asks to change something, and nobody confirms that it came from the person it names.")
DROPPED = N_("Nothing is done with it: %(line)s")


def run(asked: list[Command], unread: list[str], *, person: Person, arrival: Arrival, key: ReplyKey | None) -> Result:
    """Do what each line asks, the first twenty; one that is refused says why, and the others are done all the same."""
    if arrival.id is None:  # what is noted below belongs to this mail
        stored(arrival, person=person)
    shared, answers = Gathered(), []
    for each in asked[:MOST]:
        about = Asked(each, person, arrival, key, shared=shared)
        answers += _agreed(about) if each.verb in ("YES", "NO") else [(each.line, _answer(about))]
    understood: list[dict] = [{"type": "command", "id": number, "mark": each.verb} for number, each in enumerate(asked[:MOST], 1)]
    if shared.results:
        understood[0]["results"] = shared.results
    return Result(
        "taken",
        Refused(ANSWERED),
        understood=understood,
        answers=_once(answers),
        left=len(asked[MOST:]),
        unread=unread,
        wishes=shared.wishes,
    )


def _answer(about: Asked) -> str:
    """What the verb says, in the person's language; nothing of a verb that is refused stays."""
    with force_locale(about.person.language):
        try:
            if about.command.verb in table.WEIGHTY and about.key and not (about.arrival.verified or about.agreed):
                raise Refused(NOT_SURE)
            with db.session.begin_nested():
                return table.VERBS.get(about.command.verb, _not_yet)(about)
        except Refused as refused:
            return receipts.told(refused)


def _agreed(about: Asked) -> list[tuple[str, str]]:
    """YES and NO: what waits for one of them is done, or dropped."""
    numbers = [int(number) for number in about.argument.replace(",", " ").split()]
    with force_locale(about.person.language):
        try:
            waiting = wishes.open_of(about.person.id, numbers, about.at)
        except Refused as refused:
            return [(about.command.line, receipts.told(refused))]
    yes, sure = about.command.verb == "YES", about.arrival.verified
    return [settled(each, about, yes) if sure or each.octets or not yes else (about.command.line, _told(UNSURE, about)) for each in waiting]


def _told(reason: str, about: Asked) -> str:
    with force_locale(about.person.language):
        return receipts.told(Refused(reason))


def settled(wish: Wish, about: Asked, yes: bool) -> tuple[str, str]:
    """Do what was wished, or drop it; either way it waits no more."""
    line, _, body = wish.line.partition("\n")
    if not yes:
        wish.done_at = about.at
        return line, receipts.told(Refused(DROPPED, line=line))
    meant = command(line)
    again = Command(meant.verb, meant.argument, meant.line, body)
    told = _answer(Asked(again, about.person, about.arrival, about.key, agreed=True, shared=about.shared))
    wish.done_at = about.at
    return line, told


def _once(answers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same question asked again gets no second answer."""
    return list({(line.casefold(), answer): (line, answer) for line, answer in answers}.values())


def _not_yet(asked: Asked) -> str:
    raise Refused(NOT_YET, verb=asked.command.verb)


def say_yes(text: str, *, person: Person, arrival: Arrival, key: ReplyKey | None, yes: bool, at: datetime) -> Result:
    """YES or NO, answered to the letter that announced something: about all that it announced."""
    first = db.session.get(Wish, key.subject_id)
    asked = Command("YES" if yes else "NO", "", text.strip().partition("\n")[0][:80])
    about = Asked(asked, person, arrival, key, shared=Gathered())
    waiting = [each for each in wishes.of_arrival(first) if each.done_at is None] if first is not None else []
    if not waiting:
        raise Refused(wishes.NOTHING_WAITS)
    answers = [settled(each, about, yes) for each in waiting]
    understood = [{"type": "command", "id": each.id, "mark": asked.verb} for each in waiting]
    return Result("taken", Refused(ANSWERED), understood=understood, answers=answers, unread=[], wishes=about.shared.wishes)
