"""Signing in by password or by a link in a letter, signing out, and what else a link in a letter can do."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from consult.errors import NotFound, Refused
from consult.extensions import csrf, db, transaction
from consult.people import actions, forms, letters, links, passwords, queries, rules, sessions, throttle
from consult.people.guard import public, visitor
from consult.people.models import Person
from consult.people.views import pages
from consult.web.forms import told, translated
from consult.web.origin import from_anywhere


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    """Sign in with address and password."""
    form = forms.SignIn()
    if request.method != "POST":  # a HEAD asks as well
        form.next.data = request.args.get("next", "")
    if form.validate_on_submit():
        try:
            person = _person_with(form.address.data, form.password.data)
        except Refused as refused:
            form.form_errors.append(translated(refused))
            return render_template("people/sign_in.html", form=form), 429
        if person is not None:
            return sessions.sign_in(redirect(_within(form.next.data), 303), person)
        form.form_errors.append(gettext("Address and password do not belong together."))
    return render_template("people/sign_in.html", form=form), 422 if form.errors else 200


def _person_with(address: str, password: str) -> Person | None:
    """Who this is. The try is counted first, and the slow comparison is made while no transaction is open."""
    account, person_id, kept = queries.password_of(address)
    with transaction():
        throttle.take_guess(account, request.remote_addr)
    if not passwords.matches(kept, password):
        return None
    throttle.guess_was_right(account, request.remote_addr)
    return queries.get_person(person_id)


def _within(wanted: str | None) -> str:
    """The page of ours that was wanted before signing in; the first page if it is not one of ours."""
    path, _, query = (wanted or "").partition("?")
    adapter = current_app.url_map.bind(current_app.config["SERVER_NAME"])
    try:
        endpoint, values = adapter.match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return url_for("people.home")
    inside = url_for(endpoint, **values)
    return f"{inside}?{query}" if query and query.isascii() and query.isprintable() else inside


@pages.route("/sign-in/link", methods=["GET", "POST"])
@public
def sign_in_link():
    """Ask for a letter with a link that signs in."""
    return _ask("sign-in")


@pages.route("/password", methods=["GET", "POST"])
@public
def password():
    """Ask for a letter with a link to set a new password."""
    return _ask("password")


def _ask(purpose: str):
    """The same page, words and time whether or not anybody has this address."""
    form = forms.AskLink()
    if not form.validate_on_submit():
        return render_template("people/ask_link.html", form=form, purpose=purpose), 422 if form.errors else 200
    try:
        address = rules.address(form.address.data)
        with transaction():
            throttle.take_letter(address)
    except Refused as refused:
        form.form_errors.append(translated(refused))
        return render_template("people/ask_link.html", form=form, purpose=purpose), 422
    answer = current_app.make_response(render_template("people/link_sent.html", purpose=purpose))
    return letters.after(answer, current_app._get_current_object(), lambda: letters.send_link_if_known(address, purpose))


@pages.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out():
    """Sign out in this browser; opening the page only asks."""
    form = forms.Press()
    if form.validate_on_submit():
        return sessions.sign_out(redirect(url_for("people.home"), 303))
    return render_template("people/sign_out.html", form=form)


@pages.route("/l/<any('sign-in', password, address):purpose>/<token>", methods=["GET", "POST"])
@public
def open_link(purpose: str, token: str):
    """A link of a letter: opening it shows a button, pressing the button acts."""
    try:
        link = links.read_link(token, purpose)
    except Refused as refused:
        return render_template("people/link_gone.html", reason=translated(refused), purpose=purpose), 410
    form = forms.NewPassword() if purpose == "password" else forms.Press()
    if form.validate_on_submit():
        with told(form):
            answer = ACTS[purpose](token, form)
        if not form.errors:
            return answer
    page = render_template("people/link.html", form=form, purpose=purpose, token=token, subject=link.subject)
    return page, 422 if form.errors else 200


def _sign_in(token: str, form: forms.Press):
    _, person = links.use_link(token, "sign-in")
    return sessions.sign_in(redirect(url_for("people.home"), 303), person)


def _new_password(token: str, form: forms.NewPassword):
    _, person = links.use_link(token, "password")
    actions.set_password(person, form.password.data)
    flash(gettext("Your new password is set. Sign in with it."))
    return redirect(url_for("people.sign_in"), 303)


def _confirm_address(token: str, form: forms.Press):
    link, person = links.use_link(token, "address")
    actions.add_address(person, link.subject, by=person, door="page")
    flash(gettext("The address is yours now."))
    return redirect(url_for("people.me" if visitor() is not None else "people.sign_in"), 303)


ACTS = {"sign-in": _sign_in, "password": _new_password, "address": _confirm_address}


@pages.route("/l/stop/<token>", methods=["GET", "POST"])
@csrf.exempt
@from_anywhere
@public
def stop(token: str):
    """No more letters, by one press and without signing in (RFC 8058). Opening the page only asks."""
    try:
        link = links.read_link(token, "stop")
    except Refused:
        raise NotFound() from None
    person = db.session.get_one(Person, link.person_id)
    if request.method == "POST" and person.rhythm != "none":
        actions.change_preferences(person, rhythm="none", by=person, door="page")
    return render_template("people/stop.html", token=token, stopped=request.method == "POST")
