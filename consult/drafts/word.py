"""Pure: reading a Word document as its author sees it printed: automatic numbers counted, tracked changes accepted, hidden text left out.

Headings are known by their style or outline level, typed numbers are cut by the same rules as plain text, tables keep their rows,
footnotes and pictures stand after the paragraph that holds them.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from consult.drafts.blocks import BULLET, Block, clean, is_rule, joined, settled, width
from consult.drafts.cutting import assemble
from consult.drafts.pieces import Piece
from consult.drafts.wordlists import Lists
from consult.errors import Refused
from consult.office.images import known
from consult.office.ooxml import child, children, integer, name, value
from consult.office.package import NOT_WORD, Package
from consult.office.pictures import FIGURE, Drawn, drawn
from consult.office.walking import BLANKS, CONTAINERS, UNSEEN, cells, hidden, main_part, real_notes, related, rows

HEADING_WIDTH = 300
"""Columns: what is longer is a paragraph, whatever its style says."""
MOST_PICTURE, MOST_PICTURES = 5_000_000, 40_000_000
"""Bytes of one picture, and of all of them."""
_SKIPPED = {"del", "moveFrom", "delText"} | UNSEEN
_NOTE_SIGN = re.compile(r"(\[\^?[^\]\s]{1,20}\]:?|[¹²³⁰-⁹]{1,4}|\d{1,3}[/.)]?|[(*†‡§]{1,6}/?)\s+(?=\S)")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_docx(data: bytes) -> list[Piece]:
    """The pieces of a .docx; Refused with a reason when it is not one, is damaged, protected, or harmful."""
    return assemble(_Reader(Package(data)).blocks())


class _Style:
    """What a paragraph style says, its parents asked where it is silent."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._styles = {value(one, "styleId"): one for one in children(styles, "style")}
        self.default = next((key for key, one in self._styles.items() if value(one, "type") == "paragraph" and flag_of(one, "default")), "")

    def chain(self, style: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(child(self._styles[style], "basedOn"))

    def find(self, style: str, *path: str) -> etree._Element | None:
        return next((found for one in self.chain(style) if (found := child(one, "pPr", *path)) is not None), None)

    def title(self, style: str) -> str:
        return " ".join(value(child(one, "name")).lower() for one in self.chain(style))


def flag_of(element: etree._Element, attribute: str) -> bool:
    """A switch held in an attribute."""
    return value(element, attribute) in ("1", "true", "on")


class _Reader:
    def __init__(self, package: Package) -> None:
        main = main_part(package)
        folder = posixpath.dirname(main)
        document = package.xml(main)
        self.body = child(document, "body")
        if self.body is None:
            raise Refused(NOT_WORD)
        self.styles = _Style(package.xml(f"{folder}/styles.xml"))
        self.lists = Lists(package.xml(f"{folder}/numbering.xml"))
        self.notes = {kind: _notes(package.xml(f"{folder}/{kind}s.xml")) for kind in ("footnote", "endnote")}
        self.counted = {"footnote": 0, "endnote": 0}
        self.carried = ""
        self.at_end: list[Block] = []
        self.package, self.parts = package, related(package, main)
        self.room = MOST_PICTURES

    def blocks(self) -> list[Block]:
        found = list(self._in(self.body))
        if clean(self.carried):
            found.append(Block(clean(self.carried)))
        return settled([block for block in found if block.text or block.kind == "rule"]) + [note for note in self.at_end if note.text]

    def _in(self, parent: etree._Element) -> Iterator[Block]:
        for element in parent:
            kind = name(element)
            if kind == "p":
                yield from self._paragraph(element)
            elif kind == "tbl":
                yield from self._table(element)
            elif kind in CONTAINERS:
                yield from self._in(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.default
        text = clean(self.carried + "".join(_texts(element)))
        self.carried = ""
        if _mark_deleted(properties):
            self.carried = text + " " if text else ""
            yield from self._below(element)
            return
        label, is_bullet = self._automatic(properties, style)
        if text and not self.styles.title(style).startswith("toc "):
            yield self._block(properties, style, label, is_bullet, text)
        yield from self._below(element)
        for box in _text_boxes(element):
            yield from self._in(box)

    def _below(self, element: etree._Element) -> Iterator[Block]:
        """What hangs on a paragraph: its pictures, then its notes."""
        yield from (self._figure(picture) for picture in drawn(element) if not _is_skipped(picture.element, element))
        yield from self._notes_of(element)

    def _block(self, properties: etree._Element | None, style: str, label: str, is_bullet: bool, text: str) -> Block:
        if re.match(r"(?:foot|end)note text\b", self.styles.title(style)):
            printed = _NOTE_SIGN.match(text)
            return Block(text[printed.end() :] if printed else text, "note", printed=printed[1] if printed else "")
        level = self._heading_level(properties, style)
        if level and width(text) <= HEADING_WIDTH:
            return Block(f"{label} {text}".strip(), "heading", level)
        if is_bullet:
            return Block(text, "list", printed=label)
        if is_rule(text):
            return Block("", "rule")
        typed = BULLET.match(text)
        if typed and not label:
            return Block(text[typed.end() :], "list", printed=typed[1])
        return Block(f"{label} {text}".strip())

    def _heading_level(self, properties: etree._Element | None, style: str) -> int:
        """1–6 for a heading; body text is outline level 9."""
        outline = child(properties, "outlineLvl")
        outline = self.styles.find(style, "outlineLvl") if outline is None else outline
        if outline is not None:
            level = integer(value(outline), 9) + 1
            return min(level, 6) if level < 10 else 0
        named = re.search(r"\bheading (\d)", self.styles.title(style))
        if named:
            return min(max(int(named[1]), 1), 6)
        return 1 if re.match(r"title\b", self.styles.title(style)) else 0

    def _automatic(self, properties: etree._Element | None, style: str) -> tuple[str, bool]:
        """The number Word prints before the paragraph, and whether it is a bullet."""
        own, styled = child(properties, "numPr"), self.styles.find(style, "numPr")
        list_id = value(child(own, "numId")) or value(child(styled, "numId"))
        if not list_id or list_id == "0":
            return "", False
        depth = value(child(own, "ilvl")) or value(child(styled, "ilvl"))
        level = integer(depth, 0) if depth else self.lists.level_of_style(list_id, style)
        return self.lists.step(list_id, level) or ("", False)

    def _notes_of(self, element: etree._Element) -> Iterator[Block]:
        for reference in element.iter():
            kind = name(reference).removesuffix("Reference")
            if kind not in self.notes or not name(reference).endswith("Reference") or _is_skipped(reference, element):
                continue
            self.counted[kind] += 1
            block = Block(self.notes[kind].get(value(reference, "id"), ""), "note", printed=str(self.counted[kind]).translate(_SUPERSCRIPT))
            if kind == "footnote":
                yield block
            else:
                self.at_end.append(block)

    def _figure(self, picture: Drawn) -> Block:
        """A picture with what it shows; one that cannot be shown leaves a line that says so."""
        _, part = self.parts.get(picture.relation, ("", ""))
        image = self.package.data(part, min(MOST_PICTURE, self.room)) if part else None
        if image and known(image):
            self.room -= len(image)
            return Block(picture.alt or FIGURE, "figure", image=image)
        kind = posixpath.splitext(part)[1].strip(".").upper()[:5] or picture.kind
        too_large = image is None and part in self.package
        why = f"larger than {MOST_PICTURE // 1_000_000} MB" if too_large else f"{kind or 'unknown kind'}; save it as PNG or JPEG"
        return Block(f"{picture.alt} [Picture left out: {why}]".strip(), "figure")

    def _table(self, element: etree._Element) -> Iterator[Block]:
        held = [list(cells(row)) for row in rows(element) if child(row, "trPr", "del") is None]
        if len(held) == 1 and len(held[0]) == 1:
            yield from self._in(held[0][0])
            return
        below: list[Block] = []
        lines = [" | ".join(self._cell(cell, below) for cell in row) for row in held]
        yield Block("\n".join(line for line in lines if line.strip(" |")), "table")
        yield from below

    def _cell(self, cell: etree._Element, below: list[Block]) -> str:
        """The words of a cell on one line; its footnotes and pictures go below the table."""
        text = ""
        for block in self._in(cell):
            if block.kind in ("note", "figure"):
                below.append(block)
            elif block.text:
                words = f"{block.printed} {block.text}".strip().replace("\n", " ").replace(" | ", " ")
                text = joined(text, words)
        return text


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The words of a paragraph as they stand once every tracked change is accepted."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        kind = name(element)
        if kind in _SKIPPED or hidden(element):
            continue
        if kind == "t":
            yield element.text or ""
        elif kind in BLANKS:
            yield BLANKS[kind]
        else:
            waiting.extend(reversed(element))


def _is_skipped(element: etree._Element, top: etree._Element) -> bool:
    """Whether something between the element and its paragraph is deleted, hidden or in a text box of its own."""
    for above in element.iterancestors():
        if above is top:
            return False
        if name(above) in _SKIPPED or hidden(above):
            return True
    return False


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for element in paragraph.iter():
        if name(element) == "txbxContent" and not _is_skipped(element, paragraph):
            yield element


def _mark_deleted(properties: etree._Element | None) -> bool:
    """A deleted paragraph mark joins the paragraph to the next one."""
    marks = child(properties, "rPr")
    return child(marks, "del") is not None or child(marks, "moveFrom") is not None


def _notes(part: etree._Element | None) -> dict[str, str]:
    found = {}
    for key, note in real_notes(part).items():
        paragraphs = (element for element in note.iter() if name(element) == "p")
        found[key] = clean(" ".join("".join(_texts(paragraph)) for paragraph in paragraphs))
    return found
