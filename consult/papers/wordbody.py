"""Pure: the pieces of a version as the body of a Word document, numbered as printed, with the comments on the words they are about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consult.drafts.pieces import rows
from consult.papers.laying import width
from consult.papers.wordruns import Span, attribute, closed, is_right_to_left, marked, marked_at, opened, paragraph, runs

TEXT_WIDTH = 9_070
"""Twentieths of a point between the margins of A4."""
MOST_WIDE, MOST_HIGH = 5_760_000, 7_200_000
"""English Metric Units (914,400 an inch): as large as a picture gets."""
EMU = 9_525
"""A picture's point at 96 an inch."""
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
STYLES = {"heading": "Heading", "item": "Item", "list": "Point", "note": "FootnoteText", "paragraph": "Numbered"}


@dataclass(frozen=True)
class Picture:
    """An image that the document carries: its bytes, its kind (png, jpeg, gif), how wide and how high it is, in points."""

    content: bytes
    kind: str
    width: int
    height: int


@dataclass
class Body:
    """What the parts of a document are made of: the body's XML, the footnotes by their number, the pictures by theirs."""

    xml: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def body(pieces: Sequence, spans: Mapping[int | None, Sequence[Span]], pictures: Mapping[int, Picture], rtl: bool, alt: str = "") -> Body:
    """Rows with kind, level, printed, text, file_id; `spans`: the comments by the place of their piece (None: on the whole text)."""
    return _Writer(pieces, spans, pictures, rtl, alt).made


class _Writer:
    def __init__(self, pieces: Sequence, spans: Mapping, pictures: Mapping[int, Picture], rtl: bool, alt: str) -> None:
        self.pieces, self.spans, self.pictures, self.rtl, self.alt = pieces, spans, pictures, rtl, alt
        self.made = Body()
        self.hanging = _real_footnotes(pieces, spans)
        if spans.get(None):
            marks = "".join(opened(span.number) + closed(span.number) for span in spans[None])
            self.made.xml.append(paragraph(marks, "Whole", rtl))
        for at, piece in enumerate(pieces):
            if at not in self.hanging:
                self._piece(at, piece)

    def _piece(self, at: int, piece) -> None:
        spans = self.spans.get(at, ())
        if piece.kind == "table":
            self.made.xml.append(self._table(piece.text, spans, self._references(at)))
            self.made.xml.append(paragraph("", "After", self.rtl))
        elif piece.kind == "figure":
            self.made.xml.append(self._figure(piece, spans, self._references(at)))
        else:
            inside = _numbered(piece, spans, self._right(piece.text)) + self._references(at)
            self.made.xml.append(paragraph(inside, _style(piece), self._right(piece.text)))

    def _right(self, text: str) -> bool:
        """A paragraph goes with its own letters, one without letters with the document."""
        return is_right_to_left(text) if any(sign.isalpha() for sign in text) else self.rtl

    def _references(self, at: int) -> str:
        """The signs of the footnotes that hang on a piece."""
        made = ""
        while at + 1 in self.hanging:
            at += 1
            words = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>{runs(" " + self.pieces[at].text)}'
            self.made.footnotes.append(paragraph(words, "FootnoteText", self._right(self.pieces[at].text)))
            number = len(self.made.footnotes)
            made += f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return made

    def _table(self, text: str, spans: Sequence[Span], references: str) -> str:
        held = rows(text)
        count = max(len(row) for row in held)
        widths = _widths(held, count)
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
        direction = "<w:bidiVisual/>" if self.rtl else ""
        properties = f'<w:tblPr><w:tblStyle w:val="TableGrid"/>{direction}<w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        cells = list(_cells(held, count, spans))
        made = []
        for number in range(len(held)):
            line = ""
            for column, (words, begins, ends) in enumerate(cells[number * count : (number + 1) * count]):
                last = references if number == len(held) - 1 and column == count - 1 else ""
                right = self._right(words)
                filled = paragraph(marked_at(words, begins, ends, right) + last, "Cell", right)
                line += f'<w:tc><w:tcPr><w:tcW w:w="{widths[column]}" w:type="dxa"/></w:tcPr>{filled}</w:tc>'
            made.append(f"<w:tr>{line}</w:tr>")
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"

    def _figure(self, piece, spans: Sequence[Span], references: str) -> str:
        picture = self.pictures.get(piece.file_id)
        if picture is None:
            return paragraph(_numbered(piece, spans, self.rtl) + references, "Figure", self.rtl)
        self.made.pictures.append(picture)
        drawn = f"<w:r>{_drawing(picture, len(self.made.pictures), piece.text or self.alt)}</w:r>"
        marks = "".join(opened(span.number) for span in spans) + drawn + "".join(closed(span.number) for span in spans)
        return paragraph(marks + references, "Figure", self.rtl)


def _style(piece) -> str:
    if piece.kind == "paragraph" and not piece.printed:
        return "BodyText"
    if piece.kind in ("heading", "item"):
        return f"{STYLES[piece.kind]}{min(max(piece.level, 1), 6 if piece.kind == 'heading' else 4)}"
    return STYLES.get(piece.kind, "BodyText")


def _numbered(piece, spans: Sequence[Span], rtl: bool) -> str:
    """The number as printed, a tab, and the words; a comment on all of it begins before the number."""
    gap = " " if piece.kind in ("heading", "note") else "\t"
    if not piece.printed:
        return marked(piece.text, spans, rtl)
    whole = [span for span in spans if (span.start, span.end) == (0, len(piece.text))]
    inner = [span for span in spans if span not in whole]
    number = runs(piece.printed, rtl=rtl) + ("<w:r><w:tab/></w:r>" if gap == "\t" else runs(gap))
    words = marked(piece.text, inner, rtl)
    return "".join(opened(span.number) for span in whole) + number + words + "".join(closed(span.number) for span in whole)


def _real_footnotes(pieces: Sequence, spans: Mapping) -> set[int]:
    """The notes that Word counts itself: they follow what they are about, are numbered one after the other, and nobody comments on them."""
    notes = [at for at, piece in enumerate(pieces) if piece.kind == "note"]
    counted = [pieces[at].printed == str(number).translate(SUPERSCRIPT) for number, at in enumerate(notes, 1)]
    if not notes or notes[0] == 0 or not all(counted) or any(spans.get(at) for at in notes):
        return set()
    return set(notes)


def _cells(held: list[list[str]], count: int, spans: Sequence[Span]) -> Iterator[tuple[str, list, list]]:
    """Each cell with the comments that begin and that end in it: (place in the cell, number of the comment)."""
    start, filled = 0, []
    for row in held:
        for column in range(count):
            words = row[column] if column < len(row) else ""
            filled.append((start, words))
            start += len(words) + (3 if column + 1 < len(row) else 1 if column + 1 == len(row) else 0)
    begins: list[list[tuple[int, int]]] = [[] for _ in filled]
    ends: list[list[tuple[int, int]]] = [[] for _ in filled]
    for span in spans:
        for place, into in ((span.start, begins), (span.end, ends)):
            at = max(number for number, (begin, _) in enumerate(filled) if begin <= place)
            into[at].append((min(place - filled[at][0], len(filled[at][1])), span.number))
    yield from ((words, begun, ended) for (_, words), begun, ended in zip(filled, begins, ends, strict=True))


def _widths(held: list[list[str]], count: int) -> list[int]:
    """The room of each column by what stands in it, none too narrow to read."""
    wanted = [min(60, max(8, *(width(row[at]) if at < len(row) else 0 for row in held), 8)) for at in range(count)]
    return [TEXT_WIDTH * each // sum(wanted) for each in wanted]


def _drawing(picture: Picture, number: int, alt: str) -> str:
    """A picture in the line (ECMA-376 20.4.2.8), as large as it is, or as the page allows."""
    scale = min(1.0, MOST_WIDE / max(1, picture.width * EMU), MOST_HIGH / max(1, picture.height * EMU))
    cx, cy = int(picture.width * EMU * scale), int(picture.height * EMU * scale)
    named = f'id="{number}" name="Picture {number}" descr={attribute(alt)}'
    fill = f'<pic:blipFill><a:blip r:embed="pic{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    frame = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    shape = f'<pic:spPr>{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr {named}/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/>'
        f"<pic:cNvPicPr/></pic:nvPicPr>{fill}{shape}</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
