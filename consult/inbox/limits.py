"""Pure: what a mail may not be, looked at in its bytes before any parser sees it (SECURITY row 6)."""

import re

from consult.kit.words import N_

HEADER_BLOCK = 256 * 1024
ONE_HEADER = 16 * 1024
PARTS = 500
DEPTH = 20
ADDRESSES = 200
BOUNDARIES = 100
NESTED = 100
BOUNDARY = re.compile(rb"boundary\*?(?:\d{1,3}\*?)?[ \t]{0,20}=[ \t]{0,20}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)
NESTING = re.compile(rb"^content-type:[ \t]{0,20}message/", re.IGNORECASE | re.MULTILINE)
ADDRESSED = frozenset(
    (b"from", b"to", b"cc", b"bcc", b"sender", b"reply-to", b"resent-to", b"resent-cc", b"resent-from", b"return-receipt-to")
)


class TooStrange(Exception):
    """A mail that cannot be read safely: it is kept as it came and shown at the desk. The reason is for people."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def check(raw: bytes) -> None:
    """Raises TooStrange for a mail whose bytes alone say that reading it could cost too much."""
    block = header_block(raw)
    if len(block) > HEADER_BLOCK:
        raise TooStrange(N_("Its headers are longer than 256 kB."))
    _check_headers(block)
    _check_parts(raw)


def header_block(raw: bytes) -> bytes:
    """The bytes before the first empty line."""
    end = re.search(rb"\r?\n\r?\n", raw[: HEADER_BLOCK + 4])
    return raw[: end.start() + 1] if end else raw


def _check_headers(block: bytes) -> None:
    addresses = size = 0
    name = b""
    for line in block.split(b"\n"):
        folded = line[:1] in (b" ", b"\t")
        size = size + len(line) if folded else len(line)
        name = name if folded else line.partition(b":")[0].strip().lower()
        if size > ONE_HEADER:
            raise TooStrange(N_("One of its headers is longer than 16 kB."))
        if name in ADDRESSED:
            addresses += min(line.count(b"@"), line.count(b",") + line.count(b";") + 1)
    if addresses > ADDRESSES:
        raise TooStrange(N_("It names more than 200 addresses."))


def _check_parts(raw: bytes) -> None:
    marks = {b"--" + (quoted or plain).rstrip() for quoted, plain in BOUNDARY.findall(raw)}
    if len(marks) > BOUNDARIES or len(NESTING.findall(raw)) > NESTED:
        raise TooStrange(N_("It is nested too deeply."))
    if not marks or raw.count(b"\n--") < PARTS:  # so few lines begin like a border that they need not be looked at
        return
    parts = sum(1 for line in re.finditer(rb"^--[^\r\n]{1,210}", raw, re.MULTILINE) if line.group().rstrip() in marks)
    if parts > PARTS:
        raise TooStrange(N_("It has more than 500 parts."))
