"""The addresses of a person: which comes first, which goes, how one is known to work."""

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit.words import N_
from consult.people import links
from consult.people.actions import require_own
from consult.people.models import Address, Person


def put_address_first(person: Person, address: Address, *, by: Person, door: str) -> None:
    """From now on letters to this person go to this address."""
    require_own(by, person)
    if address.person_id != person.id:
        raise Refused(N_("This is not an address of this person."))
    for position, each in enumerate([address, *(other for other in person.addresses if other is not address)]):
        each.position = position
    db.session.flush()
    db.session.expire(person, ["addresses"])
    record("person.changed", door=door, actor=by, subject=person, name=person.name)


def remove_address(person: Person, address: Address, *, by: Person, door: str) -> None:
    """A person has this address no more; links that went to them are worth nothing now. The last one stays."""
    require_own(by, person)
    if address.person_id != person.id:
        raise Refused(N_("This is not an address of this person."))
    if len(person.addresses) == 1:
        raise Refused(N_("The last address cannot be removed: add another one first."))
    person.addresses.remove(address)
    db.session.delete(address)
    links.revoke(person, "sign-in", "password", "address")
    db.session.flush()
    record("person.changed", door=door, actor=by, subject=person, name=person.name)
