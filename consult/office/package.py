"""Pure: opening a .docx with suspicion: what it is, how large it gets, and that its XML is harmless, before anything reads it."""

import io
import re
import zipfile
import zlib

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
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

NOT_WORD = N_("This is not a Word document (.docx). Save the text as .docx or as plain text and send it again.")
DAMAGED = N_("This Word document is damaged and cannot be read. Open it in Word, save it again, and send it again.")
PROTECTED = N_("This Word document is protected by a password or is of the old .doc kind. Save it as .docx without a password.")
SWOLLEN = N_("This Word document grows far larger when unpacked than a text can be. Save the text alone and send it again.")
DECLARED = N_("This Word document contains XML declarations that no Word document needs, so it was not opened. Save it anew in Word.")


class Package:
    """A checked .docx: its parts by name."""

    def __init__(self, data: bytes) -> None:
        self._zip = _opened(data)
        self._names = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when the package has no such part; refused when it is not harmless."""
        if name not in self._names:
            return None
        return harmless(self._bytes(name))

    def _bytes(self, name: str) -> bytes:
        info = self._names[name]
        try:
            with self._zip.open(info) as part:
                data = part.read(MOST_XML + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as why:
            raise Refused(DAMAGED) from why
        if len(data) > MOST_XML:
            raise Refused(SWOLLEN)
        return data


def _opened(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise Refused(PROTECTED)
    if not data.startswith(b"PK"):
        raise Refused(NOT_WORD)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, OSError) as why:
        raise Refused(DAMAGED) from why
    _check_entries(opened.infolist())
    return opened


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """The directory of a zip may lie: reading is capped as well, and overlapping entries are refused."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(SWOLLEN)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused(PROTECTED)
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused(SWOLLEN)
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(at + size > following for (at, size), (following, _) in zip(starts, starts[1:], strict=False)):
        raise Refused(DAMAGED)


def harmless(data: bytes) -> etree._Element:
    """Parse XML that has no declarations of its own and is not nested beyond reason; nothing is fetched, no entity is opened."""
    if _DTD.search(data) or _DTD.search(data.replace(b"\0", b"")):
        raise Refused(DECLARED)
    parser = etree.XMLPullParser(events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    depth = 0
    try:
        for at in range(0, len(data), 65_536):
            parser.feed(data[at : at + 65_536])
            depth = _depth(parser, depth)
        root = parser.close()
    except (etree.XMLSyntaxError, ValueError) as why:
        raise Refused(DAMAGED) from why
    if root is None or root.getroottree().docinfo.doctype:
        raise Refused(DECLARED)
    return root


def _depth(parser: etree.XMLPullParser, depth: int) -> int:
    for event, _ in parser.read_events():
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_XML:
            raise Refused(DAMAGED)
    return depth
