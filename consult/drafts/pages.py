"""What all pages of drafts share: where they hang, and which version of which draft an address means."""

from flask import Blueprint, g

from consult.drafts import queries
from consult.drafts.models import Version
from consult.people import queries as people
from consult.people.guard import me

pages = Blueprint("drafts", __name__)
DRAFT = "/g/<group>/d/<draft>"


def may(permission: str) -> bool:
    """Whether the reader may do this in the group of the page."""
    return people.may(me(), permission, g.group.id)


def readable(draft: str, number: int) -> Version:
    """The version of that address; one that is being prepared is there for those who may prepare it only."""
    of = queries.draft(g.group.id, draft)
    return queries.version(of, number) if may("draft.write") else queries.published(of, number)


def correctable(draft: str, number: int) -> Version:
    """The version of that address, for whoever prepares it."""
    return queries.version(queries.draft(g.group.id, draft), number)
