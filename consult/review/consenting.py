"""What authors allow: how each of their comments stands in the published compilation. Called through `actions`."""

from datetime import datetime

from consult.journal.actions import record
from consult.people import queries as people
from consult.people.models import Person
from consult.review import rules
from consult.review.models import Comment


def consent(which: Comment, way: str, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Let a comment stand in the compilation with the author's name, without it, or only be counted. Holds also after the round."""
    group_id = which.round.group_id
    people.require(by, "group.read", group_id)
    rules.check_may_consent(by.id == which.author_id, which.withdrawn_at is not None, people.may(by, "comment.manage", group_id))
    if rules.check_consent(way) == which.consent:
        return
    which.consent = way
    record("comment.consent", door=door, actor=by, group_id=group_id, subject=which, at=at, number=which.number)
