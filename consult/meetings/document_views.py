"""The pages on which officers put documents before a meeting, and circulate its report."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.files import actions as files
from consult.kit import clock
from consult.meetings import actions, queries, rules
from consult.meetings.forms import DocumentForm, ReportForm
from consult.meetings.models import Meeting
from consult.meetings.pages import pages
from consult.meetings.views import ONE, find, here
from consult.people.guard import me, needs
from consult.people.rules import LANGUAGES
from consult.web.forms import choices, told


def _fitted(form: DocumentForm, of: Meeting) -> DocumentForm:
    published = [version.draft for version in drafts.newest(g.group.id)]
    form.draft.choices = choices([(0, "–"), *((each.id, each.title) for each in reversed(published))])
    form.item.choices = choices([(0, "–"), *((item.id, f"{item.number}. {item.title}") for item in of.items)])
    form.nature.choices = choices((code, gettext(word)) for code, word in rules.NATURES.items())
    form.state.choices = choices((code, gettext(word)) for code, word in rules.STEPS.items())
    form.language.choices = choices(LANGUAGES.items())
    return form


@pages.route(f"{ONE}/documents/new", methods=["GET", "POST"])
@needs("meeting.manage")
def add_document(group: str, meeting: int):
    """Put a draft of the group or a file before the meeting, under a symbol."""
    of = find(meeting)
    taken = [each.symbol for each in queries.documents(of, everything=True)]
    free = {nature: rules.next_symbol(of.code, nature, taken) for nature in ("working", "information", "conference-room")}
    form = _fitted(DocumentForm(data={"symbol": free["working"], "language": of.languages.split()[0]}), of)
    if form.validate_on_submit():
        with told(form):
            _add(form, of, free)
        if not form.errors:
            flash(gettext("The document stands before the meeting."))
            return redirect(here(of), 303)
    page = render_template("meetings/document.html", form=form, meeting=of, free=free, natures=rules.NATURES, back=here(of))
    return page, 422 if form.is_submitted() else 200


def _add(form: DocumentForm, of: Meeting, free: dict[str, str]) -> None:
    """The number that was offered for a working document becomes that of the series the officer chose."""
    symbol = form.symbol.data or ""
    symbol = free.get(form.nature.data, symbol) if symbol in ("", free["working"]) else symbol
    chosen = _chosen(form, of)
    chosen["state"] = form.state.data if chosen["draft"] or chosen["files"] or form.state.data != "posted" else ""
    actions.add_document(of, symbol=symbol, by=me(), door="page", **chosen)


def _chosen(form: DocumentForm, of: Meeting) -> dict:
    """What the form says of a document, its symbol apart; a file that was brought is kept."""
    brought = []
    if form.file.data and form.file.data.filename:
        brought = [(form.language.data or "en", files.keep(form.file.data.read(), form.file.data.filename))]
    return {
        "title": form.title.data or "", "nature": form.nature.data, "state": form.state.data, "files": brought,
        "draft": next((each for each in drafts.drafts(of.group_id) if each.id == form.draft.data), None),
        "item": next((each for each in of.items if each.id == form.item.data), None),
    }  # fmt: skip


@pages.route(f"{ONE}/documents/<int:document>/edit", methods=["GET", "POST"])
@needs("meeting.manage")
def change_document(group: str, meeting: int, document: int):
    """Say what became of a document: its text has come, another language of it, another state."""
    of = find(meeting)
    which = queries.get_document(of, document)
    now = {name: getattr(which, name) for name in ("title", "nature", "state")} | {"language": of.languages.split()[0]}
    form = _fitted(DocumentForm(data=now | {"draft": which.draft_id or 0, "item": which.item_id or 0}), of)
    del form.symbol
    if form.validate_on_submit():
        with told(form):
            actions.change_document(which, by=me(), door="page", **_chosen(form, of))
        if not form.errors:
            flash(gettext("The document is changed."))
            return redirect(here(of), 303)
    page = render_template(
        "meetings/act.html", form=form, meeting=of, heading=which.symbol, submit=gettext("Save"), about="", back=here(of)
    )
    return page, 422 if form.is_submitted() else 200


@pages.post(f"{ONE}/documents/<int:document>/drop")
@needs("meeting.manage")
def drop_document(group: str, meeting: int, document: int):
    """Take a document off the list."""
    of = find(meeting)
    actions.drop_document(queries.get_document(of, document), by=me(), door="page")
    flash(gettext("The document is off the list."))
    return redirect(here(of), 303)


@pages.route(f"{ONE}/report", methods=["GET", "POST"])
@needs("meeting.manage")
def report(group: str, meeting: int):
    """Circulate the report: a round on it for everybody, with words of their own to those who could not come."""
    of, form = find(meeting), ReportForm()
    published = [version.draft for version in drafts.newest(g.group.id)]
    form.draft.choices = choices((each.id, each.title) for each in reversed(published))
    known = queries.report(of)
    if not form.is_submitted():
        form.draft.data = known.draft_id if known else published[-1].id if published else None
        form.symbol.data = known.symbol if known else rules.next_symbol(of.code, "report", [each.symbol for each in of.documents])
    made = None
    if form.validate_on_submit():
        with told(form):
            made = actions.circulate_report(
                of, next(each for each in published if each.id == form.draft.data), symbol=form.symbol.data or "",
                closes_at=clock.instant(form.closes.data, me().zone), guidance=form.guidance.data or "",
                only_absent=form.who.data == "absent", by=me(), door="page",
            )  # fmt: skip
    if made:
        flash(gettext("The report is on its way, and the round on it is open."))
        return redirect(url_for("review.round", group=group, round=made.id), 303)
    absent = queries.absent(of)
    page = render_template(
        "meetings/report.html", form=form, meeting=of, back=here(of), known=known, nothing=not published,
        absent=[row for row in queries.attendances(of.id) if row.person_id in absent], zone=me().zone,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200
