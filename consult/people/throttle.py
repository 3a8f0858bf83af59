"""Guessing ends: tries to sign in are counted per account and per network, letters asked for per address."""

import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_
from consult.people import rules
from consult.people.models import Attempt

WRONG, WITHIN = 10, timedelta(minutes=15)
LETTERS, A_DAY = 3, timedelta(days=1)


def network(remote: str | None) -> str:
    """What one subscriber of a network usually holds: an IPv4 address, or 64 bits of IPv6."""
    try:
        found = ipaddress.ip_address(remote or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def count(what: str, since: datetime) -> int:
    """How often this happened since then."""
    return db.session.scalar(select(func.count()).select_from(Attempt).where(Attempt.what == what, Attempt.at > since)) or 0


def note(what: str, at: datetime | None = None) -> None:
    """Count one more."""
    db.session.add(Attempt(what=what[:400], at=at or clock.now()))
    db.session.flush()


def _alone(what: str) -> None:
    """One try at a time is counted. SQLite has one writer in any case."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def take_guess(account: str, remote: str | None) -> list[str]:
    """Count one try before it is looked at, so that tries made at the same moment are counted too. Refuses the eleventh in 15 minutes."""
    now = clock.now()
    wanted = [f"account {account}", f"network {network(remote)}"]
    for what in wanted:
        _alone(what)
    if any(count(what, now - WITHIN) >= WRONG for what in wanted):
        raise Refused(N_("There were too many wrong tries. Please wait 15 minutes, or ask for a sign-in link by e-mail."))
    for what in wanted:
        note(what, now)
    return wanted


def guess_was_right(account: str, remote: str | None) -> None:
    """The try counted last was no guess: it is taken back, and the account starts afresh."""
    db.session.execute(delete(Attempt).where(Attempt.what == f"account {account}"))
    last = select(func.max(Attempt.id)).where(Attempt.what == f"network {network(remote)}").scalar_subquery()
    db.session.execute(delete(Attempt).where(Attempt.id == last))


def take_letter(address: str) -> None:
    """Count one letter asked for to this address, of whatever kind, whether anybody has it or not. Refuses the fourth in a day."""
    what = f"letter {rules.folded(address)}"
    _alone(what)
    if count(what, clock.now() - A_DAY) >= LETTERS:
        raise Refused(
            N_("Three letters were asked for to this address since yesterday. Please look in all folders, or try again tomorrow.")
        )
    note(what)
