"""What a person answers to an invitation, and when the silent are reminded."""

from flask import flash, g, redirect, url_for
from flask_babel import gettext

from consult.people.guard import me, needs
from consult.review import actions, rules
from consult.review.forms import InvitationForm, LateMailForm, ScheduleForm
from consult.review.pages import pages
from consult.review.round_views import ADDRESS, find, page_of
from consult.web.forms import told


@pages.post(f"{ADDRESS}/invitation/<any(accept, decline):answer>")
@needs("draft.read")
def answer_invitation(group: str, round: int, answer: str):
    """Say whether one will comment."""
    of, form = find(round), InvitationForm()
    with told(form):
        actions.answer_invitation(of, answer == "accept", form.reason.data or "", by=me(), door="page")
    if form.errors:
        return page_of(of, status=422, invitation=form)
    flash(gettext("Thank you: you will comment.") if answer == "accept" else gettext("Thank you for saying so. You will not be reminded."))
    return redirect(url_for("review.round", group=g.group.slug, round=of.id), 303)


@pages.post(f"{ADDRESS}/late-mail")
@needs("round.open")
def late_mail(group: str, round: int):
    """Say what becomes of mail that comes after the deadline."""
    of, form = find(round), LateMailForm().offer()
    if form.validate_on_submit():
        with told(form):
            actions.take_late_mail(of, form.late_mail.data, form.late_days.data or 0, by=me(), door="page")
    if form.errors:
        return page_of(of, status=422, late_mail=form)
    flash(gettext("Kept."))
    return redirect(url_for("review.round", group=g.group.slug, round=of.id), 303)


@pages.post(f"{ADDRESS}/schedule")
@needs("round.manage")
def schedule(group: str, round: int):
    """Say on which days the silent are reminded by themselves."""
    of, form = find(round), ScheduleForm()
    with told(form):
        actions.schedule(of, rules.days_typed(form.days.data or ""), by=me(), door="page")
    if form.errors:
        return page_of(of, status=422, schedule=form)
    flash(gettext("The reminders are set.") if of.reminders else gettext("Nobody is reminded by itself any more."))
    return redirect(url_for("review.round", group=g.group.slug, round=of.id), 303)
