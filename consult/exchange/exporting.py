"""The comments of a round as a file of any template: the same columns as the forms of the institutions, streamed row by row."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from consult.drafts.labels import label
from consult.errors import Refused
from consult.exchange import gathering, rules
from consult.exchange.cells import as_cells
from consult.exchange.rows import Row
from consult.exchange.templates import CONTACT, TEMPLATES, Template, with_columns
from consult.kit.text import one_line, slug
from consult.kit.words import N_
from consult.office.documents import Table, write_document
from consult.office.sheets import write_workbook
from consult.review.exporting import harmless
from consult.review.models import Round

FORMS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
NUMBERS = {"seq", "page_from", "line_from", "page_to", "line_to"}
NO_FORM = N_("%(template)s cannot be written as .%(form)s; it is written as: %(forms)s.")
Rows = Iterable[tuple[Row, dict[str, str]]]


def chosen(template: str, form: str = "") -> tuple[Template, str]:
    """The template and the kind of file, the usual one where none is named; Refused when they do not go together."""
    rules.check_template(template)
    found = TEMPLATES.get(template)
    if found is None:
        raise Refused(N_("%(template)s is no comment template. Templates are: %(known)s."), template=template, known=", ".join(TEMPLATES))
    form = form or found.forms[0]
    if form not in found.forms:
        raise Refused(NO_FORM, template=template, form=form, forms=", ".join(found.forms))
    return found, form


def file_name(of: Round, template: str, form: str) -> str:
    """What the file is called: the draft, the round, the template."""
    draft = of.version.draft
    return f"{slug(draft.symbol or draft.slug, 40) or 'draft'}-v{of.version.number}-round-{of.id}-{template}.{form}"


def export(of: Round, template: str, form: str, out: BinaryIO, *, withdrawn: bool = False, more: Collection[str] = ()) -> None:
    """Write the standing comments of a round into an open file; `more`: further columns of a CBD peer review."""
    found, form = chosen(template, form)
    found = with_columns(found, more)
    write(gathering.rows(of, withdrawn=withdrawn), found, form, out, About(of))


class About:
    """What stands around the comments: which document, which project, which language."""

    def __init__(self, of: Round | None = None) -> None:
        draft = of.version.draft if of else None
        self.document = one_line(f"{draft.symbol} {draft.title}".strip()) if draft else ""
        self.project = one_line(of.title) if of else ""
        self.date = of.closes_at.date().isoformat() if of else ""
        self.right_to_left = bool(draft and draft.language == "ar")
        self.label = label(draft) if draft else ""


def write(rows: Rows, template: Template, form: str, out: BinaryIO, about: About | None = None) -> None:
    """Write rows as a file of that template, in one of its forms."""
    about = about or About()
    if form == "csv":
        _csv(rows, template, out)
    elif form == "json":
        _json(rows, template, out)
    elif form == "xlsx":
        _xlsx(rows, template, out, about)
    elif template.code == "cbd":
        write_document(out, _peer_review(rows, template), title=about.document, label=about.label, right_to_left=about.right_to_left)
    else:
        _form(rows, template, out, about)


def _csv(rows: Rows, template: Template, out: BinaryIO) -> None:
    """RFC 4180 with a byte order mark; cells that a spreadsheet would take for formulas are guarded."""
    out.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([column.head for column in template.columns])
    for row, more in rows:
        writer.writerow([harmless(cell) for cell in as_cells(row, template, more)])
    text.detach()


def _json(rows: Rows, template: Template, out: BinaryIO) -> None:
    heads, first = [column.head for column in template.columns], True
    out.write(b"[")
    for row, more in rows:
        held = dict(zip(heads, as_cells(row, template, more), strict=True))
        out.write(("\n" if first else ",\n").encode() + json.dumps(held, ensure_ascii=False).encode(errors="replace"))
        first = False
    out.write(b"\n]\n")


def _xlsx(rows: Rows, template: Template, out: BinaryIO, about: About) -> None:
    heads = [(column.head, column.width) for column in template.columns]
    numbers = frozenset(at for at, column in enumerate(template.columns) if column.field in NUMBERS)
    if template.code == "cbd":
        lines = _stacked(rows, template)
        write_workbook(out, "Comments", heads, lines, label=about.label, right_to_left=about.right_to_left, heads_first=False)
        return
    cells = (as_cells(row, template, more) for row, more in rows)
    write_workbook(out, "Comments", heads, cells, numbers=numbers, label=about.label, right_to_left=about.right_to_left)


def _form(rows: Rows, template: Template, out: BinaryIO, about: About) -> None:
    """An ISO form: its title line and its heads are printed at the top of every page."""
    widths = [column.width for column in template.columns]
    heads = [column.head for column in template.columns]
    line = ["Template for comments and secretariat observations", f"Date: {about.date}", f"Document: {about.document}"]
    title = Table((50, 20, 50, 30), [[*line, f"Project: {about.project}"]])
    body = Table(widths, (as_cells(row, template, more) for row, more in rows))
    page = (title, Table(widths, (), heads))
    write_document(out, [body], on_every_page=page, title=about.document, label=about.label, right_to_left=about.right_to_left)


def _who(row: Row) -> tuple:
    return row.name, row.address, row.organization, row.on_behalf_of


def _contact(row: Row) -> list[list[str]]:
    """The contact block of one reviewer."""
    given, _, surname = row.name.rpartition(" ")
    held = {
        "surname": surname, "given": given, "government": "; ".join(row.on_behalf_of), "organization": row.organization,
        "address": row.address,
    }  # fmt: skip
    return [[label, held.get(field, "")] for field, label in CONTACT]


def _by_reviewer(rows: Rows) -> Iterator[tuple[Row, list[str], list[Row]]]:
    """Each reviewer with their general remarks and the specific ones; the CBD template is one person's."""
    everything = sorted((row for row, _ in rows), key=_who)
    for _, group in groupby(everything, _who):
        said = list(group)
        general = [row for row in said if row.scope == "whole"]
        yield said[0], [_remark(row) for row in general], [row for row in said if row.scope != "whole"]


def _remark(row: Row) -> str:
    return as_cells(row, TEMPLATES["cbd"])[-1]


def _peer_review(rows: Rows, template: Template) -> Iterator[Table]:
    widths, heads = [column.width for column in template.columns], [column.head for column in template.columns]
    for who, general, specific in _by_reviewer(rows):
        yield Table((20, 60), _contact(who), title="Contact information")
        if general:
            yield Table((80,), [[remark] for remark in general], title="General comments")
        if specific:
            yield Table(widths, (as_cells(row, template) for row in specific), heads, title="Specific comments")


def _stacked(rows: Rows, template: Template) -> Iterator[list[str]]:
    """The same blocks one below the other in a sheet."""
    for who, general, specific in _by_reviewer(rows):
        yield from _contact(who)
        if general:
            yield ["General comments"]
            yield from ([remark] for remark in general)
        if specific:
            yield ["Specific comments"]
            yield [column.head for column in template.columns]
            yield from (as_cells(row, template) for row in specific)
        yield []
