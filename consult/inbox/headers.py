"""Pure: the header lines of a mail as bytes, and as text that is safe to keep, show and send on."""

import quopri
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from consult.inbox.charsets import clean_text, decoded, unbased
from consult.inbox.limits import header_block

FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]{0,20}:(.*)", re.DOTALL)
WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
BETWEEN = re.compile(r"(\?=)[ \t\r\n]{1,200}(?==\?[^?\s=]{1,60}\?[bBqQ]\?)")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
IDENTIFIER = re.compile(r"<[^<>]{1,996}>")
LONGEST = 2000


@dataclass(frozen=True)
class Headers:
    """The fields of a mail in the order they came: (lower-case name, unfolded value as bytes)."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def all(self, name: str) -> list[bytes]:
        """Every value of the fields of this name, topmost first."""
        return [value for field, value in self.fields if field == name]

    def text(self, name: str) -> str:
        """The first value of this name as clean text on one line; empty when there is none."""
        values = self.all(name)
        return readable(values[0]) if values else ""

    def __contains__(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)


def headers(raw: bytes) -> Headers:
    """The header fields of a raw mail; reading stops where the first line is no header (RFC 5322 2.2)."""
    fields: list[list] = []
    for number, line in enumerate(header_block(raw).split(b"\n")):
        line = line.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1].append(line)
            continue
        found = FIELD.fullmatch(line)
        if found:
            fields.append([found[1].decode("ascii").lower(), [found[2]]])
        elif not (number == 0 and line.startswith(b"From ")):
            break
    return Headers(tuple((name, b"".join(lines).strip()) for name, lines in fields))


def readable(value: bytes) -> str:
    """A header value as a person may see it: encoded words decoded (RFC 2047), one line, no control or direction marks."""
    text = value.decode("ascii") if value.isascii() else decoded(value)
    return clean_line(WORD.sub(_word, BETWEEN.sub(r"\1", text)))


def clean_line(text: str) -> str:
    """Text on one line without control characters and direction marks, no longer than a header may be."""
    plain = BIDI.sub("", CONTROLS.sub(" ", clean_text(text)))
    return re.sub(r"\s+", " ", plain).strip()[:LONGEST]


def moment(value: bytes) -> datetime | None:
    """The date a mail claims, in UTC; None for a date that no clock could have shown."""
    try:
        date = parsedate_to_datetime(value.decode("latin-1")[:200])
        date = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return date if 1990 <= date.year <= 2100 else None


def identifiers(value: bytes) -> tuple[str, ...]:
    """The message identifiers in a Message-ID, In-Reply-To or References value, the last hundred at most (RFC 5322 3.6.4)."""
    return tuple(IDENTIFIER.findall(clean_line(value.decode("latin-1")))[-100:])


def _word(found: re.Match) -> str:
    charset, way, data = found[1].partition("*")[0], found[2].lower(), found[3].encode("utf-8", "replace")
    return decoded(unbased(data) if way == "b" else quopri.decodestring(data, header=True), charset)
