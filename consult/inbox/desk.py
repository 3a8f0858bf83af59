"""The intake: every mail in the spool becomes one arrival with one result, in one transaction with everything it sets off.

The raw bytes lie under their final name before the transaction ends, and leave the spool only after it: whoever is killed in between
finds the mail in the spool again, and knows it by its fingerprint.
"""

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from consult.errors import Refused
from consult.extensions import db, transaction
from consult.inbox import carrying, queries, recipients, rules, spool
from consult.inbox.gathering import Delivery
from consult.inbox.limits import TooStrange
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reader import reader
from consult.inbox.returned import with_files
from consult.inbox.signatures import Checker, checker
from consult.kit.kill import point
from consult.kit.words import N_
from consult.people import queries as people

AT_ONCE = 50
SECRET = re.compile(r"[0-9a-f]{32}")
PORTION = 8  # at most so many are stored in one transaction, while the next are read
FAILED = N_("It could not be read: %(why)s")
PASSING = (OperationalError, InterfaceError, OSError)  # the database or the disk, not the mail: it is tried again
log = logging.getLogger(__name__)


def take(spooled: spool.Spooled) -> Arrival:
    """Take one mail out of the spool, carry out what it asks, and say what became of it."""
    with queries.texts_kept():
        return _take_all([spooled], [_read(spooled, *_sent_texts([spooled]), checker(current_app.config))])[0]


def take_waiting(limit: int = AT_ONCE) -> int:
    """Take what waits in the spool, the oldest first, at most `limit` mails. Returns how many."""
    waiting = [each for each in spool.waiting(current_app.config["DATA"])[:limit] if _still_there(each)]
    with queries.texts_kept():
        for portion, read in _portions(waiting):
            _take_all(portion, read)
    return len(waiting)


def _portions(waiting: list[spool.Spooled]) -> Iterator[tuple[list[spool.Spooled], list[Read | str]]]:
    """What has been read by now, one mail at least, with what it says; the reader's child goes on reading while these are stored."""
    ahead, check = ThreadPoolExecutor(1), checker(current_app.config)
    try:
        reading = [(each, ahead.submit(_read, each, text, check)) for each, text in zip(waiting, _sent_texts(waiting), strict=True)]
        while reading:
            wait([reading[0][1]])
            ready = list(takewhile(lambda each: each[1].done(), reading[:PORTION]))
            reading = reading[len(ready) :]
            yield [each for each, _ in ready], [what.result() for _, what in ready]
    finally:
        ahead.shutdown(cancel_futures=True)


def _sent_texts(waiting: list[spool.Spooled]) -> list[str | None]:
    """The text that each of these mails seems to answer, by the secret in its address; whether it may is judged later."""
    secrets = [_secret(each) for each in waiting]
    known = queries.sent_texts([secret for secret in secrets if secret])
    return [known.get(secret) for secret in secrets]


def _secret(spooled: spool.Spooled) -> str:
    kind, name = rules.addressed(spooled.meta.envelope_to, current_app.config["MAIL_DOMAIN"])
    return name if kind == "reply" and SECRET.fullmatch(name) else ""


def _take_all(waiting: list[spool.Spooled], read: list[Read | str]) -> list[Arrival]:
    """All of them in one transaction; where one cannot be carried out, again with each behind a savepoint of its own."""
    folder = current_app.config["DATA"]
    places = [_filed(each, folder) for each in waiting]
    spool.sync_folders(places, folder)
    point("desk.filed")
    mails = [_delivery(each) for each in waiting]
    digests = [recipients.digest(mail.raw, mail.envelope_to) for mail in mails]
    secrets = [secret for each in waiting if (secret := _secret(each))]
    work = list(zip(mails, digests, places, read, strict=True))
    try:
        taken = _carried(work, secrets, _together)
    except PASSING:
        raise
    except Exception:  # by whichever of them: nothing of this transaction stands
        taken = _carried(work, secrets, _apart)
    point("desk.committed")
    for each in waiting:
        spool.done(each)
    return taken


def _carried(work: list[tuple], secrets: list[str], take_one: Callable[..., Arrival]) -> list[Arrival]:
    """What each mail became, in one transaction."""
    taken: list[Arrival] = []
    with transaction(), queries.asked_together(secrets, _plain_senders([read for *_, read in work])):
        known = queries.find_all([digest for _, digest, *_ in work])
        for mail, digest, place, read in work:
            known[digest] = _again(known[digest], place) if digest in known else take_one(mail, digest, place, read)
            taken.append(known[digest])
        point("desk.stored")
    return taken


def _together(mail: Delivery, digest: str, place: str, read: Read | str) -> Arrival:
    with people.roles_kept():
        return carrying.carry(mail, digest, place, read)


def _plain_senders(read: list[Read | str]) -> list[str]:
    """Whom these mails say they come from. What a database might choke on is asked behind the savepoint of its own mail."""
    said = [each.sender.address or "" for each in read if isinstance(each, Read)]
    return [address for address in said if address.isascii() and address.isprintable() and address]


def _still_there(spooled: spool.Spooled) -> bool:
    """Another worker may have been faster. Once read, the bytes are kept until the mail is taken."""
    try:
        return spooled.meta is not None
    except FileNotFoundError:
        return False


def _filed(spooled: spool.Spooled, folder: Path) -> str:
    """Where the bytes stay; another worker that was faster has put them there already."""
    try:
        return spool.file_away(spooled, folder)
    except FileNotFoundError:
        return spool.place_of(spooled)


def _delivery(spooled: spool.Spooled) -> Delivery:
    said = spooled.meta
    return Delivery(spooled.raw, said.envelope_from, said.envelope_to, said.door, said.received_at, said.refused_octets)


def _read(spooled: spool.Spooled, sent: str | None, check: Checker | None) -> Read | str:
    """What the mail says (with its files, where it answers a letter of ours, and with its signature, where those are checked), or the
    reason why it cannot be read safely."""
    try:
        mail = reader().read(spooled.raw, sent)
    except TooStrange as strange:
        return strange.reason
    if check is not None:
        mail = replace(mail, signed=check.signed(spooled.raw, mail.headers, mail.sender.domain))
    return with_files(mail) if sent is not None and mail.attachments else mail


def _apart(mail: Delivery, digest: str, place: str, read: Read | str) -> Arrival:
    try:
        with db.session.begin_nested(), people.roles_kept():
            return carrying.carry(mail, digest, place, read)
    except PASSING:
        raise
    except IntegrityError:
        if (known := queries.find(digest)) is None:
            raise
        return _again(known, place)
    except Exception as fault:  # whatever a mail can do to us, it is kept, shown at the desk and not tried again for ever
        log.exception("a mail could not be carried out and is held: %s", digest)
        return _held(mail, digest, place, fault)


def _again(known: Arrival, place: str) -> Arrival:
    """A second delivery is counted; the very same one, found again after we were killed, is not."""
    known.copies += known.raw != place
    return known


def _held(mail: Delivery, digest: str, place: str, fault: Exception) -> Arrival:
    why = str(fault) if isinstance(fault, Refused) else type(fault).__name__
    arrival = carrying.row(mail, digest, place)
    arrival.reason = FAILED % {"why": why}
    with db.session.begin_nested():
        db.session.add(arrival)
    return arrival
