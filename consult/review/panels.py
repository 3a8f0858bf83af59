"""What review shows on pages of lower rooms: a draft's rounds on the page of the draft, and what waits for a person on their first page."""

from flask import render_template
from markupsafe import Markup

from consult.drafts.models import Draft
from consult.people.models import Group, Person
from consult.review import adopting, queries


def rounds_of_draft(draft: Draft) -> Markup:
    """The rounds on any version of this draft."""
    found = queries.rounds_of_draft(draft.id)
    return (
        Markup(render_template("review/_rounds.html", rounds=[(r, queries.state(r)) for r in found], draft=draft)) if found else Markup("")
    )


def credits_of_draft(draft: Draft) -> Markup:
    """Whose proposed wordings the published versions of this draft have taken in."""
    versions = [version for version in draft.versions if version.published_at]
    found = [(version, rows) for version in reversed(versions) if (rows := adopting.credits(version.id))]
    return Markup(render_template("review/_credits.html", credits=found, draft=draft)) if found else Markup("")


def rounds_of_group(group: Group, reader: Person) -> Markup:
    """The group's rounds, the newest first."""
    found = queries.rounds_of_group(group.id)
    return (
        Markup(render_template("review/_rounds.html", rounds=[(r, queries.state(r)) for r in found], draft=None)) if found else Markup("")
    )


def waiting_for(person: Person) -> Markup:
    """The rounds that wait for this person's comments, the nearest deadline first."""
    found = queries.open_rounds_of(person.id)
    return Markup(render_template("review/_waiting.html", rounds=found)) if found else Markup("")
