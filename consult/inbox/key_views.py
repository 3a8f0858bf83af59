"""The page with one's own reply addresses, letter by letter, and how to take them back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from consult.inbox import keys as verbs
from consult.inbox.pages import pages
from consult.people.guard import me, signed_in


@pages.get("/me/keys")
@signed_in
def keys():
    """The letters to which one's answers are taken."""
    return render_template("inbox/keys.html", rows=verbs.kept(me()))


@pages.post("/me/keys/<int:letter>/revoke")
@signed_in
def revoke_key(letter: int):
    """What comes to the addresses in this letter is not taken any more."""
    verbs.revoke(letter, by=me(), door="page")
    flash(gettext("The reply address is withdrawn."))
    return redirect(url_for("inbox.keys"), 303)


@pages.post("/me/keys/revoke")
@signed_in
def revoke_keys():
    """What comes to any of one's reply addresses is not taken any more."""
    verbs.revoke(None, by=me(), door="page")
    flash(gettext("All your reply addresses are withdrawn. Letters to come have new ones."))
    return redirect(url_for("inbox.keys"), 303)
