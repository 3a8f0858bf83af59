"""One member's mailbox: what a real mail server took for them, what they send through the real listener, and every octet of both."""

import smtplib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests.journeys.consulting import DOMAIN, Consult, reply_to, text_of, until
from tests.outbox.sink import Sink

COMMANDS = f"consult@{DOMAIN}"
STRICT = policy.default.clone(raise_on_defect=True)


@dataclass
class Mailbox:
    """A member with one address and no page."""

    consult: Consult
    sink: Sink
    name: str
    address: str
    sent: int = 0  # octets of all that they sent
    written: int = 0  # how many mails that were
    read: set[int] = field(default_factory=set)

    @property
    def received(self) -> int:
        """Octets of all that a mail server took for them."""
        return sum(len(raw) for _, to, raw in self.sink.taken if to == self.address)

    def letters(self, *containing: str) -> list[EmailMessage]:
        """The letters so far that hold all these words, oldest first."""
        mine = [message_from_bytes(raw, policy=STRICT) for _, to, raw in list(self.sink.taken) if to == self.address]
        return [letter for letter in mine if all(words in f"{letter['Subject']}\n{flat(letter)}" for words in containing)]

    def letter(self, *containing: str, count: int = 1) -> EmailMessage:
        """The newest letter with these words, once so many of them have come."""
        said = lambda: "\n".join(f"{letter['Subject']}\n{text_of(letter)[:1500]}\n--" for letter in self.letters()[-4:])  # noqa: E731
        return until(lambda: (found := self.letters(*containing)) and len(found) >= count and found, f"a letter with {containing}", said)[
            -1
        ]

    def write(self, to: str, body: str, subject: str = "", answers: EmailMessage | None = None, lmtp: bool = False, files=()) -> None:
        """A mail of theirs, handed to the real listener over SMTP or LMTP; `files`: (name, media type, bytes)."""
        self.written += 1
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"] = f"{self.name} <{self.address}>", to
        mail["Subject"] = subject or (f"Re: {' '.join(answers['Subject'].split())}" if answers else "")
        mail["Message-ID"], mail["Date"] = f"<{self.written}.{self.name.split()[0].lower()}@island.example>", datetime.now(UTC)
        if answers is not None:
            mail["In-Reply-To"] = answers["Message-ID"]
        mail.set_content(body)
        for name, kind, content in files:
            mail.add_attachment(content, *kind.split("/"), filename=name)
        raw = mail.as_bytes()
        with (smtplib.LMTP if lmtp else smtplib.SMTP)("127.0.0.1", self.consult.mail_port, timeout=30) as server:
            assert not server.sendmail(self.address, [to], raw)
        self.sent += len(raw)

    def answer(self, letter: EmailMessage, body: str, **more) -> None:
        """A reply to where the letter says."""
        self.write(reply_to(letter), body, answers=letter, **more)

    def command(self, lines: str) -> EmailMessage:
        """Some commands, and the letter that answers them."""
        before = len(self.letters())
        self.write(COMMANDS, lines)
        return until(lambda: self.letters()[before:], f"an answer to {lines!r}", self.consult.said)[0]


def flat(letter: EmailMessage) -> str:
    """The words of a letter on one line, as a reader takes them in."""
    return " ".join(text_of(letter).split())
