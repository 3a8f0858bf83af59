"""Reading about meetings: those of a group, one with its agenda, documents and who comes, its calendar file; and answering."""

from io import BytesIO

from flask import Response, flash, g, redirect, render_template, send_file, url_for
from flask_babel import gettext

from consult.errors import NotFound
from consult.files import queries as files
from consult.kit import clock
from consult.kit.words import N_
from consult.meetings import actions, queries, rules, showing
from consult.meetings.forms import AnswerForm
from consult.meetings.models import Meeting
from consult.meetings.pages import pages
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.web.forms import told

ADDRESS = "/g/<group>/meetings"
ONE = f"{ADDRESS}/<int:meeting>"


def find(number: int) -> Meeting:
    """The meeting of that number in the group of the page; what was never announced is there for officers alone."""
    found = queries.get_meeting(g.group.id, number)
    if found.announced_at is None and not people.may(me(), "meeting.manage", g.group.id):
        raise NotFound(N_("This group has no meeting under this address."))
    return found


def here(of: Meeting) -> str:
    """The address of a meeting's page."""
    return url_for("meetings.meeting", group=g.group.slug, meeting=of.id)


@pages.get(ADDRESS)
@needs("meeting.read")
def meetings(group: str):
    """The meetings of the group: those to come, those that were."""
    manages, now = people.may(me(), "meeting.manage", g.group.id), clock.now()
    found = [each for each in queries.meetings_of(g.group.id) if manages or each.announced_at]
    coming = [each for each in reversed(found) if each.ends_at >= now and each.state != "cancelled"]
    return render_template(
        "meetings/meetings.html", coming=coming, past=[each for each in found if each not in coming], manages=manages, showing=showing,
        kinds=rules.KINDS, states=rules.STATES,
    )  # fmt: skip


@pages.get(ONE)
@needs("meeting.read")
def meeting(group: str, meeting: int):
    """One meeting: when, where, what for, with which documents, and who comes."""
    return page_of(find(meeting))


def page_of(of: Meeting, *, status: int = 200, typed: AnswerForm | None = None):
    """The page of a meeting; a form in which something was typed comes back filled in."""
    person, manages, now = me(), people.may(me(), "meeting.manage", g.group.id), clock.now()
    own, seats = queries.attendance(of.id, person.id), queries.seats(of)
    chosen = {"answer": own.answer, "reason": own.reason, "alternate": own.alternate} if own and own.answer != "invited" else None
    page = render_template(
        "meetings/meeting.html", meeting=of, own=own, answers=own is not None and of.state == "announced" and now <= of.ends_at,
        form=(typed or AnswerForm(formdata=None, data=chosen)).fit(), seats=_by_section(seats), sections=rules.SECTIONS,
        counts=queries.counts(of.id), documents=queries.shelf(of, manages),
        there=sum(bool(seat.attendance and seat.attendance.present) for seat in seats), manages=manages, report=queries.report(of),
        showing=showing, rules=rules, person=person, begun=now >= of.starts_at,
    )  # fmt: skip
    return page, status


def _by_section(seats: list) -> dict[str, list]:
    """The people by the headings of the list of participants."""
    found: dict[str, list] = {}
    for seat in seats:
        if seat.attendance is not None or seat.role == "officer":
            found.setdefault(queries.section(seat), []).append(seat)
    return found


@pages.post(f"{ONE}/answer")
@needs("meeting.answer")
def answer(group: str, meeting: int):
    """Say whether one comes."""
    of, form = find(meeting), AnswerForm().fit()
    if form.validate_on_submit():
        with told(form):
            said = form.answer.data, form.reason.data or ""
            actions.answer(of, *said, alternate=form.alternate.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("Your answer is noted. You can change it until the meeting is over."))
            return redirect(here(of), 303)
    return page_of(of, status=422, typed=form)


@pages.post(f"{ONE}/unanswer")
@needs("meeting.answer")
def unanswer(group: str, meeting: int):
    """As if one had not answered."""
    of = find(meeting)
    actions.take_back(of, by=me(), door="page")
    flash(gettext("Your answer is taken back."))
    return redirect(here(of), 303)


@pages.get(f"{ONE}.ics")
@needs("meeting.read")
def calendar(group: str, meeting: int):
    """The meeting as a file for one's calendar."""
    of = find(meeting)
    entry = showing.entry(of, url=url_for("meetings.meeting", group=group, meeting=of.id, _external=True))
    answer = Response(showing.calendar_of([entry]), content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{group}-{of.id}.ics")
    return answer


@pages.get(f"{ONE}/documents/<int:document>/file/<int:file>")
@needs("meeting.read")
def document_file(group: str, meeting: int, document: int, file: int):
    """A file of a document, to keep."""
    which = queries.get_document(find(meeting), document)
    found = next((each.file for each in which.files if each.id == file), None)
    if found is None or which.state not in rules.SHOWN and not people.may(me(), "meeting.manage", g.group.id):
        raise NotFound(N_("This meeting has no document under this address."))
    content = BytesIO(files.content(found))
    return send_file(content, "application/octet-stream", as_attachment=True, download_name=found.name)
