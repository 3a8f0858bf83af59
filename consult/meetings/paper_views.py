"""The list of participants as page, Word and Excel; the report composed item by item; the documents sent to everybody as a list."""

from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from wtforms import StringField, TextAreaField

from consult.errors import NotFound
from consult.kit.words import N_
from consult.meetings import actions, bundling, participants
from consult.meetings.models import Meeting
from consult.meetings.pages import pages
from consult.meetings.views import ONE, find, here
from consult.people.guard import me, needs
from consult.web.forms import Form, told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get(f"{ONE}/participants")
@needs("meeting.read")
def list_of_participants(group: str, meeting: int):
    """Who was there, or who will come, in the usual order."""
    of = find(meeting)
    sections, title = participants.listed(of), participants.title(of)
    return render_template(
        "meetings/participants.html", meeting=of, sections=sections, heads=participants.heads(), title=title, back=here(of)
    )


@pages.get(f"{ONE}/participants.docx")
@needs("meeting.read")
def participants_word(group: str, meeting: int):
    """The same as a Word file."""
    of = find(meeting)
    return send_file(BytesIO(participants.word(of)), WORD, as_attachment=True, download_name=f"{group}-{of.id}-participants.docx")


@pages.get(f"{ONE}/participants.xlsx")
@needs("meeting.read")
def participants_excel(group: str, meeting: int):
    """The same as an Excel file."""
    of = find(meeting)
    return send_file(BytesIO(participants.excel(of)), EXCEL, as_attachment=True, download_name=f"{group}-{of.id}-participants.xlsx")


@pages.post(f"{ONE}/documents/send")
@needs("meeting.manage")
def send_documents(group: str, meeting: int):
    """Send everybody invited the list of documents, with sizes and the line that fetches each."""
    of = find(meeting)
    actions.send_documents(of, by=me(), door="page")
    flash(gettext("The list of documents is on its way to everybody invited."))
    return redirect(here(of), 303)


def _form(of: Meeting) -> Form:
    """A field for each item of the agenda: `i1`, `i2` … by its place."""
    title = StringField(gettext("Title"), description=gettext("Empty: “Report of the” and the title of the meeting."))
    said = gettext("What was said and decided. One paragraph each, an empty line between them; they are numbered through.")
    fields = {f"i{item.position}": TextAreaField(f"{item.number}. {item.title}", description=said) for item in of.items}
    return type("ReportOfMeeting", (Form,), {"title": title, **fields})()


@pages.route(f"{ONE}/compose", methods=["GET", "POST"])
@needs("meeting.manage")
def compose_report(group: str, meeting: int):
    """Compose the report from agenda, participants and what is typed on each item; it is read over as a draft before it goes out."""
    of = find(meeting)
    form, made = _form(of), None
    if form.validate_on_submit():
        with told(form):
            notes = {item.id: form[f"i{item.position}"].data or "" for item in of.items}
            made = actions.compose_report(of, notes, title=form.title.data or "", by=me(), door="page")
    if made:
        flash(gettext("The report is composed. Read it over, correct it and publish it; then circulate it from the page of the meeting."))
        return redirect(url_for("drafts.prepare", group=g.group.slug, draft=made.draft.slug, number=made.number), 303)
    about = gettext("The introduction, with who was there and who could not come, and the list of participants are written for you.")
    page = render_template(
        "meetings/act.html", form=form, meeting=of, heading=gettext("Compose the report"), submit=gettext("Compose it"), about=about,
        back=here(of),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@pages.post(f"{ONE}/report/adopt")
@needs("meeting.manage")
def adopt_report(group: str, meeting: int):
    """The report is adopted, and goes to everybody."""
    of = find(meeting)
    actions.adopt_report(of, by=me(), door="page")
    flash(gettext("The report is adopted and on its way to everybody."))
    return redirect(here(of), 303)


@pages.get(f"{ONE}/documents.zip")
@needs("meeting.read")
def bundle(group: str, meeting: int):
    """All documents in one packed file, or with ?only=texts the texts alone; a download that broke off goes on where it was."""
    of = find(meeting)
    found = bundling.pieces(of, request.args.get("only") == "texts")
    if not found:
        raise NotFound(N_("No document of this meeting is posted yet."))
    with NamedTemporaryFile(dir=current_app.config["DATA"], prefix=".bundle-", suffix=".zip") as made:
        bundling.write(of, found, Path(made.name))
        etag, name = bundling.mark(of, found), f"{group}-{of.id}.zip"
        return send_file(Path(made.name).resolve(), "application/zip", as_attachment=True, download_name=name, etag=etag)
