"""What a delegation puts into an offline kit: the sets its person drafts for; and their remarks come to the set, never to the round."""

from collections.abc import Callable

from flask_babel import gettext

from consult.delegations import actions, queries
from consult.people.models import Person
from consult.review.models import Round


def tasks(person: Person) -> list[tuple]:
    """(title, what it is, until when) of each set of comments that this person helps to prepare."""
    found = []
    for each in queries.waiting_for(person.id):
        what = gettext("The comments of %(organization)s are being prepared, and you take part in it.", organization=each.organization.name)
        found.append((each.round.title, what, each.closes_at or each.round.closes_at))
    return found


def instead(on: Round, person: Person) -> Callable[..., list] | None:
    """What takes the remarks of somebody who drafts for a Party or organization in that round."""
    of = queries.of_person(person.id, on.id)
    return (lambda said, **how: actions.contribute_all(of, said, **how)) if of else None
