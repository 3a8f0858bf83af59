"""The page on which a person follows a round, draft or comment, or mutes it; the same as FOLLOW and UNFOLLOW by mail."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from consult.alerts import watching
from consult.inbox.commands.watching import known_thing, thing_named
from consult.inbox.pages import pages
from consult.kit.words import N_
from consult.people.guard import me, signed_in
from consult.web.forms import Form, choices, told

WAYS = {"follow": N_("Its news come at once"), "mute": N_("No news of it"), "usual": N_("As everything else")}
MEANT = {"follow": True, "mute": False, "usual": None}


class WatchForm(Form):
    """What, and how one wants to hear of it."""

    what = StringField(
        _l("Round, comment or draft"), [InputRequired(_l("Say which."))], description=_l("R3, R3/57, or a draft's short name")
    )
    way = SelectField(_l("How"))


@pages.route("/me/watching", methods=["GET", "POST"])
@signed_in
def watching_page():
    """What one follows or has muted, and further things."""
    form = WatchForm(request.form if request.method == "POST" else request.args)
    form.way.choices = choices([(way, gettext(words)) for way, words in WAYS.items()])
    done = False
    if form.validate_on_submit():
        with told(form):
            thing = thing_named(form.what.data, me())
            watching.watch(thing.kind, thing.id, MEANT[form.way.data], by=me(), door="page")
            done = True
    if done:
        flash(gettext("Kept."))
        return redirect(url_for("inbox.watching_page"), 303)
    said = [(known_thing(each.subject_type, each.subject_id, me()), each.follows) for each in watching.watched(me().id)]
    page = render_template("inbox/watching.html", form=form, said=[each for each in said if each[0]], ways=WAYS)
    return page, 422 if form.is_submitted() else 200
