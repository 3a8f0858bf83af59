"""External reviewers: an officer invites them, and they accept or decline the terms, by a link of the letter or signed in."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.people import links
from consult.people import queries as people
from consult.people.actions import known_or_added
from consult.people.guard import me, needs, public, signed_in
from consult.people.models import Person
from consult.review import actions, queries, reviewers
from consult.review import terms as rules
from consult.review.models import Invitation, Round
from consult.review.pages import pages
from consult.web.forms import Form, told, translated

ADDRESS = "/g/<group>/r/<int:round>/reviewers"
ANSWERS = {"accept": actions.accept_terms, "decline": actions.decline_terms}


class ReviewerForm(Form):
    """Somebody from outside, and what they are asked to accept."""

    address = EmailField(_l("E-mail address"), [InputRequired(_l("Fill this in.")), Length(max=320)])
    name = StringField(_l("Name"), [Length(max=200)], description=_l("Only for somebody who is not known here by that address yet."))
    organization = StringField(_l("Party or organization"), [Length(max=200)])
    terms = TextAreaField(_l("Terms"), description=_l("What they accept before they are sent the text. Empty: what stands here now."))


class AnswerForm(Form):
    """Yes or no to the terms."""

    reason = StringField(_l("Reason, if you like"), [Length(max=500)])


@pages.route(ADDRESS, methods=["GET", "POST"], endpoint="reviewers")
@needs("reviewer.invite")
def reviewers_of(group: str, round: int):
    """Who was invited from outside, what they answered, and a place to invite one more."""
    on, form = queries.get_round(g.group.id, round), ReviewerForm()
    if form.validate_on_submit():
        with told(form):
            _invite(on, form)
        if not form.errors:
            flash(gettext("Invited; the letter with the terms is on its way."))
            return redirect(url_for("review.reviewers", group=group, round=round), 303)
    if not form.is_submitted():
        form.terms.data = on.terms or gettext(rules.DEFAULT)
    page = render_template("review/reviewers.html", round=on, form=form, found=reviewers.invited_from_outside(on), state=queries.state(on))
    return page, 422 if form.is_submitted() else 200


def _invite(on: Round, form: ReviewerForm) -> None:
    people.require(me(), "reviewer.invite", on.group_id)
    said = (form.terms.data or "").strip()
    actions.set_terms(on, "" if said.split() == gettext(rules.DEFAULT).split() else said, by=me())
    more = {"organization": form.organization.data, "by": me(), "door": "page"}
    actions.invite_reviewer(on, known_or_added(form.name.data or "", form.address.data, **more), by=me(), door="page")


@pages.post(f"{ADDRESS}/<int:person>/revoke")
@needs("reviewer.invite")
def revoke_reviewer(group: str, round: int, person: int):
    """An external reviewer is shown out."""
    on = queries.get_round(g.group.id, round)
    which = next((each for each in reviewers.invited_from_outside(on) if each.person_id == person), None)
    if which is None:
        raise NotFound()
    actions.revoke_reviewer(which, by=me(), door="page")
    flash(gettext("%(name)s no longer reads this round.", name=which.person.name))
    return redirect(url_for("review.reviewers", group=group, round=round), 303)


@pages.route("/invited/<int:invitation>", methods=["GET", "POST"])
@signed_in
def invited(invitation: int):
    """The terms, for whoever was invited and is signed in."""
    return _asked(reviewers.get(invitation, me().id), me(), url_for("review.invited", invitation=invitation))


@pages.route("/l/terms/<token>", methods=["GET", "POST"])
@public
def terms(token: str):
    """The terms, by the link of the letter; opening it shows them, a button answers."""
    try:
        link = links.read_link(token, "terms")
        person = db.session.get_one(Person, link.person_id)
        which = reviewers.get(int(link.subject), person.id)
    except Refused as refused:
        return render_template("people/link_gone.html", reason=translated(refused), purpose="terms"), 410
    return _asked(which, person, url_for("review.terms", token=token))


def _asked(which: Invitation, person: Person, here: str):
    """The page of one invitation; it reveals who asks and about what, and nothing of the text."""
    form, on = AnswerForm(), which.round
    if form.validate_on_submit():
        answer = ANSWERS.get(request.form.get("answer", ""))
        with told(form):
            if answer is None:
                raise Refused(rules.CHOOSE)
            more = {"reason": form.reason.data or ""} if answer is actions.decline_terms else {}
            answer(which, by=person, door="page", **more)
        if not form.errors:
            return redirect(here, 303)
    page = render_template(
        "review/invited.html", which=which, round=on, asks=on.version.draft.group, form=form, here=here, state=queries.state(on),
        terms=on.terms or gettext(rules.DEFAULT),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200
