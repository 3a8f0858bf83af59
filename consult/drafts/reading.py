"""Pure: a file that somebody sends becomes the pieces of a draft, or a reason that its sender can act on."""

import codecs
import unicodedata

import chardet

from consult.drafts.cutting import cut
from consult.drafts.pieces import Piece
from consult.drafts.word import read_docx
from consult.errors import Refused
from consult.kit.words import N_

MOST_DOCX = 50_000_000
"""Bytes of a .docx."""
MOST_TEXT = 2_000_000
"""Bytes of a text file."""
MOST_LINES = 100_000
"""Lines of a text file: more is data, not a draft."""
SAMPLE = 100_000
"""Bytes from which the encoding is told."""
ENCODINGS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "big5hkscs": "big5hkscs",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1252": "cp1252",
    "windows-1254": "cp1254", "windows-1256": "cp1256", "cp1250": "cp1250", "cp1251": "cp1251", "cp1252": "cp1252",
    "cp1254": "cp1254", "cp1256": "cp1256", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso-8859-2": "iso8859-2",
    "iso-8859-5": "iso8859-5", "iso-8859-6": "iso8859-6", "iso-8859-15": "iso8859-15", "ascii": "cp1252",
    "macroman": "mac-roman", "mac-roman": "mac-roman", "shift_jis": "shift_jis", "euc-jp": "euc-jp", "euc-kr": "euc-kr", "cp949": "cp949",
}  # fmt: skip

_WESTERN = set("àâäáãåæçéèêëíîïìñóôöòõøœùûüúÿßÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÙÛÜÚ«»‹›’‘“”–—…°€£§ºª¿¡·•©\xa0")

EMPTY = N_("There is no text in this file.")
BINARY = N_("This file is not a text. Send the draft as plain text (.txt), Markdown (.md) or Word (.docx).")
OLD_WORD = N_("This is an old Word file (.doc). Save it as .docx and send it again.")
MACROS = N_("This Word file may carry macros, which no text needs. Save it as .docx and send it again.")
TOO_LARGE = N_("This file is larger than %(most)s MB. Send the text without pictures, or in parts.")
TOO_MANY_LINES = N_("This file has more than %(most)s lines. Send the draft in parts.")
UNKNOWN_SIGNS = N_("The characters of this text cannot be read. Save it as UTF-8 text and send it again.")


def read(filename: str, data: bytes) -> list[Piece]:
    """The pieces of a .txt, .md or .docx file; Refused when it is empty, too large, of another kind, or cannot be read."""
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if not data.strip(b"\0\r\n\t "):
        raise Refused(EMPTY)
    if ending == "docx":
        return _not_empty(read_docx(_small_enough(data, MOST_DOCX)))
    if ending == "doc":
        raise Refused(OLD_WORD)
    if ending in ("docm", "dotm"):
        raise Refused(MACROS)
    if ending not in ("txt", "md", "markdown", "text"):
        raise Refused(BINARY)
    text = decode(_small_enough(data, MOST_TEXT))
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise Refused(TOO_MANY_LINES, most=MOST_LINES)
    return _not_empty(cut(text))


def decode(data: bytes) -> str:
    """The text of a file whose encoding nobody told; Refused when it is no text or no encoding fits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    if b"\0" in data or data.startswith((b"PK\x03\x04", b"%PDF-", b"{\\rtf")):
        raise Refused(BINARY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, _guessed(data))


def _guessed(data: bytes) -> str:
    """The encoding of a text that is not UTF-8; mostly plain letters with some accents is Western European, which guessers often miss."""
    sample = data[:SAMPLE]
    accents = [octet for octet in sample if octet > 0x7F]
    if len(accents) * 3 < len(sample) and set(bytes(accents).decode("cp1252", "replace")) <= _WESTERN:
        return "cp1252"
    found = chardet.detect(sample).get("encoding") or ""
    encoding = ENCODINGS.get(found.lower().replace("_", "-"), ENCODINGS.get(found.lower(), ""))
    if not encoding:
        raise Refused(UNKNOWN_SIGNS)
    return encoding


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as why:
        raise Refused(UNKNOWN_SIGNS) from why
    unseen = sum(unicodedata.category(sign) in ("Cc", "Co", "Cn") and sign not in "\r\n\t\f" for sign in text[:SAMPLE])
    if unseen * 50 > min(len(text), SAMPLE):
        raise Refused(BINARY)
    return text


def _small_enough(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise Refused(TOO_LARGE, most=most // 1_000_000)
    return data


def _not_empty(pieces: list[Piece]) -> list[Piece]:
    if not pieces:
        raise Refused(EMPTY)
    return pieces
