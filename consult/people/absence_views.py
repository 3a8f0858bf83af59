"""The page on which a person says when they are away."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired

from consult.kit import clock
from consult.people import absences, queries
from consult.people.guard import me, signed_in
from consult.people.views import pages
from consult.web.forms import Form, told


class AbsenceForm(Form):
    """From when to when."""

    starts_on = DateField(_l("First day away"), [InputRequired(_l("Say from which day."))])
    ends_on = DateField(_l("Last day away"), [InputRequired(_l("Say until which day."))])
    note = StringField(_l("Note"), description=_l("The officers of your groups can read it."))


@pages.route("/me/away", methods=["GET", "POST"])
@signed_in
def away():
    """The days on which one is not reminded, and further ones."""
    form, made = AbsenceForm(), None
    if form.validate_on_submit():
        with told(form):
            made = absences.be_away(form.starts_on.data, form.ends_on.data, form.note.data or "", by=me(), door="page")
    if made:
        flash(gettext("Kept. You are not reminded on these days."))
        return redirect(url_for("people.away"), 303)
    page = render_template("people/away.html", form=form, days=queries.absences(me().id, clock.now().date()))
    return page, 422 if form.is_submitted() else 200


@pages.post("/me/away/<int:absence>/back")
@signed_in
def back(absence: int):
    """Take days away back."""
    absences.be_back(absence, by=me(), door="page")
    return redirect(url_for("people.away"), 303)
