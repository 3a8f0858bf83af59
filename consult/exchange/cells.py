"""Pure: a row as the cells of a template, and the cells as a row again: import(export(x)) is x within the columns of the template.

A few columns hold two things (`DE-002` is a member body and a number, `12:34` a page and a line); each such column is one pair of
functions here, the writer beside its reader.
"""

import re
from collections.abc import Callable, Mapping

from consult.exchange import wording
from consult.exchange.rows import NAMES, Row
from consult.exchange.templates import Template

WHOLE_WORDS = {
    "general", "general comment", "general comments", "whole document", "whole text", "whole draft", "whole", "all", "entire document",
    "général", "généralités", "observations générales", "ensemble du document", "general observations", "observaciones generales",
    "todo el documento", "общее", "общие замечания", "весь документ", "总体", "一般性意见", "总体意见", "全文", "عام", "ملاحظات عامة",
    "الوثيقة كلها",
}  # fmt: skip
LONG = {"comment", "proposed", "reason", "response", "quote"}
NOTHING = {"-", "–", "—", "--", "n/a", "N/A", "/"}
PLACES = {"section", "paragraph", "sentence", "line", "place", "figure", "page_from", "line_from", "page_to", "line_to", "pages"}
_BODY = re.compile(r"(\*\*|[A-Za-z]{2,3}|[A-Za-z][^\d;/]*?)[ _-]?(\d[\d.\-/]*)")
_PARA = re.compile(r"(?:para(?:graph|s)?\.?|§|¶|par\.)\s*(.+)", re.IGNORECASE)
_FIGURES = r"figures?|fig\.?|tables?|tab\.?|box|annex|tableau|cuadro|рис\.?|таблица|图|表|الجدول|الشكل"
_FIGURE = re.compile(rf"(?:{_FIGURES})\s*[\w.\-–()]+", re.IGNORECASE)
_PAGE_LINE = re.compile(r"(?:p(?:age|\.)?\s*)?(\d{1,5})\s*[:;,/]\s*(?:l(?:ine|\.)?\s*)?(\d{1,5})", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,5})\s*[-–—]\s*(\d{1,5})")
_GOVERNMENT = re.compile(r"\s*\[(Govt\. of )?([^\[\]]*?)\s*\(Reviewer['’]?s comment ID #: ?([^)]*)\)\]\s*$")
_FOR = re.compile(r"(?:(.*), )?on behalf of (.+)", re.DOTALL)
_CONTINUES = re.compile(r"\b(?:of|the|of the)$", re.IGNORECASE)
SEVERAL = "; "


def plain(text: str) -> str:
    """A place as it is compared: small letters, single blanks, no signs around it."""
    return " ".join(text.casefold().replace("_", " ").split()).strip(" .:-–*")


def countries(said: str) -> tuple[str, ...]:
    """Several Parties of one joint comment; the comma of “Korea, Republic of” parts nothing."""
    parts = [part.strip() for part in re.split(r"[;\n/]", said)]
    if len(parts) == 1 and "," in said:
        parts = [part.strip() for part in said.split(",")]
        if any(_CONTINUES.search(part) for part in parts):
            parts = [said.strip()]
    return tuple(part for part in parts if part)


def _write_body(row: Row) -> str:
    if row.reference and _read_body(row.reference) == {"on_behalf_of": row.on_behalf_of, "reference": row.reference}:
        return row.reference
    return SEVERAL.join(row.on_behalf_of) or row.organization or row.name


def _read_body(said: str) -> dict:
    found = _BODY.fullmatch(said.strip())
    return {"on_behalf_of": countries(found[1]), "reference": said.strip()} if found else {"on_behalf_of": countries(said)}


def _write_name(row: Row) -> str:
    behalf = f"on behalf of {SEVERAL.join(row.on_behalf_of)}" if row.on_behalf_of else ""
    return ", ".join(part for part in (row.name, behalf) if part) or row.organization


def _read_name(said: str) -> dict:
    found = _FOR.fullmatch(said.strip())
    return {"name": found[1] or "", "on_behalf_of": countries(found[2])} if found else {"name": said.strip()}


def _write_place(row: Row) -> str:
    parts = (row.section, row.figure, f"para. {row.paragraph}" if row.paragraph else "")
    return ", ".join(part for part in parts if part)


def _read_place(said: str) -> dict:
    found: dict[str, str] = {}
    parts = said.strip().split(", ")
    if parts and (para := _PARA.fullmatch(parts[-1])):
        found["paragraph"] = para[1]
        parts.pop()
    if parts and _FIGURE.fullmatch(parts[-1]):
        found["figure"] = parts.pop()
    return found | {"section": ", ".join(parts)}


def _write_line(row: Row) -> str:
    lines = f"{row.line_from}-{row.line_to}" if row.line_to else row.line_from
    return f"{row.page_from}:{lines}" if row.page_from and lines else lines or (f"p. {row.page_from}" if row.page_from else "")


def _read_line(said: str) -> dict:
    page, colon, lines = said.strip().rpartition(":")
    if not colon and (found := re.fullmatch(r"p\. (.+)", lines)):
        return {"page_from": found[1]}
    found = _RANGE.fullmatch(lines.strip())
    return {"page_from": page} | ({"line_from": found[1], "line_to": found[2]} if found else {"line_from": lines.strip()})


def _write_from(row: Row) -> str:
    if row.scope == "whole":
        return "0:0"
    pages = f"{row.page_from}:{row.line_from}" if row.line_from else row.page_from
    return pages or _write_place(row)


def _read_from(said: str) -> dict:
    if found := _PAGE_LINE.fullmatch(said.strip()):
        return {"page_from": found[1], "line_from": found[2]}
    return {"page_from": said.strip()} if said.strip().isdecimal() else _read_place(said)


def _write_to(row: Row) -> str:
    return f"{row.page_to}:{row.line_to}" if row.line_to else row.page_to


def _read_to(said: str) -> dict:
    found = _PAGE_LINE.fullmatch(said.strip())
    return {"page_to": found[1], "line_to": found[2]} if found else {"page_to": said.strip()}


def _write_line_or_paragraph(row: Row) -> str:
    lines = f"{row.line_from}-{row.line_to}" if row.line_to else row.line_from
    return ", ".join(part for part in (lines, f"para. {row.paragraph}" if row.paragraph else "") if part)


def _read_line_or_paragraph(said: str) -> dict:
    lines, _, rest = said.strip().partition(", ") if _PARA.search(said) else (said.strip(), "", "")
    if para := _PARA.fullmatch(rest or lines):
        return {"paragraph": para[1]} | (_read_line(lines) if rest else {})
    return _read_line(lines) if re.fullmatch(r"[\d\s:–—-]+|(?:l(?:ine)?\.?\s*)\d+", lines) else {"paragraph": lines}


def _write_pages(row: Row) -> str:
    return f"{row.page_from}-{row.page_to}" if row.page_to else row.page_from


def _read_pages(said: str) -> dict:
    found = _RANGE.fullmatch(said.strip())
    return {"page_from": found[1], "page_to": found[2]} if found else {"page_from": said.strip()}


def _write_government(row: Row) -> str:
    who = f"Govt. of {SEVERAL.join(row.on_behalf_of)}" if row.on_behalf_of else row.name or row.organization
    signed = f" [{who} (Reviewer's comment ID #: {row.reference})]" if who or row.reference else ""
    return wording.joined_remark(row.comment, row.proposed, row.reason) + signed


def _read_government(said: str) -> dict:
    found, who = _GOVERNMENT.search(said), {}
    if found:
        said, who = said[: found.start()], {"reference": found[3].strip()}
        who |= {"on_behalf_of": countries(found[2])} if found[1] else {"name": found[2]}
    return _remark(said) | who


def _remark(said: str) -> dict:
    comment, proposed, reason = wording.parted_remark(said)
    return {"comment": comment, "proposed": proposed, "reason": reason}


def _with_reason(said: str) -> dict:
    comment, reason = wording.parted_reason(said)
    return {"comment": comment, "reason": reason}


def _read_observation(said: str) -> dict:
    disposition, response = wording.parted_observation(said)
    return {"disposition": disposition, "response": response, "said_disposition": said.strip()}


def _read_type(said: str) -> dict:
    return {"type": wording.type_of(said), "said_type": said.strip()}


def _read_disposition(said: str) -> dict:
    return {"disposition": wording.disposition_of(said), "said_disposition": said.strip()}


PAIRS: dict[str, tuple[Callable[[Row], str], Callable[[str], dict]]] = {
    "body": (_write_body, _read_body),
    "name": (_write_name, _read_name),
    "behalf": (lambda row: SEVERAL.join(row.on_behalf_of), lambda said: {"on_behalf_of": countries(said)}),
    "place": (_write_place, _read_place),
    "line": (_write_line, _read_line),
    "from": (_write_from, _read_from),
    "to": (_write_to, _read_to),
    "pages": (_write_pages, _read_pages),
    "line-or-paragraph": (_write_line_or_paragraph, _read_line_or_paragraph),
    "govt": (_write_government, _read_government),
    "observation": (lambda row: wording.observation(row.disposition, row.response), _read_observation),
    "type": (lambda row: row.type, _read_type),
    "disposition": (lambda row: row.disposition, _read_disposition),
}
"""Columns that hold something else than one field of the row: how each is written, and how it is read."""


def from_cells(number: int, said: Mapping[str, str]) -> Row:
    """The row that these cells make, by the fields of their columns. Cells that say nothing leave the field empty."""
    found: dict = {}
    for field, text in said.items():
        text = "" if text.strip() in NOTHING and field in PLACES else text
        read = None if field == "name" and "behalf" in said else PAIRS[field][1] if field in PAIRS else None
        if field == "comment" and "reason" not in said:
            found |= {key: value for key, value in _remark(text).items() if value} if "proposed" not in said else _with_reason(text)
        elif read is None and field in NAMES:
            found[field] = (
                text.strip() if field not in ("comment", "proposed", "reason", "response", "quote") else text.strip("\n").rstrip()
            )
        elif read is not None and text.strip():
            found |= {key: value for key, value in read(text).items() if value}
    return Row(number, **_whole(found))


def _whole(found: dict) -> dict:
    """What is about the whole document says so in one way only."""
    pages = (found.get("page_from"), found.get("line_from", "0"))
    words = [found.get(field, "") for field in ("section", "paragraph", "figure", "mark")]
    named = next((word for word in words if word), "")
    if pages == ("0", "0") or (named and sum(map(bool, words)) == 1 and plain(named) in WHOLE_WORDS):
        emptied = dict.fromkeys(("page_from", "line_from", "page_to", "line_to", "section", "paragraph", "figure", "mark"), "")
        kept = {"section": found.get("section", "")} if pages == ("0", "0") and plain(found.get("section", "")) not in WHOLE_WORDS else {}
        return found | emptied | kept | {"scope": "whole"}
    return found


def as_cells(row: Row, template: Template, more: Mapping[str, str] | None = None) -> list[str]:
    """The cells of a row in a template; what has no column of its own goes where people would look for it.

    `more`: what only the full table holds beside the row (late, responded, withdrawn)."""
    cells = {column.field: _cell(row, column.field, template) for column in template.columns} | dict(more or {})
    if row.scope == "whole":
        if "section" in cells and "mark" not in cells:
            cells["section"] = cells["section"] or "General"
        elif "page_from" in cells and "place" in cells:
            cells["page_from"], cells["line_from"] = "0", "0"
    return [cells[column.field] for column in template.columns]


def _cell(row: Row, field: str, template: Template) -> str:
    if field == "seq":
        return str(row.number)
    if field == "mark":
        return row.mark or row.scope
    if field == "name" and template.holds("behalf"):
        return row.name
    if field == "type" and template.code.startswith("iso"):
        return row.said_type if wording.type_of(row.said_type) == row.type else wording.ISO_TYPES.get(row.type, "")
    if field == "type" and template.code == "ocs":
        return row.type.capitalize()
    if field == "comment" and not template.holds("proposed"):
        return wording.joined_remark(row.comment, row.proposed, row.reason)
    if field == "comment" and not template.holds("reason"):
        return wording.joined_remark(row.comment, "", row.reason)
    if field == "observation" and wording.parted_observation(row.said_disposition) == (row.disposition, row.response):
        return row.said_disposition
    if field in PAIRS:
        return PAIRS[field][0](row)
    return str(getattr(row, field, ""))
