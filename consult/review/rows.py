"""Comments as plain rows, for pages, letters and exports: a long draft has thousands of them."""

from sqlalchemy import and_, func, select

from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.people.models import Organization, Person
from consult.review.models import Comment, Placement, Response, Round

ROW = (
    Comment.id,
    Comment.number,
    Comment.round_id,
    Comment.paragraph_id,
    Comment.author_id,
    Person.name.label("author"),
    Organization.name.label("organization"),
    Comment.on_behalf_of,
    Comment.type,
    Comment.text,
    Comment.html,
    Comment.proposed,
    Comment.quote,
    Comment.door,
    Comment.received_at,
    Comment.edited_at,
    Comment.withdrawn_at,
    Comment.late,
    Comment.verified,
    Paragraph.mark,
    Paragraph.number.label("paragraph"),
    Paragraph.position,
    Response.disposition,
    Response.text.label("response"),
    Response.at.label("responded_at"),
)


def _rows():
    return (
        select(*ROW)
        .join(Person, Person.id == Comment.author_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .outerjoin(Response, Response.comment_id == Comment.id)
    )


def comments(of: Round, *, type: str = "", author: int = 0, mark: str = "", disposition: str = "", door: str = "", withdrawn: bool = False):
    """The round's comments in reading order (whole draft first), one row each; filters by type, author, paragraph mark, disposition (`none`: unanswered), door."""
    wanted = _rows().where(Comment.round_id == of.id)
    if not withdrawn:
        wanted = wanted.where(Comment.withdrawn_at.is_(None))
    if type:
        wanted = wanted.where(Comment.type == type)
    if author:
        wanted = wanted.where(Comment.author_id == author)
    if mark == "whole":
        wanted = wanted.where(Comment.paragraph_id.is_(None))
    elif mark:
        wanted = wanted.where(Paragraph.mark == mark)
    if disposition == "none":
        wanted = wanted.where(Response.id.is_(None))
    elif disposition:
        wanted = wanted.where(Response.disposition == disposition)
    if door:
        wanted = wanted.where(Comment.door == door)
    return db.session.execute(wanted.order_by(func.coalesce(Paragraph.position, -1), Comment.number)).all()


def comments_by_ids(ids: list[int]):
    """Those comments, one row each, in reading order."""
    return db.session.execute(_rows().where(Comment.id.in_(ids)).order_by(func.coalesce(Paragraph.position, -1), Comment.number)).all()


def comments_on_paragraph(paragraph_id: int | None, version_id: int):
    """Comments made on this paragraph (or, for None, on the whole of this version) and those carried to it, one row each with `state`."""
    here = _rows().add_columns(Placement.state, Placement.confidence)
    own = here.outerjoin(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
    carried = Placement.paragraph_id == paragraph_id if paragraph_id else Placement.paragraph_id.is_(None) & (Placement.state == "placed")
    made = (
        Comment.paragraph_id == paragraph_id
        if paragraph_id
        else Comment.paragraph_id.is_(None) & Comment.round_id.in_(select(Round.id).where(Round.version_id == version_id))
    )
    return db.session.execute(own.where(Comment.withdrawn_at.is_(None), made | carried).order_by(Comment.round_id, Comment.number)).all()


def orphans(version_id: int):
    """Comments whose paragraph is gone from this version, one row each."""
    return db.session.execute(
        _rows()
        .join(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
        .where(Placement.state == "orphaned", Comment.withdrawn_at.is_(None))
        .order_by(Comment.round_id, Comment.number)
    ).all()


def all_on_version(version_id: int):
    """Every standing comment that belongs to this version, made or carried, with `at_id` its paragraph there, `state` and `confidence`, in reading order."""
    at = func.coalesce(Placement.paragraph_id, Comment.paragraph_id)
    return db.session.execute(
        _rows()
        .add_columns(at.label("at_id"), Placement.state, Placement.confidence)
        .join(Round, Round.id == Comment.round_id)
        .outerjoin(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
        .where(Comment.withdrawn_at.is_(None), (Round.version_id == version_id) | Placement.id.is_not(None))
        .order_by(Comment.round_id, Comment.number)
    ).all()
