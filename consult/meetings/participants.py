"""The list of participants in the usual order: Parties, non-Parties, observers, the secretariat; as rows for a page, Word and Excel."""

from dataclasses import dataclass
from io import BytesIO

from flask_babel import gettext

from consult.meetings import queries, rules, showing
from consult.meetings.models import Meeting
from consult.office.documents import Table, write_document
from consult.office.sheets import write_workbook
from consult.people.rules import ROLES
from consult.web.locale import direction, language

WIDTHS = (28, 28, 18, 24)


@dataclass(frozen=True)
class Section:
    """One heading of the list with its rows: Party or organization, name, role, and what is to be said of them."""

    heading: str
    rows: list[tuple[str, str, str, str]]


def listed(of: Meeting) -> list[Section]:
    """Who was there, or as long as nobody has noted that, who said they would come; an alternate under whom they come for."""
    seats = [seat for seat in queries.seats(of) if seat.attendance is not None]
    taken = any(seat.attendance.present is not None for seat in seats)
    found: dict[str, list] = {}
    for seat in seats:
        row = seat.attendance
        if row.alternate or (row.present if taken else row.answer == "attending"):
            found.setdefault(queries.section(seat), []).append(_row(seat))
    return [Section(gettext(rules.SECTIONS[kind]), found[kind]) for kind in rules.SECTIONS if kind in found]


def _row(seat: queries.Seat) -> tuple[str, str, str, str]:
    organization = seat.person.organization.name if seat.person.organization else ""
    role = gettext(ROLES[seat.role]) if seat.role in ROLES else ""
    if seat.attendance.alternate and not seat.attendance.present:
        return organization, seat.attendance.alternate, role, gettext("for %(name)s", name=seat.person.name)
    return organization, seat.person.name, role, ""


def heads() -> tuple[str, str, str, str]:
    """What the columns are called."""
    return gettext("Party or organization"), gettext("Name"), gettext("Role"), gettext("Remark")


def title(of: Meeting) -> str:
    """What the list is called: provisional until the meeting is over."""
    said = gettext("List of participants") if of.state == "held" else gettext("Provisional list of participants")
    return f"{said}: {of.title}"


def word(of: Meeting) -> bytes:
    """The list as a Word file, a table a heading."""
    out = BytesIO()
    tables = [Table(WIDTHS, section.rows, heads(), section.heading) for section in listed(of)]
    write_document(out, tables, title=title(of), label=_label(of), right_to_left=direction(language()) == "rtl")
    return out.getvalue()


def excel(of: Meeting) -> bytes:
    """The list as an Excel file, the heading in a column of its own."""
    out = BytesIO()
    columns = list(zip((gettext("Group of participants"), *heads()), (20, *WIDTHS), strict=True))
    rows = [(section.heading, *row) for section in listed(of) for row in section.rows]
    write_workbook(out, gettext("List of participants"), columns, rows, right_to_left=direction(language()) == "rtl", label=_label(of))
    return out.getvalue()


def _label(of: Meeting) -> str:
    return f"{title(of)} · {of.code} · {showing.span_words(of)}"
