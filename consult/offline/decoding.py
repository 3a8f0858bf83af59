"""Pure: the bytes of a file of answers become text, in whatever encoding an editor has saved it."""

import re

from consult.drafts.reading import decode as guessed
from consult.errors import Refused
from consult.offline.answers import HEAD

LEGACY = {"ar": "cp1256", "ru": "cp1251", "zh": "gb18030", "en": "cp1252", "fr": "cp1252", "es": "cp1252"}
"""What editors that know no Unicode save in, by the language that the head of the file names."""
BEGINNING = 4_000
_LANGUAGE = re.compile(rb"language\s*:\s*([a-z]{2})", re.IGNORECASE)


def looks_like_answers(data: bytes) -> bool:
    """Whether a file begins as one of answers does, in any encoding; asked of every attachment, so it only looks at its beginning."""
    return HEAD.casefold().encode() in data[:BEGINNING].replace(b"\0", b"").lower()


def decode(data: bytes) -> str:
    """The text; Refused when no encoding fits. What a cut in the middle of a character left over is dropped."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "ignore")
    if b"\0" in data[:BEGINNING]:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "ignore")
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    return _legacy(data)


def _legacy(data: bytes) -> str:
    named = _LANGUAGE.search(data[:BEGINNING])
    encoding = LEGACY.get(named[1].decode().lower(), "") if named else ""
    try:
        return data.decode(encoding, "replace" if encoding == "gb18030" else "strict") if encoding else guessed(data)
    except UnicodeDecodeError:
        pass
    try:
        return guessed(data)
    except Refused:
        return data.decode(encoding or "cp1252", "replace")
