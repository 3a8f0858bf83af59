"""Pure: one raw mail becomes what the house needs to know of it, or is declared too strange; nothing else can happen."""

from dataclasses import dataclass, field
from datetime import datetime
from email.feedparser import BytesFeedParser
from email.message import Message

from lxml import etree

from consult.inbox import html
from consult.inbox.charsets import decoded, transferred
from consult.inbox.flowed import unfolded
from consult.inbox.headers import Headers, clean_line, headers, identifiers, moment, readable
from consult.inbox.limits import DEPTH, PARTS, TooStrange, check
from consult.inbox.sender import Sender, sender
from consult.kit.words import N_

BODY = 200_000
LINES = 4_000
PIECE = 1 << 16
LINE_ENDS = ("\r\n", *"\r\x0b\x0c\x85\u2028\u2029")
CONTROLS = [chr(code) for code in (*range(9), *range(14, 32), 127)]
FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, AssertionError, MemoryError, etree.LxmlError)
UNREADABLE = N_("It cannot be read as a mail.")
DEEP = N_("It is nested too deeply.")


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail; the type is only what the sender declared."""

    name: str
    type: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """In bytes, decoded."""
        return len(self.content)


@dataclass(frozen=True)
class Read:
    """What a mail says, cleaned: texts hold no NUL and headers no line breaks; `cut` says that only the first 200 kB were read.

    `brought` is what returned.brought read in its files, `signed` whether signatures.Checker found it signed by the sender's domain,
    where anybody asked for either."""

    headers: Headers
    message_id: str | None
    subject: str
    sender: Sender
    date: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    html_used: bool = False
    attachments: tuple[Attachment, ...] = ()
    content_type: str = "text/plain"
    report_type: str = ""
    is_partial: bool = False
    cut: bool = False
    brought: tuple = ()
    signed: bool = False


def read(raw: bytes) -> Read:
    """Everything the house needs of a raw mail; raises TooStrange(reason) and nothing else, whatever the bytes."""
    check(raw)
    try:
        return _read(raw)
    except FAULTS as fault:
        raise TooStrange(UNREADABLE) from fault


def _read(raw: bytes) -> Read:
    fields = headers(raw)
    message = parsed(raw)
    _check_depth(message)
    text, used_html, files = _content(message)
    text = _lines(text)
    kept = _capped(text)
    identity = identifiers((fields.all("message-id") or [b""])[0])
    return Read(
        headers=fields,
        message_id=identity[0] if identity else clean_line(fields.text("message-id")) or None,
        subject=fields.text("subject"),
        sender=sender(fields),
        date=moment((fields.all("date") or [b""])[0]),
        in_reply_to=identifiers(b" ".join(fields.all("in-reply-to"))),
        references=identifiers(b" ".join(fields.all("references"))),
        text=kept,
        html_used=used_html,
        attachments=tuple(files),
        content_type=_type(message),
        report_type=clean_line(str(message.get_param("report-type") or "")).lower(),
        is_partial=_type(message) == "message/partial",
        cut=len(kept) < len(text),
    )


def parsed(raw: bytes) -> Message:
    """The parts of a mail. Fed in pieces: that is quicker, and takes a third of the memory, than to give the library all of it at once."""
    parser = BytesFeedParser()
    for at in range(0, len(raw), PIECE):
        parser.feed(raw[at : at + PIECE])
    return parser.close()


def _check_depth(message: Message) -> None:
    waiting, seen = [(message, 1)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if depth > DEPTH or seen > PARTS:
            raise TooStrange(DEEP)
        if part.is_multipart():
            waiting.extend((child, depth + 1) for child in part.get_payload())


def _type(part: Message) -> str:
    return part.get_content_type() if part.get("content-type") is not None else part.get_default_type()


def _content(part: Message) -> tuple[str, bool, list[Attachment]]:
    """(text, whether it came from HTML, files) of one part and what is in it; other people's whole mails stay files."""
    kind = _type(part)
    if kind.startswith("multipart/") and part.is_multipart():
        children = part.get_payload()
        return _best(children) if kind == "multipart/alternative" else _joined(children, first_only=kind == "multipart/report")
    if kind in ("text/plain", "text/html") and not _is_file(part):
        return _text(part, kind), kind == "text/html", []
    if kind == "message/partial":
        return "", False, []
    return "", False, [_attachment(part, kind)]


def _best(children: list[Message]) -> tuple[str, bool, list[Attachment]]:
    """Of several forms of the same text, the plain one if it says anything; only otherwise is HTML made into text."""
    costly = [child for child in children if _type(child) == "text/html" and not _is_file(child)]
    forms = [_content(child) for child in children if child not in costly]
    if not any(text.strip() and not from_html for text, from_html, _ in forms):
        forms += [_content(child) for child in costly]
    files = [file for form in forms for file in form[2]]
    told = [form for form in forms if form[0].strip()]
    chosen = min(told, key=lambda form: form[1], default=("", False, []))
    return chosen[0], chosen[1], files


def _joined(children: list[Message], first_only: bool) -> tuple[str, bool, list[Attachment]]:
    forms = [_content(child) for child in children]
    told = [form for form in forms if form[0].strip()][: 1 if first_only else None]
    files = [file for form in forms for file in form[2]]
    return "\n\n".join(form[0].strip("\n") for form in told), any(form[1] for form in told), files


def _is_file(part: Message) -> bool:
    return (part.get_content_disposition() == "attachment") or bool(_file_name(part))


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except FAULTS:
        return ""


def _text(part: Message, kind: str) -> str:
    text = _lines(decoded(_bytes(part), _parameter(part, "charset")))
    if kind == "text/html":
        return html.text_of(text)
    if _parameter(part, "format").lower() == "flowed":
        return unfolded(text, _parameter(part, "delsp").lower() == "yes")
    return text


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name, "")
    return str(value[2] if isinstance(value, tuple) else value)


def _bytes(part: Message) -> bytes:
    """The decoded content; what is broken in base64 or quoted-printable costs only the broken piece."""
    # get_payload would run whatever codec the mail names (idna, bz2, ...), so the payload is taken as it was kept
    payload = vars(part).get("_payload")
    if not isinstance(payload, str):
        return b""
    return transferred(payload.encode("ascii", "surrogateescape"), str(part.get("content-transfer-encoding", "")))


def _attachment(part: Message, kind: str) -> Attachment:
    content = part.get_payload(0).as_bytes() if part.is_multipart() and part.get_payload() else _bytes(part)
    name = readable(_file_name(part).encode("utf-8", "replace")).replace("\\", "/").rpartition("/")[2].strip(". ")
    return Attachment(name[:120] or "attachment", clean_line(kind)[:120], content)


def _lines(text: str) -> str:
    """Lines that end in one way, without control characters; sign by sign, because nearly every text has none of them."""
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    for sign in CONTROLS:
        text = text.replace(sign, "")
    return text


def _capped(text: str) -> str:
    """As much as is read for remarks: 200 kB and 4,000 lines; the rest stays in the raw mail."""
    shortened = text.encode("utf-8", "replace")[:BODY].decode("utf-8", "ignore") if len(text) > BODY // 4 else text
    lines = shortened.split("\n")
    return shortened if len(lines) <= LINES else "\n".join(lines[:LINES])
