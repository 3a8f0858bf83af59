"""Days on which a person cannot be reached."""

from datetime import date, datetime

from consult.errors import NotFound
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.people import rules
from consult.people.models import Absence, Person


def be_away(starts_on: date, ends_on: date, note: str = "", *, by: Person, door: str, at: datetime | None = None) -> Absence:
    """Say that one is away from one day to another, both included: nobody reminds one then."""
    rules.check_absence(starts_on, ends_on, (at or clock.now()).date())
    made = Absence(person_id=by.id, starts_on=starts_on, ends_on=ends_on, note=one_line(note, 200))
    db.session.add(made)
    record("person.away", door=door, actor=by, subject=by, at=at, starts=starts_on.isoformat(), ends=ends_on.isoformat())
    return made


def be_back(absence_id: int, *, by: Person, door: str) -> None:
    """Take days away back."""
    found = db.session.get(Absence, absence_id)
    if found is None or found.person_id != by.id:
        raise NotFound(N_("These days away are not there any more."))
    db.session.delete(found)
