"""The compilation of a round: publishing it, and reading it section by section. Its verb is called through `actions`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.drafts.queries import headings
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.papers import rules
from consult.people.models import Person
from consult.people.queries import may, require
from consult.review import compiled
from consult.review import queries as review
from consult.review.models import Comment, Response, Round


@dataclass(frozen=True)
class Entry:
    """One published comment as it is read: its row, the heading it stands under (only where that is another than before), and whether
    its paragraph is another than that of the comment before."""

    row: object
    section: str | None
    place: bool

    @property
    def named(self) -> bool:
        """Whether its author's name may be read."""
        return self.row.consent == "named"


def publish_compilation(of: Round, *, as_received: bool = False, by: Person, door: str, at: datetime | None = None) -> None:
    """Publish the comments of a closed round with the responses to them, and tell everybody concerned.

    `as_received`: also while comments have no response yet. Once all have one it can be published again, with them.
    """
    require(by, "compilation.publish", of.group_id)
    at = at or clock.now()
    db.session.refresh(of, ["closed_at", "compiled_at", "answered_at"], with_for_update={"of": Round})
    counts = compiled.counts(of)
    rules.check_compile(review.state(of, at), counts["total"], counts["unanswered"], as_received)
    rules.check_anew(of.compiled_at, may_anew(of))
    of.compiled_at = at
    if not counts["unanswered"]:
        of.answered_at = of.answered_at or at
    told = {"title": of.title, "count": counts["total"], "unanswered": counts["unanswered"], "round_id": of.id}
    record("round.compiled", door=door, actor=by, group_id=of.group_id, subject=of, at=at, **told)


def readable(of: Round, person: Person) -> bool:
    """Whether the compilation is there for this reader: once published for everybody, before that for whoever publishes it."""
    return of.compiled_at is not None or may(person, "compilation.publish", of.group_id)


def may_anew(of: Round) -> bool:
    """Whether responses have been given since the compilation was published."""
    responded = _responded_at(of)
    return of.compiled_at is not None and responded is not None and responded > of.compiled_at


def _responded_at(of: Round) -> datetime | None:
    return db.session.scalar(
        select(func.max(Response.at)).join(Comment, Comment.id == Response.comment_id).where(Comment.round_id == of.id)
    )


def entries(of: Round, first: int = 0, count: int | None = None, came: str = "") -> list[Entry]:
    """The published comments in reading order, each under its section and paragraph."""
    titles = [(row.position, f"{row.printed} {row.text}".strip()) for row in headings(of.version_id)]
    made, section, place = [], None, object()
    for row in compiled.rows(of, first, count, came):
        under = _heading(titles, row.position)
        made.append(Entry(row, under if under != section else None, row.paragraph_id != place))
        section, place = under, row.paragraph_id
    return made


def _heading(titles: list[tuple[int, str]], position: int | None) -> str:
    """The heading above a place in the text; empty before the first, and for the whole text."""
    if position is None:
        return ""
    return next((title for at, title in reversed(titles) if at <= position), "")
