"""The pages on which an officer checks how a text was cut, corrects it, and publishes it."""

from flask import g, redirect, render_template, request, url_for
from sqlalchemy import Row

from consult.drafts import actions, queries, rules
from consult.drafts.checking import look_over
from consult.drafts.cutting import cut
from consult.drafts.forms import ChangeForm, Correction, InsertForm, PublishForm, RewordForm, ShiftForm, SplitForm
from consult.drafts.models import Version
from consult.drafts.pages import DRAFT, correctable, pages
from consult.drafts.pictures import pictures
from consult.drafts.sections import section_of, sections
from consult.errors import NotFound, Refused
from consult.kit.words import N_
from consult.people.guard import me, needs
from consult.web.forms import Form, told

FORMS: dict[str, type[Correction]] = {
    "merge": Correction,
    "split": SplitForm,
    "change": ChangeForm,
    "reword": RewordForm,
    "insert": InsertForm,
    "remove": Correction,
    "shift": ShiftForm,
    "count": Correction,
}
PREPARE = DRAFT + "/v/<int:number>/prepare"


@pages.get(PREPARE)
@needs("draft.write")
def prepare(group: str, draft: str, number: int):
    """How the text was cut, a section at a time, with what can be corrected about each piece."""
    version = correctable(draft, number)
    if version.published_at:
        return redirect(url_for("review.version", group=group, draft=draft, number=number), 303)
    return _page(version, request.args.get("at", -1, type=int))


@pages.post(PREPARE + "/<verb>")
@needs("draft.write")
def correct(group: str, draft: str, number: int, verb: str):
    """Correct one piece and show it again where it stands now."""
    version = correctable(draft, number)
    if verb not in FORMS:
        raise NotFound()
    form = FORMS[verb]()
    done = False
    if form.validate_on_submit():
        with told(form):
            _correct(version, verb, form)
            done = True
    at = form.position.data or 0
    if not done:
        return _page(version, at, {verb: form}), 422
    at += {"merge": -1, "remove": -1, "insert": 1}.get(verb, 0)
    return redirect(url_for("drafts.prepare", group=group, draft=draft, number=number, show=at, _anchor=f"at{at}"), 303)


def _correct(version: Version, verb: str, form: Correction) -> None:
    at, seen = form.position.data, form.seen.data or ""
    piece = _piece_at(version, at)
    if verb == "change":
        number = rules.number_after(piece.kind, piece.number, piece.printed, form.kind.data, form.number.data or "")
        actions.correct(version, "relevel", at, form.kind.data, form.level.data, seen=seen, by=me(), door="page")
        if number != piece.number:
            actions.correct(version, "renumber", at, number, by=me(), door="page")
        return
    actions.correct(version, verb, at, *_said(version, verb, form, piece), seen=seen, by=me(), door="page")


def _said(version: Version, verb: str, form: Correction, piece: Row) -> list:
    """What the form says beside the place."""
    if verb == "split":
        return rules.split_places(piece.text, form.parts.data or "")
    if verb == "reword":
        return [(form.words.data or "").replace("\r\n", "\n")]
    if verb == "insert":
        return [rules.numbered(cut(form.new_words.data or ""), form.new_number.data or "")]
    if verb == "shift":
        mark = (form.below.data or "").strip().strip("[]")
        return [queries.by_mark(version.id, mark).position if mark else -1]
    return []


@pages.post(DRAFT + "/next")
@needs("draft.write")
def write_on(group: str, draft: str):
    """Begin the next version with the words of the newest one."""
    made = actions.write_on(queries.draft(g.group.id, draft), by=me(), door="page")
    return redirect(url_for("drafts.prepare", group=group, draft=draft, number=made.number), 303)


def _piece_at(version: Version, position: int) -> Row:
    found = queries.paragraphs(version.id, position, 1) if position >= 0 else []
    if not found:
        raise Refused(N_("There is no such paragraph in this version."))
    return found[0]


def _page(version: Version, at: int, tried: dict[str, Form] | None = None) -> str:
    pieces = queries.pieces(version.id)
    divided = sections(queries.headings(version.id), len(pieces))
    wanted = at if at >= 0 else request.args.get("show", 0, type=int)
    here = request.args.get("section", 0, type=int) - 1
    here = here if 0 <= here < len(divided) else section_of(divided, wanted)
    shown = queries.paragraphs(version.id, divided[here].first, divided[here].count)
    opened = next((row for row in shown if row.position == at), None)
    before = queries.latest(version.draft)
    return render_template(
        "drafts/prepare.html",
        version=version, draft=version.draft, group=g.group, findings=look_over(pieces), seen=rules.state(pieces), total=len(pieces),
        sections=divided, here=here, paragraphs=shown, opened=opened, forms=_forms(opened, tried or {}), before=before,
        seen_pictures=pictures(version, shown), publish=PublishForm(formdata=None, note=version.note),
    )  # fmt: skip


def _forms(opened, tried: dict[str, Form]) -> dict[str, Form]:
    """The forms of the opened piece, filled with what it is now, or with what was just typed."""
    if opened is None:
        return tried
    fresh = {
        "split": SplitForm(formdata=None, parts=opened.text),
        "change": ChangeForm(formdata=None, number=opened.number, kind=opened.kind, level=max(opened.level, 1)),
        "reword": RewordForm(formdata=None, words=opened.text),
        "insert": InsertForm(formdata=None),
        "shift": ShiftForm(formdata=None),
    }
    return fresh | tried
