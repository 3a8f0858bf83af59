"""Pure: the body of a Word document as a row of tokens that know who put them in and who struck them out.

A zone is what stands between two paragraph ends that nobody touched: mostly one paragraph. In a table or a note everything is one zone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from consult.office.ooxml import child, name, value
from consult.office.pictures import FIGURE, drawn
from consult.office.walking import BLANKS, CONTAINERS, UNSEEN, cells, hidden, real_notes, rows

ADDING = {"ins", "moveTo"}
REMOVING = {"del", "moveFrom"}
RANGES = {"commentRangeStart": "start", "commentRangeEnd": "end", "commentReference": "at"}


class Token(NamedTuple):
    """A run of characters; `picture`: what one shows; or, with no text to read: `mark` (a paragraph ends), `cell`, `row`, and `start`,
    `end`, `at` of a comment, whose id is then the text. `added` and `removed` name who did it (an empty name is a name), None: nobody."""

    text: str
    kind: str = "text"
    added: str | None = None
    removed: str | None = None
    date: str = ""
    moved: bool = False

    def stands(self, who: str | None) -> bool:
        """Whether it stands in the text with only that person's changes made (None: nobody's)."""
        return (self.added is None or self.added == who) and (self.removed is None or self.removed != who)


NOBODY = Token("")


@dataclass
class Zone:
    """Tokens that belong together: `text` (one paragraph or several whose ends were touched), `table`, or `note`."""

    kind: str
    tokens: list[Token] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Whether anybody changed anything in it."""
        return any(token.added is not None or token.removed is not None for token in self.tokens)


class Walker:
    """Walks a body once; `zones` holds what it found, notes and text boxes after the paragraph they hang on, endnotes last."""

    def __init__(self, body: etree._Element, footnotes: etree._Element | None = None, endnotes: etree._Element | None = None) -> None:
        self.zones: list[Zone] = []
        self._open: Zone | None = None
        self._waiting: list[Token] = []  # beginnings of comments between two paragraphs
        self._below: list[Zone] = []
        self._boxes: list[etree._Element] = []
        self._at_end: list[Zone] = []
        self._notes = {"footnote": real_notes(footnotes), "endnote": real_notes(endnotes)}
        self._blocks(body)
        self._close()
        self.zones += self._at_end

    def _blocks(self, parent: etree._Element, by: Token = NOBODY) -> None:
        for element in parent:
            kind = name(element)
            if kind == "p":
                self._paragraph(element, by)
            elif kind == "tbl":
                self._table(element, by)
            elif kind in RANGES:
                self._between(Token(value(element, "id"), RANGES[kind]))
            elif kind in CONTAINERS:
                self._blocks(element, _within(element, by))

    def _between(self, token: Token) -> None:
        """A comment that begins or ends between two paragraphs."""
        if token.kind == "start" and self._open is None:
            self._waiting.append(token)
        elif self._open is not None or self.zones:
            (self._open or self.zones[-1]).tokens.append(token)

    def _paragraph(self, element: etree._Element, by: Token) -> None:
        if self._open is None:
            self._open = Zone("text")
        self._open.tokens += [*self._waiting, *self._runs(element, by)]
        self._waiting = []
        end = _mark(element, by)
        self._open.tokens.append(end)
        if end.added is None and end.removed is None:
            self._close()

    def _close(self) -> None:
        """The open zone is whole; what hangs below its paragraphs follows it."""
        if self._open is not None:
            self.zones.append(self._open)
        boxes, below = self._boxes, self._below
        self._open, self._boxes, self._below = None, [], []
        self.zones += below
        for box in boxes:
            self._blocks(box)
            self._close()

    def _table(self, element: etree._Element, by: Token) -> None:
        self._close()
        held = [list(cells(row)) for row in rows(element)]
        if len(held) == 1 and len(held[0]) == 1:
            self._blocks(held[0][0], by)
            self._close()
            return
        zone = Zone("table", self._waiting)
        self._waiting = []
        zone.tokens += self._rows(element, by)
        self._open = zone
        self._close()

    def _rows(self, table: etree._Element, by: Token, nested: bool = False) -> Iterator[Token]:
        for row in rows(table):
            here = _row_within(row, _around(row, table, by))
            for number, cell in enumerate(cells(row)):
                inside = _cell_within(cell, here)
                if number:
                    yield here._replace(text="" if nested else " | ", kind="mark" if nested else "cell")
                yield from self._in_cell(cell, inside)
            yield here._replace(text="", kind="mark" if nested else "row")

    def _in_cell(self, parent: etree._Element, by: Token) -> Iterator[Token]:
        for element in parent:
            kind = name(element)
            if kind == "p":
                yield from self._runs(element, by)
                yield _mark(element, by)
            elif kind == "tbl":
                yield from self._rows(element, by, nested=True)
            elif kind in RANGES:
                yield Token(value(element, "id"), RANGES[kind])
            elif kind in CONTAINERS:
                yield from self._in_cell(element, _within(element, by))

    def _runs(self, parent: etree._Element, by: Token) -> Iterator[Token]:
        for element in parent:
            kind = name(element)
            if kind in ("t", "delText"):
                yield by._replace(text=element.text or "")
            elif kind in BLANKS:
                yield by._replace(text=BLANKS[kind])
            elif kind in RANGES:
                yield Token(value(element, "id"), RANGES[kind])
            elif kind in ("footnoteReference", "endnoteReference"):
                self._note(kind.removesuffix("Reference"), value(element, "id"), by)
            elif kind == "txbxContent":
                self._boxes.append(element)
            elif kind in ("drawing", "imagedata") and (pictures := list(drawn(element))):
                yield from (by._replace(text=each.alt or FIGURE, kind="picture") for each in pictures)
            elif kind not in UNSEEN and not hidden(element):
                yield from self._runs(element, _within(element, by))

    def _note(self, kind: str, note_id: str, by: Token) -> None:
        note = self._notes[kind].get(note_id)
        if note is None:
            return
        (self._below if kind == "footnote" else self._at_end).append(Zone("note", list(self._in_cell(note, by))))


def text_of(tokens: Iterable[Token]) -> str:
    """Tokens as words: rows on lines of their own, everything else with single blanks; of pictures alone, what they show."""
    tokens = list(tokens)
    parts = (token.text if token.kind in ("text", "cell") else {"row": "\n", "mark": " "}.get(token.kind, "") for token in tokens)
    lines = (plain(line) for line in "".join(parts).split("\n"))
    text = "\n".join(line for line in lines if line.strip(" |"))
    return text or " ".join(token.text for token in tokens if token.kind == "picture")


def plain(text: str) -> str:
    """Words with single blanks between them, without signs that nobody sees."""
    if not text.isprintable():
        text = "".join(sign for sign in text if sign.isprintable() or sign.isspace() or sign in "\u200c\u200d")
    return " ".join(text.split())


def _within(element: etree._Element, by: Token) -> Token:
    """Who is answerable for what stands inside an element."""
    kind = name(element)
    if kind not in ADDING and kind not in REMOVING:
        return by
    who, date, moved = value(element, "author"), value(element, "date"), kind.startswith("move")
    if kind in ADDING:
        return by._replace(added=who, date=date, moved=moved)
    return by._replace(removed=who, date=date, moved=moved)


def _around(element: etree._Element, top: etree._Element, by: Token) -> Token:
    """The same for containers between an element and something above it."""
    for above in element.iterancestors():
        if above is top:
            break
        by = _within(above, by)
    return by


def _by_properties(properties: etree._Element | None, by: Token, names: dict[str, str]) -> Token:
    """A change that is written into the properties of a paragraph end, a row or a cell."""
    for element in properties if properties is not None else ():
        if names.get(name(element)) == "added":
            by = by._replace(added=value(element, "author"), date=value(element, "date"), moved=name(element) == "moveTo")
        elif names.get(name(element)) == "removed":
            by = by._replace(removed=value(element, "author"), date=value(element, "date"), moved=name(element) == "moveFrom")
    return by


def _mark(paragraph: etree._Element, by: Token) -> Token:
    names = {"ins": "added", "moveTo": "added", "del": "removed", "moveFrom": "removed"}
    return _by_properties(child(paragraph, "pPr", "rPr"), by._replace(kind="mark"), names)


def _row_within(row: etree._Element, by: Token) -> Token:
    return _by_properties(child(row, "trPr"), by, {"ins": "added", "del": "removed"})


def _cell_within(cell: etree._Element, by: Token) -> Token:
    return _by_properties(child(cell, "tcPr"), by, {"cellIns": "added", "cellDel": "removed"})
