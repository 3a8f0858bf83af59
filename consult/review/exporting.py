"""A round's comments as a table: one row a comment, the same columns in every form."""

import csv
import io
import json

from consult.review import queries
from consult.review.models import Round

COLUMNS = (
    "comment", "paragraph", "mark", "author", "organization", "on_behalf_of", "type", "text", "proposed_text", "quoted_text",
    "door", "entered_by", "received_at", "late", "written_at", "disposition", "response", "responded_at",
    "withdrawn_at", "see",
)  # fmt: skip
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(of: Round, *, withdrawn: bool = False) -> list[dict]:
    """Each standing comment as a mapping of COLUMNS, in reading order; instants as ISO 8601 in UTC. `withdrawn`: also those taken back."""
    return [
        {
            "comment": row.number,
            "paragraph": row.paragraph or "",
            "mark": row.mark or "whole",
            "author": row.author,
            "organization": row.organization or "",
            "on_behalf_of": row.on_behalf_of,
            "type": row.type,
            "text": row.text,
            "proposed_text": row.proposed,
            "quoted_text": row.quote,
            "door": row.door,
            "entered_by": row.entered_by or "",
            "received_at": row.received_at.isoformat(timespec="seconds"),
            "late": row.late,
            "written_at": row.written_at.isoformat(timespec="seconds") if row.written_at else "",
            "disposition": row.disposition or "",
            "response": row.response or "",
            "responded_at": row.responded_at.isoformat(timespec="seconds") if row.responded_at else "",
            "withdrawn_at": row.withdrawn_at.isoformat(timespec="seconds") if row.withdrawn_at else "",
            "see": row.see or "",
        }
        for row in queries.comments(of, withdrawn=withdrawn)
    ]


def harmless(value: object) -> object:
    """A cell no spreadsheet takes for a formula: an apostrophe before = + - @ and their full-width forms (OWASP, CSV injection).

    A cell that has such an apostrophe of its own gets another, so that taking one off gives back what was written."""
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(DANGEROUS) else value


def as_csv(table: list[dict]) -> str:
    """Comma-separated (RFC 4180), with a byte order mark so that spreadsheets read the six languages right."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    for row in table:
        writer.writerow({name: harmless({True: "yes", False: "no"}.get(v, v) if isinstance(v, bool) else v) for name, v in row.items()})
    return "\ufeff" + out.getvalue()


def as_json(table: list[dict]) -> str:
    """A list of objects."""
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


WRITERS = {"csv": as_csv, "json": as_json}
