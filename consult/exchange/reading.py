"""Pure: a file of comments, whatever template and program it comes from, as rows in the one row format and rows that cannot be taken.

`read` is the entry for every door: pages, mail and the command line. It opens nothing but the bytes it is given; callers that hold
bytes from strangers run it in a child process with limits (`consult.office.isolated`, `consult.office.child`).
"""

from consult.errors import Refused
from consult.exchange import delimited
from consult.exchange.cells import from_cells
from consult.exchange.rows import Row, Sheet
from consult.exchange.scanning import Scan
from consult.exchange.templates import TEMPLATES
from consult.kit.text import size
from consult.kit.words import N_
from consult.office.grids import Grid, Grids
from consult.office.tables import read_tables
from consult.office.workbook import read_workbook

LARGEST = 60_000_000
"""Bytes of a file of comments."""
TOO_LARGE = N_("The file has %(size)s; a file of comments has at most %(most)s. Divide it, or save it without pictures.")
EMPTY = N_("The file is empty.")
NO_TABLE = N_("The file holds no table of comments: no row of column heads was found. Choose the template it follows, or keep its heads.")
NO_COMMENTS = N_("The table was found, but no row of it holds a comment.")
MACROS = N_("The file carries macros. They were not run; only what stands in its cells was read.")
GUESSED = N_("The file is not in UTF-8. Check that letters with accents read right.")
NOT_TEMPLATE = N_("%(template)s is no comment template. Templates are: %(known)s.")
HIDDEN = N_("The hidden sheet “%(sheet)s” was not read.")
EXAMPLES = N_("The sheet “%(sheet)s” holds examples or instructions and was not read.")


def read(data: bytes, name: str, template: str = "", columns: dict[str, str] | None = None) -> Sheet:
    """Every comment of the file. `template`: one of templates.TEMPLATES, or empty to tell it by the heads.

    `columns`: head → field, where an officer said what a column holds. Refused as a whole what cannot be opened or holds no table of
    comments; single rows are refused by their number in `bad`.
    """
    if template and template not in TEMPLATES:
        raise Refused(NOT_TEMPLATE, template=template, known=", ".join(TEMPLATES))
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE, size=size(len(data)), most=size(LARGEST))
    if not data.strip():
        raise Refused(EMPTY)
    sheet = Sheet(template=template)
    ending = name.lower().rpartition(".")[2]
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        _office(sheet, data, ending, columns)
    else:
        _text(sheet, data, ending, columns)
    if not sheet.rows and not sheet.bad:
        raise Refused(NO_COMMENTS if sheet.columns else NO_TABLE)
    return sheet


def _office(sheet: Sheet, data: bytes, ending: str, columns: dict[str, str] | None) -> None:
    word = ending in ("docx", "docm", "doc", "dotx") or (not ending.startswith("xl") and b"word/" in data[:4_000])
    grids = read_tables(data) if word else read_workbook(data)
    if grids.macros:
        sheet.note(MACROS)
    scan = Scan(sheet, columns, by_page=word)
    for grid in _worth_reading(sheet, grids):
        scan.take(grid)
    scan.end()


def _worth_reading(sheet: Sheet, found: Grids) -> list[Grid]:
    """The tables but those that nobody sees, and examples where another table is left."""
    kept = []
    for grid in found.grids:
        if grid.hidden:
            if grid.rows:
                sheet.note(HIDDEN, sheet=grid.name)
        else:
            kept.append(grid)
    own = [grid for grid in kept if not _is_example(grid)]
    if own and any(grid.rows for grid in own):
        for grid in kept:
            if grid not in own and grid.rows:
                sheet.note(EXAMPLES, sheet=grid.name)
        return own
    return kept


_EXAMPLE_WORDS = (
    "example", "instruction", "guidance", "read me", "readme", "how to", "drop-down", "dropdown", "exemple", "ejemplo", "instruccion",
    "пример", "инструкц", "示例", "说明", "例子", "مثال", "تعليمات",
)  # fmt: skip


def _is_example(grid: Grid) -> bool:
    return any(word in grid.name.lower() for word in _EXAMPLE_WORDS)


def _text(sheet: Sheet, data: bytes, ending: str, columns: dict[str, str] | None) -> None:
    template = sheet.template
    text, certain = delimited.decoded(data)
    if not certain:
        sheet.note(GUESSED)
    if ending in ("yaml", "yml"):
        _yaml(sheet, text)
        return
    is_json = ending == "json" or (ending not in ("csv", "tsv", "txt") and text.lstrip()[:1] in "[{")
    grid = delimited.from_json(text) if is_json else delimited.from_csv(text)
    scan = Scan(sheet, columns)
    scan.take(grid)
    scan.end()
    if is_json and not template:
        sheet.template = "json"


def _yaml(sheet: Sheet, text: str) -> None:
    comments, sheet.title = delimited.from_yaml(text)
    sheet.template = sheet.template or "iso2012"
    sheet.columns = [(name, name) for name in ("reference", "behalf", "line", "section", "paragraph", "type", "comment", "proposed")]
    scan = Scan(sheet, None)
    for number, said in comments:
        scan.keep(from_cells(number, said), tuple(said.values()))


__all__ = ["LARGEST", "Row", "Sheet", "read"]
