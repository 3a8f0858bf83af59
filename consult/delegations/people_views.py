"""Who is in a delegation: its contact point settles that, and an officer says who the contact point is."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.delegations import actions, queries, rules
from consult.delegations.forms import ContactForm, DeadlineForm, DeputyForm, PersonForm
from consult.delegations.models import Delegation
from consult.delegations.pages import ADDRESS, find, here, pages
from consult.delegations.views import set_page
from consult.kit import clock
from consult.people import queries as people
from consult.people.actions import known_or_added
from consult.people.guard import me, needs
from consult.people.models import Person
from consult.review import queries as review
from consult.review.models import Round
from consult.web.forms import told


@pages.post(f"{ADDRESS}/people")
@needs("round.read")
def add_reviewer(group: str, round: int, delegation: int):
    """One more own reviewer, known here by address or new."""
    of, form = find(round, delegation), PersonForm()
    if form.validate_on_submit():
        with told(form):
            actions.check_may_add(of, me())
            actions.add_reviewer(of, _person(form, of), by=me(), door="page")
        if not form.errors:
            flash(gettext("Asked to draft; the letter is on its way."))
            return redirect(here(of), 303)
    return set_page(of, status=422, reviewer=form)


def _person(form: PersonForm, of: Delegation) -> Person:
    return known_or_added(form.name.data or "", form.address.data, organization=of.organization, by=me(), door="page")


@pages.post(f"{ADDRESS}/people/<int:person>/remove")
@needs("round.read")
def remove_reviewer(group: str, round: int, delegation: int, person: int):
    """A reviewer drafts no more."""
    of = find(round, delegation)
    actions.remove_reviewer(of, people.get_person(person), by=me(), door="page")
    flash(gettext("Taken off. What was drafted stays."))
    return redirect(here(of), 303)


@pages.post(f"{ADDRESS}/deputy")
@needs("round.read")
def deputy(group: str, round: int, delegation: int):
    """Who stands in for the contact point."""
    of, form = find(round, delegation), DeputyForm()
    if form.validate_on_submit():
        with told(form):
            actions.check_may_name(of, me())
            actions.name_deputy(of, _person(form, of) if form.address.data else None, by=me(), door="page")
        if not form.errors:
            flash(gettext("The deputy is named.") if of.deputy else gettext("Nobody stands in for you now."))
            return redirect(here(of), 303)
    return set_page(of, status=422, deputy=form)


@pages.post(f"{ADDRESS}/deadline")
@needs("round.read")
def deadline(group: str, round: int, delegation: int):
    """Until when own reviewers draft."""
    of, form = find(round, delegation), DeadlineForm()
    if form.validate_on_submit():
        with told(form):
            until = clock.instant(form.closes.data, me().zone) if form.closes.data else None
            actions.set_deadline(of, until, by=me(), door="page")
        if not form.errors:
            flash(gettext("Your own deadline is set.") if of.closes_at else gettext("There is no own deadline now."))
            return redirect(here(of), 303)
    return set_page(of, status=422, deadline=form)


@pages.route("/g/<group>/r/<int:round>/delegations", methods=["GET", "POST"])
@needs("delegation.manage")
def delegations(group: str, round: int):
    """Which Parties and organizations prepare a set, who speaks for each, and how many comments there are; never what they say."""
    on, form = review.get_round(g.group.id, round), ContactForm()
    if form.validate_on_submit():
        with told(form):
            _name(on, form)
        if not form.errors:
            flash(gettext("The contact point is named and written to."))
            return redirect(url_for("delegations.delegations", group=group, round=round), 303)
    found = queries.of_round(on.id)
    page = render_template(
        "delegations/delegations.html", round=on, form=form, found=found, counts=queries.counts([each.id for each in found]),
        states=rules.STATES, state=review.state(on),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _name(on: Round, form: ContactForm) -> None:
    more = {"organization": form.organization.data, "by": me(), "door": "page"}
    people.require(me(), "delegation.manage", on.group_id)
    contact = known_or_added(form.name.data or "", form.address.data, **more)
    second = known_or_added(form.deputy_name.data or "", form.deputy_address.data, **more) if form.deputy_address.data else None
    actions.name_contact(on, form.organization.data, contact, second, by=me(), door="page")
