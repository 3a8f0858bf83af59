"""Reading files of comments and their rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, or_, select

from consult.drafts.models import Paragraph
from consult.errors import NotFound
from consult.exchange.models import Import, ImportRow
from consult.extensions import db
from consult.kit.words import N_
from consult.people.models import Organization, Person
from consult.review.models import Comment

ROW = (
    ImportRow.id, ImportRow.number, ImportRow.said, ImportRow.how, ImportRow.certainty, ImportRow.problem, ImportRow.state,
    ImportRow.paragraph_id, ImportRow.comment_id, Paragraph.mark, Paragraph.text, Comment.number.label("comment"),
)  # fmt: skip


def get(round_id: int, import_id: int) -> Import:
    """The file of that number in that round."""
    found = db.session.get(Import, import_id)
    if found is None or found.round_id != round_id:
        raise NotFound(N_("There is no such file in this round."))
    return found


def imports(round_id: int, by_id: int | None = None) -> list[Import]:
    """The files brought to a round, the newest first; those of one person if asked."""
    wanted = select(Import).where(Import.round_id == round_id, Import.state != "dropped").order_by(Import.id.desc())
    return list(db.session.scalars(wanted.where(Import.by_id == by_id) if by_id else wanted))


def waiting_of(person_id: int) -> int:
    """How many files of this person are still to be read or entered."""
    wanted = select(func.count()).where(Import.by_id == person_id, Import.state.in_(("waiting", "wanted")))
    return db.session.scalar(wanted)


def due(state: str, now: datetime, only: int | None = None):
    """The file in that state whose turn it is, with nobody else at it until this transaction ends."""
    free = or_(Import.leased_until.is_(None), Import.leased_until < now)
    wanted = select(Import).where(Import.state == state, free).order_by(Import.id).limit(1)
    if only is not None:
        wanted = wanted.where(Import.id == only)
    return wanted.with_for_update(skip_locked=True, of=Import.__table__)


def counts(import_id: int) -> dict[str, int]:
    """How many rows are in which state."""
    return dict(
        db.session.execute(select(ImportRow.state, func.count()).where(ImportRow.import_id == import_id).group_by(ImportRow.state)).all()
    )


def responses(import_id: int) -> int:
    """How many rows say what became of them; counted in Python, because JSON is asked differently by each database."""
    said = db.session.scalars(select(ImportRow.said).where(ImportRow.import_id == import_id))
    return sum(1 for each in said if each.get("disposition"))


def rows(import_id: int, state: str = "", first: int = 0, count: int = 50) -> Sequence[Row]:
    """The rows in their order, `count` of them from the place `first`; of one state if asked."""
    wanted = (
        select(*ROW)
        .outerjoin(Paragraph, Paragraph.id == ImportRow.paragraph_id)
        .outerjoin(Comment, Comment.id == ImportRow.comment_id)
        .where(ImportRow.import_id == import_id)
    )
    if state:
        wanted = wanted.where(ImportRow.state == state)
    return db.session.execute(wanted.order_by(ImportRow.number).offset(first).limit(count)).all()


def row(of: Import, number: int) -> ImportRow:
    """One row by its number in the file."""
    found = db.session.scalar(select(ImportRow).where(ImportRow.import_id == of.id, ImportRow.number == number))
    if found is None:
        raise NotFound(N_("The file has no row %(number)s."), number=number)
    return found


def last_number(import_id: int) -> int:
    """The last row that is kept already; -1 when there is none."""
    found = db.session.scalar(select(func.max(ImportRow.number)).where(ImportRow.import_id == import_id))
    return -1 if found is None else found


def standing(round_id: int) -> Sequence[Row]:
    """The standing comments of a round, as far as it takes to find the same remark in a file."""
    wanted = (
        select(
            Comment.id, Comment.paragraph_id, Comment.text, Comment.proposed, Comment.reason, Comment.location, Comment.on_behalf_of,
            Person.name, Organization.name.label("organization"), Organization.iso,
        )
        .join(Person, Person.id == Comment.author_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Comment.round_id == round_id, Comment.withdrawn_at.is_(None))
    )  # fmt: skip
    return db.session.execute(wanted)


def known_by_once(once: list[str]) -> dict[str, int]:
    """The comments that these rows already became."""
    return dict(db.session.execute(select(Comment.once, Comment.id).where(Comment.once.in_(once))).all()) if once else {}
