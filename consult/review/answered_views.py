"""Around the working view: how far the answers are, grouping what says the same, the end of answering, and frequent answers."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.errors import Refused
from consult.people.guard import me, needs
from consult.review import actions, phrases, queries, rules, working
from consult.review.answering_views import ADDRESS
from consult.review.forms import PhraseForm, named
from consult.review.pages import pages
from consult.review.progress import progress, sections_of
from consult.review.views import shown
from consult.web.forms import told, translated


@pages.get(f"{ADDRESS}/progress")
@needs("response.give")
def answers_progress(group: str, round: int):
    """How far the answers are: of all, by section, by drafter; and the way to the end."""
    of = queries.get_round(g.group.id, round)
    left, first = working.without_response(of.id)
    return render_template(
        "review/answered.html",
        round=of, version=of.version, draft=of.version.draft, state=queries.state(of), tally=progress(of), left=left, first=first,
        sections=sections_of(of.version_id), **shown(),
    )  # fmt: skip


@pages.post(f"{ADDRESS}/group")
@needs("response.give")
def group_same(group: str, round: int):
    """Group what says the same, now or in the worker."""
    of = queries.get_round(g.group.id, round)
    joined = actions.group_same(of, by=me(), door="page")
    if joined is None:
        flash(gettext("The comments are being grouped. You can go on working; the groups appear when they are found."))
    elif joined:
        flash(ngettext("%(num)s comment says the same as one before it.", "%(num)s comments say the same as one before them.", joined))
    else:
        flash(gettext("No further comments say the same."))
    return redirect(url_for("review.answering", group=group, round=round), 303)


@pages.post(f"{ADDRESS}/finish")
@needs("response.give")
def finish_answering(group: str, round: int):
    """Close the round as answered; while a comment has no response, go to the first that has none."""
    of = queries.get_round(g.group.id, round)
    try:
        actions.finish_answering(of, by=me(), door="page")
    except Refused as refused:
        flash(translated(refused), "error")
        _, first = working.without_response(of.id)
        if queries.state(of) == "closed" and first:
            return redirect(url_for("review.answering", group=group, round=round, at=first, _anchor=f"c{first}"), 303)
    else:
        flash(gettext("The round is closed as answered."))
    return redirect(url_for("review.answers_progress", group=group, round=round), 303)


@pages.route("/g/<group>/phrases", methods=["GET", "POST"])
@needs("response.give")
def answer_phrases(group: str):
    """The frequent answers of the group: add one, change one, remove one."""
    number = request.args.get("edit", type=int)
    which = phrases.phrase(g.group.id, number) if number else None
    form = PhraseForm(obj=which)
    form.disposition.choices = named({"": rules.ANY, **rules.DISPOSITIONS})
    if form.validate_on_submit():
        given = (form.title.data or "", form.disposition.data or "", form.text.data or "")
        with told(form):
            actions.keep_phrase(g.group, *given, which=which, by=me(), door="page")
        if not form.errors:
            flash(gettext("The frequent answer is kept."))
            return redirect(url_for("review.answer_phrases", group=group), 303)
    page = render_template("review/phrases.html", form=form, which=which, phrases=working.phrases(g.group.id), **shown())
    return page, 422 if form.is_submitted() else 200


@pages.post("/g/<group>/phrases/<int:phrase>/remove")
@needs("response.give")
def remove_phrase(group: str, phrase: int):
    """Offer a frequent answer no longer."""
    actions.remove_phrase(phrases.phrase(g.group.id, phrase), by=me(), door="page")
    flash(gettext("The frequent answer is removed."))
    return redirect(url_for("review.answer_phrases", group=group), 303)
