"""What somebody follows, so that its news come at once, or has muted, so that no news of it come; their rhythm holds for the rest."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from consult.alerts.models import Watch
from consult.alerts.shelf import comment_of, round_of
from consult.drafts.models import Version
from consult.extensions import db
from consult.journal.actions import record
from consult.journal.models import Event
from consult.kit import clock
from consult.people.models import Person
from consult.review.models import Round

KINDS = ("comment", "round", "draft")
"""What can be followed; what is said of the smaller thing goes before what is said of the larger."""
Wishes = dict[tuple[int, str, int], bool]


def watch(kind: str, subject_id: int, follows: bool | None, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Follow a thing (True), mute it (False), or hear of it as of everything else again (None)."""
    at = at or clock.now()
    db.session.execute(delete(Watch).where(Watch.person_id == by.id, Watch.subject_type == kind, Watch.subject_id == subject_id))
    if follows is not None:
        db.session.add(Watch(person_id=by.id, subject_type=kind, subject_id=subject_id, follows=follows, at=at))
    record("watch.changed", door=door, actor=by, subject=by, at=at, thing=kind, thing_id=subject_id, follows=follows)


def watched(person_id: int) -> list[Watch]:
    """What a person follows or has muted, in the order they said so."""
    return list(db.session.scalars(select(Watch).where(Watch.person_id == person_id).order_by(Watch.id)))


def wishes(person_ids: Collection[int]) -> Wishes:
    """What these people follow (True) or have muted (False), by person, kind and number of the thing; one query for a whole batch."""
    rows = db.session.execute(
        select(Watch.person_id, Watch.subject_type, Watch.subject_id, Watch.follows).where(Watch.person_id.in_(person_ids))
    )
    return {(row.person_id, row.subject_type, row.subject_id): row.follows for row in rows}


def wish(event: Event, person_id: int, known: Wishes) -> bool | None:
    """Whether this person follows what the event is about (True), has muted it (False), or neither (None)."""
    if not known:
        return None
    for kind, number in _things(event):
        if (said := known.get((person_id, kind, number))) is not None:
            return said
    return None


def _things(event: Event) -> list[tuple[str, int]]:
    """The comment, the round and the draft that an event is about, as far as it is about one."""
    comment, on = comment_of(event), round_of(event)
    asked = db.session.get(Round, on) if on is not None else None
    version_id = asked.version_id if asked else event.subject_id if event.subject_type == "version" else None
    version = db.session.get(Version, version_id) if version_id is not None else None
    things = [("comment", comment), ("round", on), ("draft", version.draft_id if version else None)]
    return [(kind, number) for kind, number in things if number is not None]
