"""What other rooms show on the page of a draft (they offer, this room asks), and what this room shows on the page of a group."""

from collections.abc import Callable

from flask import render_template
from markupsafe import Markup

from consult.drafts import queries
from consult.drafts.models import Draft
from consult.people.models import Group, Person
from consult.people.queries import may

_offered: list[Callable[[Draft], Markup]] = []


def offer(panel: Callable[[Draft], Markup]) -> None:
    """Show on every draft's page what `panel` makes of that draft: ready HTML, empty for nothing. Offering twice shows it once."""
    if panel not in _offered:
        _offered.append(panel)


def panels(draft: Draft) -> list[Markup]:
    """What the other rooms have to show about this draft, in the order they offered."""
    return [shown for panel in _offered if (shown := panel(draft))]


def of_group(group: Group, person: Person) -> Markup:
    """The drafts of a group, newest first, with the version to read; officers see what is being prepared, and begin another."""
    officer = may(person, "draft.write", group.id)
    shown = [(draft, published, waiting) for draft, published, waiting in queries.shelf(group.id) if officer or published]
    return Markup(render_template("drafts/_group.html", group=group, drafts=shown, officer=officer))
