"""The blueprint of the pages of delegations; the modules of views hang their pages on it."""

from flask import Blueprint, g, url_for

from consult.delegations import queries
from consult.delegations.models import Delegation
from consult.people.guard import me
from consult.review import queries as review
from consult.web.markup import safe_html

pages = Blueprint("delegations", __name__)
ADDRESS = "/g/<group>/r/<int:round>/delegation/<int:delegation>"


def find(round_id: int, delegation_id: int) -> Delegation:
    """That delegation, for its own people; for everybody else, officers and staff too, there is nothing here."""
    return queries.get(review.get_round(g.group.id, round_id).id, delegation_id, me().id)


def here(of: Delegation, page: str = "set", **more: object) -> str:
    """The address of a page of the delegation."""
    return url_for(f"delegations.{page}", group=g.group.slug, round=of.round_id, delegation=of.id, **more)


def shown(of: Delegation) -> dict:
    """What every page of a delegation says of it and of its reader."""
    part, now = queries.part(of, me().id), queries.moment(of)
    may_draft = now.round_state != "closed" and (part != "reviewer" or not (now.over or now.submitted))
    return {
        "of": of, "round": of.round, "version": of.round.version, "draft": of.round.version.draft, "part": part, "now": now, "person": me(),
        "safe_html": safe_html, "leads": part in ("contact", "deputy"), "may_draft": may_draft, "here": here(of),
    }  # fmt: skip
