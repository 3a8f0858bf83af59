"""Pure: the comment templates of the institutions, each a row of a table: its columns exactly as its forms print them, and what they mean.

ISO/IEC/CEN commenting template 2012-03 and Form 13B of 2001-09, IPBES guide table 2.4, IPCC reviews since AR5 and the government
comments of AR4, IPPC and Codex OCS, the CBD peer review, and Consult's own full table as CSV and JSON.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from consult.kit.words import N_


@dataclass(frozen=True)
class Column:
    """A column: the field of the row it holds (see cells.py for those that hold two), its printed head, and its width in signs."""

    field: str
    head: str
    width: int = 12


@dataclass(frozen=True)
class Template:
    """A comment template. `forms`: the kinds of file it is written as, the usual one first."""

    code: str
    title: str
    forms: tuple[str, ...]
    columns: tuple[Column, ...]

    def holds(self, *fields: str) -> bool:
        """Whether it has a column for one of these fields."""
        return any(column.field in fields for column in self.columns)


def _columns(*given: tuple[str, str, int]) -> tuple[Column, ...]:
    return tuple(Column(*each) for each in given)


_PAGES = (("page_from", "From page", 8), ("line_from", "From line", 8), ("page_to", "To page", 8), ("line_to", "To line", 8))
FULL = (
    ("seq", "comment", 8), ("paragraph", "paragraph", 10), ("mark", "mark", 10), ("name", "author", 18),
    ("organization", "organization", 18), ("behalf", "on_behalf_of", 18), ("type", "type", 12), ("comment", "text", 60),
    ("proposed", "proposed_text", 50),
    ("quote", "quoted_text", 30), ("door", "door", 8), ("date", "received_at", 22), ("late", "late", 6), ("disposition", "disposition", 16),
    ("response", "response", 50), ("responded", "responded_at", 22), ("withdrawn", "withdrawn_at", 22), ("reference", "reference", 12),
    ("reason", "reason", 40), ("capacity", "capacity", 12), ("language", "language", 8), ("section", "section", 12),
    ("sentence", "sentence", 12), ("page_from", "page_from", 8), ("line_from", "line_from", 8), ("page_to", "page_to", 8),
    ("line_to", "line_to", 8), ("figure", "figure", 12), ("see", "see", 8), ("batch", "batch", 8),
)  # fmt: skip

_ALL = (
    Template(
        "iso2012",
        N_("ISO, IEC and CEN commenting template (2012-03)"),
        ("docx", "xlsx"),
        _columns(
            ("body", "MB/NC", 8), ("line", "Line number (e.g. 17)", 10), ("section", "Clause/Subclause (e.g. 3.1)", 12),
            ("paragraph", "Paragraph/Figure/Table (e.g. Table 1)", 12), ("type", "Type of comment", 8), ("comment", "Comments", 60),
            ("proposed", "Proposed change", 50), ("observation", "Observations of the secretariat", 40),
        ),
    ),
    Template(
        "iso2001",
        N_("ISO Form 13B (2001-09)"),
        ("docx", "xlsx"),
        _columns(
            ("body", "MB", 8), ("section", "Clause/Subclause/Annex/Figure/Table (e.g. 3.1, Table 2)", 12),
            ("paragraph", "Paragraph/List item/Note (e.g. Note 2)", 12), ("type", "Type of comment", 8),
            ("comment", "Comment (justification for change) by the MB", 60), ("proposed", "Proposed change by the MB", 50),
            ("observation", "Secretariat observations on each comment submitted", 40),
        ),
    ),
    Template(
        "ipbes",
        N_("IPBES review comments"),
        ("xlsx",),
        _columns(
            ("name", "Reviewer Name", 24), ("place", "Chapter", 14), ("page_from", "From Page (start)", 10),
            ("line_from", "From Line (start)", 10), ("page_to", "To Page (end)", 10), ("line_to", "To Line (end)", 10),
            ("comment", "Comment", 90),
        ),
    ),
    Template(
        "ipcc",
        N_("IPCC review comments"),
        ("xlsx",),
        _columns(
            ("place", "Chapter/Figure", 14), *_PAGES, ("comment", "Comment", 90), ("name", "Reviewer", 24), ("observation", "Response", 60),
        ),
    ),
    Template(
        "ipcc-ar4",
        N_("IPCC government comments (AR4)"),
        ("xlsx",),
        _columns(
            ("seq", "No.", 6), ("batch", "Batch", 8), ("from", "Page:line From", 10), ("to", "Page:line To", 10),
            ("govt", "Comment", 90), ("observation", "Notes", 60),
        ),
    ),
    Template(
        "ocs",
        N_("Codex and IPPC online commenting (OCS)"),
        ("xlsx",),
        _columns(
            ("reference", "Comment Number", 10), ("section", "Section", 14), ("paragraph", "Para nber", 10),
            ("sentence", "Sentence/row/indent", 12), ("type", "Type of comment", 14), ("proposed", "Proposed rewording", 60),
            ("comment", "Explanation", 60), ("behalf", "Country(ies)", 24),
        ),
    ),
    Template(
        "cbd",
        N_("CBD peer review"),
        ("docx", "xlsx"),
        _columns(("pages", "Page", 10), ("line-or-paragraph", "Line (or paragraph)", 16), ("comment", "Comment", 90)),
    ),
    Template("csv", N_("All columns, for any program"), ("csv", "xlsx"), _columns(*FULL)),
    Template("json", N_("All columns, for programmers"), ("json",), _columns(*FULL)),
)  # fmt: skip
TEMPLATES: dict[str, Template] = {each.code: each for each in _ALL}
CONTACT = (
    ("surname", "Surname"), ("given", "Given name"), ("government", "Government (if applicable)"), ("organization", "Organization"),
    ("street", "Address"), ("city", "City"), ("country", "Country"), ("address", "E-mail"),
)  # fmt: skip
"""The contact block that stands above the comments of a CBD peer review: field and label."""
MORE = {
    "type": Column("type", "Type of comment", 12),
    "proposed": Column("proposed", "Proposed rewording", 50),
    "response": Column("observation", "Response", 40),
}
"""Columns that a CBD peer review may have besides its own: every review asks for other ones."""
MORE_WORDS = {"type": N_("type of comment"), "proposed": N_("proposed wording"), "response": N_("response")}


def with_columns(template: Template, more: Collection[str]) -> Template:
    """The CBD table with further columns, in their usual order; every other template has exactly those of its form."""
    if template.code != "cbd":
        return template
    return replace(template, columns=template.columns + tuple(column for name, column in MORE.items() if name in more))
