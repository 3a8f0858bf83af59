"""Who opened which version, when and through which door: the officers' log, and where "since I last read" begins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from consult.drafts.models import Draft, Opening, Version
from consult.extensions import db
from consult.kit import clock
from consult.people.models import Organization, Person

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def opened(version: Version, person: Person, door: str, at: datetime | None = None) -> None:
    """Note that a person opened a version on a page, in a letter or as a file; opened again, the same line counts on."""
    at = at or clock.now()
    first = INSERTS[db.session.connection().dialect.name](Opening).values(
        version_id=version.id, person_id=person.id, door=door, first_at=at, last_at=at, times=1
    )
    again = {"last_at": at, "times": Opening.__table__.c.times + 1}
    db.session.execute(first.on_conflict_do_update(index_elements=["version_id", "person_id", "door"], set_=again))


def log(version_id: int) -> Sequence[Row]:
    """Everybody who opened a version, who did so last first: name, organization, door, first_at, last_at, times."""
    wanted = (
        select(
            Person.id, Person.name, Organization.name.label("organization"), Opening.door, Opening.first_at, Opening.last_at, Opening.times
        )
        .join(Person, Person.id == Opening.person_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Opening.version_id == version_id)
        .order_by(Opening.last_at.desc(), Opening.id)
    )
    return db.session.execute(wanted).all()


def last_read(of: Draft, person_id: int) -> tuple[Version, datetime] | None:
    """The newest version of a draft that a person has opened, and when last; None for somebody who has opened none."""
    wanted = (
        select(Version, func.max(Opening.last_at))
        .join(Opening, Opening.version_id == Version.id)
        .where(Version.draft_id == of.id, Opening.person_id == person_id, Version.published_at.is_not(None))
        .group_by(Version.id)
        .order_by(Version.number.desc())
        .limit(1)
    )
    found = db.session.execute(wanted).first()
    return (found[0], found[1]) if found else None


def sent_before(version: Version, person_id: int) -> Version | None:
    """The newest version before this one that was sent to a person by mail; None for somebody who has none."""
    wanted = (
        select(Version)
        .join(Opening, Opening.version_id == Version.id)
        .where(Version.draft_id == version.draft_id, Version.number < version.number, Version.published_at.is_not(None))
        .where(Opening.person_id == person_id, Opening.door == "mail")
        .order_by(Version.number.desc())
        .limit(1)
    )
    return db.session.scalar(wanted)
