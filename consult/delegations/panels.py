"""What the room shows elsewhere: on a person's first page whom they draft for; on the page of a round the way there, and numbers."""

from flask import render_template
from markupsafe import Markup

from consult.delegations import queries
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Round


def waiting_for(person: Person) -> Markup:
    """The Parties and organizations for which this person drafts in rounds that are open."""
    found = queries.waiting_for(person.id)
    if not found:
        return Markup("")
    rows = [(each, each.round.version.draft.group, queries.part(each, person.id)) for each in found]
    return Markup(render_template("delegations/_waiting.html", rows=rows, counts=queries.counts([each.id for each in found])))


def of_round(on: Round, person: Person) -> Markup:
    """The way to one's own delegation; for officers how many comments each prepares."""
    own, group = queries.of_person(person.id, on.id), on.version.draft.group
    manages = people.may(person, "delegation.manage", group.id)
    found = queries.of_round(on.id) if manages else []
    if not (own or manages):
        return Markup("")
    counts = queries.counts([each.id for each in found])
    return Markup(render_template("delegations/_round.html", own=own, manages=manages, found=found, counts=counts, round=on, group=group))
