"""Who has opened which version: the officers' log, and where "since I last read" begins. Called through `actions`."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from consult.drafts.models import Opening, Version
from consult.extensions import db
from consult.kit import clock
from consult.people.models import Person

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def opened(version: Version, person: Person, door: str, at: datetime | None = None) -> None:
    """Note that this person has opened the version through this door (page, mail, file): when first, when last, how often."""
    at = at or clock.now()
    first = {"version_id": version.id, "person_id": person.id, "door": door, "first_at": at, "last_at": at, "times": 1}
    again = {"last_at": at, "times": Opening.times + 1}
    noted = INSERTS[db.session.get_bind().dialect.name](Opening).values(first)
    db.session.execute(noted.on_conflict_do_update(index_elements=["version_id", "person_id", "door"], set_=again))
