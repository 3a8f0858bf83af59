"""Reading rounds, comments and where they stand."""

from datetime import datetime

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from consult.drafts.models import Draft, Paragraph, Version
from consult.errors import NotFound
from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_
from consult.people.models import Organization, Person
from consult.review import rules
from consult.review.models import Answer, Comment, Invitation, Placement, Response, Round, Seen


def get_round(group_id: int, round_id: int) -> Round:
    """The round of that number in that group, with its version and draft."""
    found = db.session.scalar(
        select(Round)
        .where(Round.id == round_id, Round.group_id == group_id)
        .options(joinedload(Round.version).joinedload(Version.draft))
    )
    if found is None:
        raise NotFound(N_("There is no such round in this group."))
    return found


def state(of: Round, now: datetime | None = None) -> str:
    """`planned`, `open` or `closed`."""
    return rules.state(of.opens_at, of.closes_at, of.closed_at, now or clock.now())


def rounds_of_group(group_id: int) -> list[Round]:
    """The group's rounds, the newest first."""
    return list(
        db.session.scalars(
            select(Round)
            .where(Round.group_id == group_id)
            .options(joinedload(Round.version).joinedload(Version.draft))
            .order_by(Round.opens_at.desc(), Round.id.desc())
        )
    )


def all_rounds() -> list[Round]:
    """Every round of the installation, the newest first."""
    return list(
        db.session.scalars(
            select(Round).options(joinedload(Round.version).joinedload(Version.draft)).order_by(Round.id.desc())
        )
    )


def rounds_of_draft(draft_id: int) -> list[Round]:
    """The rounds on any version of a draft, the newest first."""
    return list(
        db.session.scalars(
            select(Round).join(Version).where(Version.draft_id == draft_id).options(joinedload(Round.version)).order_by(Round.id.desc())
        )
    )


def rounds_on(version_id: int) -> list[Round]:
    """The rounds on one version, the newest first."""
    return list(db.session.scalars(select(Round).where(Round.version_id == version_id).order_by(Round.opens_at.desc(), Round.id.desc())))


def current_round(version_id: int, now: datetime | None = None) -> Round | None:
    """The round that is open on this version, or the one that was last."""
    found = rounds_on(version_id)
    return next((r for r in found if state(r, now) == "open"), found[0] if found else None)


def invited(round_id: int, person_id: int) -> bool:
    """Whether that person was asked."""
    return db.session.scalar(select(exists().where(Invitation.round_id == round_id, Invitation.person_id == person_id)))


def open_rounds_of(person_id: int, now: datetime | None = None) -> list[Round]:
    """The rounds that wait for this person, the nearest deadline first."""
    now = now or clock.now()
    return list(
        db.session.scalars(
            select(Round)
            .join(Invitation)
            .where(Invitation.person_id == person_id, Round.opened_at.is_not(None), Round.closed_at.is_(None), Round.closes_at > now)
            .options(joinedload(Round.version).joinedload(Version.draft))
            .order_by(Round.closes_at)
        )
    )


def silent(of: Round) -> list[Invitation]:
    """Invited people who have said nothing in the round yet."""
    spoke = exists().where(Comment.round_id == of.id, Comment.author_id == Invitation.person_id, Comment.withdrawn_at.is_(None))
    return list(db.session.scalars(select(Invitation).where(Invitation.round_id == of.id, ~spoke).order_by(Invitation.id)))


def get_comment(round_id: int, number: int) -> Comment:
    """A comment by its number in the round, with its thread and response."""
    found = db.session.scalar(
        select(Comment)
        .where(Comment.round_id == round_id, Comment.number == number)
        .options(joinedload(Comment.paragraph), joinedload(Comment.response), selectinload(Comment.answers), selectinload(Comment.revisions))
    )
    if found is None:
        raise NotFound(N_("There is no comment with this number in the round."))
    return found


def find_by_once(once: str) -> Comment | None:
    """The comment that this submission or letter already became."""
    return db.session.scalar(select(Comment).where(Comment.once == once))


# One row a comment, as pages, letters and exports read them: plain columns, because a long draft has thousands.
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


def counts_by_paragraph(version_id: int) -> dict[int | None, int]:
    """How many standing comments each paragraph of the version has, made there or carried there; None: the whole draft."""
    made = (
        select(Comment.paragraph_id, func.count())
        .join(Round, Round.id == Comment.round_id)
        .where(Round.version_id == version_id, Comment.withdrawn_at.is_(None))
        .group_by(Comment.paragraph_id)
    )
    carried = (
        select(Placement.paragraph_id, func.count())
        .join(Comment, Comment.id == Placement.comment_id)
        .where(Placement.version_id == version_id, Placement.state != "orphaned", Comment.withdrawn_at.is_(None))
        .group_by(Placement.paragraph_id)
    )
    counts: dict[int | None, int] = {}
    for paragraph_id, count in [*db.session.execute(made), *db.session.execute(carried)]:
        counts[paragraph_id] = counts.get(paragraph_id, 0) + count
    return counts


def answers(comment_ids: list[int]) -> dict[int, list]:
    """The standing answers under each of those comments, one row each (author, text, html, door, received_at)."""
    found: dict[int, list] = {}
    rows = db.session.execute(
        select(Answer.id, Answer.comment_id, Answer.author_id, Person.name.label("author"), Answer.text, Answer.html, Answer.door, Answer.received_at)
        .join(Person, Person.id == Answer.author_id)
        .where(Answer.comment_id.in_(comment_ids), Answer.withdrawn_at.is_(None))
        .order_by(Answer.id)
    )
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return found


def seen(person_id: int, comment_ids: list[int]) -> set[int]:
    """Which of those comments the person has read already."""
    return set(db.session.scalars(select(Seen.comment_id).where(Seen.person_id == person_id, Seen.comment_id.in_(comment_ids))))


def progress(of: Round) -> dict[str, int]:
    """How far the round is: invited, spoke, comments, answered."""
    standing = (Comment.round_id == of.id) & Comment.withdrawn_at.is_(None)
    total, authors = db.session.execute(select(func.count(), func.count(Comment.author_id.distinct())).where(standing)).one()
    answered = db.session.scalar(select(func.count()).select_from(Response).join(Comment).where(standing))
    asked = db.session.scalar(select(func.count()).where(Invitation.round_id == of.id))
    return {"invited": asked, "spoke": authors, "comments": total, "answered": answered}


def draft_of(of: Round) -> Draft:
    """The draft the round is about."""
    return of.version.draft
