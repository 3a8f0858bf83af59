"""What tasks show on the first page and on the page of a group: how many wait for an officer."""

from flask import render_template
from markupsafe import Markup

from consult.people.models import Group, Person
from consult.people.queries import may
from consult.tasks import queries


def waiting_for(person: Person) -> Markup:
    """How many tasks wait in each group this person works for; nothing when there is none."""
    found = queries.waiting_for(person)
    return Markup(render_template("tasks/_waiting.html", found=found)) if found else Markup("")


def of_group(group: Group, reader: Person) -> Markup:
    """How many tasks wait in this group, for those who may settle them."""
    if not may(reader, "tasks.settle", group.id):
        return Markup("")
    count = queries.how_many(group.id)
    return Markup(render_template("tasks/_group.html", group=group, count=count)) if count else Markup("")
