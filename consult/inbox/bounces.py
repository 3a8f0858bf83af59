"""Pure: what a returned letter says: given up or only delayed, with the status code and the other server's words (RFC 3464)."""

import email
import logging
import re
from dataclasses import dataclass
from email.message import Message

from flufl.bounce import all_failures

from consult.inbox.automatic import MACHINES
from consult.inbox.charsets import transferred
from consult.inbox.headers import clean_line
from consult.inbox.limits import TooStrange, check
from consult.inbox.message import FAULTS, Read

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.-])([45])\d\d[ -]")
FIELD = re.compile(
    r"^(status|action|diagnostic-code|final-recipient|remote-mta)[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE
)
REPORT = 20_000
ABOUT = ("message/feedback-report", "message/rfc822", "text/rfc822-headers", "message/rfc822-headers")
FEEDBACK = re.compile(r"^feedback-type[ \t]*:[ \t]*([\w-]{1,40})", re.IGNORECASE | re.MULTILINE)
ORIGINAL = re.compile(r"^message-id[ \t]*:\s*(<[^<>\s]{3,300}>)", re.IGNORECASE | re.MULTILINE)
# a mailbox that is full or a server that is busy today is no reason to stop writing to a person
PASSING = frozenset(("4.2.2", "5.2.2", "4.4.7", "5.4.7", "5.3.2", "5.7.26"))

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it tells every stumble with a traceback


@dataclass(frozen=True)
class Bounce:
    """A letter that did not arrive: for good or for now, the status code (`5.1.1`, may be empty), the server's own words."""

    permanent: bool
    status: str
    diagnostic: str


def bounce(raw: bytes, read: Read) -> Bounce | None:
    """What a mail that came to a return address says about the letter; None when it is no return or tells of success."""
    fields = _report_fields(raw) if read.content_type == "multipart/report" else {}
    if fields.get("action", "").lower() in ("delivered", "relayed", "expanded"):
        return None
    if not fields.get("status") and not fields.get("action"):
        return _without_report(raw, read)
    diagnostic = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("diagnostic-code", "")
    status = _status(fields.get("status", "")) or _status(diagnostic)
    delayed = fields.get("action", "").lower() == "delayed"
    return Bounce(not delayed and _is_permanent(status, diagnostic), status, diagnostic[:500])


def _status(text: str) -> str:
    found = STATUS.search(text)
    return found.group() if found else ""


def _is_permanent(status: str, diagnostic: str) -> bool:
    code = REPLY_CODE.search(diagnostic + " ")
    first = status[:1] or (code[1] if code else "5")
    return first == "5" and status not in PASSING


def _report_fields(raw: bytes) -> dict[str, str]:
    """The first field of each name in the delivery-status part, the failed recipient's block before others."""
    try:
        check(raw)
        parts = [
            part
            for part in email.message_from_bytes(raw).walk()
            if part.get_content_type().startswith(("message/delivery-status", "message/global-delivery"))
        ]
        text = "\n\n".join(_plain(part) for part in parts)[:REPORT]
    except (TooStrange, *FAULTS):
        return {}
    blocks = [
        {name.lower(): clean_line(value) for name, value in reversed(FIELD.findall(block))} for block in re.split(r"\n[ \t]*\n", text)
    ]
    told = [block for block in blocks if "status" in block or "action" in block]
    failed = [block for block in told if block.get("action", "").lower() == "failed"]
    return (failed or told or [{}])[0]


def _plain(part: Message) -> str:
    """The text of a report: message/delivery-status comes as a list of blocks, message/global-delivery-status (RFC 6533) as one mail."""
    if not part.is_multipart():
        return transferred(str(part.get_payload()).encode("utf-8", "surrogateescape"), _way(part)).decode("utf-8", "replace")
    blocks = []
    for child in part.get_payload():
        rest = "" if child.is_multipart() else str(child.get_payload())
        if rest.strip() and not child.items():  # an encoded report is no mail, so all of it was taken for text
            rest = transferred(rest.encode("utf-8", "surrogateescape"), _way(part)).decode("utf-8", "replace")
        blocks += ["\n".join(f"{name}: {value}" for name, value in child.items()), rest]
    return "\n\n".join(block for block in blocks if block.strip())


def _way(part: Message) -> str:
    return str(part.get("content-transfer-encoding", ""))


def complained_of(raw: bytes, read: Read) -> tuple[str, ...]:
    """The Message-IDs of letters that a provider reports as marked unwanted (ARF, RFC 5965); none for any other mail."""
    if read.content_type != "multipart/report" or read.report_type != "feedback-report":
        return ()
    try:
        check(raw)
        parts = [part for part in email.message_from_bytes(raw).walk() if part.get_content_type() in ABOUT]
        told = "\n".join(_plain(part) for part in parts)[:REPORT]
    except (TooStrange, *FAULTS):
        return ()
    kind = FEEDBACK.search(told)
    return tuple(found.strip("<>") for found in ORIGINAL.findall(told)) if kind and kind[1].lower() == "abuse" else ()


def _known_forms(raw: bytes) -> tuple[frozenset, frozenset]:
    """Whose letters did not arrive for now, and for good, by the forms that a library knows; a form that it stumbles over tells nothing."""
    try:
        check(raw)
        return all_failures(email.message_from_bytes(raw))
    except (TooStrange, *FAULTS):
        return frozenset(), frozenset()


def _without_report(raw: bytes, read: Read) -> Bounce | None:
    """Older servers write prose: a library knows their forms; it says only that it failed, the words say how."""
    temporary, permanent = _known_forms(raw)
    status = _status(read.text[:REPORT])
    if not (temporary or permanent) and not (status and MACHINES.match(read.sender.address or "")):
        return None
    line = next((line for line in read.text[:REPORT].split("\n") if STATUS.search(line) or REPLY_CODE.search(line + " ")), "")
    return Bounce(not temporary and _is_permanent(status, line), status, clean_line(line)[:500])
