"""Pure: opening an Office file with suspicion: what it is, how large it gets, and that its XML is harmless, before anything reads it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from consult.errors import Refused
from consult.kit.words import N_

MOST_ENTRIES = 2_000
MOST_BYTES = 200_000_000
"""Bytes of all entries unpacked."""
RATIO_FROM = 1_000_000
"""Bytes: entries larger than this may not be packed tighter than MOST_RATIO."""
MOST_RATIO = 100
MOST_XML = 30_000_000
"""Bytes of one XML part."""
DEEPEST_XML = 200

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

NOT_WORD = N_("This is not a Word document (.docx). Save the text as .docx or as plain text and send it again.")
DAMAGED = N_("This Word document is damaged and cannot be read. Open it in Word, save it again, and send it again.")
PROTECTED = N_("This Word document is protected by a password or is of the old .doc kind. Save it as .docx without a password.")
SWOLLEN = N_("This Word document grows far larger when unpacked than a text can be. Save the text alone and send it again.")
DECLARED = N_("This Word document contains XML declarations that no Word document needs, so it was not opened. Save it anew in Word.")


@dataclass(frozen=True)
class Sayings:
    """What a person is told about a file of that kind which cannot be opened."""

    other: str
    damaged: str
    protected: str
    swollen: str
    declared: str


WORD = Sayings(NOT_WORD, DAMAGED, PROTECTED, SWOLLEN, DECLARED)
EXCEL = Sayings(
    N_("This is not an Excel workbook (.xlsx). Save the table as .xlsx or CSV and bring it again."),
    N_("This workbook is damaged and cannot be read. Open it in Excel or LibreOffice, save it again, and bring it again."),
    N_("This workbook is protected by a password or is of the old .xls kind. Save it as .xlsx without a password."),
    N_("This workbook grows far larger when unpacked than a table of comments can be. Copy the rows into a new workbook."),
    N_("This workbook contains XML declarations that no workbook needs, so it was not opened. Save it anew in Excel."),
)


class Package:
    """A checked Office file: its parts by name."""

    def __init__(self, data: bytes, sayings: Sayings = WORD) -> None:
        self.sayings = sayings
        self._zip = _opened(data, sayings)
        self._names = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when the package has no such part; refused when it is not harmless."""
        if name not in self._names:
            return None
        return harmless(self._bytes(name), self.sayings)

    def data(self, name: str, most: int) -> bytes | None:
        """The bytes of a part that is no XML; None when there is none, or when it is larger than `most`."""
        if name not in self._names or self._names[name].file_size > most:
            return None
        found = self._bytes(name)
        return found if len(found) <= most else None

    def matching(self, pattern: str) -> list[str]:
        """The names of the parts that a regular expression matches wholly, sorted."""
        return sorted(name for name in self._names if re.fullmatch(pattern, name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a long part, piece by piece, at most MOST_BYTES of them."""
        taken = 0
        try:
            with self._zip.open(self._names[name]) as part:
                while piece := part.read(262_144):
                    taken += len(piece)
                    if taken > MOST_BYTES:
                        raise Refused(self.sayings.swollen)
                    yield piece
        except _BROKEN as why:
            raise Refused(self.sayings.damaged) from why

    def _bytes(self, name: str) -> bytes:
        info = self._names[name]
        try:
            with self._zip.open(info) as part:
                data = part.read(MOST_XML + 1)
        except _BROKEN as why:
            raise Refused(self.sayings.damaged) from why
        if len(data) > MOST_XML:
            raise Refused(self.sayings.swollen)
        return data


def _opened(data: bytes, sayings: Sayings) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise Refused(sayings.protected)
    if not data.startswith(b"PK"):
        raise Refused(sayings.other)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError) as why:
        raise Refused(sayings.damaged) from why
    _check_entries(opened.infolist(), sayings)
    return opened


def _check_entries(entries: list[zipfile.ZipInfo], sayings: Sayings) -> None:
    """The directory of a zip may lie: reading is capped as well, and overlapping entries are refused."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(sayings.swollen)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused(sayings.protected)
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused(sayings.swollen)
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(at + size > following for (at, size), (following, _) in zip(starts, starts[1:], strict=False)):
        raise Refused(sayings.damaged)


def harmless(data: bytes, sayings: Sayings = WORD) -> etree._Element:
    """Parse XML that has no declarations of its own and is not nested beyond reason; nothing is fetched, no entity is opened."""
    if _DTD.search(data) or _DTD.search(data.replace(b"\0", b"")):
        raise Refused(sayings.declared)
    parser = etree.XMLPullParser(events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    depth = 0
    try:
        for at in range(0, len(data), 65_536):
            parser.feed(data[at : at + 65_536])
            depth = _depth(parser, depth, sayings)
        root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Refused(sayings.damaged) from why
    if root is None or root.getroottree().docinfo.doctype:
        raise Refused(sayings.declared)
    return root


def _depth(parser: etree.XMLPullParser, depth: int, sayings: Sayings) -> int:
    for event, _ in parser.read_events():
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_XML:
            raise Refused(sayings.damaged)
    return depth
