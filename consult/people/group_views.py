"""The pages of a group: what it is, who sits in it, what happened."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup

from consult.journal import queries as journal
from consult.journal.kinds import KINDS, UNSHOWN
from consult.journal.models import Event
from consult.people import actions, failing, forms, home, queries, rules
from consult.people.guard import may_here, me, needs
from consult.people.models import Person
from consult.people.views import pages
from consult.web.filters import named
from consult.web.forms import told, translated

A_PAGE = 50
NAMES_AT_MOST = 20
FOR_OFFICERS = {
    "arrival.opened",
    "arrival.released",
    "letter.resent",
    "address.failing",
    "person.changed",
    "round.reminded",
    "import.begun",
    "delegation.left",
    "reviewer.invited",
    "reviewer.accepted",
    "reviewer.declined",
    "reviewer.revoked",
    "means.asked",
    "means.entered",
    "task.raised",
    "task.settled",
}


@pages.get("/g/<group>/", endpoint="group")
@needs("group.read")
def group_page(group: str):
    """The group's name, mandate and terms, and what higher rooms show of its work."""
    count = queries.count_members(g.group.id)
    panels = home.group_panels(g.group, me())
    return render_template("people/group.html", group=g.group, count=count, panels=panels, kinds=rules.GROUP_KINDS)


def _members_page(form: forms.NewMember):
    seats = rules.in_order(queries.members(g.group.id))
    manages = queries.may(me(), "members.manage", g.group.id)
    page = render_template("people/members.html", group=g.group, seats=seats, form=form, manages=manages, roles=rules.ROLES)
    return page, 422 if form.errors else 200


@pages.get("/g/<group>/members")
@needs("group.read")
def members(group: str):
    """Who sits in the group: officers, chairs, members, observers."""
    return _members_page(forms.NewMember(None))


@pages.post("/g/<group>/members")
@needs("members.manage")
def add_member(group: str):
    """Somebody takes a seat, known here already or new."""
    form = forms.NewMember()
    if form.validate_on_submit():
        with told(form):
            person = queries.find_by_address(form.address.data) or _new_person(form)
            actions.add_member(g.group, person, form.role.data, by=me(), door="page")
        if not form.errors:
            flash(gettext("%(name)s is in the group now.", name=person.name))
            return redirect(url_for("people.members", group=group), 303)
    return _members_page(form)


def _new_person(form: forms.NewMember) -> Person:
    given = {field: form[field].data for field in ("organization", "language", "zone", "means")}
    return actions.add_person(form.name.data or "", form.address.data, by=me(), door="page", **given)


@pages.route("/g/<group>/members/<int:membership>/end", methods=["GET", "POST"])
@needs("members.manage")
def end_membership(group: str, membership: int):
    """A seat ends today; opening the page only asks."""
    seat, form = queries.membership(g.group.id, membership), forms.Press()
    if form.validate_on_submit():
        with told(form):
            actions.end_membership(seat, by=me(), door="page")
        if not form.errors:
            flash(gettext("%(name)s is not in the group any more.", name=seat.person.name))
            inside = queries.may(me(), "group.read", g.group.id)
            return redirect(url_for("people.members", group=group) if inside else url_for("people.home"), 303)
    return render_template(
        "people/end_membership.html", group=g.group, seat=seat, form=form, roles=rules.ROLES
    ), 422 if form.errors else 200


@pages.post("/g/<group>/members/<int:membership>/works")
@needs("members.manage")
def member_reached(group: str, membership: int):
    """Letters to the first address of this member do not come back any more; what could not reach it goes there now."""
    seat = queries.membership(g.group.id, membership)
    for address in seat.person.addresses[:1]:
        failing.address_works(address, by=me(), door="page")
    flash(gettext("Letters go to this address again."))
    return redirect(url_for("people.members", group=group), 303)


@pages.route("/g/<group>/members/import", methods=["GET", "POST"])
@needs("members.manage")
def import_members(group: str):
    """Take people from a CSV list: all of them, or the good rows when asked to, or nobody and the reasons."""
    form, done = forms.Upload(), None
    if form.validate_on_submit():
        ticks = {"take_good": form.take_good.data, "names_right": form.names_right.data}
        with told(form):
            done = actions.import_people(g.group, form.sheet.data.read(), by=me(), door="page", **ticks)
        if done and done.taken and not done.bad and not done.ignored:
            flash(_what_was_done(done))
            return redirect(url_for("people.members", group=group), 303)
    status = 422 if form.errors or (done and not done.taken) else 200
    bad = [(number, translated(refused)) for number, refused in done.bad] if done else []
    outcome = (_what_was_done(done) if done.taken else _who_sat_there(done)) if done else ""
    return render_template("people/import.html", group=g.group, form=form, done=done, bad=bad, outcome=outcome), status


def _what_was_done(done: actions.Import) -> str:
    said = [ngettext("%(num)s person joined the group.", "%(num)s people joined the group.", done.members)]
    if done.people:
        said.append(ngettext("%(num)s was not known here before.", "%(num)s were not known here before.", done.people))
    return " ".join([*said, _who_sat_there(done)]).strip()


def _who_sat_there(done: actions.Import) -> str:
    names = done.already[:NAMES_AT_MOST] + ["…"] * (len(done.already) > NAMES_AT_MOST)
    return gettext("In the group already: %(names)s.", names=gettext(", ").join(names)) if names else ""


@pages.get("/g/<group>/timeline")
@needs("group.read")
def timeline(group: str):
    """What happened in the group, newest first."""
    before = request.args.get("before", type=int)
    events = journal.of_group(g.group.id, before=before, limit=A_PAGE + 1)
    older = events[A_PAGE - 1].id if len(events) > A_PAGE else None
    officer = may_here("letters.read")
    shown = [event for event in events[:A_PAGE] if event.kind not in UNSHOWN and (officer or event.kind not in FOR_OFFICERS)]
    who = queries.names({event.actor_id for event in shown if event.actor_id})
    told_events = [(event, sentence(event, who.get(event.actor_id, "Consult"))) for event in shown]
    return render_template("people/timeline.html", group=g.group, events=told_events, older=older)


def sentence(event: Event, who: str) -> Markup:
    """One event as the timeline tells it, every value set apart so that no name can turn the sentence round."""
    values = {"who": who, **event.data, **_in_words(event.data)}
    set_apart = _Told({key: Markup("<bdi>{}</bdi>").format(value) for key, value in values.items()})
    return Markup(gettext(KINDS[event.kind])) % set_apart


def _in_words(data: dict) -> dict[str, str]:
    """The codes that an event carries, as people read them."""
    words = {}
    if data.get("role") in rules.ROLES:
        words["role"] = gettext(rules.ROLES[data["role"]])
    for code in {"disposition", "poll", "outcome"} & set(data):
        words[code] = named(data[code])
    if "mark" in data:
        words["place"] = gettext("paragraph %(mark)s", mark=data["mark"]) if data["mark"] else gettext("the whole draft")
    return words


class _Told(dict):
    """Old events may lack what their sentence has come to tell since."""

    def __missing__(self, key: str) -> str:
        return "…"
