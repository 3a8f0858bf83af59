"""What a mail asks, done through the verbs that every door uses, and one letter back about what became of it."""

from dataclasses import replace

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import commands, confirming, kindness, kits, queries, receipts, replies
from consult.inbox.gathering import Gathered
from consult.inbox.lines import Command
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.replies import NOTHING_READ, Reply
from consult.inbox.results import Result, Waits
from consult.inbox.sealed import ENCRYPTED, ONLY_OUTLOOK
from consult.kit.text import slug
from consult.people.models import Person
from consult.review import actions as review
from consult.review.models import Round


def do(found: Gathered, read: Read, arrival: Arrival, confirmed: bool = False) -> Result:
    """Do what the mail asks; `confirmed`: its person has said since that it is theirs, and only what waited for that is left to do."""
    with review.mailed(arrival.dated_at):
        return _do(found, read, arrival, confirmed)


def _do(found: Gathered, read: Read, arrival: Arrival, confirmed: bool) -> Result:
    try:
        to_commands = found.facts.addressed_to == "commands"
        if found.kit and to_commands and found.facts.doubted and not confirmed:
            return confirming.asked(found, confirming.COMMANDS)
        if found.kit and to_commands:
            return kits.carry_out(found.kit, None, arrival, None, found.person, replies.enter)
        if to_commands:
            return _commands(found, arrival, confirmed)
        return replies.carry_out(Reply(arrival, read, found.key, found.person, found.own, found.of))
    except Waits as waits:
        return Result("held", waits)
    except Refused as refused:
        return Result("refused", refused)


def _commands(found: Gathered, arrival: Arrival, confirmed: bool) -> Result:
    """What changes nothing is done at once; the rest, where the sender may be somebody else, once they say that it is theirs."""
    asked = found.commands or []
    waiting = [each for each in asked if confirming.needed(each.verb, found.facts)]
    now = [*waiting, *_wished(arrival)] if confirmed else [each for each in asked if each not in waiting]
    result = commands.run(now, found.unread or [], person=found.person, arrival=arrival, key=found.key)
    if confirmed or not waiting:
        return result
    why = confirming.asked(found, confirming.COMMANDS)
    waited = [(each.line, confirming.words_of_waiting(why.state, found.person)) for each in waiting]
    told = [*(result.answers or []), *waited] if result.answers or why.state == "asked" else None
    return replace(result, state=why.state, reason=why.reason, answers=told)


def _wished(arrival: Arrival) -> list[Command]:
    """The YES to the letter that asked is one to what it announced, too."""
    waiting = confirming.wishes(arrival)
    return [Command("YES", " ".join(str(each.id) for each in waiting), "YES")] if waiting else []


def tell(arrival: Arrival, result: Result, found: Gathered, read: Read, once: str = "") -> None:
    """One letter back at most. `once`: what sets it apart from a letter that was written about the same mail before."""
    if kindness.goes_round(arrival, found.answers, result, read.date):
        return
    kind = slug(result.reason.reason, 40)
    if result.answers is not None:
        key = confirming.new_key(arrival, found.person) if result.state == "asked" else None
        receipts.commands(arrival, found.person, result, key, once)
    elif result.state == "taken" and result.receipt is not None:
        result.receipt(arrival, found.person)
    elif result.state == "taken":
        _receipt(arrival, result, found.person, read)
    elif result.state == "refused" or result.reason.reason in (NOTHING_READ, ENCRYPTED, ONLY_OUTLOOK):
        receipts.refusal(arrival, found.person, kind, result.reason, found.own)
    elif result.state == "held" and result.reason.reason != confirming.FLOODED:
        receipts.held(arrival, found.person, kind, result.reason, found.own)


def _receipt(arrival: Arrival, result: Result, person: Person, read: Read) -> None:
    on = db.session.get(Round, arrival.round_id) if arrival.round_id else None  # None: what is taken back was said in several rounds
    group = queries.group(on.group_id if on else arrival.group_id)
    if result.undone:
        receipts.undone(arrival, person, result, group)
    else:
        receipts.receipt(arrival, person, result, on, group, read)
