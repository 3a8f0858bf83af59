"""What higher rooms add to the first page and to the page of a group. People knows none of them; they come and offer."""

from collections.abc import Callable

from markupsafe import Markup

from consult.people.models import Group, Person

_panels: list[Callable[[Person], Markup | str]] = []
_group_panels: list[Callable[[Group, Person], Markup | str]] = []


def offer(panel: Callable[[Person], Markup | str]) -> None:
    """Show this on the first page of whoever is signed in; it is given the person and returns HTML, or nothing to show."""
    if panel not in _panels:
        _panels.append(panel)


def offer_group(panel: Callable[[Group, Person], Markup | str]) -> None:
    """Show this on the page of a group; it is given the group and the reader and returns HTML, or nothing to show."""
    if panel not in _group_panels:
        _group_panels.append(panel)


def extras(person: Person) -> list[Markup]:
    """What the first page shows this person beside their groups."""
    return [Markup(shown) for panel in _panels if (shown := panel(person))]


def group_panels(group: Group, person: Person) -> list[Markup]:
    """What the page of the group shows this person beside its mandate."""
    return [Markup(shown) for panel in _group_panels if (shown := panel(group, person))]
