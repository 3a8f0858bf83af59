"""Pure: going through the rows of tables from the top: titles, contact blocks, heads, general remarks, comments, and what is none."""

import re
from dataclasses import replace

from consult.exchange import heads as reading_heads
from consult.exchange.cells import from_cells, plain
from consult.exchange.heads import CONTACT_HEADS, Heads, recognised
from consult.exchange.rows import Bad, Row, Sheet
from consult.exchange.templates import TEMPLATES
from consult.kit.words import N_
from consult.office.grids import Grid

A_SHEET = 100_000
HEADS_WITHIN = 40
"""Rows from the top of a table in which its heads are looked for."""
NO_WORDS = N_("The row says where (%(place)s), but neither a comment nor a proposed wording.")
SPURIOUS = N_("Columns that were not used: %(columns)s.")
LIKELY = N_("Taken for a known column although spelt otherwise: %(columns)s.")
NO_HEADS = N_("A table without column heads was read like the one before it.")
NOT_READ = N_("The sheet “%(sheet)s” has no row of column heads and was not read.")
COUNTED_FROM = N_("Rows of the sheet “%(sheet)s” are counted from %(number)s on.")
CARRIED = N_("Rows without a country were counted for the country above them.")
_TITLE = re.compile(r"\s*(?:document|draft|title|chapter reviewed|project)(?: no\.?| reviewed)?\s*[:：]\s*(\S.*)", re.IGNORECASE)
_GENERAL = {"general comments", "general comment", "general observations", "observations générales", "observaciones generales",
            "общие замечания", "一般性意见", "总体意见", "ملاحظات عامة"}  # fmt: skip
_SPECIFIC = {"specific comments", "specific comment", "observations spécifiques", "observaciones específicas", "конкретные замечания",
             "具体意见", "ملاحظات محددة"}  # fmt: skip
_NUMBERS = re.compile(r"\(?\d{1,2}\)?\.?")
_ISO_TYPE = re.compile(r"(?:ge|te|ed)(?:\s*/\s*(?:ge|te|ed))?", re.IGNORECASE)
_CARRIED = ("body", "behalf", "section")


class Scan:
    """Goes through the tables of one file and fills its sheet. `by_page`: heads may stand in a table printed on every page."""

    def __init__(self, sheet: Sheet, columns: dict[str, str] | None, *, by_page: bool = False) -> None:
        self.sheet, self.by_hand, self.by_page = sheet, columns or {}, by_page
        self.wanted = sheet.template
        self.heads: Heads | None = None
        self.grid: Grid | None = None  # in which they stand
        self.printed: list[Heads] = []  # those of tables printed on every page
        self.offset = 0
        self.contact: dict[str, str] = {}
        self.above: dict[str, str] = {}
        self.general = False

    def take(self, grid: Grid) -> None:
        """One table after the other."""
        self._begin(grid)
        rows, at, taken = grid.rows, 0, False
        while at < len(rows):
            number, cells = rows[at]
            lines = self._heads_at(grid, at) if self.heads is None or at < HEADS_WITHIN or self._repeats(cells) else 0
            if lines:
                at += lines
                continue
            taken |= self._row(grid, number, cells)
            at += 1
        if rows and not taken and self.heads is None and grid.place == "body" and not self.by_page and not self.contact:
            self.sheet.note(NOT_READ, sheet=grid.name)

    def _numbered(self, grid: Grid) -> None:
        """Rows of a second sheet are told apart from those of the first by their hundred thousands."""
        if self.by_page or not grid.rows:
            return
        if self.sheet.rows or self.sheet.bad:
            self.offset += A_SHEET
            self.sheet.note(COUNTED_FROM, sheet=grid.name, number=self.offset)
            grid.rows = [(number + self.offset, cells) for number, cells in grid.rows]
            grid.merged = {(row + self.offset, at): (to + self.offset, to_at) for (row, at), (to, to_at) in grid.merged.items()}

    def _begin(self, grid: Grid) -> None:
        self._numbered(grid)
        width = max((len(cells) for _, cells in grid.rows), default=0)
        if grid.before:
            self.general = plain(grid.before.splitlines()[-1]) in _GENERAL
            for line in grid.before.splitlines():
                self._title(line)
        self.above = {}
        if not self.by_page:
            self.heads = None
        elif grid.place == "body" and not any(self._heads_at(grid, at, only_look=True) for at in range(min(len(grid.rows), 3))):
            before = self.heads if self.heads and len(self.heads.said) == width and not self.general else None
            self.heads = before or next((each for each in self.printed if len(each.said) == width), None) or self._by_shape(grid, width)
            if before:
                self.sheet.note(NO_HEADS)

    def _by_shape(self, grid: Grid, width: int) -> Heads | None:
        """A table that lost its heads is known by the template asked for, or by its column of ge, te and ed."""
        for code in [self.wanted] if self.wanted else ["iso2012", "iso2001"]:
            columns = TEMPLATES[code].columns
            kinds = next((at for at, column in enumerate(columns) if column.field == "type"), None)
            typed = kinds is not None and any(len(cells) > kinds and _ISO_TYPE.fullmatch(cells[kinds].strip()) for _, cells in grid.rows)
            if len(columns) == width and (typed or self.wanted):
                return self._known(Heads({at: column.field for at, column in enumerate(columns)}, tuple(c.head for c in columns), code))
        return None

    def _heads_at(self, grid: Grid, at: int, only_look: bool = False) -> int:
        """How many rows from here are heads: none, one, or two that read as one (`From` above `Page` and `Line`)."""
        found, lines = recognised(grid.rows[at][1], self.wanted, self.by_hand), 1
        if self.heads is not None and grid is self.grid:
            if found is None or found.likely or found.spurious:  # a row of comments may speak of comments and changes
                return 0
        elif at + 1 < len(grid.rows):
            double = self._double(grid, at)
            if double and len(double.fields) > len(found.fields if found else ()):
                found, lines = double, 2
        if found is None or only_look:
            return lines if found else 0
        known = self._known(found)
        if grid.place == "head":
            self.printed.append(known)
        else:
            self.heads, self.grid, self.general, self.above = known, grid, False, {}
        return lines

    def _double(self, grid: Grid, at: int) -> Heads | None:
        """Two rows that only together name the columns."""
        above, below = _spread(grid, *grid.rows[at]), _spread(grid, *grid.rows[at + 1])
        both = [f"{one} {other}".strip() for one, other in zip(_long(above, len(below)), _long(below, len(above)), strict=True)]
        double = recognised(both, self.wanted, self.by_hand)
        alone = recognised(grid.rows[at + 1][1], self.wanted, self.by_hand)
        return double if double and not double.likely and len(double.fields) > len(alone.fields if alone else ()) else None

    def _known(self, found: Heads) -> Heads:
        self.sheet.template = self.sheet.template or found.template
        self.sheet.columns = self.sheet.columns or [(head, found.fields.get(at, "")) for at, head in enumerate(found.said) if head.strip()]
        if found.spurious:
            self.sheet.note(SPURIOUS, columns=", ".join(found.spurious))
        if found.likely:
            self.sheet.note(LIKELY, columns=", ".join(found.likely))
        return found

    def _repeats(self, cells: list[str]) -> bool:
        return self.heads is not None and [c.strip() for c in cells if c.strip()] == [c.strip() for c in self.heads.said if c.strip()]

    def _row(self, grid: Grid, number: int, cells: list[str]) -> bool:
        """One row that is no row of heads. Whether it belonged to comments."""
        held = [cell.strip() for cell in cells if cell.strip()]
        for cell in held[:6]:
            self._title(cell)
        if len(held) <= 2 and self._contact(held):
            return True
        if len(held) <= 2 and plain(held[0]) in _GENERAL | _SPECIFIC and (self.heads is None or len(held) == 1 or "name" in self.contact):
            self.general = plain(held[0]) in _GENERAL
            return len(held) == 2 and self.general and self._remark(number, held[1])
        if self.general and len(held) == 1:
            return self._remark(number, held[0])
        if self.heads is None or grid.place == "head":
            return False
        if all(_NUMBERS.fullmatch(cell) for cell in held) and len(held) >= len(self.heads.fields) - 1:
            return True
        return self._data(grid, number, cells)

    def _title(self, cell: str) -> None:
        found = _TITLE.fullmatch(cell.replace("\n", " ")) if not self.sheet.title and len(cell) < 300 else None
        if found and len(found[1]) > 4:
            self.sheet.title = found[1].strip()

    def _contact(self, held: list[str]) -> bool:
        label, colon, inline = held[0].partition(":")
        field = CONTACT_HEADS.get(reading_heads.plain(label))
        value = held[1] if len(held) == 2 and not inline.strip() else inline.strip() if len(held) == 1 else ""
        if not field or (self.heads is not None and not self.contact):
            return False
        if len(held) == 1 and not colon and self.heads is not None and field not in self.contact:
            return False
        if field == "surname":
            self.contact, self.heads = {}, None
        self.contact[field] = value
        return True

    def _remark(self, number: int, words: str) -> bool:
        self.keep(from_cells(number, {"comment": words, "section": "General"}), (words,))
        return True

    def _data(self, grid: Grid, number: int, cells: list[str]) -> bool:
        said = {}
        for at, field in self.heads.fields.items():
            text = cells[at] if at < len(cells) else ""
            if not text and (number, at) in grid.merged:
                text = self._merged(grid, number, at, field)
            said[field] = text
        said = self._carried(said)
        return self.keep(from_cells(number, said), tuple(cells))

    def _merged(self, grid: Grid, number: int, at: int, field: str) -> str:
        """What stands in the cell that this one was merged into, when that is a place or a name in the same column."""
        row, column = grid.merged[number, at]
        return self.above.get(field, "") if column == at and row < number and field not in (*reading_heads.WORDS, "observation") else ""

    def _carried(self, said: dict[str, str]) -> dict[str, str]:
        """A country that stands only in the first of its rows counts for those below it."""
        kept = {field: text for field, text in said.items() if text.strip()}
        others = set(kept) - {"body", "behalf", "seq"}
        if "body" in said and not said["body"].strip() and others and self.above.get("body"):
            said = said | {"body": re.sub(r"[ _-]?\d[\d.\-/]*$", "", self.above["body"])}
            self.sheet.note(CARRIED)
        self.above = self.above | kept
        return said

    def keep(self, row: Row, said: tuple[str, ...]) -> bool:
        """A row joins the others, or the bad ones, or is left out when it says nothing at all."""
        row = self._signed(row)
        if row.comment or row.proposed:
            self.sheet.rows.append(row)
            return True
        place = ", ".join(part for part in (row.section, row.paragraph, row.figure, row.page_from, row.line_from) if part)
        if place or row.type or row.said_type:
            self.sheet.bad.append(Bad(row.number, NO_WORDS, said[:30], {"place": place or row.said_type}))
            return True
        self.sheet.skipped += 1
        return False

    def _signed(self, row: Row) -> Row:
        """Whoever stands in the contact block above has said it."""
        if not self.contact:
            return row
        name = " ".join(part for part in (self.contact.get("given", ""), self.contact.get("surname", "")) if part)
        behalf = self.contact.get("government", "")
        return replace(
            row, name=row.name or name, address=row.address or self.contact.get("address", ""),
            organization=row.organization or self.contact.get("organization", ""),
            on_behalf_of=row.on_behalf_of or ((behalf,) if behalf else ()),
        )  # fmt: skip

    def end(self) -> None:
        """All tables are read."""
        self.sheet.template = self.sheet.template or ("cbd" if self.contact else "")


def _long(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _spread(grid: Grid, number: int, cells: list[str]) -> list[str]:
    """Heads with what stands in the cells they were merged into, to the right and downwards."""
    by_number = dict(grid.rows[:HEADS_WITHIN])
    spread = list(cells)
    for (row, column), (origin, origin_column) in grid.merged.items() if len(grid.merged) < 2_000 else ():
        if row == number:
            spread = _long(spread, column + 1)
            values = by_number.get(origin, [])
            if not spread[column] and origin == number and origin_column < len(values):
                spread[column] = values[origin_column]
    return spread
