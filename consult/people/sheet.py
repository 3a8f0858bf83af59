"""Pure: a list of people as a CSV file, whatever program wrote it, into rows that can be taken and rows that cannot, with reasons."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field

import chardet

from consult.errors import Refused
from consult.kit import text
from consult.kit.words import N_
from consult.people import rules

LARGEST, MOST_ROWS = 2_000_000, 5_000
NEEDED = ("name", "email")
COLUMNS = (*NEEDED, "role", "organization", "language", "zone", "means")
SPELLINGS = {"e-mail": "email", "mail": "email", "address": "email", "e-mail address": "email", "organisation": "organization"}
ACCENTS = set("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŸŒ")
WESTERN = {"windows-1252", "iso-8859-1", "iso-8859-15", "ascii"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full-width
NOT_READABLE = N_("The file is not text in UTF-8, UTF-16 or windows-1252. Please save it as “CSV UTF-8” and try again.")


@dataclass(frozen=True)
class Row:
    """One person of the list, checked. `number` is the row as a spreadsheet numbers it."""

    number: int
    name: str
    email: str
    role: str
    organization: str
    language: str
    zone: str
    means: str


@dataclass
class Sheet:
    """What a list holds: rows to take, rows not to (number, refusal), columns nobody asked for, words whose letters are a guess."""

    good: list[Row] = field(default_factory=list)
    bad: list[tuple[int, Refused]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


def read(raw: bytes) -> Sheet:
    """The list in these bytes. Refuses as a whole what is no such list; refuses single rows by their number."""
    rows = _rows(decode(raw))
    header = [_column(cell) for cell in next(rows, [])]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused(N_("The first row must name the columns; missing: %(missing)s."), missing=", ".join(missing))
    if len(set(header) - {""}) < len([name for name in header if name]):
        raise Refused(N_("Two columns have the same name."))
    sheet = _read_rows(header, rows)
    sheet.doubtful = doubtful(raw)
    return sheet


def _read_rows(header: list[str], rows) -> Sheet:
    sheet = Sheet(ignored=[name for name in header if name and name not in COLUMNS])
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise Refused(N_("The list has more than %(most)s rows. Please cut it into several."), most=MOST_ROWS)
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(number, header, cells)
            earlier = seen.setdefault(rules.folded(row.email), number)
            if earlier != number:
                raise Refused(N_("The address %(address)s stands in row %(row)s already."), address=row.email, row=earlier)
            sheet.good.append(row)
        except Refused as refused:
            sheet.bad.append((number, refused))
    return sheet


def _row(number: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise Refused(N_("The row has more cells than there are columns."))
    given = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name in COLUMNS}
    for name, cell in given.items():
        if cell.startswith(FORMULA):
            raise Refused(N_("The cell “%(column)s” begins like a formula: %(cell)s"), column=name, cell=text.one_line(cell, 40))
    checked = rules.preferences(
        {name: given.get(name) or usual for name, usual in (("language", "en"), ("zone", "UTC"), ("means", "page"))}
    )
    organization = given.get("organization", "")
    return Row(
        number=number,
        name=rules.name(given.get("name", "")),
        email=rules.address(given.get("email", "")),
        role=rules.role(given.get("role") or "member"),
        organization=rules.name(organization) if organization else "",
        **checked,
    )


def _column(cell: str) -> str:
    name = " ".join(cell.split()).lower()
    return SPELLINGS.get(name, name)


def _rows(content: str):
    first = content.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    except csv.Error:
        raise Refused(N_("The file is not a CSV list: a quotation mark is open, or something follows one that is closed.")) from None


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or windows-1252; refuses everything else instead of guessing names wrong."""
    if len(raw) > LARGEST:
        raise Refused(N_("The file is larger than %(most)s."), most=text.size(LARGEST))
    if not raw.strip(b"\x00 \t\r\n"):
        raise Refused(N_("The file is empty."))
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(raw, "utf-16")
    if b"\x00" in raw:
        return _strictly(raw, "utf-16-le" if raw[1:2] == b"\x00" else "utf-16-be")
    try:
        return raw.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return _western(raw)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        content = raw.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(NOT_READABLE) from None
    if "\x00" in content or not content.isascii() and "," not in content and ";" not in content and "\t" not in content:
        raise Refused(NOT_READABLE)
    return content


def _western(raw: bytes) -> str:
    """windows-1252 fits nearly any bytes, so the words are asked whether they look like words of a western language."""
    try:
        content = raw.decode("windows-1252")
    except UnicodeDecodeError:
        raise Refused(NOT_READABLE) from None
    words = _accented(content)
    accented = sum(letter in ACCENTS for word in words for letter in word)
    plain = sum(letter.isascii() for word in words for letter in word)
    if plain <= accented or any(not letter.isascii() and letter not in ACCENTS for word in words for letter in word):
        raise Refused(NOT_READABLE)
    return content


def _accented(content: str) -> list[str]:
    words = (word.strip("’‘“”«»–—…ºª°") for word in re.findall(r"[^\s,;\t\"'’@.()/-]+", content))
    return [word for word in words if not word.isascii()]


def doubtful(raw: bytes) -> list[str]:
    """The words of a windows-1252 file that Central Europe would read differently, unless statistics speak for the west."""
    try:
        raw.decode("utf-8")
        return []
    except UnicodeDecodeError:
        if b"\x00" in raw or raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return []
    if (chardet.detect(raw)["encoding"] or "").lower() in WESTERN:
        return []
    return [word for word in _accented(raw.decode("windows-1252")) if word.encode("windows-1252").decode("cp1250", "replace") != word]
