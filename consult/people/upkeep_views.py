"""The pages on which staff put right what is known of a person and of a group."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.errors import NotFound
from consult.people import actions, addresses, failing, forms, queries, upkeep
from consult.people.guard import me, needs
from consult.people.me_views import CHOSEN
from consult.people.models import Address, Person
from consult.people.views import pages
from consult.web.forms import told

GROUP_WORDS = ("name", "short", "kind", "mandate", "terms", "language")


def _form(person: Person) -> forms.Person:
    known = {"limit_kb": person.limit_bytes // 1000, "organization": person.organization.name if person.organization else ""}
    return forms.Person(data={name: getattr(person, name) for name in (*CHOSEN, "means")} | known)


def _page(person: Person, form: forms.Person | None = None, another: forms.AnotherAddress | None = None):
    page = render_template(
        "people/person.html", whose=person, form=form or _form(person), another=another or forms.AnotherAddress(None),
        groups=queries.groups_of(person),
    )  # fmt: skip
    return page, 422 if form or another else 200


def _back(person: Person):
    return redirect(url_for("people.person", person=person.id), 303)


@pages.route("/people/<int:person>", methods=["GET", "POST"], endpoint="person")
@needs("people.manage")
def change_person(person: int):
    """Who somebody is, whom they act for, and how they are written to."""
    found = queries.get_person(person)
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form if form.errors else None)
    chosen = {name: form[name].data for name in (*CHOSEN, "means")} | {"limit_bytes": form.limit_kb.data * 1000}
    with told(form):
        upkeep.change_person(found, organization=form.organization.data, by=me(), door="page", **chosen)
    if form.errors:
        return _page(found, form)
    flash(gettext("Kept."))
    return _back(found)


@pages.post("/people/<int:person>/addresses")
@needs("people.manage")
def give_address(person: int):
    """One more address for somebody, who said so by another way; no letter asks for a confirmation."""
    found, form = queries.get_person(person), forms.AnotherAddress()
    if form.validate_on_submit():
        with told(form):
            actions.add_address(found, form.another.data, by=me(), door="page")
        if not form.errors:
            flash(gettext("%(name)s is known by this address too now.", name=found.name))
            return _back(found)
    return _page(found, another=form)


def _theirs(person: int, address: int) -> tuple[Person, Address]:
    found = queries.get_person(person)
    for each in found.addresses:
        if each.id == address:
            return found, each
    raise NotFound()


@pages.post("/people/<int:person>/addresses/<int:address>/first")
@needs("people.manage")
def their_first_address(person: int, address: int):
    """Letters to this person go to this address from now on."""
    found, chosen = _theirs(person, address)
    addresses.put_address_first(found, chosen, by=me(), door="page")
    return _back(found)


@pages.post("/people/<int:person>/addresses/<int:address>/works")
@needs("people.manage")
def their_address_works(person: int, address: int):
    """Letters to this address do not come back any more; what could not reach it goes there now."""
    found, chosen = _theirs(person, address)
    failing.address_works(chosen, by=me(), door="page")
    flash(gettext("Letters go to this address again."))
    return _back(found)


@pages.post("/people/<int:person>/addresses/<int:address>/remove")
@needs("people.manage")
def take_address(person: int, address: int):
    """This address is not this person's any more."""
    found, chosen = _theirs(person, address)
    addresses.remove_address(found, chosen, by=me(), door="page")
    flash(gettext("The address was removed."))
    return _back(found)


@pages.route("/g/<group>/change", methods=["GET", "POST"])
@needs("group.manage")
def change_group(group: str):
    """The name, mandate and terms of a group; its short name stays, because addresses hold it."""
    form = forms.NewGroup(obj=g.group)
    del form.slug
    if form.validate_on_submit():
        with told(form):
            upkeep.change_group(g.group, by=me(), door="page", **{name: form[name].data or "" for name in GROUP_WORDS})
        if not form.errors:
            flash(gettext("Kept."))
            return redirect(url_for("people.group", group=group), 303)
    return render_template("people/change_group.html", form=form), 422 if form.errors else 200
