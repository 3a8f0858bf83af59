"""The post of a trial: letters that nobody sent anywhere, read from the Maildir, and answers made into real mails for the real listener."""

import re
import smtplib
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import format_datetime, getaddresses, make_msgid
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app, has_request_context, request

from consult.errors import NotFound, Refused
from consult.inbox.recipients import digest
from consult.kit import clock
from consult.kit.words import N_
from consult.people.models import Person

FORWARDED = {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"}
LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
LOOKED_THROUGH = 3000
SHOWN = 50
NAME = re.compile(r"[A-Za-z0-9._@,:=-]{1,200}")
NO_LISTENER = N_(
    "The mail listener does not answer at %(place)s, so your answer was not delivered. "
    "Start it with “consult up” or “consult listen” and press the button again."
)
TRIAL_ONLY = N_("The post page is only there on a trial installation: letters are not sent out, and no other machine can open the pages.")
NOT_ANSWERABLE = N_("This letter expects no answer: it has no reply address.")


@dataclass(frozen=True)
class Paper:
    """A letter in the Maildir, by the name of its file."""

    name: str
    subject: str
    at: datetime | None


def is_open() -> bool:
    """Whether this is a trial on one machine: letters stay here, and only this machine can open the pages.

    A server in front of us also comes from this machine: then the pages have a name of their own, or it says whom it speaks for.
    """
    config = current_app.config
    places = (config["LISTEN"].rpartition(":")[0], urlsplit(config["URL"]).hostname)
    alone = not config["PROXIES"] and not (has_request_context() and FORWARDED & {name.lower() for name, _ in request.headers})
    return alone and not config["SMTP_URL"] and all(place in LOOPBACK for place in places)


def check_open() -> None:
    """The page is not there on any real installation."""
    if not is_open():
        raise NotFound(TRIAL_ONLY)


def letters(person: Person | None = None) -> dict[str, list[Paper]]:
    """The letters in the Maildir by the address they went to (folded), the newest first; for one person when given."""
    wanted = {each.folded for each in person.addresses} if person else None
    found: dict[str, list[Paper]] = {}
    for path in _newest():
        head = _head(path)
        to = (getaddresses([str(head.get("to", ""))]) or [("", "")])[0][1].casefold()
        if wanted is not None and to not in wanted:
            continue
        found.setdefault(to, []).append(Paper(path.name, str(head.get("subject", "")), _date(head)))
    return found


def _newest() -> list[Path]:
    """The newest files first; one that a mail reader moves just now is left out."""
    folder = current_app.config["DATA"] / "post"
    dated = []
    for path in [*folder.glob("new/*"), *folder.glob("cur/*")]:
        try:
            dated.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:
            continue
    return [path for _, path in sorted(dated, reverse=True)[:LOOKED_THROUGH]]


def _head(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesHeaderParser(policy=policy.default).parse(file)


def _date(head: EmailMessage) -> datetime | None:
    date = head.get("date")
    return date.datetime if date is not None else None


def letter(person: Person, name: str) -> EmailMessage:
    """One letter to this person, whole."""
    folder = current_app.config["DATA"] / "post"
    known = [folder / box / name for box in ("new", "cur")] if NAME.fullmatch(name) and name not in (".", "..") else []
    path = next((each for each in known if each.is_file()), None)
    if path is None:
        raise NotFound()
    read = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    if (getaddresses([str(read.get("to", ""))]) or [("", "")])[0][1].casefold() not in {each.folded for each in person.addresses}:
        raise NotFound()
    return read


def text_of(read: EmailMessage) -> str:
    """The text part of a letter."""
    body = read.get_body(("plain",))
    return body.get_content().replace("\r\n", "\n") if body is not None else ""


def quoted(text: str) -> str:
    """The text as mail programs quote it."""
    return "\n".join(f"> {line}" if line else ">" for line in text.rstrip("\n").split("\n"))


def introduction(read: EmailMessage) -> str:
    """The line that mail programs put above a quote."""
    name, address = (getaddresses([str(read.get("from", ""))]) or [("", "")])[0]
    at = _date(read)
    return f"On {at:%a, %d %b %Y at %H:%M}, {name or address} <{address}> wrote:" if at else f"{name} <{address}> wrote:"


def reply(read: EmailMessage, person: Person, body: str) -> tuple[EmailMessage, str]:
    """The mail that a mail program would make of this answer, and the address it goes to."""
    to = (getaddresses([str(read.get("reply-to", ""))]) or [("", "")])[0][1]
    if not to:
        raise Refused(NOT_ANSWERABLE)
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = f'"{_phrase(person.name)}" <{person.address}>'
    made["To"] = to
    subject = str(read.get("subject", ""))
    made["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = make_msgid(domain=person.address.rpartition("@")[2])
    if message_id := str(read.get("message-id", "")).strip():
        made["In-Reply-To"] = message_id
        made["References"] = message_id
    made.set_content(body.replace("\r\n", "\n"), cte="quoted-printable")
    return made, to


def _phrase(name: str) -> str:
    return re.sub(r'[\\"\r\n]', " ", name)


def deliver(made: EmailMessage, sender: str, to: str) -> str:
    """Hand the mail to the listener over SMTP, as a mail server would. Returns the digest by which the desk will know it."""
    raw = made.as_bytes()
    place = current_app.config["LMTP_LISTEN"]
    host, _, port = place.rpartition(":")
    try:
        with smtplib.SMTP(host.strip("[]"), int(port), timeout=10) as server:
            server.sendmail(sender, [to], raw)
    except (OSError, smtplib.SMTPException) as fault:
        if isinstance(fault, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            raise Refused(N_("The listener refused the mail: %(why)s"), why=str(fault)[:300]) from fault
        raise Refused(NO_LISTENER, place=place) from fault
    return digest(raw, to)
