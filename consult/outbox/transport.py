"""How letters leave the house: over SMTP through Flask-Mail made safe, or, where no server is named, into a Maildir."""

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask
from flask_mail import Connection, Mail

from consult.kit.words import N_
from consult.outbox.maildir import Maildir
from consult.outbox.rules import CLOSING, Answer, meaning, pause_after
from consult.outbox.writing import Outgoing, ascii_domain

TIMEOUT = 20  # seconds for each word of the server
LOOPBACK = ("localhost", "127.0.0.1", "::1")
UNREACHABLE = N_("The mail server cannot be reached: %(error)s")
CUT = N_("The connection to the mail server broke: %(error)s")
BREAKS_BEFORE_PAUSE = 2
FINE = ((250,), (250, 251), (354,))  # the answers to MAIL, RCPT and DATA after which a letter may go on


class Post(Protocol):
    """Whatever takes letters away."""

    def deliver(self, letter: Outgoing, raw: bytes) -> Answer:
        """Hands over one letter and says what became of it."""

    def paused(self, now: datetime) -> bool:
        """Whether letters should wait because the server was out of reach a moment ago."""

    def pause(self, now: datetime) -> None:
        """Makes the letters wait for a while."""

    def close(self) -> None:
        """Says good-bye to the server until the next letters."""


def post_of(app: Flask) -> Post:
    """The way out that this installation has, one a process."""
    if "post" not in app.extensions:
        url = app.config["SMTP_URL"]
        app.extensions["post"] = SmtpPost(app, url) if url else Maildir(app.config["DATA"] / "post")
    return app.extensions["post"]


class _Carrying:
    def carry(self, sender: str, recipient: str, raw: bytes) -> tuple[int, bytes]:
        """Hands over one letter to one person and gives the server's last word on it. Where the server can (RFC 2920), three commands
        travel together: on a far line that halves the time of a letter."""
        self.ehlo_or_helo_if_needed()
        size = f" SIZE={len(raw)}" if self.has_extn("size") else ""
        answers = self._asked([f"MAIL FROM:<{sender}>{size}", f"RCPT TO:<{recipient}>", "DATA"])
        refused = [answer for answer, fine in zip(answers, FINE, strict=False) if answer[0] not in fine]
        if not refused:
            self.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            return self.getreply()
        if answers[-1][0] == CLOSING:
            return answers[-1]
        if 200 <= refused[0][0] < 400:
            raise smtplib.SMTPException(f"{refused[0][0]} {_words(refused[0][1])}")
        self._forget(answers[-1][0])
        return refused[0]

    def _asked(self, commands: list[str]) -> list[tuple[int, bytes]]:
        """The answers, up to the one after which the server wants nothing more."""
        together = self.has_extn("pipelining")
        if together:
            self.send("\r\n".join([*commands, ""]))
        answers = []
        for command, fine in zip(commands, FINE, strict=True):
            answers.append(self.getreply() if together else self.docmd(command))
            if answers[-1][0] == CLOSING or not together and answers[-1][0] not in fine:
                break
        return answers

    def _forget(self, last: int) -> None:
        """Ends what was begun: a server that waits for a text although it refused the person gets none."""
        with suppress(smtplib.SMTPServerDisconnected):
            if last in FINE[-1]:
                self.send(b".\r\n")
                self.getreply()
            self.rset()


class _Plain(_Carrying, smtplib.SMTP):
    pass


class _Tls(_Carrying, smtplib.SMTP_SSL):
    pass


class SafeConnection(Connection):
    """Flask-Mail's connection with a checked certificate and an end to waiting."""

    def configure_host(self) -> smtplib.SMTP:
        """Connects, checks who answers, and signs in."""
        state, timeout = self.mail, self.mail.timeout
        if state.use_ssl:
            host = _Tls(state.server, state.port, timeout=timeout, context=ssl.create_default_context())
        else:
            host = _Plain(state.server, state.port, timeout=timeout)
        try:
            if state.use_tls:
                host.starttls(context=ssl.create_default_context())
            if state.username:
                host.login(state.username, state.password or "")
        except BaseException:
            host.close()
            raise
        return host

    def send(self, letter: Outgoing, raw: bytes) -> tuple[int, bytes]:
        """Hands the letter over as it is. Flask-Mail's own message would ask the network for this machine's name, for every letter."""
        self.num_emails += 1
        return self.host.carry(letter.envelope_from, ascii_domain(letter.to_address), raw)


class SafeMail(Mail):
    """Flask-Mail set up from one address, connecting safely."""

    def __init__(self, app: Flask, url: str) -> None:
        super().__init__()
        self.app = app
        self.state = self.init_mail(settings_of(url))
        self.state.app = app
        self.state.timeout = app.config.get("SMTP_TIMEOUT", TIMEOUT)
        app.extensions["mail"] = self.state

    def connect(self) -> SafeConnection:
        """A connection that is open inside `with`."""
        return SafeConnection(self.state)


def settings_of(url: str) -> dict[str, object]:
    """Flask-Mail's settings from `smtp[s]://user:password@host:port?starttls=off`. STARTTLS is the rule, except on this machine itself."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("CONSULT_SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host")
    secure = parts.scheme == "smtps"
    asked = parse_qs(parts.query).get("starttls", ["off" if parts.hostname in LOOPBACK else "on"])[0]
    return {
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": parts.port or (465 if secure else 25),
        "MAIL_USERNAME": unquote(parts.username or "") or None,
        "MAIL_PASSWORD": unquote(parts.password or "") or None,
        "MAIL_USE_SSL": secure,
        "MAIL_USE_TLS": not secure and asked != "off",
        "MAIL_SUPPRESS_SEND": False,
    }


class SmtpPost:
    """One connection for many letters, opened again after it broke."""

    def __init__(self, app: Flask, url: str) -> None:
        self.mail = SafeMail(app, url)
        self._open: SafeConnection | None = None
        self._carried = self._failures = self._breaks = 0
        self._paused_until: datetime | None = None

    def paused(self, now: datetime) -> bool:
        """Whether the server was out of reach a moment ago."""
        return self._paused_until is not None and now < self._paused_until

    def pause(self, now: datetime) -> None:
        """Leaves the server alone for a while, longer each time."""
        self._failures, self._breaks = self._failures + 1, 0
        self._paused_until = now + pause_after(self._failures)
        self.close()

    def deliver(self, letter: Outgoing, raw: bytes) -> Answer:
        """Hands over one letter; on a connection the server wants to end, once more on a fresh one."""
        used = self._carried > 0
        try:
            return self._deliver(letter, raw)
        except _Closing as closing:
            self.close()
            if not used:
                return Answer("later", str(closing))
        try:
            return self._deliver(letter, raw)
        except _Closing as closing:
            self.close()
            return Answer("later", str(closing))

    def close(self) -> None:
        """Says QUIT if anybody still listens."""
        connection, self._open, self._carried = self._open, None, 0
        if connection is None or connection.host is None:
            return
        try:
            connection.host.quit()
        except (smtplib.SMTPException, OSError):
            connection.host.close()

    def _deliver(self, letter: Outgoing, raw: bytes) -> Answer:
        try:
            connection = self._connected()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return Answer("untried", UNREACHABLE % {"error": _said(error)}, pause=True)
        try:
            code, words = connection.send(letter, raw)
        except smtplib.SMTPResponseException as refused:
            return self._answered(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            return self._broken(error)
        return self._answered(code, words)

    def _connected(self) -> SafeConnection:
        if self._open is None:
            self._open = self.mail.connect().__enter__()
        return self._open

    def _answered(self, code: int, words: bytes) -> Answer:
        if code == CLOSING:
            raise _Closing(f"{code} {_words(words)}")
        self._carried += 1
        self._failures = self._breaks = 0
        return meaning(code, _words(words))

    def _broken(self, error: Exception) -> Answer:
        self._drop()
        self._breaks += 1
        return Answer("later", CUT % {"error": _said(error)}, pause=self._breaks >= BREAKS_BEFORE_PAUSE)

    def _drop(self) -> None:
        connection, self._open, self._carried = self._open, None, 0
        connection.host.close()


class _Closing(Exception):
    pass


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return str(error) or type(error).__name__


def _words(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())
