"""The letter to somebody from outside who is asked to review a draft: the terms, and not a word of the text."""

from flask_babel import gettext

from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.people import links
from consult.review import queries as review
from consult.review.models import Invitation
from consult.review.terms import DEFAULT
from consult.web.filters import instant_words

ANSWERED = "answered or taken back meanwhile"


def invitation(pen: Pen, event: Event) -> Letter | str | None:
    """Who asks, about what, until when, under which terms, and the one word that answers."""
    which = db.session.get_one(Invitation, event.subject_id)
    asked = pen.shelf.round(which.round_id)
    if which.state != "invited" or review.state(asked, pen.now) == "closed":
        return ANSWERED
    by = instant_words(asked.closes_at, "UTC")
    subject = gettext("Will you review this draft by %(when)s? %(title)s", when=by, title=excerpt(asked.title, 80))
    sheet = Sheet("terms", subject, [], "terms", which.id, until=asked.closes_at)
    hours = max(1.0, (asked.closes_at - pen.now).total_seconds() / 3600)
    url = links.web_address("terms", links.make_link(pen.person, "terms", str(which.id), hours=hours))
    sheet.top = pen.words(
        "alerts/terms", round=asked, draft=asked.version.draft, officers=pen.shelf.officers(asked.group_id), url=url,
        terms=asked.terms or gettext(DEFAULT),
    )  # fmt: skip
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")
