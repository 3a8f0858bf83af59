"""The door for a mailbox elsewhere: each new message is safe on our disk before it counts as read there (IMAP, RFC 3501)."""

import imaplib
import re
import ssl
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailboxFetchError, MailBoxUnencrypted, MailMessageFlags

from consult.errors import Refused
from consult.inbox import spool
from consult.inbox.recipients import addressed, envelope_sender
from consult.kit.kill import point
from consult.kit.words import N_

TIMEOUT = 60  # seconds
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LOOKS_LIKE = N_("CONSULT_IMAP_URL must look like imaps://user:password@host/INBOX")
NOT_IN_THE_CLEAR = N_("imap:// would send the password in the clear; use imaps://")
NOT_OPENED = N_("The mailbox cannot be opened: %(error)s")


def fetch(settings: Mapping) -> int:
    """Brings in what is new in the mailbox of CONSULT_IMAP_URL and marks it as read there. Returns how many messages."""
    with mailbox_of(settings["IMAP_URL"]) as mailbox:
        count = 0
        for uid in mailbox.uids(AND(seen=False)):
            message = _message(mailbox, uid)
            if message is None:
                continue
            _keep(message[1], message[0], settings)
            point("fetch.kept")
            mailbox.flag(uid, MailMessageFlags.SEEN, True)
            count += 1
        return count


def mailbox_of(url: str) -> BaseMailBox:
    """The mailbox, signed in, with its folder chosen; encrypted, except on this machine itself."""
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise Refused(LOOKS_LIKE)
    if parts.scheme == "imap" and parts.hostname not in LOOPBACK:
        raise Refused(NOT_IN_THE_CLEAR)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    try:
        return _connected(parts).login(unquote(parts.username), unquote(parts.password or ""), folder)
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise Refused(NOT_OPENED, error=error) from None


def _connected(parts: SplitResult) -> BaseMailBox:
    if parts.scheme == "imaps":
        return MailBox(parts.hostname, parts.port or 993, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(parts.hostname, parts.port or 143, timeout=TIMEOUT)


def _message(mailbox: BaseMailBox, uid: str) -> tuple[int, bytes] | None:
    """The bytes of a message; of one over the limit only the header, with its size. None if it was removed meanwhile."""
    head = _fetched(mailbox, uid, "(RFC822.SIZE BODY.PEEK[HEADER])")
    size = re.search(rb"RFC822\.SIZE (\d+)", head[0]) if head else None
    if size and int(size[1]) > spool.LIMIT:
        return int(size[1]), head[1]
    whole = _fetched(mailbox, uid, "(BODY.PEEK[])")
    return (0, whole[1]) if whole else None


def _fetched(mailbox: BaseMailBox, uid: str, wanted: str) -> tuple[bytes, bytes] | None:
    status, answer = mailbox.client.uid("fetch", uid, wanted)
    if status != "OK":
        raise MailboxFetchError((status, answer), "OK")
    return next((part for part in answer if isinstance(part, tuple)), None)


def _keep(raw: bytes, refused_octets: int, settings: Mapping) -> None:
    recipients = addressed(raw, settings["MAIL_DOMAIN"]) or [f"consult@{settings['MAIL_DOMAIN']}"]
    spool.keep_for(raw, envelope_sender(raw), recipients, "fetch", settings["DATA"], refused_octets)
