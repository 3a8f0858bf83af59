"""What review shows on pages of lower rooms: a draft's rounds on the page of the draft, and what waits for a person on their first page;
and what higher rooms show on the pages of review (they offer, these pages ask)."""

from collections.abc import Callable, Mapping

from flask import render_template, url_for
from markupsafe import Markup

from consult.drafts.models import Draft
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.review import adopting, queries, reviewers
from consult.review.models import Round

_offered: dict[str, list[Callable[..., Markup | str]]] = {"round": [], "text": [], "paragraph": [], "comment": [], "opening": []}
_along: list[Callable[[Round, Mapping[str, str], Person], None]] = []


def offer(page: str, panel: Callable[..., Markup | str]) -> None:
    """Show on a page what `panel` makes: ready HTML, empty for nothing. Offering twice shows it once. The pages, and what a panel is given:
    round(round, reader) · text(round, reader) · paragraph(version, paragraph or None, round or None, reader) · comment(comment, reader) ·
    opening(what was typed), fields of the form that opens a round."""
    if panel not in _offered[page]:
        _offered[page].append(panel)


def offer_along(work: Callable[[Round, Mapping[str, str], Person], None]) -> None:
    """Do this along with opening a round on the page, with what was typed in the fields offered for it; a refusal refuses all of it."""
    if work not in _along:
        _along.append(work)


def shown_on(page: str, *about: object) -> list[Markup]:
    """What the other rooms have to show on that page, in the order they offered."""
    return [Markup(shown) for panel in _offered[page] if (shown := panel(*about))]


def along(made: Round, typed: Mapping[str, str], by: Person) -> None:
    """What the other rooms do along with opening this round."""
    for work in _along:
        work(made, typed, by)


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
    rows = [(each, _address(each, person)) for each in found]
    return Markup(render_template("review/_waiting.html", rounds=rows)) if found else Markup("")


def _address(of: Round, person: Person) -> str:
    """Where this person reads the text of a round: guests have a page of their own."""
    draft = of.version.draft
    if people.may(person, "draft.read", of.group_id):
        return url_for("review.version", group=draft.group.slug, draft=draft.slug, number=of.version.number)
    return url_for("review.read", group=draft.group.slug, round=of.id)


def invitations_for(person: Person) -> Markup:
    """The invitations to review a draft from outside that wait for this person's word."""
    found = reviewers.waiting_for(person.id)
    return Markup(render_template("review/_invited.html", found=found)) if found else Markup("")


def reviewers_of_round(of: Round, person: Person) -> Markup:
    """For officers the way to the external reviewers of a round, with how many there are."""
    if not people.may(person, "reviewer.invite", of.group_id):
        return Markup("")
    return Markup(
        render_template("review/_reviewers.html", found=reviewers.invited_from_outside(of), round=of, group=of.version.draft.group)
    )
