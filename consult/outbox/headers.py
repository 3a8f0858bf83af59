"""Pure: header lines of a letter. Names and subjects may hold anything a person typed; what comes out is ASCII (RFC 2047, 5322)."""

import base64
import re
from functools import lru_cache
from urllib.parse import quote

from consult.kit.text import one_line

LINE = 76
WORD = 63  # what fits between "=?utf-8?q?" and "?=" in the 75 characters of an encoded word
SAFE_IN_WORD = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/?^_`{|}~-]+)*")
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f-\U0010ffff]{1,900}>")


def clean(text: str, limit: int) -> str:
    """One line of whole characters: no control characters, no bidi overrides, no half characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:limit].strip()
    return one_line(text.encode("utf-8", "replace").decode(), limit)


def subject(text: str) -> str:
    """The Subject line, folded; encoded only where it must be."""
    text = clean(text, 500)
    if _plain(text):
        return _folded("Subject:", text.split(" "))
    return "Subject: " + "\r\n ".join(encoded_words(text, len("Subject: ")))


def mailbox(name: str, who: str, address: str) -> str:
    """A From, To or List-Id line: a name, if there is one, and one address."""
    who = clean(who, 200)
    if not who:
        return f"{name}: <{address}>" if name == "List-Id" else f"{name}: {address}"
    if not _plain(who):
        words = encoded_words(who, len(name) + 2)
        return f"{name}: " + "\r\n ".join([*words, f"<{address}>"])
    if not ATOMS.fullmatch(who):
        who = '"' + who.replace("\\", "\\\\").replace('"', '\\"') + '"'
    separator = " " if len(name) + len(who) + len(address) < LINE - 5 else "\r\n "
    return f"{name}: {who}{separator}<{address}>"


def list_id(value: str) -> str:
    """The List-Id line from `Name of the group <short.name.domain>` (RFC 2919)."""
    who, _, rest = value.rpartition("<")
    return mailbox("List-Id", who, _one_token(rest.rstrip("> ")))


def threading(name: str, value: str) -> str:
    """In-Reply-To or References: only what looks like a Message-ID, folded between two of them only; empty when nothing does."""
    ids = MESSAGE_ID.findall(value)
    return _folded(f"{name}:", ids[:1] + ids[1:][-20:], 900) if ids else ""


@lru_cache(maxsize=1000)
def link(name: str, value: str) -> str:
    """A List-* line: addresses of pages stand on one line, never encoded, because providers read them as they are (RFC 2369, 8058)."""
    return f"{name}: {quote(clean(value, 5000), safe=PRINTABLE + ' ')}"


def encoded_words(text: str, used: int = 0) -> list[str]:
    """The text as encoded words on lines of 76 characters, safe in names too (RFC 2047); `used`: what the first line holds already."""
    octets = text.encode()
    quoted = sum(1 if byte in SAFE_IN_WORD or byte == 0x20 else 3 for byte in octets)
    way, width = ("q", _quoted_width) if quoted <= len(octets) * 4 / 3 else ("b", _base64_width)
    words, start, room = [], 0, WORD + 1 - used
    for end in range(1, len(text) + 1):
        if end > start + 1 and width(text[start:end]) > room:
            words.append(_word(way, text[start : end - 1]))
            start, room = end - 1, WORD
    return [*words, _word(way, text[start:])]


def _plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _folded(line: str, tokens: list[str], limit: int = LINE) -> str:
    lines = []
    for token in tokens:
        if lines == [] and line.endswith(":") or len(line) + 1 + len(token) <= limit:
            line += " " + token
        else:
            lines.append(line)
            line = " " + token
    return "\r\n".join([*lines, line])


def _one_token(text: str) -> str:
    return quote("".join(clean(text, 300).split()), safe=PRINTABLE.replace("<", "").replace(">", ""))


def _quoted_width(text: str) -> int:
    return sum(1 if byte in SAFE_IN_WORD or byte == 0x20 else 3 for byte in text.encode())


def _base64_width(text: str) -> int:
    return (len(text.encode()) + 2) // 3 * 4


def _word(way: str, text: str) -> str:
    octets = text.encode()
    if way == "b":
        return f"=?utf-8?b?{base64.b64encode(octets).decode()}?="
    return "=?utf-8?q?" + "".join("_" if b == 0x20 else chr(b) if b in SAFE_IN_WORD else f"={b:02X}" for b in octets) + "?="
