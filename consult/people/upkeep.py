"""The verbs by which staff keep people and groups right: who somebody is and acts for, what a group is called and comes from."""

from datetime import datetime

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit.words import N_
from consult.people import actions, queries, rules
from consult.people.models import Group, Organization, Person


def change_person(
    person: Person, *, organization: str | Organization | None, by: Person, door: str, at: datetime | None = None, **prefs: object
) -> Person:
    """Staff put right whom a person acts for, and how they are called and written to (as actions.change_preferences)."""
    queries.require(by, "people.manage")
    person.organization = actions.organization_called(organization)
    return actions.change_preferences(person, by=by, door=door, at=at, **prefs)


def change_group(group: Group, *, by: Person, door: str, at: datetime | None = None, **words: str) -> Group:
    """A group gets another name, abbreviation, kind, mandate, terms or language. Its short name stays, because addresses hold it."""
    queries.require(by, "group.manage", group.id)
    checked = actions.group_words({key: value for key, value in words.items() if key != "name"})
    if checked.get("kind", group.kind) not in rules.GROUP_KINDS:
        raise Refused(N_("Choose what kind of group it is."))
    if "name" in words:
        checked["name"] = rules.name(words["name"])
    changed = sorted(key for key, value in checked.items() if getattr(group, key) != value)
    for key in changed:
        setattr(group, key, checked[key])
    if changed:
        db.session.flush()
        record("group.changed", door=door, actor=by, group_id=group.id, subject=group, at=at, name=group.name, changed=changed)
    return group
