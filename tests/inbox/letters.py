"""Makers for tests of the desk: a round with a letter that went out, and answers to it as they would come."""

from dataclasses import dataclass
from datetime import timedelta

import time_machine
from flask import current_app, has_app_context
from sqlalchemy import select

from consult.drafts.models import Version
from consult.extensions import db, transaction
from consult.inbox import desk, spool
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review.models import Comment, Round
from tests import make

DOMAIN = "in.consult.test"
VOUCHING = "mx.vouches.test"
TEXT = "\n\n".join(f"{number}. Paragraph {number} says that the parties share technology number {number}." for number in range(1, 15))


@dataclass
class Table:
    """A group at work: its officer, the expert who answers, another one, an open round, and the letter the expert got."""

    group: Group
    officer: Person
    ada: Person
    ben: Person
    version: Version
    round: Round
    letter: Letter
    key: ReplyKey

    @property
    def address(self) -> str:
        """Where Ada answers to."""
        return outbox.address_of(self.key)


def laid(**more) -> Table:
    """A round on a version of fourteen paragraphs, and Ada's letter with the whole text in it."""
    group = make.group()
    officer = make.officer(group)
    ada = make.member(group, make.person("Ada", more.pop("ada", "ada@env.example")))
    ben = make.member(group, make.person("Ben", more.pop("ben", "ben@env.example")))
    version = make.published(make.draft(group), more.pop("text", TEXT), by=officer)
    now = clock.now()
    opened = review.open_round(
        version, title="Draft report", opens_at=now, closes_at=now + timedelta(days=30), by=officer, door="page", **more
    )  # fmt: skip
    letter, key = sent_to(ada, "round", opened.id, group, letter_text(version))
    db.session.commit()
    return Table(group, officer, ada, ben, version, opened, letter, key)


def letter_text(version: Version) -> str:
    """The draft as a letter carries it."""
    marked = "\n\n".join(f"[{p.mark}] {p.text}" if p.mark else p.text for p in version.paragraphs)
    return f"Dear colleague,\n\nplease comment on this draft.\n\n{marked}\n\nThe secretariat"


def sent_to(person: Person, purpose: str, subject_id: int | None, group: Group, text: str = "Please answer.") -> tuple[Letter, ReplyKey]:
    """A letter of ours that expects an answer."""
    key = outbox.new_key(person, purpose, subject_id, group_id=group.id)
    letter = outbox.post(kind="round", person=person, subject="Draft report", text=text, group_id=group.id, keys=[key])
    db.session.flush()
    return letter, key


def mail(
    to: str, body: str, *, sender: str = "Ada <ada@env.example>", subject: str = "Re: Draft report", more: str = "", name: str = "m1"
) -> bytes:
    """A plain mail of a person, in the words of a receiving server that vouches for its sender where `vouched` set one up."""
    if has_app_context() and current_app.config["AUTHSERV_ID"] == VOUCHING:
        domain = sender.rpartition("@")[2].strip(" >")
        more = f"Authentication-Results: {VOUCHING}; dmarc=pass header.from={domain}\n{more}"
    dated = "Mon, 23 Nov 2026 10:00:00 +0000"
    head = f"From: {sender}\nTo: <{to}>\nSubject: {subject}\nDate: {dated}\nMessage-ID: <{name}@env.example>\n{more}"
    return f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n".replace("\n", "\r\n").encode()


def vouched() -> None:
    """From now on a receiving server is set up that vouches for the senders of all mails made here."""
    current_app.config["AUTHSERV_ID"] = VOUCHING


def clock_at(moment):
    """It is that moment, within."""
    return time_machine.travel(moment, tick=False)


def arrives(raw: bytes, to: str, sender: str = "ada@env.example") -> Arrival:
    """The mail comes in and is taken."""
    path = spool.keep(raw, sender, to, "listen", current_app.config["DATA"])
    return desk.take(spool.Spooled(path))


def answers(table: Table, body: str, **more) -> Arrival:
    """Ada answers the letter of the round."""
    return arrives(mail(table.address, body, **more), table.address)


def letters_after(number: int) -> list[Letter]:
    """The letters posted after that one, in order."""
    return list(db.session.scalars(select(Letter).where(Letter.id > number).order_by(Letter.id)))


def comments() -> list[Comment]:
    """Every comment there is, in order."""
    return list(db.session.scalars(select(Comment).order_by(Comment.id)))


def kept(work) -> None:
    """Do something in a transaction of its own."""
    with transaction():
        work()


def closed(table: Table) -> None:
    """The round is over, and nothing that comes later is taken, however early it was written."""

    def end() -> None:
        on = db.session.merge(table.round)
        on.closed_at, on.late_mail = on.opens_at, "never"

    kept(end)
