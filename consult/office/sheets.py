"""Pure: writing a table as an Excel workbook, row by row with little memory. Every word is a text cell: nothing in it is ever a formula."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook

LONGEST_CELL = 32_767
"""Signs of one cell (Excel specifications and limits)."""
CUT = " …"
LINE, TALLEST = 15.0, 409.0
"""Points of a line, and of the tallest row that Excel knows."""


def write_workbook(
    out: BinaryIO,
    title: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
    *,
    numbers: frozenset[int] = frozenset(),
    right_to_left: bool = False,
    label: str = "",
    heads_first: bool = True,
) -> None:
    """One sheet: the heads with their widths in signs, then the rows. `label` is printed at the top of every page.

    `numbers`: columns (from 0) in which a plain whole number is written as one. `heads_first` False: the rows bring their own heads.
    """
    book = Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(_sheet_name(title))
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    plain = book.add_format({"valign": "top"})
    if right_to_left:
        sheet.right_to_left()
    for at, (_, width) in enumerate(heads):
        sheet.set_column(at, at, width)
    number = 0
    if heads_first:
        _write(sheet, number, [name for name, _ in heads], head, head, frozenset())
        number += 1
        sheet.freeze_panes(number, 0)
        sheet.repeat_rows(number - 1)
    _print_wide(sheet, label)
    widths = [width for _, width in heads]
    for row in rows:
        sheet.set_row(number, _height(row, widths))
        _write(sheet, number, row, body, plain, numbers)
        number += 1
    book.close()


def _write(sheet, number: int, cells: Sequence[str], body, plain, numbers: frozenset[int]) -> None:
    for at, cell in enumerate(cells):
        if not cell:
            continue
        if at in numbers and cell.isascii() and cell.isdecimal() and len(cell) < 10 and str(int(cell)) == cell:
            sheet.write_number(number, at, int(cell), plain)
        else:
            sheet.write_string(number, at, cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - len(CUT)] + CUT, body)


def _height(cells: Sequence[str], widths: Sequence[int]) -> float | None:
    """Points that a row needs to show all its words; None where one line is enough. LibreOffice does not find out by itself."""
    most = 1
    for cell, width in zip(cells, widths, strict=False):
        if len(cell) > width // 2 or "\n" in cell:
            wide = not cell.isascii() and any(east_asian_width(sign) in "WF" for sign in cell[:200])
            signs = max(width // 2 if wide else width, 1)
            most = max(most, sum(-(-len(line) // signs) or 1 for line in cell.split("\n")))
    return min(most * LINE, TALLEST) if most > 1 else None


def _print_wide(sheet, label: str) -> None:
    """Landscape A4, all columns on one page; words that look like numbers are words."""
    if label:
        sheet.set_header("&C" + label.replace("&", "&&")[:200])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _sheet_name(title: str) -> str:
    """At most 31 signs, none of those that Excel keeps for itself."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip(" '") or "Comments"
