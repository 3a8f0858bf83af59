"""Taking a text along: which documents there are, the one being made, and fetching it."""

from io import BytesIO

from flask import flash, g, make_response, redirect, render_template, request, send_file, url_for

from consult.drafts import actions as drafts
from consult.drafts.pages import DRAFT, readable
from consult.errors import Refused
from consult.files import queries as files
from consult.papers import actions, compiling, queries, rules
from consult.papers.forms import AskForm
from consult.papers.models import Paper
from consult.papers.pages import pages
from consult.people.guard import me, needs
from consult.people.queries import require
from consult.web.forms import told, translated
from consult.web.transaction import afterwards

WAIT_SECONDS = 2


@pages.route(DRAFT + "/v/<int:number>/papers", methods=["GET", "POST"])
@needs("draft.read")
def choose(group: str, draft: str, number: int):
    """The forms in which a version can be taken along."""
    version = readable(draft, number)
    form, asked = AskForm(), None
    if form.validate_on_submit():
        with told(form):
            asked = actions.ask(version, form.form.data, options=form.options(), by=me(), door="page")
    if asked:
        return redirect(url_for("papers.paper", group=group, paper=asked.id, then=1), 303)
    page = render_template("papers/choose.html", version=version, draft=version.draft, form=form)
    return page, 422 if form.is_submitted() else 200


@pages.get(DRAFT + "/v/<int:number>/line")
@needs("draft.read")
def line(group: str, draft: str, number: int):
    """To the paragraph that stands on this page and line of the PDF."""
    version = readable(draft, number)
    at = {"group": group, "draft": draft, "number": number}
    try:
        page, on = (rules.whole_number(request.args.get(name, "")) for name in ("page", "line"))
        found = queries.paragraph_at(version, page, on)
    except Refused as refused:
        flash(translated(refused), "error")
        return redirect(url_for("papers.choose", **at), 303)
    return redirect(url_for("review.paragraph", mark=found.mark, **at), 303)


@pages.get("/g/<group>/papers/<int:paper>")
@needs("draft.read")
def paper(group: str, paper: int):
    """How far a document is. The page looks again by itself while one waits for it, and then fetches the file."""
    asked = _readable(paper)
    version, before = queries.version_of(asked), queries.before(asked)
    page = make_response(
        render_template(
            "papers/paper.html", paper=asked, version=version, draft=version.draft, before=before, round=queries.round_of(asked)
        )
    )
    if asked.state in ("waiting", "working"):
        page.headers["Refresh"] = f"{WAIT_SECONDS}; url={url_for('papers.paper', group=group, paper=paper, then=1)}"
    elif asked.state == "done" and request.args.get("then"):
        page.headers["Refresh"] = f"0; url={url_for('papers.file', group=group, paper=paper)}"
    return page


@pages.get("/g/<group>/papers/<int:paper>/file")
@needs("draft.read")
def file(group: str, paper: int):
    """The document itself, for saving; who fetched it is noted."""
    asked = _readable(paper)
    rules.check_ready(asked.state, asked.reason)
    version, person = queries.version_of(asked), me()
    answer = send_file(
        BytesIO(files.content(asked.file)), rules.TYPES[asked.form], as_attachment=True, download_name=asked.file.name
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    afterwards(lambda: drafts.opened(version, person, "file"))
    return answer


def _readable(paper_id: int) -> Paper:
    """That document, if this reader may have it now: rights may have changed since it was asked for."""
    found = queries.of_group(g.group.id, paper_id)
    if queries.version_of(found).published_at is None:
        require(me(), "draft.write", g.group.id)
    if found.kind == "compilation":
        rules.check_published(compiling.readable(queries.round_of(found), me()))
    return found
