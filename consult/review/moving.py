"""A comment on the wrong paragraph: its author puts it on the right one while the round is open. Called through `actions`."""

from datetime import datetime

from sqlalchemy import delete

from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review import carrying, guests, queries, rules
from consult.review.models import Comment, Placement


def move(which: Comment, paragraph: Paragraph | None, *, by: Person, door: str, at: datetime | None = None) -> bool:
    """Put the comment on another paragraph, or on the whole text; words it quoted that do not stand there are quoted no more.

    Returns whether it stood elsewhere before."""
    at, on = at or clock.now(), which.round
    guests.require_reading(by, on)
    manages = people.may(by, "comment.manage", on.group_id)
    rules.check_may_change(queries.state(on, at), by.id == which.author_id, which.withdrawn_at is not None, manages)
    if paragraph is not None and paragraph.version_id != on.version_id:
        raise Refused(N_("This paragraph does not stand in that version."))
    if paragraph is None and which.paragraph_id is None or paragraph is not None and paragraph.id == which.paragraph_id:
        return False
    which.paragraph = paragraph
    if which.quote and (paragraph is None or which.quote not in paragraph.text):
        which.quote = which.quote_before = which.quote_after = ""
    db.session.execute(delete(Placement).where(Placement.comment_id == which.id))
    db.session.flush()
    carrying.catch_up(on, {which.id})
    mark = paragraph.mark if paragraph else ""
    record(
        "comment.moved", door=door, actor=by, group_id=on.group_id, subject=which, at=at,
        number=which.number, mark=mark, version=on.version.number,
    )  # fmt: skip
    return True
