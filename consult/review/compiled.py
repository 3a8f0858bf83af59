"""What of a round may be published: its comments in reading order with their responses, each as its author allows it."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.review.models import Comment, Response, Round
from consult.review.rows import all_rows

ASKED = aliased(Round)
# By which deadline it came: the original one, the extended one, or neither.
CAME = case((Comment.received_at <= ASKED.first_closes_at, "in-time"), (Comment.received_at <= ASKED.closes_at, "extended"), else_="late")


def rows(of: Round, first: int = 0, count: int | None = None, came: str = ""):
    """The standing comments that may be published, `count` of them from the place `first`; `came`: in-time, extended or late only.

    One row each, as review.rows has them, with `came` and the kind, printed number and text of the paragraph.
    """
    wanted = all_rows().add_columns(CAME.label("came"), Paragraph.kind, Paragraph.printed, Paragraph.text.label("paragraph_text"))
    wanted = wanted.join(ASKED, ASKED.id == Comment.round_id).where(
        Comment.round_id == of.id, Comment.withdrawn_at.is_(None), Comment.consent != "withheld"
    )
    if came:
        wanted = wanted.where(CAME.op("=")(came))
    wanted = wanted.order_by(func.coalesce(Paragraph.position, -1), Comment.number)
    return db.session.execute(wanted.offset(first).limit(count)).all()


def counts(of: Round) -> dict[str, int]:
    """How many standing comments there are in `total`, how many may be published of those that came `in-time`, `extended` and `late`,
    how many are `withheld`, and how many of all have no response (`unanswered`)."""
    each = (
        select(CAME.label("came"), (Comment.consent == "withheld").label("withheld"), Response.id.is_(None).label("unanswered"))
        .join(ASKED, ASKED.id == Comment.round_id)
        .outerjoin(Response, Response.comment_id == Comment.id)
        .where(Comment.round_id == of.id, Comment.withdrawn_at.is_(None))
        .subquery()
    )
    found = {"in-time": 0, "extended": 0, "late": 0, "withheld": 0, "unanswered": 0, "total": 0}
    for came, withheld, unanswered, count in db.session.execute(select(*each.c, func.count()).group_by(*each.c)):
        found["withheld" if withheld else came] += count
        found["unanswered"] += count if unanswered else 0
        found["total"] += count
    return found
