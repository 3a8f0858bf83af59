"""Pure: small questions about text: one clean line, a name for an address, a size for a person."""

import re
import unicodedata

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def one_line(text: str, limit: int = 300) -> str:
    """The text without control characters, bidi overrides and line ends: fit for a name, a subject, a title."""
    return " ".join(_CONTROLS.sub(" ", _BIDI.sub("", text)).split())[:limit].strip()


def many_lines(text: str) -> str:
    """Text as a person typed it, with LF line ends and without control characters that no reader can see."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", _BIDI.sub("", text)).strip("\n").rstrip()


def slug(text: str, limit: int = 60) -> str:
    """A short name for an address, from the letters a keyboard has; empty when there are none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:limit].strip("-")


def size(octets: int) -> str:
    """A number of bytes as people say it: 812 B, 14 kB, 2.3 MB (powers of ten)."""
    if octets < 1000:
        return f"{octets} B"
    if octets < 1_000_000:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"
