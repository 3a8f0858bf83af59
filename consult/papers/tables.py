"""A compilation as a table, in Word and in Excel: heads that people and programs know, so that it can be read in again elsewhere."""

from collections.abc import Callable, Iterator
from io import BytesIO

from consult.drafts.labels import USUAL
from consult.office.documents import Table, write_document
from consult.office.sheets import write_workbook
from consult.papers.compiling import Entry, entries
from consult.review.models import Round
from consult.review.rules import DISPOSITIONS, TYPES

COLUMNS = (
    ("No.", 6), ("Section", 16), ("Paragraph", 9), ("Mark", 8), ("Author", 16), ("Organization", 16), ("On behalf of", 16), ("Type", 11),
    ("Quoted text", 20), ("Comment", 46), ("Proposed text", 40), ("Disposition", 14), ("Response", 40), ("See", 6),
    ("Received at", 20), ("Deadline", 10),
)  # fmt: skip
"""The printed heads, in English in every language as on the forms of the institutions, and their widths in signs."""
ON_PAPER = (50, 96, 120, 70, 116, 144, 128, 133, 88, 190, 150, 147, 150, 52, 108, 103)
"""The shares of the same columns on a page of Word, chosen so that heads and usual words stand unbroken in their columns."""
CAME = {"in-time": "original", "extended": "extended", "late": "late"}
PORTION = 1000
Told = Callable[[int, int], None]


def workbook(of: Round, total: int, told: Told) -> bytes:
    """An Excel workbook: every word a text cell, so that nothing in it is ever a formula."""
    out = BytesIO()
    label = " · ".join(above(of))
    write_workbook(out, "Compilation", COLUMNS, _cells(of, total, told), numbers=frozenset({0}), right_to_left=_rtl(of), label=label)
    return out.getvalue()


def document(of: Round, total: int, told: Told) -> bytes:
    """A Word document in landscape; what it is stands at the top of every page."""
    out = BytesIO()
    head = Table((100,), [["\n".join(above(of))]])
    body = Table(ON_PAPER, _cells(of, total, told), [name for name, _ in COLUMNS])
    write_document(out, [body], on_every_page=[head], title=of.title, right_to_left=_rtl(of))
    return out.getvalue()


def above(of: Round) -> list[str]:
    """What a table of comments is, where it lies around alone; in English, as its heads are."""
    draft = of.version.draft
    first, last = (each.strftime("%Y-%m-%d %H:%M UTC") for each in (of.first_closes_at, of.closes_at))
    deadline = f"Original deadline: {first}" + (f"; extended deadline: {last}" if of.first_closes_at != of.closes_at else "")
    named = f"Compilation of comments: {of.title}"
    text = f"{draft.symbol} {draft.title}, version {of.version.number}".strip()
    label = "" if draft.issued_at else draft.label or str(USUAL)
    return [line for line in (label, named, text, deadline) if line]


def _rtl(of: Round) -> bool:
    return of.version.draft.language == "ar"


def _cells(of: Round, total: int, told: Told) -> Iterator[list[str]]:
    """Portion by portion, so that fifty thousand comments take little memory."""
    section = ""
    for first in range(0, total, PORTION):
        told(first, total)
        for entry in entries(of, first, PORTION):
            section = section if entry.section is None else entry.section
            yield _row(entry, section)


def _row(entry: Entry, section: str) -> list[str]:
    row = entry.row
    author = [row.author, row.organization or "", row.on_behalf_of] if entry.named else ["", "", ""]
    disposition = DISPOSITIONS.get(row.disposition, row.disposition) if row.disposition else ""
    return [
        str(row.number), section, row.paragraph or "", row.mark or "", *author, TYPES.get(row.type, row.type), row.quote, row.text,
        row.proposed, disposition, _answered(row), str(row.see or ""), row.received_at.isoformat(timespec="minutes"), _came(row),
    ]  # fmt: skip


def _answered(row) -> str:
    """The words of the response; where it stands at another comment, which one, so that nobody takes the cell for forgotten."""
    return row.response or (f"See comment {row.see}" if row.see else "")


def _came(row) -> str:
    return "late, written in time" if row.written_at else CAME[row.came]
