"""The pages of drafts: bringing a text in, its versions, what changed between them, and the original file."""

from io import BytesIO

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext

from consult.drafts import (  # noqa: F401 - the modules of views hang their pages on `pages`
    actions,
    issuing_views,
    panels,
    picture_views,
    preparing_views,
    queries,
    reader_views,
    text_views,
)
from consult.drafts.bringing import brought
from consult.drafts.forms import NewForm, TextForm
from consult.drafts.models import Draft, Version
from consult.drafts.pages import DRAFT, correctable, may, note_opening, pages, readable
from consult.errors import NotFound
from consult.files import queries as files
from consult.people.guard import me, needs
from consult.web.forms import told


@pages.route("/g/<group>/drafts/new", methods=["GET", "POST"])
@needs("draft.write")
def new(group: str):
    """Begin a draft with its first text."""
    form = NewForm(language=g.group.language)
    made = None
    if form.validate_on_submit():
        with told(form):
            made = _begun(form)
    if made:
        return redirect(url_for("drafts.prepare", group=group, draft=made.draft.slug, number=made.number), 303)
    return render_template("drafts/new.html", form=form), 422 if form.is_submitted() else 200


def _begun(form: NewForm) -> Version:
    text = brought(form)
    begun = actions.begin(g.group, form.title.data, language=form.language.data, symbol=form.symbol.data or "", by=me(), door="page")
    return actions.prepare(begun, text.pieces, source_name=text.name, file=text.file, by=me(), door="page")


@pages.get(DRAFT + "/")
@needs("draft.read")
def draft(group: str, draft: str):
    """A draft: its versions, newest first, and what changed in each."""
    of = queries.draft(g.group.id, draft)
    versions = [version for version in queries.versions(of) if version.published_at or may("draft.write")]
    facts, shown = queries.facts(versions), panels.panels(of)
    return render_template("drafts/draft.html", draft=of, versions=versions, facts=facts, officer=may("draft.write"), panels=shown)


@pages.route(DRAFT + "/upload", methods=["GET", "POST"])
@needs("draft.write")
def upload(group: str, draft: str):
    """Bring the text of the next version, or another text for the one being prepared."""
    of = queries.draft(g.group.id, draft)
    waiting = queries.being_prepared(of)
    form, made = TextForm(), None
    if form.validate_on_submit():
        with told(form):
            made = _laid_down(of, waiting, form)
    if made:
        return redirect(url_for("drafts.prepare", group=group, draft=draft, number=made.number), 303)
    page = render_template("drafts/upload.html", draft=of, waiting=waiting, last=queries.latest(of), form=form)
    return page, 422 if form.is_submitted() else 200


def _laid_down(of: Draft, waiting: Version | None, form: TextForm) -> Version:
    text = brought(form)
    if waiting:
        return actions.replace(waiting, text.pieces, source_name=text.name, file=text.file, by=me(), door="page")
    return actions.prepare(of, text.pieces, source_name=text.name, file=text.file, by=me(), door="page")


@pages.route(DRAFT + "/v/<int:number>/delete", methods=["GET", "POST"])
@needs("draft.write")
def delete(group: str, draft: str, number: int):
    """Throw away a version that is being prepared; asked once more before it is done."""
    version = correctable(draft, number)
    if request.method == "POST":
        actions.delete(version, by=me(), door="page")
        flash(gettext("Version %(number)s is deleted.", number=number))
        return redirect(url_for("drafts.draft", group=group, draft=draft), 303)
    return render_template("drafts/delete.html", draft=version.draft, version=version)


@pages.get(DRAFT + "/v/<int:number>/file")
@needs("draft.read")
def file(group: str, draft: str, number: int):
    """The file a version was made from, as it was brought: for saving, never for showing."""
    version = readable(draft, number)
    kept = files.find(version.file_id)
    if kept is None:
        raise NotFound(gettext("This version was pasted as text; there is no file."))
    note_opening(version, "file")
    answer = send_file(BytesIO(files.content(kept)), "application/octet-stream", as_attachment=True, download_name=kept.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
