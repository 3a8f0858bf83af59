"""The desk: every letter that came, what was understood of it and what became of it, and the buttons that put it right."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.errors import NotFound, Refused
from consult.inbox import actions, queries, rules
from consult.inbox.forms import ReleaseForm, SettleForm
from consult.inbox.models import Arrival
from consult.inbox.pages import pages
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.guard import me, signed_in
from consult.people.models import Person
from consult.web.forms import told
from consult.web.transaction import afterwards


@pages.get("/desk")
@signed_in
def desk():
    """The letters of the groups a person works for, and their own; newest first, filtered by what became of them."""
    state = request.args.get("state", "")
    if state not in rules.STATES:
        state = ""
    counts = queries.counts(me())
    last = max(1, -(-(counts.get(state, 0) if state else sum(counts.values())) // queries.PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    rows = queries.arrivals(me(), state, page)
    return render_template(
        "inbox/desk.html", rows=rows, counts=counts, state=state, page=page, last=last, states=rules.STATES,
        groups=queries.group_names(rows),
        works=people.may_somewhere(me(), "desk.work"), redacted=rules.redacted,
    )  # fmt: skip


@pages.route("/desk/<int:arrival>", methods=["GET", "POST"])
@signed_in
def arrival(arrival: int):
    """One letter: as it came beside what was understood; officers send it where it belongs, the person it is from confirms it."""
    row = _find(arrival)
    form = _release_form(row)
    if form.validate_on_submit():
        with told(form):
            _release(row, form)
        if not form.errors:
            flash(gettext("The letter was entered where you said."))
            return redirect(url_for("inbox.arrival", arrival=row.id), 303)
    return _page(row, form, SettleForm()), 422 if form.is_submitted() else 200


@pages.post("/desk/<int:arrival>/settle")
@signed_in
def settle(arrival: int):
    """Put a letter aside."""
    row = _find(arrival)
    form = SettleForm()
    if form.validate_on_submit():
        with told(form):
            actions.settle(row, form.note.data, by=me(), door="page")
        if not form.errors:
            flash(gettext("The letter was put aside."))
            return redirect(url_for("inbox.desk"), 303)
    return _page(row, _release_form(row), form), 422


@pages.get("/desk/<int:arrival>/raw")
@signed_in
def raw(arrival: int):
    """The letter exactly as it came, as a file; for those who work at the desk, and every reading is written down."""
    row = _find(arrival)
    if not queries.works_desk(me(), row):
        raise Refused(N_("Only the officers of the group see letters as they came."))
    _note_reading(row)
    answer = make_response(queries.raw(row))
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=letter-{row.id}.txt"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _find(number: int) -> Arrival:
    row = queries.get(number)
    if not (queries.works_desk(me(), row) or queries.is_own(me(), row)):
        raise NotFound()
    return row


def _note_reading(row: Arrival) -> None:
    """Whoever reads a letter as it came is on record (other people's mail is not read lightly)."""
    person = me()
    afterwards(lambda: actions.opened(row, by=person, door="page"))


def _release_form(row: Arrival) -> ReleaseForm:
    form = ReleaseForm()
    chosen = [(on.id, f"{group.short or group.name}: {on.title}") for on, group in queries.rounds_to_choose(me())]
    form.round.choices = [(0, gettext("as the letter says")), *chosen]
    if not form.is_submitted():
        form.round.data = row.round_id if any(row.round_id == number for number, _ in chosen) else 0
    return form


def _release(row: Arrival, form: ReleaseForm) -> None:
    person = _person(form.person.data or "")
    chosen = queries.get_round(form.round.data) if form.round.data and form.round.data != row.round_id else None
    if chosen is not None:
        people.require(me(), "comment.manage", chosen.group_id)
    mark = (form.paragraph.data or "").strip().strip("[]")
    actions.release(row, person=person, round=chosen, paragraph_mark=mark or None, by=me(), door="page")


def _person(address: str) -> Person | None:
    if not address.strip():
        return None
    found = people.find_by_address(address)
    if found is None:
        raise Refused(N_("Nobody here has this address."))
    return found


def _page(row: Arrival, release: ReleaseForm, settle: SettleForm) -> str:
    works = queries.works_desk(me(), row)
    shown, cut = ("", False)
    if works:
        _note_reading(row)
        shown, cut = rules.shortened(rules.redacted(_text(row)), rules.LONGEST_SHOWN)
    key = queries.key(row)
    return render_template(
        "inbox/arrival.html", row=row, works=works, raw=shown, cut=cut, release=release, settle=settle, states=rules.STATES,
        redacted=rules.redacted, comments=queries.entered(row), answers=queries.answers(row), undone=queries.taken_back(row),
        owner=people.get_person(key.person_id) if key else None,
        may_confirm=row.state == "held" and key is not None and key.person_id == me().id,
        round=queries.get_round(row.round_id), groups=queries.group_names([row]), slug=queries.slug_of(row),
    )  # fmt: skip


def _text(row: Arrival) -> str:
    try:
        return queries.raw(row).decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\0", "")
    except NotFound as missing:
        return str(missing)
