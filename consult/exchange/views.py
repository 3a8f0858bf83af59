"""The pages of files of comments: bringing one, looking its rows through, having them entered."""

from collections import Counter

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.drafts.wording import difference
from consult.errors import Refused
from consult.exchange import actions, keys, queries, rules
from consult.exchange.forms import AgainForm, BringForm, TakeForm
from consult.exchange.heads import FIELD_WORDS
from consult.exchange.models import Import
from consult.exchange.rows import from_said
from consult.exchange.templates import TEMPLATES
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.people.models import Person
from consult.review import queries as review
from consult.review.views import shown
from consult.web.forms import told, translated

pages = Blueprint("exchange", __name__)
ADDRESS = "/g/<group>/r/<int:round>/imports"
ROWS_A_PAGE = 40
WAIT_SECONDS = 2


def problem(kept: str) -> str:
    """What is wrong with a row or a file, in the reader's language."""
    sentence, values = rules.told(kept)
    return translated(Refused(sentence, **values)) if sentence else ""


def _officer() -> bool:
    return people.may(me(), "comment.manage", g.group.id)


def _speakers() -> list[Person]:
    """Whom an officer may enter comments for."""
    return [seat.person for seat in people.members(g.group.id)] if _officer() else []


def _person(form) -> Person | None:
    number = form.person.data if "person" in form else 0
    return people.get_person(number) if number else None


def _find(round_id: int, number: int) -> Import:
    return actions.seen_by(queries.get(review.get_round(g.group.id, round_id).id, number), me())


def _here(which: Import, **more: object) -> str:
    return url_for("exchange.preview", group=g.group.slug, round=which.round_id, number=which.id, **more)


@pages.route(ADDRESS, methods=["GET", "POST"])
@needs("comment.make")
def imports(group: str, round: int):
    """The files brought to a round, and bringing another."""
    on, made = review.get_round(g.group.id, round), None
    form = BringForm().fit(_speakers())
    if not form.is_submitted() and request.args.get("template") == "word":
        form.template.data = "word"
    if form.validate_on_submit():
        behalf = (form.behalf.data or "") if "behalf" in form else ""
        with told(form):
            made = actions.begin(
                on, form.file.data.read(), form.file.data.filename or "comments", template=form.template.data, person=_person(form),
                behalf=behalf, by=me(), door="page",
            )  # fmt: skip
    if made:
        return redirect(_here(made), 303)
    found = queries.imports(on.id, None if _officer() else me().id)
    page = render_template(
        "exchange/imports.html", round=on, form=form, imports=found, states=rules.STATES, templates=TEMPLATES, **shown()
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@pages.get(f"{ADDRESS}/<int:number>")
@needs("comment.make")
def preview(group: str, round: int, number: int):
    """A file with its rows: where each stands, how sure that is, and what is wrong. It looks again by itself while the worker is at it."""
    which = _find(round, number)
    page = make_response(_page(which))
    if which.state in ("waiting", "wanted"):
        page.headers["Refresh"] = f"{WAIT_SECONDS}; url={_here(which)}"
    return page


def _page(which: Import, take: TakeForm | None = None, again: AgainForm | None = None) -> str:
    counts = queries.counts(which.id)
    state = request.values.get("show", "")
    state = state if state in rules.ROW_STATES else ""
    total = counts.get(state, 0) if state else sum(counts.values())
    last = max(1, -(-total // ROWS_A_PAGE))
    number = min(max(request.values.get("page", 1, type=int), 1), last)
    rows = queries.rows(which.id, state, (number - 1) * ROWS_A_PAGE, ROWS_A_PAGE) if which.state in ("preview", "wanted", "done") else []
    again = again or AgainForm(formdata=None, template=which.template, **_chosen(which)).fit(_speakers())
    draft = which.round.version.draft
    title = which.options.get("title", "")
    other = title if title and rules.another_document(title, draft.symbol, draft.title) else ""
    strange = rules.perhaps_another(counts.get("good", 0), counts.get("doubtful", 0))
    return render_template(
        "exchange/preview.html", which=which, round=which.round, draft=draft, counts=Counter(counts), state=state, page=number, last=last,
        rows=[(each, from_said(each.number, each.said)) for each in rows], strange=strange, again=again, other=other,
        take=take or TakeForm(formdata=None, sure_only=strange), wording=difference, alike=keys.alike, problem=problem,
        location=keys.location, row_states=rules.ROW_STATES, hows=rules.HOWS, states=rules.STATES, templates=TEMPLATES, fields=FIELD_WORDS,
        **shown(),
    )  # fmt: skip


def _chosen(which: Import) -> dict:
    return {"person": which.options.get("person", 0), "behalf": which.options.get("behalf", "")}


@pages.post(f"{ADDRESS}/<int:number>/rows/<int:row>")
@needs("comment.make")
def row(group: str, round: int, number: int, row: int):
    """Put a row on its paragraph, leave it out, or take it along again."""
    which, mark = _find(round, number), request.form.get("mark", "").strip().strip("[]")
    try:
        if request.form.get("leave"):
            actions.leave(which, row, by=me())
        else:
            actions.place(which, row, drafts.by_mark(which.round.version_id, mark) if mark else None, by=me())
    except Refused as refused:
        flash(translated(refused), "bad")
    back = {name: request.form[name] for name in ("show", "page") if request.form.get(name)}
    return redirect(_here(which, **back, _anchor=f"row-{row}"), 303)


@pages.post(f"{ADDRESS}/<int:number>/again")
@needs("comment.make")
def again(group: str, round: int, number: int):
    """Read the file by another template, with other columns, or counted for somebody else."""
    which = _find(round, number)
    form = AgainForm().fit(_speakers())
    heads = [head for head, _ in which.options.get("heads", [])]
    columns = which.options.get("columns", {}) | {
        head: request.form[f"column-{at}"] for at, head in enumerate(heads) if request.form.get(f"column-{at}", "-") != "-"
    }
    if form.validate_on_submit():
        with told(form):
            behalf = (form.behalf.data or "") if "behalf" in form else ""
            actions.choose(
                which, template=form.template.data, columns=columns, person=_person(form), behalf=behalf, by=me(), door="page"
            )  # fmt: skip
        if not form.errors:
            return redirect(_here(which), 303)
    return _page(which, again=form), 422


@pages.post(f"{ADDRESS}/<int:number>/take")
@needs("comment.make")
def take(group: str, round: int, number: int):
    """Have the rows entered."""
    which, form = _find(round, number), TakeForm()
    if form.validate_on_submit():
        with told(form):
            actions.take(which, sure_only=form.sure_only.data, by=me())
        if not form.errors:
            return redirect(_here(which), 303)
    return _page(which, take=form), 422


@pages.post(f"{ADDRESS}/<int:number>/drop")
@needs("comment.make")
def drop(group: str, round: int, number: int):
    """The file is not entered."""
    which = _find(round, number)
    actions.drop(which, by=me(), door="page")
    flash(gettext("The file “%(name)s” was dropped; nothing of it was entered.", name=which.file.name))
    return redirect(url_for("exchange.imports", group=g.group.slug, round=which.round_id), 303)
