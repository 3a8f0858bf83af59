"""The page on which a person says how they can take part."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from consult.people.guard import me, signed_in
from consult.reach import actions, queries, wording
from consult.reach.forms import MeansForm
from consult.reach.pages import pages
from consult.web.forms import told


@pages.route("/me/means", methods=["GET", "POST"])
@signed_in
def own():
    """One's line, device, limits, and how else one can be reached."""
    person = me()
    form = MeansForm().fit(queries.latest(person.id))
    if form.validate_on_submit():
        before: dict = {}
        with told(form):
            _, before = actions.answer(person, form.said(), by=person, door="page")
        if not form.errors:
            flash(" ".join([gettext("Kept."), *(words for words, _ in wording.changed(person, before))]))
            return redirect(url_for("reach.own"), 303)
    return render_template("reach/own.html", form=form), 422 if form.is_submitted() else 200
