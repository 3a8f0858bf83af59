"""Pure: a table as any program holds it: numbered rows of cells that are text, and which cells were merged into others."""

from dataclasses import dataclass, field


@dataclass
class Grid:
    """One table. `rows`: (number as its program counts, cells); rows without a word are left out.

    `merged`: (row number, column from 0) of a cell that was merged into another → that other cell. `place`: body, or head for a table
    that is printed at the top of every page. `before`: the words that stand between the table before it and this one.
    """

    name: str = ""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False
    place: str = "body"
    before: str = ""


@dataclass
class Grids:
    """All tables of a file, and whether it carried macros, which nobody runs here."""

    grids: list[Grid] = field(default_factory=list)
    macros: bool = False
