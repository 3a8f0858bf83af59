"""Comments as plain rows, for pages, letters and exports: a long draft has thousands of them."""

from sqlalchemy import Select, and_, bindparam, case, exists, func, select, union_all
from sqlalchemy.orm import aliased

from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.people.models import Organization, Person
from consult.review.models import Answer, Comment, Placement, Response, Round, Seen, Sponsor

SEE = aliased(Comment)
SPONSOR, JOINED, ENTERER = aliased(Sponsor), aliased(Organization), aliased(Person)
AND = "; "  # between the names of those who speak together: no name has it, and many have commas
_JOINED = (
    select(JOINED.name)
    .join(SPONSOR, SPONSOR.organization_id == JOINED.id)
    .where(SPONSOR.comment_id == Comment.id)
    .order_by(SPONSOR.id)
    .correlate(Comment)
    .subquery()
)
JOINED_BY = select(func.aggregate_strings(_JOINED.c.name, AND)).scalar_subquery()
# For whom a comment speaks: whom its author named, or acts for, and every Party and organization that joined. All lists read it here.
ON_BEHALF_OF = case(
    (~exists().where(Sponsor.comment_id == Comment.id).correlate(Comment), Comment.on_behalf_of),
    else_=func.coalesce(func.nullif(Comment.on_behalf_of, ""), Organization.name, Person.name) + AND + JOINED_BY,
)
ROW = (
    Comment.id,
    Comment.number,
    Comment.round_id,
    Comment.paragraph_id,
    Comment.author_id,
    Person.name.label("author"),
    Organization.name.label("organization"),
    ON_BEHALF_OF.label("on_behalf_of"),
    Comment.type,
    Comment.text,
    Comment.html,
    Comment.proposed,
    Comment.quote,
    Comment.door,
    select(ENTERER.name).where(ENTERER.id == Comment.entered_by_id).correlate(Comment).scalar_subquery().label("entered_by"),
    Comment.received_at,
    Comment.edited_at,
    Comment.withdrawn_at,
    Comment.late,
    Comment.written_at,
    Comment.verified,
    Paragraph.mark,
    Paragraph.number.label("paragraph"),
    Paragraph.position,
    Response.disposition,
    Response.text.label("response"),
    Response.at.label("responded_at"),
    Comment.consent,
    SEE.number.label("see"),  # "see comment 14": the response stands there
)

LIKELY = aliased(Paragraph)
# Where a comment stands on a later version; for an orphan `likely_id` is the paragraph a person may find it belongs to.
PLACE = (Placement.state, Placement.confidence, Placement.paragraph_id.label("likely_id"))


def all_rows():
    """Every comment with its author, paragraph and response, still to be narrowed down."""
    return joined(select(*ROW))


def joined(wanted: Select) -> Select:
    """The tables that ROW reads from."""
    return (
        wanted.join(Person, Person.id == Comment.author_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .outerjoin(Paragraph, Paragraph.id == Comment.paragraph_id)
        .outerjoin(Response, Response.comment_id == Comment.id)
        .outerjoin(SEE, SEE.id == Response.see_id)
    )


def comments(of: Round, *, type: str = "", author: int = 0, mark: str = "", disposition: str = "", door: str = "", withdrawn: bool = False):
    """The round's comments in reading order, the whole draft first, one row each.

    Filters: type, author, paragraph mark (`whole`: none), disposition (`none`: unanswered), door.
    """
    wanted = all_rows().where(Comment.round_id == of.id)
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
    return db.session.execute(all_rows().where(Comment.id.in_(ids)).order_by(func.coalesce(Paragraph.position, -1), Comment.number)).all()


def comments_on_paragraph(paragraph_id: int | None, version_id: int):
    """Comments made on this paragraph (or, for None, on the whole of this version) and those carried to it, one row each with `state`.

    An orphan is among them when this is the likeliest place of its paragraph."""
    here = all_rows().add_columns(*PLACE)
    own = here.outerjoin(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
    carried = Placement.paragraph_id == paragraph_id if paragraph_id else Placement.paragraph_id.is_(None) & (Placement.state == "placed")
    made = (
        Comment.paragraph_id == paragraph_id
        if paragraph_id
        else Comment.paragraph_id.is_(None) & Comment.round_id.in_(select(Round.id).where(Round.version_id == version_id))
    )
    return db.session.execute(own.where(Comment.withdrawn_at.is_(None), made | carried).order_by(Comment.round_id, Comment.number)).all()


def orphans(version_id: int):
    """Comments whose paragraph was not found again in this version, one row each; `likely` is the mark of its likeliest place, if any."""
    return db.session.execute(
        all_rows()
        .add_columns(*PLACE, LIKELY.mark.label("likely"))
        .join(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
        .outerjoin(LIKELY, LIKELY.id == Placement.paragraph_id)
        .where(Placement.state == "orphaned", Comment.withdrawn_at.is_(None))
        .order_by(Comment.round_id, Comment.number)
    ).all()


def _ids_on_version():
    """The numbers of the comments made on a version or carried to it; each of the two is found by an index."""
    made = select(Comment.id).join(Round, Round.id == Comment.round_id).where(Round.version_id == bindparam("version"))
    return union_all(made, select(Placement.comment_id).where(Placement.version_id == bindparam("version")))


# Asked for every page of a long text, so they are put together once.
ALL_ON_VERSION = (
    all_rows()
    .add_columns(func.coalesce(Placement.paragraph_id, Comment.paragraph_id).label("at_id"), *PLACE)
    .outerjoin(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == bindparam("version")))
    .where(Comment.withdrawn_at.is_(None), Comment.id.in_(_ids_on_version()))
    .order_by(Comment.round_id, Comment.number)
)
UNREAD_ON_VERSION = select(Comment.id).where(
    Comment.withdrawn_at.is_(None),
    Comment.id.in_(_ids_on_version()),
    Comment.id.not_in(
        select(Seen.comment_id).where(Seen.person_id == bindparam("person"))
    ),  # one look-up, however little is known of the table
)
ANSWER_ROW = (
    select(
        Answer.id,
        Answer.comment_id,
        Answer.author_id,
        Person.name.label("author"),
        Answer.text,
        Answer.html,
        Answer.door,
        Answer.received_at,
    )
    .join(Person, Person.id == Answer.author_id)
    .where(Answer.withdrawn_at.is_(None))
    .order_by(Answer.id)
)
ANSWERS_ON_VERSION = ANSWER_ROW.where(Answer.comment_id.in_(_ids_on_version()))


def all_on_version(version_id: int):
    """Every standing comment of this version, made there or carried there, with `at_id` its paragraph there, `state` and `confidence`."""
    return db.session.execute(ALL_ON_VERSION, {"version": version_id}).all()


def unread_on_version(person_id: int, version_id: int) -> list[int]:
    """The standing comments of this version that the person has not read yet."""
    return list(db.session.scalars(UNREAD_ON_VERSION, {"person": person_id, "version": version_id}))


def answers(comment_ids: list[int]) -> dict[int, list]:
    """The standing answers under each of those comments, one row each (author, text, html, door, received_at)."""
    return _by_comment(db.session.execute(ANSWER_ROW.where(Answer.comment_id.in_(comment_ids))))


def answers_made(comment_ids: list[int]) -> dict[int, int]:
    """How many standing answers each of those comments has; one that has none is left out."""
    counted = select(Answer.comment_id, func.count()).where(Answer.comment_id.in_(comment_ids), Answer.withdrawn_at.is_(None))
    return dict(db.session.execute(counted.group_by(Answer.comment_id)).all())


def answers_on_version(version_id: int) -> dict[int, list]:
    """The standing answers under each comment of this version."""
    return _by_comment(db.session.execute(ANSWERS_ON_VERSION, {"version": version_id}))


def _by_comment(rows) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


def wordings(version_id: int):
    """Every standing comment with a proposed wording on this version, made there or carried there: `at_id` its paragraph there and `stood`
    that paragraph's words, `was` the words that the wording was proposed for."""
    there = aliased(Paragraph)
    at = func.coalesce(Placement.paragraph_id, Comment.paragraph_id)
    wanted = (
        all_rows()
        .add_columns(at.label("at_id"), Paragraph.text.label("was"), there.text.label("stood"), Placement.state)
        .outerjoin(Placement, and_(Placement.comment_id == Comment.id, Placement.version_id == version_id))
        .join(there, there.id == at)
        .where(Comment.withdrawn_at.is_(None), Comment.proposed != "", Comment.id.in_(_ids_on_version()))
        .where(func.coalesce(Placement.state, "placed") != "orphaned")
        .order_by(there.position, Comment.round_id, Comment.number)
    )
    return db.session.execute(wanted, {"version": version_id}).all()
