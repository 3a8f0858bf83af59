"""Pure: reading the tables of an Excel workbook with suspicion: values only, no formula computed, no link followed, nothing run.

ECMA-376 part 1, SpreadsheetML. Rows stream through; a workbook with more rows that say something than a round can hold is refused.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import isfinite

from lxml import etree

from consult.errors import Refused
from consult.kit.words import N_
from consult.office.grids import Grid, Grids
from consult.office.ooxml import child, children, integer, name, value
from consult.office.package import EXCEL, Package

MOST_ROWS = 100_000
"""Rows that say something, in all sheets together."""
MOST_COLUMNS = 200
MOST_MERGED = 50_000
TOO_LONG = N_("The workbook has more than %(most)s rows that say something. Divide it into several files.")

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # ECMA-376 part 1, 18.8.30
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(data: bytes) -> Grids:
    """Every sheet as a grid, hidden ones marked as hidden; Refused when it is no .xlsx, damaged, protected, or far too large."""
    package = Package(data, EXCEL)
    where, book = _main_part(package)
    folder = where.rpartition("/")[0]
    targets = {value(each, "Id"): each for each in children(package.xml(f"{folder}/_rels/{where.rpartition('/')[2]}.rels"), "Relationship")}
    reader = _Reader(package, folder, targets, value(child(book, "workbookPr"), "date1904") in ("1", "true"))
    found = Grids(macros=bool(package.matching(r"(?i).*vbaProject\.bin")))
    for sheet in children(child(book, "sheets"), "sheet"):
        target = targets.get(value(sheet, "id"))
        if target is not None and value(target, "Type").endswith("/worksheet"):
            found.grids.append(reader.grid(value(sheet, "name"), _joined(folder, value(target, "Target")), value(sheet, "state") != ""))
            found.grids[-1].hidden = value(sheet, "state") in ("hidden", "veryHidden")
    return found


def _main_part(package: Package) -> tuple[str, etree._Element]:
    for relation in children(package.xml("_rels/.rels"), "Relationship"):
        if value(relation, "Type").endswith("/officeDocument"):
            where = value(relation, "Target").lstrip("/")
            book = package.xml(where)
            if book is not None and name(book) == "workbook":
                return where, book
    raise Refused(EXCEL.other)


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"


class _Reader:
    """Reads the sheets of one workbook; knows its shared strings and which styles show a number as a date."""

    def __init__(self, package: Package, folder: str, targets: dict[str, etree._Element], since_1904: bool) -> None:
        self.package, self.rows = package, 0
        parts = {value(each, "Type").rpartition("/")[2]: _joined(folder, value(each, "Target")) for each in targets.values()}
        self.strings = self._strings(parts.get("sharedStrings", ""))
        self.dated = self._dated(parts.get("styles", ""))
        self.epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)

    def grid(self, title: str, part: str, hidden: bool) -> Grid:
        """One sheet."""
        found, last = Grid(title, hidden=hidden), 0
        for element in self._elements(part, ("{*}row", "{*}mergeCell")):
            if name(element) == "mergeCell":
                _merge(found.merged, value(element, "ref"))
                continue
            last = integer(value(element, "r")[-7:], last + 1)
            cells = self._cells(element)
            if any(cell and not cell.isspace() for cell in cells):
                self.rows += 1
                if self.rows > MOST_ROWS:
                    raise Refused(TOO_LONG, most=MOST_ROWS)
                found.rows.append((last, cells))
        return found

    def _cells(self, row: etree._Element) -> list[str]:
        cells: list[str] = []
        at = -1
        for cell in row:
            if name(cell) != "c":
                continue
            said = _CELL.fullmatch(cell.get("r", ""))
            at = _column(said[1]) if said else at + 1
            if at >= MOST_COLUMNS:
                break
            text = self._text(cell)
            if text:
                cells.extend([""] * (at - len(cells)))
                cells[at : at + 1] = [text]
        return cells

    def _text(self, cell: etree._Element) -> str:
        kind, held = cell.get("t", "n"), ""
        for inner in cell:
            if name(inner) == "v":
                held = inner.text or ""
            elif name(inner) == "is":
                return _rich(inner)
        if kind == "s":
            at = integer(held[-6:], -1) if len(held) <= 6 else -1
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if kind == "n":
            return self._number(held, cell.get("s", ""))
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(held, "")
        return "" if kind == "e" else _unescaped(held)

    def _number(self, held: str, style: str) -> str:
        try:
            number = float(held)
            if not isfinite(number):
                return held
            if style in self.dated and 0 < number < 2_958_466:
                return _moment(self.epoch + timedelta(seconds=round(number * 86_400)))
            return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
        except (ValueError, OverflowError):
            return held

    def _strings(self, part: str) -> list[str]:
        return [_rich(element) for element in self._elements(part, ("{*}si",))] if part in self.package else []

    def _dated(self, part: str) -> set[str]:
        styles = self.package.xml(part)
        codes = {value(each, "numFmtId"): value(each, "formatCode") for each in children(child(styles, "numFmts"), "numFmt")}
        wanted = {key for key, code in codes.items() if re.search("[ymdhs]", _LITERAL.sub("", code.partition(";")[0]), re.IGNORECASE)}
        wanted |= {str(number) for number in _DATES} - set(codes)
        formats = enumerate(children(child(styles, "cellXfs"), "xf"))
        return {str(at) for at, each in formats if value(each, "numFmtId") in wanted}

    def _elements(self, part: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """The elements of that name as they end, each thrown away after use."""
        parser = etree.XMLPullParser(events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        checked = False
        try:
            for piece in self.package.pieces(part):
                parser.feed(piece)
                for _, element in parser.read_events():
                    checked = checked or _undeclared(element)
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            root = parser.close()
        except (etree.XMLSyntaxError, ValueError, KeyError) as why:
            raise Refused(EXCEL.damaged) from why
        _undeclared(root)


def _undeclared(element: etree._Element) -> bool:
    if element.getroottree().docinfo.doctype:
        raise Refused(EXCEL.declared)
    return True


def _rich(element: etree._Element) -> str:
    """The words of a string with its runs put together, without the reading aids of Japanese."""
    texts = (part.text or "" for part in element.iter("{*}t") if name(part.getparent()) != "rPh")
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Signs that XML cannot hold are written _x000D_ (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _moment(when: datetime) -> str:
    return when.date().isoformat() if (when.hour, when.minute, when.second) == (0, 0, 0) else when.isoformat(sep=" ")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merge(merged: dict[tuple[int, int], tuple[int, int]], reference: str) -> None:
    """Every cell of a merged range but the first belongs to the first; ranges beyond reason are left alone."""
    first, _, last = reference.partition(":")
    begins, ends = _CELL.fullmatch(first), _CELL.fullmatch(last)
    if not begins or not ends:
        return
    left, top, right, bottom = _column(begins[1]), int(begins[2]), _column(ends[1]), int(ends[2])
    size = (right - left + 1) * (bottom - top + 1)
    if right >= MOST_COLUMNS or size > 10_000 or len(merged) + size > MOST_MERGED:
        return
    merged |= {(row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    del merged[top, left]
