"""Pure: the tables of a Word document as grids, those printed at the top of every page among them; deleted and hidden words left out."""

from collections.abc import Iterator

from lxml import etree

from consult.errors import Refused
from consult.kit.words import N_
from consult.office.grids import Grid, Grids
from consult.office.ooxml import child, children, flag, integer, name, value
from consult.office.package import NOT_WORD, Package

MOST_ROWS = 100_000
TOO_LONG = N_("The tables of the document have more than %(most)s rows. Divide it into several files.")
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rt", "pPr", "rPr", "annotationRef", "tbl"}
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_CONTAINERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}


def read_tables(data: bytes) -> Grids:
    """Every table of a .docx; Refused with a reason when it is not one, is damaged, protected, or harmful."""
    package = Package(data)
    body = package.xml(main_part(package))
    reader = _Reader()
    heads = [grid for part in package.matching(r"word/header\d*\.xml") for grid in reader.grids(package.xml(part), "head")]
    return Grids(heads + list(reader.grids(body, "body")), macros=bool(package.matching(r"(?i).*vbaProject\.bin")))


def main_part(package: Package) -> str:
    """The name of the part that holds the document's text."""
    for relation in children(package.xml("_rels/.rels"), "Relationship"):
        if value(relation, "Type").endswith("/officeDocument") and value(relation, "Target").lstrip("/") in package:
            return value(relation, "Target").lstrip("/")
    if "word/document.xml" not in package:
        raise Refused(NOT_WORD)
    return "word/document.xml"


class _Reader:
    """Counts rows over all tables of the document, as a person would who reads it from the top."""

    def __init__(self) -> None:
        self.rows = 0

    def grids(self, root: etree._Element | None, place: str) -> Iterator[Grid]:
        """The tables of one part, in reading order, inner ones after the table that holds them."""
        before: list[str] = []
        for element in root.iter() if root is not None else ():
            if name(element) == "p" and not any(name(above) == "tbl" for above in element.iterancestors()):
                before.append(_words(element))
            elif name(element) == "tbl":
                yield self._grid(element, place, "\n".join(words for words in before if words.strip()))
                before = []

    def _grid(self, table: etree._Element, place: str, before: str) -> Grid:
        found, above = Grid(place=place, before=before), {}
        number = self.rows if place == "body" else 0
        for row in _rows(table):
            number += 1
            if number > MOST_ROWS:
                raise Refused(TOO_LONG, most=MOST_ROWS)
            cells, at = [""] * integer(value(child(row, "trPr", "gridBefore")), 0), 0
            for cell in _cells(row):
                at = len(cells)
                cells.append(_cell_text(cell))
                self._merge(found, above, cell, number, at)
                span = min(integer(value(child(cell, "tcPr", "gridSpan")), 1), 60)
                for extra in range(1, span):
                    cells.append("")
                    found.merged[number, at + extra] = (number, at)
            if any(cell.strip() for cell in cells):
                found.rows.append((number, cells))
        self.rows = number if place == "body" else self.rows
        return found

    def _merge(self, found: Grid, above: dict[int, tuple[int, int]], cell: etree._Element, number: int, at: int) -> None:
        merge = child(cell, "tcPr", "vMerge")
        if merge is None:
            above.pop(at, None)
        elif value(merge) == "restart":
            above[at] = (number, at)
        elif at in above:
            found.merged[number, at] = above[at]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if name(element) == "tr":
            if child(element, "trPr", "del") is None:
                yield element
        elif name(element) in _CONTAINERS:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if name(element) == "tc":
            yield element
        elif name(element) in _CONTAINERS:
            yield from _cells(element)


def _cell_text(cell: etree._Element) -> str:
    """The paragraphs of a cell, one a line; an inner table is a table of its own."""
    return "\n".join(_words(paragraph) for paragraph in _paragraphs(cell)).strip("\n ")


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for inner in element:
        if name(inner) == "p":
            yield inner
        elif name(inner) in _CONTAINERS:
            yield from _paragraphs(inner)


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph as they stand once every tracked change is accepted."""
    said, waiting = [], list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        kind = name(element)
        if kind in _SKIPPED or (kind == "r" and flag(child(element, "rPr", "vanish"))):
            continue
        if kind == "t":
            said.append(element.text or "")
        elif kind in _BLANKS:
            said.append(_BLANKS[kind])
        else:
            waiting.extend(reversed(element))
    return "".join(said)
