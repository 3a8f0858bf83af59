"""What all pages of drafts share: where they hang, and which version of which draft an address means."""

from flask import Blueprint, current_app, g

from consult.drafts import openings, queries
from consult.drafts.models import Version
from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me
from consult.web.transaction import afterwards

pages = Blueprint("drafts", __name__)
DRAFT = "/g/<group>/d/<draft>"
NOTED = 5000  # openings that this process remembers to have noted in the present hour


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


def note_opening(version: Version, door: str = "page") -> None:
    """Note, once the page is on its way, that its reader has opened this version; once an hour is enough."""
    noted: dict = current_app.extensions.setdefault("consult.openings", {})
    key, now = (version.id, me().id, door), clock.now()
    if noted.get(key) == now.replace(minute=0, second=0, microsecond=0) or version.published_at is None:
        return
    if len(noted) >= NOTED:
        noted.clear()
    noted[key] = now.replace(minute=0, second=0, microsecond=0)
    reader = me()
    afterwards(lambda: openings.opened(version, reader, door, now))
