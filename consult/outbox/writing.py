"""Pure: a letter becomes the bytes that travel. The same letter always becomes the same bytes."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime

from consult.outbox import attaching, headers, mimedigest
from consult.outbox.attaching import Attached
from consult.outbox.packing import parcel

LONGEST_LINE = 998
LINKS = ("List-Help", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Post", "List-Owner", "List-Archive")
THREADING = ("In-Reply-To", "References")
FURTHER = frozenset(("List-Id", *LINKS, *THREADING))  # what `Letter.headers` may hold
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
AUTOMATIC = ("auto-generated", "auto-replied", "no")


@dataclass(frozen=True)
class Outgoing:
    """A letter taken out of its waiting place, with all that its bytes are made from."""

    message_id: str
    domain: str
    to_address: str
    subject: str
    text: str
    date: datetime
    to_name: str = ""
    from_name: str = ""
    reply_to: str = ""
    html: str | None = None
    headers: dict = field(default_factory=dict)
    automatic: str = "auto-generated"
    bounce_key: str = ""
    packed: dict | None = None  # how the text travels as a packed file
    pieces: list[dict] | None = None  # the entries of a digest; those of a multipart/digest have headers
    files: tuple[Attached, ...] = ()
    enclosed: tuple = ()  # the files as they are kept, opened one letter at a time (enclosing.py)
    id: int = 0
    fence: int = 0
    attempts: int = 0

    @property
    def envelope_from(self) -> str:
        """Where a failure report about this letter goes, and about no other."""
        return f"bounce+{self.bounce_key}@{self.domain}"


def write(letter: Outgoing) -> bytes:
    """The letter as it is sent: one To, ASCII headers, lines of at most 998 octets, CRLF."""
    kind, body = _body(_packed(letter) if letter.packed else letter)
    lines = [line for line in [*_own_lines(letter), *_further_lines(letter.headers), *kind] if line]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace") + body


def body_text(text: str) -> str:
    """The text as it stands in the letter: LF line ends, no control characters, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return CONTROLS.sub("", text)


def _own_lines(letter: Outgoing) -> list[str]:
    automatic = letter.automatic if letter.automatic in AUTOMATIC else "auto-generated"
    return [
        headers.mailbox("From", letter.from_name, f"consult@{letter.domain}"),
        headers.mailbox("To", letter.to_name, ascii_domain(letter.to_address)),
        f"Reply-To: {letter.reply_to}" if letter.reply_to else "",
        headers.subject(letter.subject),
        f"Date: {format_datetime(letter.date)}",
        f"Message-ID: <{letter.message_id}>",
        f"Auto-Submitted: {automatic}",
        "X-Auto-Response-Suppress: All",
        f"X-Consult-Loop: {letter.domain}",
    ]


def _further_lines(further: dict[str, str]) -> list[str]:
    lines = [headers.list_id(further["List-Id"])] if further.get("List-Id") else []
    lines += [headers.threading(name, further[name]) for name in THREADING if further.get(name)]
    return lines + [headers.link(name, further[name]) for name in LINKS if further.get(name)]


def _body(letter: Outgoing) -> tuple[list[str], bytes]:
    kind, body = _words(letter)
    if letter.files:
        first = "\r\n".join([*kind, "", ""]).encode() + body
        kind, body = _together("mixed", letter.message_id, [first, *map(attaching.part, letter.files)])
    return ["MIME-Version: 1.0", *kind], body


def _packed(letter: Outgoing) -> Outgoing:
    """The letter with most of its text in a file, as its reader chose."""
    above, file = parcel(letter.text, letter.packed)
    return replace(letter, text=above, html=None, packed=None, pieces=None, files=(file, *letter.files))


def _words(letter: Outgoing) -> tuple[list[str], bytes]:
    """What is to be read, once or in two forms, or as a digest of messages, without the files."""
    if mimedigest.is_one(letter.pieces):
        return _digest(letter)
    if not letter.html:
        return _part("plain", letter.text)
    written = [_part(subtype, text) for subtype, text in (("plain", letter.text), ("html", letter.html))]
    return _together("alternative", letter.message_id, ["\r\n".join([*kind, "", ""]).encode() + body for kind, body in written])


def _digest(letter: Outgoing) -> tuple[list[str], bytes]:
    """The preamble as text, below it the entries, each a message."""
    messages = []
    for head, text in mimedigest.entries(letter.text, letter.pieces, letter.domain):
        kind, body = _part("plain", text)
        messages.append("\r\n".join(["Content-Type: message/rfc822", "", *head, "MIME-Version: 1.0", *kind, "", ""]).encode() + body)
    first, said = _part("plain", mimedigest.preamble(letter.text, letter.pieces))
    kind, body = _together("digest", letter.message_id, messages)
    both = ["\r\n".join([*first, "", ""]).encode() + said, "\r\n".join([*kind, "", ""]).encode() + body]
    return _together("mixed", f"digest of {letter.message_id}", both)


def _together(subtype: str, message_id: str, pieces: list[bytes]) -> tuple[list[str], bytes]:
    """Several parts as one; the border between them is made from the letter's name, so that it is the same each time."""
    salt = "" if subtype == "alternative" else subtype
    border = "=_" + hashlib.sha256(f"{salt}{message_id}".encode()).hexdigest()[:40]
    between = f"--{border}\r\n".encode()
    body = b"".join(between + piece + b"\r\n" for piece in pieces) + f"--{border}--\r\n".encode()
    return [f'Content-Type: multipart/{subtype}; boundary="{border}"'], body


def _part(subtype: str, text: str) -> tuple[list[str], bytes]:
    octets = body_text(text).replace("\n", "\r\n").encode() + b"\r\n"
    encoding, body = _encoded(octets)
    return [f"Content-Type: text/{subtype}; charset=utf-8", f"Content-Transfer-Encoding: {encoding}"], body


def _encoded(octets: bytes) -> tuple[str, bytes]:
    if octets.isascii() and max(map(len, octets.split(b"\r\n"))) <= LONGEST_LINE:
        return "7bit", octets
    quoted = binascii.b2a_qp(octets, istext=True)
    if len(quoted) <= len(octets) * 4 / 3 * 78 / 76:
        return "quoted-printable", quoted
    packed = base64.b64encode(octets)
    return "base64", b"".join(packed[at : at + 76] + b"\r\n" for at in range(0, len(packed), 76))


def ascii_domain(address: str) -> str:
    """The address with an international domain in its ASCII form (RFC 5891), as mail servers know it."""
    local, at, domain = headers.clean(address, 320).rpartition("@")
    try:
        return local + at + (domain if domain.isascii() else domain.encode("idna").decode())
    except UnicodeError:
        return local + at + domain
