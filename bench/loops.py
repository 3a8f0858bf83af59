"""How many letters go to and fro between this house and a machine that answers everything: ten minutes by a clock of their own.

Each round takes what came, sends what waits, and lets the other side answer each letter at once. Also run by tests/inbox/test_loops.py."""

import email
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

import time_machine
from flask import Flask, current_app

from config import settings
from consult import create_app
from consult.extensions import db, transaction
from consult.inbox import spool
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.outbox import sending
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.worker import turn

BEGAN = datetime(2026, 11, 23, 10, tzinfo=UTC)
STEP, LASTS = timedelta(seconds=20), timedelta(minutes=10)
Answerer = Callable[[EmailMessage, str, int], EmailMessage | None]


@dataclass
class House:
    """One installation with a group, an officer, and one member at an address of the other side."""

    app: Flask
    domain: str
    sent: int = 0

    def prepare(self, member: str) -> str:
        """Fill it and send the member one letter that expects an answer; gives its reply address."""
        with self.app.app_context(), transaction():
            olga = people.add_first_staff("Olga", f"olga@{self.domain.partition('.')[2]}")
            group = people.form_group("experts", "Experts", by=olga, door="page")
            people.add_member(group, olga, "officer", by=olga, door="page")
            ada = people.add_person("Ada", member, by=olga, door="page")
            people.add_member(group, ada, "member", by=olga, door="page")
            key = outbox.new_key(ada, "digest", None, group_id=group.id)
            text = "Something was said.\n\nAnswer below."
            outbox.post(kind="digest", person=ada, subject="News", text=text, group_id=group.id, keys=[key])
            db.session.execute(db.delete(Untold))  # as if they had been welcomed long ago
            return outbox.address_of(key)

    def work(self, member: str) -> list[tuple[EmailMessage, str, str]]:
        """A turn of the worker; the letters that left for the member since, each with its envelope sender and recipient."""
        with self.app.app_context():
            turn()
            db.session.remove()
            fresh = []
            for path in sorted((Path(current_app.config["DATA"]) / "post").glob("*/*")):
                if path.is_file():
                    fresh.append(email.message_from_bytes(path.read_bytes(), policy=policy.default))
                    path.unlink()
            found = []
            for mail in fresh:
                letter = db.session.scalar(db.select(Letter).where(Letter.message_id == mail["Message-ID"].strip("<> ")))
                if letter is not None and letter.to_address.lower() == member.lower():
                    found.append((mail, f"bounce+{letter.bounce_key}@{self.domain}", letter.to_address))
            self.sent += len(found)
            return found

    def receive(self, raw: bytes, envelope_from: str, envelope_to: str) -> None:
        """A mail is handed to the listener's spool."""
        with self.app.app_context():
            spool.keep(raw, envelope_from, envelope_to, "listen", current_app.config["DATA"])


def house(folder: Path, domain: str) -> House:
    """A fresh installation in that folder."""
    made = {"CONSULT_DATA": str(folder), "CONSULT_SECRET_KEY": "a key for loops", "CONSULT_URL": f"http://{domain}"}
    app = create_app(settings(made | {"CONSULT_MAIL_DOMAIN": domain}))
    with app.app_context():
        db.create_all()
        db.session.commit()
    return House(app, domain)


def _reply(to: EmailMessage, sender: str, number: int, body: str, subject: str = "", threaded: bool = False) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = sender, str(to["Reply-To"] or to["From"])
    made["Subject"] = subject or f"Re: {to['Subject']}"
    made["Message-ID"], made["Date"] = f"<{number}.{clock.now():%H%M%S}@answers.example>", f"{clock.now():%a, %d %b %Y %H:%M:%S} +0000"
    if threaded:
        made["In-Reply-To"] = made["References"] = str(to["Message-ID"])
    made.set_content(body)
    return made


def _text(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def vacation(mail: EmailMessage, sender: str, number: int) -> EmailMessage:
    """A naive program: no header says that it is one."""
    return _reply(mail, sender, number, "I am away from my mail and will read yours on my return.", "away from my mail")


def parrot(mail: EmailMessage, sender: str, number: int) -> EmailMessage:
    """Answers every letter with the same words, under a fresh Message-ID, and quotes nothing."""
    return _reply(mail, sender, number, "We have received your message and thank you for writing to us.")


def quoting(mail: EmailMessage, sender: str, number: int) -> EmailMessage:
    """Answers every letter above the whole of it, quoted, and in its thread."""
    quoted = "\n".join(f"> {line}" for line in _text(mail).split("\n"))
    return _reply(mail, sender, number, f"We have received your message number {number}.\n\n{quoted}", threaded=True)


def unmarked(mail: EmailMessage, sender: str, number: int) -> EmailMessage:
    """Answers every letter above the whole of it, not even marked as quoted, in no thread, with a number that grows."""
    return _reply(mail, sender, number, f"Ticket {number} was opened. You wrote:\n\n{_text(mail)}")


def dutiful(mail: EmailMessage, sender: str, number: int) -> EmailMessage | None:
    """A program as RFC 3834 wants it: what was sent automatically is not answered."""
    return None if str(mail["Auto-Submitted"] or "no") != "no" else parrot(mail, sender, number)


ANSWERERS: dict[str, Answerer] = {
    "naive vacation": vacation, "parrot": parrot, "quoting, in the thread": quoting, "ticket system": unmarked, "RFC 3834": dutiful,
}  # fmt: skip


def against(folder: Path, answers: Answerer) -> int:
    """How many letters this house sends to one member in ten minutes, where a machine answers each of them at once."""
    us, member = house(folder, "in.consult.test"), "ada@answers.example"
    with time_machine.travel(BEGAN, tick=False) as time:
        us.prepare(member)
        number = 0
        while clock.now() < BEGAN + LASTS:
            for mail, _, _ in us.work(member):
                number += 1
                time.shift(timedelta(seconds=1))
                back = answers(mail, f"Ada <{member}>", number)
                if back is not None:
                    us.receive(back.as_bytes(policy=policy.SMTP), member, re.search(r"[\w.+-]+@[\w.-]+", back["To"])[0])
            time.shift(STEP)
    return _closed(us)


def two_houses(folder: Path, secret: bool) -> int:
    """How many letters two houses exchange of which each has an address of the other as a member's: consult@, or a secret one."""
    one, two = house(folder / "one", "in.consult.test"), house(folder / "two", "in.other.test")
    with time_machine.travel(BEGAN, tick=False) as time:
        at_two = "consult@in.other.test"
        address = one.prepare(at_two)
        at_one = address if secret else "consult@in.consult.test"
        two.prepare(at_one)
        while clock.now() < BEGAN + LASTS:
            for here, there, member in ((one, two, at_two), (two, one, at_one)):
                for mail, back, to in here.work(member):
                    there.receive(mail.as_bytes(policy=policy.SMTP), back, to)
            time.shift(STEP)
    return _closed(one) + _closed(two)


def _closed(us: House) -> int:
    with us.app.app_context():
        sending.close()
        db.engine.dispose()
    return us.sent


def measure() -> None:
    """Print how many letters each machine got."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, answers) in enumerate(ANSWERERS.items()):
            print(f"{name}: {against(Path(folder) / str(number), answers)} letters in ten minutes")
        for secret in (False, True):
            print(
                f"two houses{', a reply address' if secret else ''}: {two_houses(Path(folder) / f'two{secret}', secret)} letters both ways"
            )
