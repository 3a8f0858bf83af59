"""The first page, the help page of roles, and the people staff look after."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.people import actions, forms, home, queries, rules
from consult.people.guard import me, needs, public, visitor
from consult.web.forms import told

pages = Blueprint("people", __name__)


@pages.get("/", endpoint="home")
@public
def first_page():
    """What Consult is, or for whoever is signed in, what there is to do."""
    person = visitor()
    if person is None:
        return render_template("people/welcome.html")
    groups = queries.groups_where(person, "group.read") if person.staff else queries.groups_of(person)
    return render_template("people/home.html", person=person, groups=groups, extras=home.extras(person))


@pages.get("/help/roles")
@public
def roles():
    """Who may do what: the table itself."""
    return render_template(
        "people/roles.html", permissions=rules.PERMISSIONS, roles=[*rules.ROLES, rules.GUEST, "staff"], names=rules.ROLES
    )


@pages.get("/help/mail")
@public
def mail():
    """How to take part by e-mail."""
    return render_template("people/mail.html", commands=rules.COMMANDS)


@pages.get("/people")
@needs("people.manage")
def people():
    """Everybody, or those whose name or address contains what is searched for."""
    wanted = request.args.get("q", "").strip()[:100]
    return render_template("people/people.html", people=queries.people(wanted, limit=101), wanted=wanted, rhythms=rules.RHYTHMS)


@pages.route("/people/new", methods=["GET", "POST"])
@needs("people.manage")
def new_person():
    """Add somebody."""
    form = forms.NewPerson()
    if form.validate_on_submit():
        given = {field: form[field].data for field in ("organization", "language", "zone", "means", "staff")}
        with told(form):
            added = actions.add_person(form.name.data, form.address.data, by=me(), door="page", **given)
        if not form.errors:
            flash(gettext("%(name)s was added.", name=added.name))
            return redirect(url_for("people.people"), 303)
    return render_template("people/new_person.html", form=form), 422 if form.errors else 200


@pages.route("/groups/new", methods=["GET", "POST"])
@needs("group.manage")
def new_group():
    """Form a group."""
    form = forms.NewGroup()
    if form.validate_on_submit():
        given = {field: form[field].data for field in ("short", "kind", "mandate", "terms", "language")}
        with told(form):
            formed = actions.form_group(form.slug.data, form.name.data, by=me(), door="page", **given)
        if not form.errors:
            return redirect(url_for("people.members", group=formed.slug), 303)
    return render_template("people/new_group.html", form=form), 422 if form.errors else 200
