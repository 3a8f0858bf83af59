"""Reply addresses taken back by the person they were given to: those of one letter, or all."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox.commands.asked import Asked
from consult.inbox.models import Arrival
from consult.inbox.words import EVERYTHING, spelled
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox import keys
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Person

NONE_LEFT = N_("There is no reply address left that could be withdrawn.")
WHICH = N_(
    "Answer the letter whose reply address you want to withdraw with the one word REVOKE, or send REVOKE ALL to withdraw all of them."
)
ALL = frozenset(spelled(word) for word in EVERYTHING.split("|"))


@dataclass(frozen=True)
class Kept:
    """One letter with reply addresses that are alive: how many, until when, and when one was used last."""

    letter: Letter
    count: int
    until: datetime | None
    used_at: datetime | None


def kept(person: Person) -> list[Kept]:
    """The letters to which this person's answers are taken, the newest first."""
    found: dict[int, list[ReplyKey]] = {}
    for key in keys.alive(person.id, clock.now()):
        found.setdefault(key.letter_id, []).append(key)
    ids = [key.id for each in found.values() for key in each]
    used = dict(
        db.session.execute(
            select(Arrival.key_id, func.max(Arrival.received_at)).where(Arrival.key_id.in_(ids)).group_by(Arrival.key_id)
        ).all()
    )
    return [_kept(each, [used[key.id] for key in each if key.id in used]) for each in found.values()]


def _kept(each: list[ReplyKey], used: list[datetime]) -> Kept:
    ends = [key.expires_at for key in each]
    return Kept(each[0].letter, len(each), None if None in ends else max(ends), max(used, default=None))


def revoke(letter_id: int | None, *, by: Person, door: str, at: datetime | None = None) -> int:
    """Withdraw the addresses in one letter to this person, or all of theirs. Returns how many."""
    at = at or clock.now()
    if letter_id is not None and getattr(db.session.get(Letter, letter_id), "person_id", None) != by.id:
        raise NotFound()
    count = keys.end(by.id, at, letters=None if letter_id is None else [letter_id])
    if not count:
        raise Refused(NONE_LEFT)
    record("keys.revoked", door=door, actor=by, subject=by, at=at, name=by.name, count=count)
    return count


def asked(asked: Asked) -> str:
    """REVOKE in answer to a letter: its addresses; REVOKE ALL: every one."""
    every = spelled(asked.argument) in ALL
    if not every and (asked.key is None or asked.key.letter_id is None or asked.argument):
        raise Refused(WHICH)
    count = revoke(None if every else asked.key.letter_id, **asked.act)
    done = ngettext(
        "%(num)d reply address is withdrawn: nothing that comes there is taken any more.",
        "%(num)d reply addresses are withdrawn: nothing that comes there is taken any more.", count,
    )  # fmt: skip
    return f"{done} {gettext('Letters to come have new ones. To answer a text again, send for it with GET.')}"
