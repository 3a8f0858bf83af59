"""DESK, RELEASE and ASIDE: an officer who travels settles by mail what came and could not be placed. Joined to the table by rooms.py."""

import re

from flask_babel import gettext
from sqlalchemy import select

from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox import actions, queries, rules
from consult.inbox.commands import naming, table
from consult.inbox.commands.asked import Asked
from consult.inbox.models import Arrival
from consult.kit.text import size
from consult.kit.words import N_
from consult.people import queries as people
from consult.web.filters import instant_words

MOST = 15
SHOWN = 120
RELEASED = re.compile(r"#?(\d{1,9})(.*)", re.DOTALL)
AS = re.compile(r"\bas\s+(.+?)(?=\s+(?:to|in)\s+R\s?\d|$)", re.IGNORECASE)
MARK = re.compile(r"\bR\s?\d{1,6}\s+\[?\s*([\w()]{1,20})\s*\]?\s*$", re.IGNORECASE)
NO_ARRIVAL = N_("No letter of that number waits at a desk of yours.")
NO_PERSON = N_("Nobody here is called “%(name)s”. Write the e-mail address.")
NOT_OFFICER = N_("You work at no desk.")


def desk(asked: Asked) -> str:
    """DESK: what waits for an officer, each with the lines that settle it."""
    groups = [group.id for group in people.groups_where(asked.person, "desk.work")]
    if not groups:
        raise Refused(NOT_OFFICER)
    waiting = select(Arrival).where(Arrival.group_id.in_(groups), Arrival.state == "held", queries.NOT_PRIVATE).order_by(Arrival.id)
    found = list(db.session.scalars(waiting.limit(MOST + 1)))
    told = [_told(each, asked) for each in found[:MOST]]
    if len(found) > MOST:
        told.append(gettext("There is more: settle these first."))
    return "\n\n".join(told) or gettext("Nothing waits at the desk.")


def _told(arrival: Arrival, asked: Asked) -> str:
    who = f"{arrival.person.name} <{arrival.sender}>" if arrival.person else arrival.sender
    lines = [
        f"{arrival.id}. {who}, {instant_words(arrival.received_at, asked.person.zone)}, {size(arrival.octets)}",
        f"   {rules.redacted(arrival.subject)}",
        f"   {gettext(arrival.reason) if arrival.reason else ''}",
        f"   > {rules.first_words(rules.redacted(arrival.own_text), SHOWN)}" if arrival.own_text else "",
        f"   RELEASE {arrival.id}{f' TO R{arrival.round_id}' if arrival.round_id else ' TO R…'}   |   ASIDE {arrival.id} …",
    ]
    return "\n".join(line for line in lines if line.strip())


def release(asked: Asked) -> str:
    """RELEASE 812 AS ada@example.org TO R3 12: it is entered for that person, in that round, on that paragraph."""
    number, rest = RELEASED.fullmatch(naming.plain(asked.argument).strip()).groups()
    arrival = _waiting(int(number), asked)
    on = naming.need_round(asked, rest) if naming.ROUND.search(rest) else None
    mark = MARK.search(rest)
    named = AS.search(rest)
    person = _person(named[1].strip()) if named else None
    result = actions.release(
        arrival, person=person, round=on, paragraph_mark=mark[1] if mark and on else None, by=asked.person, door="mail", at=asked.at
    )
    count = len(result.understood) if result else 0
    return gettext("Letter %(number)s is entered (%(count)s remarks).", number=arrival.id, count=count)


def aside(asked: Asked) -> str:
    """ASIDE 812 why: nothing more is done with it."""
    number, rest = RELEASED.fullmatch(naming.plain(asked.argument).strip()).groups()
    arrival = _waiting(int(number), asked)
    actions.settle(arrival, " ".join(f"{rest} {asked.command.body}".split()).strip(" :"), by=asked.person, door="mail", at=asked.at)
    return gettext("Letter %(number)s is put aside.", number=arrival.id)


def _waiting(number: int, asked: Asked) -> Arrival:
    arrival = db.session.get(Arrival, number)
    if arrival is None or arrival.id == asked.arrival.id or not queries.works_desk(asked.person, arrival):
        raise NotFound(NO_ARRIVAL)
    return arrival


def _person(name: str):
    address = name.strip("<>\"'“” ")
    known = people.find_by_address(address)
    if known is None:
        found = [each for each in people.people(address, limit=3) if each.name.casefold() == address.casefold()]
        known = found[0] if len(found) == 1 else None
    if known is None:
        raise Refused(NO_PERSON, name=address[:80])
    return known


table.VERBS |= {"DESK": desk, "RELEASE": release, "ASIDE": aside}
