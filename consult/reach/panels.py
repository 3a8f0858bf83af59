"""What reach shows on the page of a round: the way to its pages on paper, and back."""

from flask import render_template
from markupsafe import Markup

from consult.people.models import Person
from consult.people.queries import may
from consult.review.models import Round


def of_round(of: Round, reader: Person) -> Markup:
    """For officers: the text as pages for fax or post, and where to type what came back."""
    if of.opened_at is None or not may(reader, "comment.manage", of.group_id):
        return Markup("")
    return Markup(render_template("reach/_round.html", of=of, group=of.version.draft.group))
