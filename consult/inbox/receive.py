"""The door for mail servers that hand over a message on standard input: in the spool, then status 0."""

import os
import sys
from collections.abc import Mapping
from typing import BinaryIO

from consult.inbox import spool
from consult.inbox.recipients import addressed, envelope_sender, shape

TAKEN = os.EX_OK
NOT_FOR_US = os.EX_NOUSER
NOT_A_MESSAGE = os.EX_DATAERR
TRY_AGAIN = os.EX_TEMPFAIL


def receive(settings: Mapping, stdin: BinaryIO, envelope_from: str = "", envelope_to: str = "") -> int:
    """Takes one message and says how it went, as sysexits(3): 0 only when the message is safe on disk, 75 when the server should try again.

    Where the mail server does not name the recipient, the message's own Delivered-To, To and Cc do.
    """
    try:
        raw = stdin.read(spool.LIMIT + 1)
        return _kept(settings, raw, envelope_from, envelope_to)
    except OSError as error:
        return _told(TRY_AGAIN, f"the message could not be stored just now: {error}")


def _kept(settings: Mapping, raw: bytes, envelope_from: str, envelope_to: str) -> int:
    domain = settings["MAIL_DOMAIN"]
    if not raw.strip():
        return _told(NOT_A_MESSAGE, "there is no message on standard input")
    if len(raw) > spool.LIMIT:
        return _told(NOT_A_MESSAGE, f"the message is larger than {spool.LIMIT // 1024 // 1024} MB; please send it in parts")
    if envelope_to and not shape(envelope_to, domain):
        return _told(NOT_FOR_US, f"there is no address {envelope_to!a} here; write to consult@{domain} to reach us")
    recipients = [envelope_to.lower()] if envelope_to else addressed(raw, domain)
    if not recipients:
        return _told(NOT_FOR_US, f"the message is not addressed to anybody at {domain}")
    spool.keep_for(raw, envelope_from or envelope_sender(raw), recipients, "receive", settings["DATA"])
    return TAKEN


def _told(status: int, reason: str) -> int:
    print(f"consult receive: {reason}", file=sys.stderr)
    return status
