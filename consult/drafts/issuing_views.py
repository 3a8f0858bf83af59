"""The page on which an officer says under which label a draft goes about, and issues it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.drafts import actions, queries
from consult.drafts.forms import LabelForm
from consult.drafts.models import Draft
from consult.drafts.pages import DRAFT, pages
from consult.people.guard import me, needs
from consult.web.forms import told


@pages.route(DRAFT + "/label", methods=["GET", "POST"])
@needs("draft.issue")
def label(group: str, draft: str):
    """Other words for the label, and the step that ends it."""
    of = queries.draft(g.group.id, draft)
    form = LabelForm(label=of.label)
    if form.validate_on_submit():
        with told(form):
            actions.relabel(of, form.label.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("The label is changed."))
            return redirect(url_for("drafts.draft", group=group, draft=draft), 303)
    return _page(of, form), 422 if form.is_submitted() else 200


@pages.post(DRAFT + "/issue")
@needs("draft.issue")
def issue(group: str, draft: str):
    """The draft may be cited from now on."""
    of = queries.draft(g.group.id, draft)
    actions.issue(of, by=me(), door="page")
    flash(gettext("The draft is issued. Everybody in the group is told that it may be cited."))
    return redirect(url_for("drafts.draft", group=group, draft=draft), 303)


def _page(of: Draft, form: LabelForm) -> str:
    return render_template("drafts/label.html", draft=of, form=form, latest=queries.latest(of))
