"""Pure: bytes become text, whatever charset and transfer encoding a mail claims to be in."""

import binascii
import quopri
import re

import chardet

ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601_1987": "cp949",
    "euc-kr": "cp949",
    "ksc5601": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "646": "ascii",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "x-ansi": "cp1252",
    "cp-850": "cp850",
    "ibm850": "cp850",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-arabic": "mac_arabic",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "windows-31j": "cp932",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "hz-gb-2312": "hz",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "koi8": "koi8-r",
    "iso-8859-11": "cp874",
    "x-euc-jp": "euc_jp",
    "utf-16": "utf-16",
    "unicode": "utf-16",
}
TEXT_CODECS = frozenset(
    [
        "ascii",
        "utf-8",
        "utf-7",
        "utf-16",
        "utf-16le",
        "utf-16be",
        "utf-32",
        "gb18030",
        "big5hkscs",
        "hz",
        "cp949",
        "johab",
        "euc_jp",
        "cp932",
        "iso2022_jp",
        "iso2022_jp_2",
        "iso2022_kr",
        "koi8-r",
        "koi8-u",
        "koi8-t",
        "cp866",
        "cp855",
        "cp850",
        "cp852",
        "cp437",
        "cp858",
        "cp720",
        "cp864",
        "cp862",
        "cp874",
        "ptcp154",
        "mac_roman",
        "mac_cyrillic",
        "mac_arabic",
        "mac_greek",
        "mac_latin2",
        "mac_turkish",
    ]
    + [f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)]
    + [f"cp125{n}" for n in range(9)]
)
SEVEN_BIT = {"utf-7": b"+", "hz": b"~{", "iso2022_jp": b"\x1b", "iso2022_jp_2": b"\x1b", "iso2022_kr": b"\x0e"}
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE = 20_000
NO_LETTERS = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


def codec(declared: str | None) -> str | None:
    """The name of the text codec that a declared charset means, or None where we know none by that name."""
    name = re.sub(r"[\s\"']", "", (declared or "")[:60]).lower().replace("_", "-")
    for form in (name, name.replace("-", "_")):
        if form in ALIASES:
            return ALIASES[form]
    for form in (
        name,
        name.replace("-", "_"),
        name.replace("windows-", "cp"),
        re.sub(r"^iso-?8859-?", "iso8859-", name),
        re.sub(r"^iso-2022-", "iso2022_", name).replace("-", "_"),
        name.replace("cp-", "cp").replace("ibm", "cp"),
    ):
        if form in TEXT_CODECS:
            return form
    return None


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes: valid UTF-8 beats a wrong declaration, then the declaration, then the best guess; never an error."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return clean_text(data.decode(name, "replace"))
    name = codec(declared)
    return clean_text(_stateful(data, name) or _first_valid(data, ("utf-8", name)) or _guessed(data))


def transferred(data: bytes, encoding: str) -> bytes:
    """What was meant by base64 or quoted-printable content, as far as it can be read (RFC 2045 6); anything else as it is."""
    name = encoding.strip().lower()
    if name == "base64":
        return unbased(data)
    return quopri.decodestring(data) if name == "quoted-printable" else data


def unbased(data: bytes) -> bytes:
    """Base64 decoded with strange characters left out and missing padding forgiven."""
    letters = data.translate(None, NO_LETTERS)
    if not len(letters) % 4:
        return binascii.a2b_base64(letters)
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def clean_text(text: str) -> str:
    """Text without NUL, lone surrogates and a byte order mark, which databases refuse and nobody typed."""
    return re.sub(r"[\x00\ud800-\udfff]", "", text).removeprefix("\ufeff")


def _stateful(data: bytes, name: str | None) -> str | None:
    """Charsets that hide in plain ASCII look like valid UTF-8 and must be tried first."""
    if name in SEVEN_BIT and data.isascii() and SEVEN_BIT[name] in data:
        return _first_valid(data, (name,))
    return None


def _first_valid(data: bytes, names) -> str | None:
    for name in names:
        try:
            return data.decode(name) if name else None
        except UnicodeError:
            continue
    return None


def _guessed(data: bytes) -> str:
    guess = codec(chardet.detect(data[:SAMPLE]).get("encoding"))
    found = _first_valid(data, (guess,)) if guess else None
    return found if found is not None else data.decode(guess if guess else "cp1252", "replace")
