"""Pure: cutting a text into its pieces, in the numbering of official documents in six languages.

Blocks come in, pieces go out. Each printed number is read in the light of its neighbours: paragraph numbers run through the whole
document, headings begin again, items continue the row that is open under their paragraph.
"""

from consult.drafts.blocks import Block, blocks
from consult.drafts.headings import ANNEX, BARE_WIDTH, NUMBERED_WIDTH, Outline, is_title, rank
from consult.drafts.items import Items
from consult.drafts.numbering import Label, find_label, number_text
from consult.drafts.pieces import Piece, marked, write
from consult.drafts.sequence import Candidate, paragraphs

__all__ = ["assemble", "cut", "write"]


def cut(text: str) -> list[Piece]:
    """Cut plain text or Markdown into pieces, in time proportional to its length; never fails."""
    return assemble(blocks(text))


def assemble(found: list[Block]) -> list[Piece]:
    """Turn blocks, wherever they were read from, into numbered and marked pieces."""
    return marked(_Cutter(found).pieces())


class _Cutter:
    def __init__(self, found: list[Block]) -> None:
        self.blocks = found
        self.labels = [find_label(block.text) if block.kind == "" else None for block in found]
        self.paragraphs = paragraphs(self._candidates())
        self.outline = Outline(self._families())
        self.items = Items()
        self.number = ""
        self.decimals: set[str] = set()

    def pieces(self) -> list[Piece]:
        made: list[Piece] = []
        for place, block in enumerate(self.blocks):
            made.extend(self._pieces_of(place, block))
        return made

    # Looking at neighbours

    def _text(self, place: int) -> str:
        return self.blocks[place].text if 0 <= place < len(self.blocks) else ""

    def _next_label(self, place: int) -> Label | None:
        return self.labels[place + 1] if place + 1 < len(self.labels) else None

    def _is_prose(self, place: int) -> bool:
        """A block of running text without a number."""
        return (
            0 <= place < len(self.blocks)
            and self.blocks[place].kind == ""
            and not self.labels[place]
            and not is_title(self._text(place), BARE_WIDTH)
        )

    def _has_sibling(self, place: int, shape: str, value: int) -> bool:
        for near, wanted in ((place - 1, value - 1), (place + 1, value + 1)):
            label = self.labels[near] if 0 <= near < len(self.labels) and near not in self.paragraphs else None
            if label and label.value(shape) == wanted and wanted:
                return True
        return False

    # Which numbered lines are paragraphs, which families of headings there are

    def _candidates(self) -> list[Candidate]:
        found = []
        annex = False
        for place, label in enumerate(self.labels):
            annex = annex or bool(ANNEX.match(self._text(place)) and is_title(self._text(place), BARE_WIDTH))
            value = label.value("paragraph") if label else None
            if label and value:
                found.append(Candidate(place, value, label.suffix, self._weight(place, label), annex))
                annex = False
        return found

    def _weight(self, place: int, label: Label) -> float:
        """How much a numbered line reads like a paragraph rather than like a heading."""
        if not is_title(label.rest, NUMBERED_WIDTH):
            return 1.0 if label.rest else 0.1
        return -0.2 if self._is_prose(place + 1) else 0.3

    def _families(self) -> set[str]:
        return {
            rank(label, reading)
            for place, label in enumerate(self.labels)
            if label and place not in self.paragraphs and not label.decimal
            for reading in label.readings[:1]
            if self._titles_section(place, label) or self._titles_letter(place, label)
        }

    def _titles_section(self, place: int, label: Label) -> bool:
        """Whether a line numbered II., A., 一. or 1. is a section heading."""
        if label.enclosed or label.decimal or not is_title(label.rest, NUMBERED_WIDTH):
            return False
        shape, value = label.readings[0].shape, label.readings[0].value
        if shape == "paragraph":
            return not self._has_sibling(place, shape, value)
        return shape in ("ROMAN", "LETTER")

    def _titles_letter(self, place: int, label: Label) -> bool:
        """Whether a line such as (a) or （一） is a heading above a paragraph rather than an item below one."""
        if not label.enclosed or not is_title(label.rest, BARE_WIDTH) or self._text(place - 1).endswith((":", "：")):
            return False
        if self._has_sibling(place, label.readings[0].shape, label.readings[0].value):
            return False
        return place + 1 in self.paragraphs or self._is_prose(place + 1)

    def _titles_bare(self, place: int) -> bool:
        """Whether a line without a number is a heading: short, unclosed, and something stands below it."""
        text = self._text(place)
        if place + 1 >= len(self.blocks) or self._text(place - 1).endswith((":", "：")):
            return False
        if place + 1 in self.paragraphs:
            text = text.rstrip(":： ")
        return is_title(text, BARE_WIDTH)

    # Making pieces

    def _pieces_of(self, place: int, block: Block) -> list[Piece]:
        label = self.labels[place]
        if block.kind == "heading":
            return [self._marked_heading(block)]
        if block.kind:
            return [Piece(block.kind, 0, "", block.printed, block.text, image=block.image)]
        if label is None:
            return [self._bare(place)]
        if place in self.paragraphs:
            return self._paragraph(place, label)
        return [self._labelled(place, label)]

    def _marked_heading(self, block: Block) -> Piece:
        """A heading whose level the markup or the style gives; its number is only read."""
        label = find_label(block.text)
        reading = self.outline.reading(label) if label and label.rest else None
        self._open("")
        if label and label.decimal and label.rest:
            return Piece("heading", block.level, label.decimal, label.printed, label.rest)
        if not label or not reading:
            return Piece("heading", block.level, "", "", block.text)
        self.outline.numbered(reading.shape, reading.value)
        return Piece("heading", block.level, number_text(reading), label.printed, label.rest)

    def _bare(self, place: int) -> Piece:
        if not self._titles_bare(place):
            return Piece("paragraph", 0, "", "", self._text(place))
        self._open("")
        return Piece("heading", self.outline.bare(self._text(place)), "", "", self._text(place))

    def _open(self, number: str) -> None:
        """Begin a new paragraph or section: no item is open under it yet."""
        self.number = number
        self.items.clear()

    def _paragraph(self, place: int, label: Label) -> list[Piece]:
        self._open(f"{label.value('paragraph')}{_spaced(label.suffix)}")
        inner = find_label(label.rest)
        if inner and inner.enclosed and self._opens_row(place, inner):
            return [Piece("paragraph", 0, self.number, label.printed, ""), self._item(place, inner)]
        return [Piece("paragraph", 0, self.number, label.printed, label.rest)]

    def _opens_row(self, place: int, inner: Label) -> bool:
        """Whether `5. (a) …` begins a row of items that goes on in the blocks below."""
        shape = next((reading.shape for reading in inner.readings if reading.value == 1), None)
        for below in range(place + 1, len(self.blocks)):
            if shape is None or below in self.paragraphs or self.blocks[below].kind == "heading":
                return False
            label = self.labels[below]
            if label and label.value(shape) == 2:
                return True
        return False

    def _labelled(self, place: int, label: Label) -> Piece:
        """A numbered line outside the row of paragraphs: a heading, an item, a point of a local list, or plain words."""
        if label.decimal:
            return self._decimal(place, label)
        if self._titles_section(place, label) and not self._continues_items(label):
            return self._section(label)
        if self._titles_letter(place, label) and not self._continues_items(label):
            return self._letter_section(place, label)
        if label.readings[0].shape == "paragraph":
            return Piece("list", 0, "", label.printed, label.rest)
        return self._item(place, label)

    def _continues_items(self, label: Label) -> bool:
        return any(self.items.continues(reading) for reading in label.readings)

    def _section(self, label: Label) -> Piece:
        reading = self.outline.reading(label)
        assert reading is not None, "a section heading has a reading"
        self._open("")
        level = self.outline.numbered(reading.shape, reading.value)
        return Piece("heading", level, number_text(reading), label.printed, label.rest)

    def _letter_section(self, place: int, label: Label) -> Piece:
        reading = next((r for r in label.readings if self.outline.follows(rank(label, r), r.value)), None)
        if reading is None:
            return self._item(place, label)
        self._open("")
        level = self.outline.numbered(rank(label, reading), reading.value)
        return Piece("heading", level, f"({number_text(reading)})", label.printed, label.rest)

    def _decimal(self, place: int, label: Label) -> Piece:
        """1.2 or 3.2.1: a heading when it reads like one, else a paragraph; a stray figure (2.5 million) is neither."""
        before, _, last = label.decimal.rpartition(".")
        if last != "1" and f"{before}.{int(last) - 1}" not in self.decimals:
            return self._bare(place)
        self.decimals.add(label.decimal)
        if is_title(label.rest, NUMBERED_WIDTH) and not self._has_sibling(place, "decimal", int(last)):
            self._open("")
            return Piece("heading", self.outline.decimal(label.decimal), label.decimal, label.printed, label.rest)
        self._open(label.decimal)
        return Piece("paragraph", 0, self.number, label.printed, label.rest)

    def _item(self, place: int, label: Label) -> Piece:
        found = self.items.take(label, self._next_label(place))
        if found is None:
            return self._bare(place)
        printed, text = found
        number = " ".join([self.number, *self.items.numbers()]).strip()
        return Piece("item", self.items.depth, number, printed, text)


def _spaced(suffix: str) -> str:
    """12 bis stands apart, 12a does not."""
    return f" {suffix}" if len(suffix) > 1 else suffix
