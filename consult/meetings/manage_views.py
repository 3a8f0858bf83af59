"""What officers do about a meeting: plan it, change it, announce and cancel it, write its agenda, note who was there."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.kit import clock
from consult.kit.words import N_
from consult.meetings import actions, agenda, queries
from consult.meetings.forms import AgendaForm, BehalfForm, CancelForm, MeetingForm, PresenceForm
from consult.meetings.models import Meeting
from consult.meetings.pages import pages
from consult.meetings.views import ADDRESS, ONE, find, here
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.web.forms import Form, choices, told

CAME_BY = {"mail": N_("by e-mail"), "phone": N_("by telephone"), "fax": N_("by fax"), "paper": N_("on paper")}


def _given(form: MeetingForm) -> dict:
    zone = form.zone.data or "UTC"
    plain = {name: getattr(form, name).data or "" for name in ("title", "code", "kind", "place", "link", "host", "note")}
    moments = {"starts_at": clock.instant(form.starts.data or "", zone), "ends_at": clock.instant(form.ends.data or "", zone)}
    return plain | moments | {"zone": zone, "languages": " ".join(form.languages.data or [])}


def _typed(of: Meeting) -> dict:
    local = clock.zone(of.zone)
    moments = {"starts": of.starts_at.astimezone(local), "ends": of.ends_at.astimezone(local)}
    plain = {name: getattr(of, name) for name in ("title", "code", "kind", "place", "link", "host", "note", "zone")}
    return plain | {name: when.strftime("%Y-%m-%dT%H:%M") for name, when in moments.items()} | {"languages": of.languages.split()}


@pages.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("meeting.manage")
def plan(group: str):
    """Plan a meeting; nobody else sees it until it is announced."""
    form = MeetingForm(data={"zone": me().zone, "languages": [g.group.language], "kind": "in-person"}).fit()
    if form.validate_on_submit():
        made = None
        with told(form):
            made = actions.plan(g.group, by=me(), door="page", **_given(form))
        if made:
            flash(gettext("The meeting is planned. Write its agenda, then announce it."))
            return redirect(here(made), 303)
    page = render_template("meetings/edit.html", form=form, meeting=None, cancel=url_for("meetings.meetings", group=group))
    return page, 422 if form.is_submitted() else 200


@pages.route(f"{ONE}/edit", methods=["GET", "POST"])
@needs("meeting.manage")
def change(group: str, meeting: int):
    """Change what is known of a meeting; everybody invited is told of what matters to them."""
    of = find(meeting)
    form = MeetingForm(data=_typed(of)).fit(of)
    if form.validate_on_submit():
        with told(form):
            reason = form.reason.data or "" if "reason" in form else ""
            actions.change(of, reason, by=me(), door="page", **_given(form))
        if not form.errors:
            flash(gettext("The meeting is changed, and everybody invited is told what they need to know."))
            return redirect(here(of), 303)
    page = render_template("meetings/edit.html", form=form, meeting=of, cancel=here(of))
    return page, 422 if form.is_submitted() else 200


@pages.post(f"{ONE}/announce")
@needs("meeting.manage")
def announce(group: str, meeting: int):
    """Invite everybody in the group."""
    of = find(meeting)
    actions.announce(of, by=me(), door="page")
    flash(gettext("The meeting is announced, and the invitations are on their way."))
    return redirect(here(of), 303)


@pages.route(f"{ONE}/cancel", methods=["GET", "POST"])
@needs("meeting.manage")
def cancel(group: str, meeting: int):
    """Call it off."""
    of, form = find(meeting), CancelForm()
    if form.validate_on_submit():
        with told(form):
            actions.cancel(of, form.reason.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("The meeting is cancelled, and everybody invited is told why."))
            return redirect(here(of), 303)
    return _act(of, form, gettext("Cancel the meeting"), gettext("Cancel it and tell everybody"))


def _act(of: Meeting, form: Form, heading: str, submit: str, about: str = ""):
    """A page with one form about a meeting."""
    page = render_template("meetings/act.html", form=form, meeting=of, heading=heading, submit=submit, about=about, back=here(of))
    return page, 422 if form.is_submitted() else 200


@pages.route(f"{ONE}/behalf", methods=["GET", "POST"])
@needs("meeting.manage")
def behalf(group: str, meeting: int):
    """Enter an answer that came by another way."""
    of, form = find(meeting), BehalfForm().fit()
    form.person.choices = choices((seat.person.id, seat.person.name) for seat in queries.seats(of))
    form.came_by.choices = choices((code, gettext(word)) for code, word in CAME_BY.items())
    if form.validate_on_submit():
        with told(form):
            actions.answer(
                of, form.answer.data, form.reason.data or "", alternate=form.alternate.data or "",
                on_behalf=people.get_person(form.person.data), by=me(), door=form.came_by.data,
            )  # fmt: skip
        if not form.errors:
            flash(gettext("The answer is noted."))
            return redirect(here(of), 303)
    return _act(of, form, gettext("Enter an answer that came by another way"), gettext("Enter it"))


@pages.route(f"{ONE}/agenda", methods=["GET", "POST"])
@needs("meeting.manage")
def write_agenda(group: str, meeting: int):
    """Write the agenda, a line an item."""
    of = find(meeting)
    form = AgendaForm(data={"agenda": agenda.text(of.items)})
    if form.validate_on_submit():
        with told(form):
            actions.write_agenda(of, form.agenda.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("The agenda is saved."))
            return redirect(here(of), 303)
    return _act(of, form, gettext("Agenda"), gettext("Save the agenda"))


@pages.post(f"{ONE}/adopt")
@needs("meeting.manage")
def adopt(group: str, meeting: int):
    """The agenda is adopted."""
    of = find(meeting)
    actions.adopt_agenda(of, by=me(), door="page")
    flash(gettext("The agenda is adopted: it is no longer called provisional."))
    return redirect(here(of), 303)


@pages.route(f"{ONE}/presence", methods=["GET", "POST"])
@needs("meeting.manage")
def presence(group: str, meeting: int):
    """Note who was there; before anything was noted, those who said they would come are ticked."""
    of, seats = find(meeting), queries.seats(find(meeting))
    form = PresenceForm()
    form.present.choices = choices((seat.person.id, seat.person.name) for seat in seats)
    if form.validate_on_submit():
        with told(form):
            count = actions.mark_presence(of, set(form.present.data or []), by=me(), door="page")
        if not form.errors:
            flash(gettext("Noted: %(count)s people were there.", count=count))
            return redirect(here(of), 303)
    taken = any(seat.attendance and seat.attendance.present is not None for seat in seats)
    ticked = {seat.person.id for seat in seats if seat.attendance and _was_there(seat.attendance, taken)}
    page = render_template("meetings/presence.html", form=form, meeting=of, seats=seats, ticked=ticked, back=here(of))
    return page, 422 if form.is_submitted() else 200


def _was_there(row, taken: bool) -> bool:
    return bool(row.present) if taken else row.answer == "attending"
