"""Everything that is known of a mail when it is judged: what it answers, whose address it came from, and who vouches for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from consult.delegations.models import Delegation
from consult.inbox import attending, kindness, kits, queries, rules
from consult.inbox.automatic import Automatic, automatic, says_away
from consult.inbox.bounces import Bounce, bounce, complained_of
from consult.inbox.headers import headers
from consult.inbox.judging import Facts
from consult.inbox.limits import HEADER_BLOCK, header_block
from consult.inbox.lines import Command, command, command_lines
from consult.inbox.message import Read
from consult.inbox.reading import own_text
from consult.inbox.recipients import ALWAYS
from consult.inbox.sender import Sender, sender
from consult.inbox.trust import Trust, verdict
from consult.inbox.words import names_a_key
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.outbox.models import Letter, ReplyKey
from consult.people import queries as people
from consult.people.models import Group, Person

GRACE = timedelta(days=30)
"""How long after its end an officer may still let through what comes to a reply address."""


@dataclass(frozen=True)
class Delivery:
    """One mail as it was handed over, with the envelope it came in; `at` is our own clock, never the mail's date."""

    raw: bytes
    envelope_from: str
    envelope_to: str
    door: str
    at: datetime
    refused_octets: int = 0  # the size of a mail of which only the header was kept


@dataclass
class Gathered:
    """The facts for the judge, and the rows they were read from."""

    facts: Facts
    sender: Sender
    subject: str = ""
    message_id: str = ""
    person: Person | None = None  # whose address it came from, as far as the From line is believed
    key: ReplyKey | None = None
    group: Group | None = None
    returned: Letter | None = None
    bounce: Bounce | None = None
    answers: Letter | None = None  # the letter of ours it answers, or seems to
    complained: Letter | None = None  # what a provider reports as marked unwanted
    own: str = ""
    of: Delegation | None = None  # for whom the person drafts where this is an answer
    kit: kits.Carried | None = None  # the answers from an offline kit that came with it
    commands: list[Command] | None = None
    unread: list[str] | None = None

    @property
    def group_id(self) -> int | None:
        """The group whose desk this belongs to."""
        if self.key is not None:
            return self.key.group_id
        about = self.returned or self.complained
        return self.group.id if self.group else (about.group_id if about else None)


def gather(mail: Delivery, read: Read | None, strange: str | None) -> Gathered:
    """Look up what the mail is addressed to and who sent it; `strange` is the reason why it could not be read."""
    kind, name = rules.addressed(mail.envelope_to, current_app.config["MAIL_DOMAIN"])
    from_line = read.sender if read else _sender_of_strange(mail.raw)
    found = Gathered(Facts(strange=strange, addressed_to=kind), from_line)
    _find_rows(found, kind, name)
    if read is None:
        return found
    found.subject, found.message_id = read.subject, read.message_id or ""
    found.person = queries.sent_by(from_line.address) if from_line.address else None
    invited = found.key is not None and found.key.purpose == "meeting"
    machine = automatic(read.headers, read, answers=invited and attending.of_calendar(read.attachments) is not None)
    if read.report_type != "feedback-report" and kind == "bounce" and found.returned:
        found.bounce = bounce(mail.raw, read)
        machine = Automatic("bounce", "") if found.bounce else machine
    elif named := complained_of(mail.raw, read) if read.report_type == "feedback-report" else ():
        found.complained = found.returned or queries.letter_by_message_id(named)
        machine = Automatic("complaint", "") if found.complained and found.complained.person_id else machine
    _read_words(found, kind, read)
    if machine is None and says_away(found.own):
        machine = Automatic("hold", N_("It says that the person is away."))
    server = current_app.config["AUTHSERV_ID"] or None
    trust = verdict(read.headers, from_line.domain, server, mail.envelope_to or None, mail.at, read.signed)
    found.facts = _facts(found, kind, name, read, trust, machine, mail.at)
    return found


def _sender_of_strange(raw: bytes) -> Sender:
    """Only for the eye of the officer who finds it at the desk."""
    return sender(headers(raw)) if len(header_block(raw)) <= HEADER_BLOCK else Sender(None, "")


def _find_rows(found: Gathered, kind: str, name: str) -> None:
    if kind == "reply":
        found.key = queries.answered(name) if len(name) == 32 else None
    elif kind == "bounce":
        found.returned = outbox.bounced_letter(name) if len(name) == 32 else None
    elif kind == "group":
        found.group = people.find_group(name)


def _read_words(found: Gathered, kind: str, read: Read) -> None:
    """The person's own words. Without a key, the letter it seems to answer only tells which words are ours, and helps the officer."""
    letter = found.answers = found.key.letter if found.key else None
    if letter is None and kind in ("commands", "group"):
        letter = found.answers = queries.letter_by_message_id((*read.references, *read.in_reply_to))
        found.key = _likely_key(letter, found.person)
    found.own = own_text(read, outbox.sent_text(letter) if letter else None)
    found.kit = kits.carried(read) if kind in ("reply", "commands") else None
    if found.kit:
        found.own = found.kit.words(found.own)
    if kind == "commands":
        found.commands, found.unread = command_lines(found.own)
        found.commands = found.commands or _in_subject(read.subject, found.own)
        found.commands = [found.kit.command] if found.kit else found.commands
    if kind == "commands" and not found.commands and found.person is not None:
        found.group = kindness.group_written_to(found.person, letter)


def _in_subject(subject: str, own: str) -> list[Command]:
    """The command in the subject of a mail without own words; a bare STOP also above the sentence that programs write below it."""
    asked = command(subject)
    return [asked] if asked and (not own or asked.verb == "STOP" and not asked.argument) else []


def _likely_key(letter: Letter | None, person: Person | None) -> ReplyKey | None:
    """The key of a letter to this very person that is named in a header: a hint for the desk, never a right."""
    if letter is None or person is None or letter.person_id != person.id or not letter.keys:
        return None
    return letter.keys[0]


def _facts(found: Gathered, kind: str, name: str, read: Read, trust: Trust, machine: Automatic | None, at: datetime) -> Facts:
    key = found.key if kind == "reply" else None
    address = (read.sender.address or "").lower()
    return Facts(
        sender=read.sender,
        trust=trust,
        automatic=machine,
        read=read,
        addressed_to="unknown" if kind == "group" and found.group is None and name not in ALWAYS else kind,
        key=_standing(key, at),
        confirms=bool(key and key.purpose == "confirm"),
        sender_is_key_person=bool(key and found.person and found.person.id == key.person_id),
        sender_known=found.person is not None and found.person.ended_at is None,
        own_address_as_sender=address.endswith("@" + current_app.config["MAIL_DOMAIN"].lower()),
        own_text=bool(found.own),
        files=bool(read.attachments),
        commands=tuple(each.verb for each in found.commands or ()),
        unread=bool(found.unread),
        key_in_text=names_a_key(found.own),
    )  # fmt: skip


def _standing(key: ReplyKey | None, at: datetime) -> str | None:
    if key is None:
        return None
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at is None or key.expires_at >= at:
        return "known"
    return "late" if at - key.expires_at <= GRACE and key.purpose != "confirm" else "expired"
