"""How a comment stands in the published compilation: said by its author on the page of the comment."""

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext

from consult.people import queries as people
from consult.people.guard import me, needs
from consult.review import actions, queries, rules
from consult.review.forms import ConsentForm, named
from consult.review.models import Comment
from consult.review.pages import pages


@pages.post("/g/<group>/r/<int:round>/c/<int:number>/consent")
@needs("draft.read")
def consent(group: str, round: int, number: int):
    """With the author's name, without it, or not at all."""
    found = queries.get_comment(queries.get_round(g.group.id, round).id, number)
    actions.consent(found, request.form.get("consent", ""), by=me(), door="page")
    flash(gettext("In the compilation comment %(number)s stands so: %(way)s.", number=number, way=gettext(rules.CONSENTS[found.consent])))
    return redirect(url_for("review.comment", group=group, round=round, number=number), 303)


def consent_form(found: Comment) -> ConsentForm | None:
    """The choice, for the comment's author and for officers; None for everybody else."""
    if found.author_id != me().id and not people.may(me(), "comment.manage", g.group.id):
        return None
    form = ConsentForm(formdata=None, consent=found.consent)
    form.consent.choices = named(rules.CONSENTS)
    return form
