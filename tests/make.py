"""Short makers for the things tests are about, with names people remember."""

from datetime import timedelta

from consult.extensions import db
from consult.kit import clock
from consult.people.models import Address, Group, Membership, Person


def commit() -> None:
    """Keep what was made, as a door would."""
    db.session.commit()


def person(name: str = "Ada", address: str | None = None, **more) -> Person:
    """A person with one confirmed address."""
    address = address or f"{name.lower().replace(' ', '.')}@env.example"
    made = Person(name=name, created_at=clock.now(), **more)
    made.addresses.append(Address(address=address, folded=address.lower(), confirmed_at=clock.now()))
    db.session.add(made)
    db.session.flush()
    return made


def group(slug: str = "experts", **more) -> Group:
    """An expert group without members."""
    made = Group(slug=slug, name=more.pop("name", f"Group {slug}"), short=more.pop("short", slug), created_at=clock.now(), **more)
    db.session.add(made)
    db.session.flush()
    return made


def member(of: Group, who: Person | None = None, role: str = "member") -> Person:
    """A person who sits in that group since yesterday."""
    who = who or person()
    db.session.add(Membership(group_id=of.id, person_id=who.id, role=role, starts_on=(clock.now() - timedelta(days=1)).date()))
    db.session.flush()
    return who
