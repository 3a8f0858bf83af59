"""What other rooms show on the page of a draft: its rounds, for one. They offer, this room asks; no room below knows them."""

from collections.abc import Callable

from markupsafe import Markup

from consult.drafts.models import Draft

_offered: list[Callable[[Draft], Markup]] = []


def offer(panel: Callable[[Draft], Markup]) -> None:
    """Show on every draft's page what `panel` makes of that draft: ready HTML, empty for nothing. Offering twice shows it once."""
    if panel not in _offered:
        _offered.append(panel)


def panels(draft: Draft) -> list[Markup]:
    """What the other rooms have to show about this draft, in the order they offered."""
    return [shown for panel in _offered if (shown := panel(draft))]
