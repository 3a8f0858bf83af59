"""Reading rounds, comments and where they stand."""

from datetime import datetime

from sqlalchemy import bindparam, func, literal, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from consult.drafts import queries as drafts
from consult.drafts.models import Draft, Version
from consult.errors import NotFound
from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_
from consult.people.models import Person
from consult.review import rules
from consult.review.guests import ASKED
from consult.review.models import Answer, Comment, Invitation, Placement, Response, Round, Seen, Sponsor
from consult.review.rows import (  # noqa: F401 - read here with the rest
    all_on_version,
    answers,
    answers_made,
    answers_on_version,
    comments,
    comments_by_ids,
    comments_on_paragraph,
    orphans,
    unread_on_version,
)
from consult.review.speaking import spoke

NEWER = aliased(Version)
INVITED = select(Invitation.id).where(Invitation.round_id == bindparam("round"), Invitation.person_id == bindparam("person"), ASKED)
ONCE = select(Comment.once, Comment.id).where(Comment.once.in_(bindparam("once", expanding=True)))


# Asked for every page of a text, so they are put together once.
PUBLISHED = (
    select(
        Version, Round, select(func.max(NEWER.number)).where(NEWER.draft_id == Draft.id, NEWER.published_at.is_not(None)).scalar_subquery()
    )
    .join(Version.draft)
    .outerjoin(Round, Round.version_id == Version.id)
    .where(Draft.group_id == bindparam("group"), Draft.slug == bindparam("slug"))
    .where(Version.number == bindparam("number"), Version.published_at.is_not(None))
    .options(contains_eager(Version.draft))
    .order_by(Round.opens_at.desc(), Round.id.desc())
)
ROUNDS_ON = select(Round).where(Round.version_id == bindparam("version")).order_by(Round.opens_at.desc(), Round.id.desc())
MADE = (
    select(Comment.paragraph_id, literal("").label("state"), func.count())
    .join(Round, Round.id == Comment.round_id)
    .where(Round.version_id == bindparam("version"), Comment.withdrawn_at.is_(None))
    .group_by(Comment.paragraph_id)
)
CARRIED = (
    select(Placement.paragraph_id, Placement.state, func.count())
    .join(Comment, Comment.id == Placement.comment_id)
    .where(Placement.version_id == bindparam("version"), Comment.withdrawn_at.is_(None))
    .group_by(Placement.paragraph_id, Placement.state)
)
COUNTS = union_all(MADE, CARRIED)


def published(group_id: int, slug: str, number: int) -> tuple[Version, Round | None, int]:
    """The published version of that address with its draft, its current round, and the number of the newest version.

    NotFound says what is missing.
    """
    found = db.session.execute(PUBLISHED, {"group": group_id, "slug": slug, "number": number}).all()
    if not found:
        return drafts.published(drafts.draft(group_id, slug), number), None, number
    return found[0][0], _current([row[1] for row in found if row[1]]), found[0][2]


def get_round(group_id: int, round_id: int) -> Round:
    """The round of that number in that group, with its version and draft."""
    found = db.session.scalar(
        select(Round).where(Round.id == round_id, Round.group_id == group_id).options(joinedload(Round.version).joinedload(Version.draft))
    )
    if found is None:
        raise NotFound(N_("There is no such round in this group."))
    return found


def state(of: Round, now: datetime | None = None) -> str:
    """`planned`, `open` or `closed`."""
    return rules.state(of.opens_at, of.closes_at, of.closed_at, now or clock.now())


def states(round_ids: set[int]) -> dict[int, str]:
    """The state of each of those rounds."""
    return {each.id: state(each) for each in db.session.scalars(select(Round).where(Round.id.in_(round_ids)))} if round_ids else {}


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
    return list(db.session.scalars(select(Round).options(joinedload(Round.version).joinedload(Version.draft)).order_by(Round.id.desc())))


def rounds_of_draft(draft_id: int) -> list[Round]:
    """The rounds on any version of a draft, the newest first."""
    return list(
        db.session.scalars(
            select(Round).join(Version).where(Version.draft_id == draft_id).options(joinedload(Round.version)).order_by(Round.id.desc())
        )
    )


def rounds_on(version_id: int) -> list[Round]:
    """The rounds on one version, the newest first."""
    return list(db.session.scalars(ROUNDS_ON, {"version": version_id}))


def current_round(version_id: int, now: datetime | None = None) -> Round | None:
    """The round that is open on this version, or the one that was last."""
    return _current(rounds_on(version_id), now)


def _current(rounds: list[Round], now: datetime | None = None) -> Round | None:
    return next((r for r in rounds if state(r, now) == "open"), rounds[0] if rounds else None)


def invited(round_id: int, person_id: int) -> bool:
    """Whether that person was asked."""
    return db.session.scalar(INVITED, {"round": round_id, "person": person_id}) is not None


def open_rounds_of(person_id: int, now: datetime | None = None) -> list[Round]:
    """The rounds that wait for this person, the nearest deadline first."""
    now = now or clock.now()
    return list(
        db.session.scalars(
            select(Round)
            .join(Invitation)
            .where(Invitation.person_id == person_id, ASKED, Round.opened_at.is_not(None), Round.closed_at.is_(None), Round.closes_at > now)
            .options(joinedload(Round.version).joinedload(Version.draft))
            .order_by(Round.closes_at)
        )
    )


def silent(of: Round) -> list[Invitation]:
    """Invited people who have said nothing in the round yet."""
    waiting = select(Invitation).where(Invitation.round_id == of.id, ASKED, ~spoke(of.id)).order_by(Invitation.id)
    return list(db.session.scalars(waiting.execution_options(populate_existing=True)))


def get_comment(round_id: int, number: int) -> Comment:
    """A comment by its number in the round, with its thread and response."""
    found = db.session.scalar(
        select(Comment)
        .where(Comment.round_id == round_id, Comment.number == number)
        .options(
            joinedload(Comment.paragraph), joinedload(Comment.response), selectinload(Comment.answers), selectinload(Comment.revisions)
        )
    )
    if found is None:
        raise NotFound(N_("There is no comment with this number in the round."))
    return found


def find_by_once(once: str) -> Comment | None:
    """The comment that this submission or letter already became."""
    return known_by_once([once]).get(once)


def known_by_once(once: list[str]) -> dict[str, Comment]:
    """The comments that these submissions already became."""
    rows = db.session.execute(ONCE, {"once": once}).all() if once else []
    return {each: db.session.get(Comment, number) for each, number in rows}


def counts(version_id: int) -> tuple[dict[int | None, int], dict[int | None, int]]:
    """How many standing comments each paragraph of the version has (None: the whole draft), and how many have lost their paragraph
    and are perhaps about it (None: about none)."""
    found, lost = {}, {}
    for paragraph_id, state, count in db.session.execute(COUNTS, {"version": version_id}).all():
        if state == "orphaned":
            lost[paragraph_id] = lost.get(paragraph_id, 0) + count
        else:
            found[paragraph_id] = found.get(paragraph_id, 0) + count
    return found, lost


def counts_by_paragraph(version_id: int) -> dict[int | None, int]:
    """How many standing comments each paragraph of the version has, made there or carried there; None: the whole draft."""
    return counts(version_id)[0]


def has_joined(comment_id: int, organization_id: int) -> bool:
    """Whether that Party or organization has joined that comment."""
    asked = select(Sponsor.id).where(Sponsor.comment_id == comment_id, Sponsor.organization_id == organization_id)
    return db.session.scalar(asked) is not None


def seen(person_id: int, comment_ids: list[int]) -> set[int]:
    """Which of those comments the person has read already."""
    return set(db.session.scalars(select(Seen.comment_id).where(Seen.person_id == person_id, Seen.comment_id.in_(comment_ids))))


def unread(person_id: int, comment_ids: list[int]) -> list[int]:
    """Which of those comments the person has not read, or not since something new was said below them."""
    when = dict(
        db.session.execute(select(Seen.comment_id, Seen.at).where(Seen.person_id == person_id, Seen.comment_id.in_(comment_ids))).all()
    )
    said = select(Answer.comment_id, Answer.received_at).where(Answer.comment_id.in_(comment_ids))
    responded = select(Response.comment_id, Response.at).where(Response.comment_id.in_(comment_ids))
    newer = {row[0] for row in [*db.session.execute(said), *db.session.execute(responded)] if row[0] in when and row[1] > when[row[0]]}
    return [each for each in comment_ids if each not in when or each in newer]


def progress(of: Round) -> dict[str, int]:
    """How far the round is: invited, spoke, comments, answered."""
    standing = (Comment.round_id == of.id) & Comment.withdrawn_at.is_(None)
    total, authors = db.session.execute(select(func.count(), func.count(Comment.author_id.distinct())).where(standing)).one()
    answered = db.session.scalar(
        select(func.count()).select_from(Response).join(Comment, Comment.id == Response.comment_id).where(standing)
    )
    asked = db.session.scalar(select(func.count()).where(Invitation.round_id == of.id, ASKED))
    return {"invited": asked, "spoke": authors, "comments": total, "answered": answered}


def authors(of: Round) -> list[tuple[int, str]]:
    """Who has commented in the round: number and name, by name."""
    spoke = select(Comment.author_id).where(Comment.round_id == of.id, Comment.withdrawn_at.is_(None))
    return [tuple(row) for row in db.session.execute(select(Person.id, Person.name).where(Person.id.in_(spoke)).order_by(Person.name))]


def placements(comment_id: int) -> list[Placement]:
    """Where a comment stands on each later version, in the order of the versions."""
    return list(
        db.session.scalars(
            select(Placement)
            .where(Placement.comment_id == comment_id)
            .options(joinedload(Placement.version), joinedload(Placement.paragraph))
            .order_by(Placement.version_id)
        )
    )


def next_without_response(round_id: int, number: int) -> Comment | None:
    """The comment after this one, in the order of their numbers, that has no response yet."""
    unanswered = (
        select(Comment)
        .outerjoin(Response, Response.comment_id == Comment.id)
        .where(Comment.round_id == round_id, Comment.withdrawn_at.is_(None), Response.id.is_(None))
    )
    return db.session.scalar(unanswered.where(Comment.number > number).order_by(Comment.number).limit(1)) or db.session.scalar(
        unanswered.order_by(Comment.number).limit(1)
    )
