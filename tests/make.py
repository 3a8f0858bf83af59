"""Short makers for the things tests are about, with names people remember."""

from datetime import timedelta

from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.cutting import cut
from consult.drafts.models import Draft, Version
from consult.extensions import db
from consult.journal.models import Untold
from consult.kit import clock
from consult.people.models import Address, Group, Membership, Person
from consult.review import actions as review


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


def officer(of: Group) -> Person:
    """The officer of that group: whoever is one already, else Olga."""
    held = db.session.scalar(db.select(Membership).where(Membership.group_id == of.id, Membership.role == "officer"))
    return held.person if held else member(of, person(f"Olga of {of.slug}"), "officer")


def draft(of: Group, title: str = "Report on technology transfer", language: str = "en", **more) -> Draft:
    """A draft without a version, begun by the group's officer."""
    return drafts.begin(of, title, language=language, by=more.pop("by", None) or officer(of), door="page", **more)


def prepared(of: Draft, text: str = "1. First.\n\n2. Second.", by: Person | None = None) -> Version:
    """The draft's next version, cut from that text and not yet published."""
    by = by or officer(db.session.get(Group, of.group_id))
    return drafts.prepare(of, cut(text), source_name="text.txt", by=by, door="page")


def published(of: Draft, text: str = "1. First.\n\n2. Second.", by: Person | None = None) -> Version:
    """The draft's next version, cut from that text and published."""
    by = by or officer(db.session.get(Group, of.group_id))
    return drafts.publish(prepared(of, text, by), by=by, door="page")


def round(on: Version, days: int = 14, people_asked: list[Person] | None = None, **more):
    """A round on that version, open since now for so many days, for the whole group."""
    by = more.pop("by", None) or officer(db.session.get(Group, on.draft.group_id))
    opens = more.pop("opens_at", clock.now())
    return review.open_round(
        on, title=more.pop("title", "First round"), opens_at=opens, closes_at=more.pop("closes_at", opens + timedelta(days=days)),
        people_asked=people_asked, by=by, door="page", **more,
    )  # fmt: skip


def comment(on, who: Person, mark: str = "", text: str = "Please clarify.", door: str = "page", **more):
    """A comment by an invited person on the paragraph with that mark, or on the whole draft."""
    where = draft_queries.by_mark(on.version_id, mark) if mark else None
    return review.comment(on, paragraph=where, text=text, by=who, door=door, **more)


def read_by_all() -> None:
    """As if every event so far had been told: tests about later ones start from here."""
    db.session.execute(db.delete(Untold))
