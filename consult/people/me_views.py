"""What a person settles for themselves: how they are written to, their addresses, their password."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext

from consult.errors import NotFound, Refused
from consult.extensions import transaction
from consult.people import actions, addresses, forms, letters, passwords, queries, rules, sessions, throttle
from consult.people.guard import me, signed_in
from consult.people.models import Address, Person
from consult.people.views import pages
from consult.web.forms import told, translated

CHOSEN = ("name", "language", "zone", "rhythm", "digest_day", "digest_hour", "form", "receipts")


def _page(**given):
    """The page with whichever form was sent, and the others as they stand."""
    person = me()
    shown = {
        "preferences": given.get("preferences") or forms.Preferences(None, obj=person, limit_kb=person.limit_bytes // 1000),
        "another": given.get("another") or forms.AskLink(None),
        "secret": given.get("secret") or forms.ChangePassword(None),
    }
    return render_template("people/me.html", person=person, **shown), 422 if given else 200


@pages.route("/me", methods=["GET", "POST"], endpoint="me")
@signed_in
def preferences():
    """Name, language, zone, and how letters come."""
    person = me()
    form = forms.Preferences(obj=person, limit_kb=person.limit_bytes // 1000)
    if not form.validate_on_submit():
        return _page(preferences=form) if form.errors else _page()
    chosen = {name: form[name].data for name in CHOSEN} | {"limit_bytes": form.limit_kb.data * 1000}
    with told(form):
        actions.change_preferences(person, by=person, door="page", **chosen)
    if form.errors:
        return _page(preferences=form)
    with force_locale(person.language):
        flash(gettext("Kept."))
    return redirect(url_for("people.me"), 303)


@pages.post("/me/addresses")
@signed_in
def another_address():
    """Ask for a letter to a further address; the link in it makes the address this person's."""
    form = forms.AskLink()
    if not form.validate_on_submit():
        return _page(another=form)
    person_id = me().id
    try:
        address = rules.address(form.address.data)
        with transaction():
            throttle.take_letter(address)
    except Refused as refused:
        form.form_errors.append(translated(refused))
        return _page(another=form)
    flash(gettext("A letter is on its way to %(address)s. Open the link in it to confirm the address.", address=address))
    answer = redirect(url_for("people.me"), 303)
    return letters.after(answer, current_app._get_current_object(), lambda: _send_confirmation(person_id, address))


def _send_confirmation(person_id: int, address: str) -> None:
    """Nobody is told whether somebody else has this address: then simply no letter goes."""
    if queries.find_address(address) is None:
        letters.send_link(queries.get_person(person_id), address, "address", subject=address)


def _own(address_id: int) -> tuple[Person, Address]:
    person = me()
    for address in person.addresses:
        if address.id == address_id:
            return person, address
    raise NotFound()


@pages.post("/me/addresses/<int:address>/first")
@signed_in
def address_first(address: int):
    """Letters go to this address from now on."""
    person, chosen = _own(address)
    addresses.put_address_first(person, chosen, by=person, door="page")
    return redirect(url_for("people.me"), 303)


@pages.post("/me/addresses/<int:address>/remove")
@signed_in
def address_away(address: int):
    """This address is not mine any more."""
    person, chosen = _own(address)
    addresses.remove_address(person, chosen, by=person, door="page")
    flash(gettext("The address was removed."))
    return redirect(url_for("people.me"), 303)


@pages.post("/me/password")
@signed_in
def change_password():
    """A new password; all other browsers are signed out."""
    form = forms.ChangePassword()
    if form.validate_on_submit() and _knows_current(form):
        person = me()
        with told(form):
            actions.set_password(person, form.password.data)
        if not form.errors:
            answer = sessions.sign_in(redirect(url_for("people.me"), 303), person)
            flash(gettext("Your new password is set. Everywhere else you were signed out."))
            return answer
    return _page(secret=form)


def _knows_current(form: forms.ChangePassword) -> bool:
    """Whoever finds a browser left open must not be able to change the password."""
    kept, account = me().password_hash, f"person {me().id}"
    if kept is None:
        return True
    try:
        with transaction():
            throttle.take_guess(account, request.remote_addr)
    except Refused as refused:
        form.form_errors.append(translated(refused))
        return False
    if not passwords.matches(kept, form.current.data or ""):
        form.current.errors = [gettext("This is not your current password.")]
        return False
    throttle.guess_was_right(account, request.remote_addr)
    return True
