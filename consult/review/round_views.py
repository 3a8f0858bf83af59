"""Rounds: opening one, watching it, extending, reminding, closing, and the table of all comments."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.drafts import queries as drafts
from consult.errors import Refused
from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import is_guest, me, needs
from consult.review import actions, bundles, exporting, invitations, panels, queries, rules, working
from consult.review.forms import ExtendForm, InvitationForm, LateMailForm, RemindForm, RoundForm, ScheduleForm, named, told_apart
from consult.review.models import Round
from consult.review.pages import pages
from consult.review.views import find_version, shown
from consult.web.forms import Form, choices, told

ADDRESS = "/g/<group>/r/<int:round>"
ROWS_A_PAGE = 40
DOORS = {"import", "mail", "command", *rules.CAME_BY}


def find(round_id: int) -> Round:
    """The round of that number in the group of the page."""
    return queries.get_round(g.group.id, round_id)


def _here(of: Round) -> str:
    return url_for("review.round", group=g.group.slug, round=of.id)


@pages.route("/g/<group>/d/<draft>/v/<int:number>/round", methods=["GET", "POST"])
@needs("round.open")
def open_round(group: str, draft: str, number: int):
    """Invite people to comment on this version."""
    at = find_version(draft, number)
    form = RoundForm()
    form.types.choices = named(rules.TYPES)
    form.chosen.choices = told_apart([m.person for m in people.members(g.group.id)])
    form.late_mail.choices = named(rules.LATE_MAIL)
    form.also.choices = choices((v.id, v.draft.title) for v in drafts.newest(g.group.id) if v.draft_id != at.draft_id)
    if not form.is_submitted():
        form.title.data, form.zone.data = at.draft.title, me().zone
    if form.validate_on_submit():
        made = None
        with told(form):
            made = _open(form, at)
        if made:
            told_now = gettext("The round is open and the letters are on their way.")
            flash(told_now if made.opened_at else gettext("The round is planned; the letters go out when it opens."))
            return redirect(_here(made), 303)
    page = render_template(
        "review/open.html", form=form, version=at, draft=at.draft, beside=panels.shown_on("opening", request.form), **shown()
    )
    return page, 422 if form.is_submitted() else 200


def _open(form: RoundForm, at) -> Round:
    now = clock.now()
    zone = form.zone.data or "UTC"
    chosen = [people.get_person(i) for i in form.chosen.data or []] if form.who.data == "chosen" else None
    asked = {version.id: version for version in drafts.newest(g.group.id)}
    made = actions.open_together(
        [at, *(asked[i] for i in form.also.data or [] if i in asked)],
        title=form.title.data or "", guidance=form.guidance.data or "", types=form.types.data or [], zone=zone,
        opens_at=clock.instant(form.opens.data, zone) if form.opens.data else now, closes_at=clock.instant(form.closes.data, zone),
        people_asked=chosen, reminders=rules.days_typed(form.reminders.data or ""), by=me(), door="page", at=now,
    )  # fmt: skip
    for each in made:
        actions.take_late_mail(each, form.late_mail.data, form.late_days.data or 0, by=me(), door="page")
        panels.along(each, request.form, me())
    return made[0]


@pages.get(ADDRESS)
@needs("round.read")
def round(group: str, round: int):
    """How a round stands: until when, who was asked, who has spoken, what is answered."""
    on = find(round)
    return redirect(url_for("review.read", group=group, round=round), 303) if is_guest() else page_of(on)


def page_of(of: Round, *, status: int = 200, **forms: Form):
    """The page of a round; a form in which something was typed comes back filled in."""
    silent, person, now = queries.silent(of), me(), clock.now()
    remind = forms.get("remind") or RemindForm(formdata=None)
    remind.people.choices = choices((i.person_id, i.person.name) for i in silent)
    page = render_template(
        "review/round.html",
        round=of, version=of.version, draft=of.version.draft, state=queries.state(of), progress=queries.progress(of), silent=silent,
        extend=forms.get("extend") or ExtendForm(formdata=None), remind=remind, too_soon=now - rules.BETWEEN_REMINDERS,
        late=(forms.get("late_mail") or LateMailForm(formdata=None, late_mail=of.late_mail, late_days=of.late_days)).offer(),
        late_words=rules.LATE_MAIL,
        schedule=forms.get("schedule") or ScheduleForm(formdata=None, days=", ".join(map(str, of.reminders))),
        invitation=forms.get("invitation") or InvitationForm(formdata=None), asked=invitations.invitation(of, person),
        away=people.away({i.person_id for i in silent}, now), together=bundles.together(of),
        beside=panels.shown_on("round", of, person), drafts=working.drafts_in(person.id, of.id),
        **shown(),
    )  # fmt: skip
    return page, status


@pages.post(f"{ADDRESS}/extend")
@needs("round.manage")
def extend(group: str, round: int):
    """Give everybody more time, with a reason."""
    of, form = find(round), ExtendForm()
    again = queries.state(of) == "closed"
    if form.validate_on_submit():
        with told(form):
            verb = actions.extend_together if form.together.data else actions.extend
            verb(of, clock.instant(form.closes.data, of.zone), form.reason.data or "", by=me(), door="page")
        if not form.errors:
            extended = gettext("The round is extended and everybody invited is told.")
            flash(gettext("The round is open again and everybody invited is told.") if again else extended)
            return redirect(_here(of), 303)
    return page_of(of, status=422, extend=form)


@pages.route(f"{ADDRESS}/close", methods=["GET", "POST"])
@needs("round.manage")
def close(group: str, round: int):
    """End the round now; opening the page only asks."""
    of = find(round)
    if request.method != "POST":  # a HEAD asks as well
        others = [each for each in bundles.together(of) if queries.state(each) == "open"]
        invited = queries.progress(of)["invited"]
        asks = queries.state(of) == "open"
        return (
            render_template("review/close.html", round=of, invited=invited, others=others, **shown()) if asks else redirect(_here(of), 303)
        )
    (actions.close_together if request.form.get("together") else actions.close)(of, by=me(), door="page")
    flash(gettext("The round is closed."))
    return redirect(_here(of), 303)


@pages.post(f"{ADDRESS}/remind")
@needs("round.manage")
def remind(group: str, round: int):
    """Write again to those who have been silent."""
    of, form = find(round), RemindForm()
    form.people.choices = choices((i.person_id, i.person.name) for i in queries.silent(of))
    if form.validate_on_submit():
        with told(form):
            count = actions.remind(of, [people.get_person(i) for i in form.people.data or []], by=me(), door="page")
        if not form.errors:
            flash(ngettext("A reminder is on its way to %(num)s person.", "Reminders are on their way to %(num)s people.", count))
            return redirect(_here(of), 303)
    return page_of(of, status=422, remind=form)


def _filters() -> dict:
    """The filters in the address; a word that is none of the choices is left out rather than trusted."""
    asked = request.args
    wanted = {"type": asked.get("type", ""), "disposition": asked.get("disposition", ""), "door": asked.get("door", "")}
    allowed = {"type": rules.TYPES, "disposition": {**rules.DISPOSITIONS, "none": ""}, "door": DOORS}
    kept = {name: value if value in allowed[name] else "" for name, value in wanted.items()}
    withdrawn = bool(asked.get("withdrawn")) and people.may(me(), "comment.manage", g.group.id)  # what was taken back only officers see
    return kept | {"withdrawn": withdrawn, "author": asked.get("author", 0, type=int), "mark": asked.get("mark", "")[:60]}


@pages.get(f"{ADDRESS}/comments")
@needs("draft.read")
def comments(group: str, round: int):
    """The table of all comments, in reading order, with filters."""
    of, filters = find(round), _filters()
    found = queries.comments(of, **filters)
    last = max(1, -(-len(found) // ROWS_A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    asked = {name: value for name, value in filters.items() if value}
    rows = found[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE]
    return render_template(
        "review/comments.html",
        round=of, version=of.version, draft=of.version.draft, state=queries.state(of), total=len(found), filters=filters, asked=asked,
        rows=rows, answers=queries.answers_made([row.id for row in rows]), page=number, last=last, authors=queries.authors(of),
        types=rules.TYPES, dispositions=rules.DISPOSITIONS, **shown(),
    )  # fmt: skip


@pages.get(f"{ADDRESS}/comments.<any(csv, json):form>")
@needs("draft.read")
def export(group: str, round: int, form: str):
    """The comments as a file."""
    of = find(round)
    if form not in exporting.WRITERS:
        raise Refused("There is no such form.")
    rows = exporting.rows(of, withdrawn=_filters()["withdrawn"])
    answer = Response(exporting.WRITERS[form](rows), mimetype={"csv": "text/csv", "json": "application/json"}[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="round-{of.id}-comments.{form}"'
    return answer
