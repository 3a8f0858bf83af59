"""The comments of a round as rows of the one row format, in reading order, streamed: what a file brought goes out as it came in."""

from collections.abc import Iterator

from sqlalchemy import bindparam, func, select

from consult.drafts.models import Paragraph
from consult.exchange.cells import countries
from consult.exchange.models import ImportRow
from consult.exchange.placing import normal
from consult.exchange.rows import Row
from consult.extensions import db
from consult.people.models import Organization, Person
from consult.review.models import Comment, Response, Round
from consult.review.rows import ON_BEHALF_OF, SEE

PORTION = 500
PLACE = ("section", "paragraph", "sentence", "page_from", "line_from", "page_to", "line_to", "figure", "scope", "batch")
_COLUMNS = (
    Comment.id, Comment.number, Comment.paragraph_id, Comment.type, Comment.text, Comment.proposed, Comment.quote, Comment.door,
    ON_BEHALF_OF.label("on_behalf_of"), Comment.received_at, Comment.late, Comment.written_at,
    Comment.withdrawn_at, Comment.reason, Comment.reference,
    Comment.capacity, Comment.language, Comment.entered_by_id, Person.name.label("author"), Organization.name.label("organization"),
    Paragraph.mark, Paragraph.number.label("printed_number"), Paragraph.kind, Paragraph.text.label("paragraph_text"),
    Response.disposition, Response.text.label("response"), Response.at.label("responded_at"), SEE.number.label("see"), ImportRow.said,
    ImportRow.paragraph_id.label("placed_on"),
)  # fmt: skip


def rows(of: Round, *, withdrawn: bool = False) -> Iterator[tuple[Row, dict[str, str]]]:
    """Each standing comment as a row, with what only the full table tells of it (late, responded, withdrawn)."""
    ordered = (
        select(Comment.id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .where(Comment.round_id == of.id)
        .order_by(func.coalesce(Paragraph.position, -1), Comment.number)
    )
    if not withdrawn:
        ordered = ordered.where(Comment.withdrawn_at.is_(None))
    ids = list(db.session.scalars(ordered))
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        found = {row.id: row for row in db.session.execute(_WANTED, {"ids": portion})}
        yield from ((as_row(found[each]), _more(found[each])) for each in portion)


_WANTED = (
    select(*_COLUMNS)
    .join(Person, Person.id == Comment.author_id)
    .outerjoin(Organization, Organization.id == Person.organization_id)
    .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
    .outerjoin(Response, Response.comment_id == Comment.id)
    .outerjoin(SEE, SEE.id == Response.see_id)
    .outerjoin(ImportRow, (ImportRow.comment_id == Comment.id) & (ImportRow.state == "taken"))
    .where(Comment.id.in_(bindparam("ids", expanding=True)))
)


def _more(found) -> dict[str, str]:
    return {
        "late": "written in time" if found.written_at else "yes" if found.late else "no",
        "responded": found.responded_at.isoformat(timespec="seconds") if found.responded_at else "",
        "withdrawn": found.withdrawn_at.isoformat(timespec="seconds") if found.withdrawn_at else "",
    }


def as_row(found) -> Row:
    """One comment: where it is now, what it says now, and the rest as its file had it."""
    said = found.said or {}
    place = {name: said[name] for name in PLACE if name in said}
    if found.paragraph_id != found.placed_on or not said:
        place = {name: text for name, text in place.items() if name not in ("paragraph", "scope")} | _place(found)
    return Row(
        found.number, reference=found.reference, address=said.get("address", ""), capacity=found.capacity, language=found.language,
        mark=found.mark or "", quote=found.quote, type=found.type, said_type=said.get("said_type", ""), comment=found.text,
        proposed=found.proposed, reason=found.reason, disposition=found.disposition or "",
        said_disposition=said.get("said_disposition", ""), response=_response(found), see=str(found.see or ""),
        date=found.received_at.isoformat(timespec="seconds"), door=found.door, **place, **_who(found, said),
    )  # fmt: skip


def _who(found, said: dict) -> dict:
    """Who says it. What an officer entered from a file is said by whom the file names, not by the officer."""
    named = tuple(said.get("on_behalf_of", ()))
    behalf = named if "; ".join(named) == found.on_behalf_of else countries(found.on_behalf_of)  # others may have joined since
    if not said or found.entered_by_id is not None:
        return {"on_behalf_of": countries(found.on_behalf_of), "name": found.author, "organization": found.organization or ""}
    if found.on_behalf_of in (said.get("name"), said.get("organization")) and "on_behalf_of" not in said:
        behalf = ()
    named = said.get("name", "") or ("" if behalf or said.get("organization") else found.author)
    return {"on_behalf_of": behalf, "name": named, "organization": said.get("organization", "")}


def _response(found) -> str:
    return found.response or (f"See comment {found.see}" if found.see else "")


def _place(found) -> dict[str, str]:
    """Where a comment stands, for templates that know no marks: its number, or its mark where the number is not enough."""
    if found.mark is None:
        return {"scope": "whole"} if not found.said else {}
    place = found.printed_number if found.printed_number and normal(found.printed_number) == normal(found.mark) else f"[{found.mark}]"
    return {"paragraph": place} | ({"section": found.paragraph_text[:100]} if found.kind == "heading" else {})
