"""The door for mail servers: SMTP and LMTP on one port. Whoever hears 250 from it can forget the message; we have it on disk."""

import asyncio
import logging
import signal
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.smtp import SMTP, syntax
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from consult.extensions import db
from consult.inbox import spool
from consult.inbox.recipients import ALWAYS, shape
from consult.kit.kill import point
from consult.people.models import Group

log = logging.getLogger(__name__)

LONGEST_LINE = 1024 * 1024  # octets; real HTML mail has lines far beyond the 998 of the standard
MOST_RECIPIENTS = 50
GRACE = 10  # seconds that messages on their way are given when the listener stops
WRITERS = 4

TAKEN = "250 2.0.0 Taken"
TRY_AGAIN = "451 4.3.0 The message could not be stored just now; please try again later"
TOO_MANY = "452 4.5.3 Too many recipients; please send to the others separately"
NOT_OURS = "550 5.7.1 No mail is relayed here; only addresses at {domain} are received"
UNKNOWN = "550 5.1.1 There is no such address here; write to consult@{domain} to reach us"
TOO_LARGE = "552 5.3.4 The message is larger than {limit} MB and was not received; please send it without attachments or in parts"


class Door(SMTP):
    """One conversation; LHLO makes it LMTP, with one answer for each recipient (RFC 2033)."""

    line_length_limit = LONGEST_LINE
    lmtp = False
    _receiving = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's way of naming commands
        """The greeting of LMTP."""
        self.lmtp = self.event_handler.lmtp = True
        await self.smtp_EHLO(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Knows that refusals from here on are about a message."""
        self._receiving = True
        try:
            await super().smtp_DATA(arg)
        finally:
            self._receiving = False

    async def push(self, status: str | bytes) -> None:
        """Says why in words a person can use, and in LMTP says it once for each recipient."""
        if isinstance(status, str) and status.startswith("552 Error"):
            status = TOO_LARGE.format(limit=spool.LIMIT // 1024 // 1024)
        if self.lmtp and self._receiving and isinstance(status, str) and status.startswith(("500 Line", "552")):
            status = "\r\n".join([status] * len(self.envelope.rcpt_tos))
        await super().push(status)


class Taking:
    """What one conversation does with recipients and messages."""

    lmtp = False

    def __init__(self, app: Flask, writers: ThreadPoolExecutor) -> None:
        self.app, self.writers, self.domain = app, writers, app.config["MAIL_DOMAIN"]

    async def handle_RCPT(self, server, session, envelope, address: str, options) -> str:  # noqa: N802
        """Only our own addresses, and of groups only those that exist."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        local = shape(address, self.domain)
        if not local:
            ours = address.lower().endswith("@" + self.domain.lower())
            return (UNKNOWN if ours else NOT_OURS).format(domain=self.domain)
        try:
            known = "+" in local or local in ALWAYS or await self._aside(self._is_group, local)
        except SQLAlchemyError:
            log.exception("cannot look up recipients")
            return TRY_AGAIN
        if not known:
            return UNKNOWN.format(domain=self.domain)
        envelope.rcpt_tos.append(address.lower())
        return "250 2.1.5 Known"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        """250 only after the message is safe for every recipient."""
        sender = "" if envelope.mail_from in (None, "<>") else envelope.mail_from
        recipients = list(envelope.rcpt_tos)
        try:
            await self._aside(spool.keep_for, envelope.original_content, sender, recipients, "listen", self.app.config["DATA"])
        except (OSError, spool.TooLarge):
            log.exception("a message could not be stored")
            answer = TRY_AGAIN
        else:
            answer = TAKEN
        point("listener.before_answer")
        return "\r\n".join([answer] * len(recipients)) if self.lmtp else answer

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours is never the sender's fault."""
        log.error("a conversation failed", exc_info=error)
        return TRY_AGAIN

    def _is_group(self, slug: str) -> bool:
        with self.app.app_context():
            return db.session.scalar(select(Group.id).where(Group.slug == slug)) is not None

    def _aside(self, work: Callable, *args: object) -> asyncio.Future:
        return asyncio.get_running_loop().run_in_executor(self.writers, work, *args)


def address_of(listen: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:8024` or `[::1]:8024`."""
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


async def serve(app: Flask, stop: asyncio.Event, ready: Callable[[int], None] = lambda port: None) -> None:
    """Receives until `stop` is set, then lets messages on their way finish; `ready` hears the port."""
    host, port = address_of(app.config["LMTP_LISTEN"])
    loop, doors = asyncio.get_running_loop(), weakref.WeakSet()
    with ThreadPoolExecutor(WRITERS) as writers:

        def door() -> Door:
            opened = Door(
                Taking(app, writers),
                data_size_limit=spool.LIMIT,
                enable_SMTPUTF8=True,
                hostname=app.config["MAIL_DOMAIN"],
                ident="Consult",
                loop=loop,
            )
            doors.add(opened)
            return opened

        server = await loop.create_server(door, host, port)
        ready(server.sockets[0].getsockname()[1])
        await stop.wait()
        server.close()
        await _finish(doors)


async def _finish(doors: "weakref.WeakSet[Door]") -> None:
    open_doors = [door for door in doors if door.transport is not None]
    busy = [door._handler_coroutine for door in open_doors if door._receiving]
    if busy:
        await asyncio.wait(busy, timeout=GRACE)
    for door in open_doors:
        if door.transport is not None:
            door.transport.close()


def run(app: Flask) -> None:
    """Receives mail until the process is asked to end."""

    async def until_asked() -> None:
        stop = asyncio.Event()
        for asked in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(asked, stop.set)
        await serve(app, stop)

    asyncio.run(until_asked())
