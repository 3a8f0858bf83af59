"""The desk: every letter that came, what was understood of it and what became of it, and the buttons that put it right."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.errors import NotFound, Refused
from consult.inbox import actions, confirming, queries, rereading, rules, sorting, story
from consult.inbox.forms import ReleaseForm, SettleForm, SortForm
from consult.inbox.models import Arrival
from consult.inbox.pages import pages
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.group_views import sentence
from consult.people.guard import me, signed_in
from consult.people.models import Person
from consult.review.models import Round
from consult.web.filters import instant_words
from consult.web.forms import told
from consult.web.transaction import afterwards


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


@pages.post("/desk/<int:arrival>/sort")
@signed_in
def sort(arrival: int):
    """Say what a stray letter is, and send it where such letters go."""
    row = _find(arrival)
    form = _sort_form(row)
    if form.validate_on_submit():
        with told(form):
            _sort(row, form)
        if not form.errors:
            flash(gettext("The letter was sorted."))
            return redirect(url_for("inbox.arrival", arrival=row.id), 303)
    return _page(row, _release_form(row), SettleForm(), form), 422


@pages.post("/desk/<int:arrival>/back")
@signed_in
def put_back(arrival: int):
    """Take back what was settled; the letter waits again."""
    row = _find(arrival)
    sorting.put_back(row, by=me(), door="page")
    flash(gettext("The letter waits at the desk again."))
    return redirect(url_for("inbox.arrival", arrival=row.id), 303)


@pages.route("/desk/<int:arrival>/again", methods=["GET", "POST"])
@signed_in
def again(arrival: int):
    """What the letter says when it is read today, beside what was understood when it came; an officer takes that over."""
    row = _find(arrival)
    if not queries.works_desk(me(), row):
        raise Refused(N_("Only the officers of the group can read a letter again."))
    found = rereading.compare(row)
    if request.method == "POST":
        if rereading.take_over(found, by=me(), door="page"):
            flash(gettext("What it says now was taken over."))
        return redirect(url_for("inbox.arrival", arrival=row.id), 303)
    return render_template("inbox/again.html", row=row, found=found, redacted=rules.redacted, unknown=found.unknown)


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


def _sort_form(row: Arrival) -> SortForm:
    form = SortForm()
    letters = queries.letters_to_choose(row)
    form.letter.choices = [(0, gettext("none")), *((each.id, f"{each.subject} ({instant_words(each.created_at)})") for each in letters)]
    form.into.choices = _release_form(row).round.choices
    if not form.is_submitted():
        form.sort.data, form.letter.data, form.into.data = row.sort or "comment", 0, row.round_id or 0
    return form


def _sort(row: Arrival, form: SortForm) -> None:
    letter = next((each for each in queries.letters_to_choose(row) if each.id == form.letter.data), None)
    sorting.sort(
        row, form.sort.data, note=form.remark.data or "", person=_person(form.whose.data or ""), round=_round(row, form.into.data),
        paragraph_mark=_mark(form.onto.data), letter=letter, by=me(), door="page",
    )  # fmt: skip


def _round(row: Arrival, number: int | None) -> Round | None:
    """The round that was chosen, where it is another than the letter's own."""
    chosen = queries.get_round(number) if number and number != row.round_id else None
    if chosen is not None:
        people.require(me(), "comment.manage", chosen.group_id)
    return chosen


def _mark(written: str | None) -> str | None:
    return (written or "").strip().strip("[]") or None


def _release(row: Arrival, form: ReleaseForm) -> None:
    person, chosen = _person(form.person.data or ""), _round(row, form.round.data)
    actions.release(row, person=person, round=chosen, paragraph_mark=_mark(form.paragraph.data), by=me(), door="page")


def _person(address: str) -> Person | None:
    if not address.strip():
        return None
    found = people.find_by_address(address)
    if found is None:
        raise Refused(N_("Nobody here has this address."))
    return found


def _page(row: Arrival, release: ReleaseForm, settle: SettleForm, sort: SortForm | None = None) -> str:
    works = queries.works_desk(me(), row)
    shown, cut = ("", False)
    if works:
        _note_reading(row)
        shown, cut = rules.shortened(rules.redacted(_text(row)), rules.LONGEST_SHOWN)
    key, read_by = queries.key(row), queries.openings(row)
    names = people.names({event.actor_id for event in read_by if event.actor_id})
    return render_template(
        "inbox/arrival.html", row=row, works=works, raw=shown, cut=cut, release=release, settle=settle, states=rules.STATES,
        redacted=rules.redacted, comments=queries.entered(row), answers=queries.answers(row), undone=queries.taken_back(row),
        owner=people.get_person(key.person_id) if key else None,
        may_say=row.state == "asked" and confirming.was_asked(row, me()),
        may_confirm=row.state == "held" and key is not None and key.person_id == me().id,
        round=queries.get_round(row.round_id), groups=queries.group_names([row]), slug=queries.slug_of(row), sorts=rules.SORTS,
        story=story.of(row), back=queries.letters_back(row), sort=(sort or _sort_form(row)) if works else None, waits=rules.WAITING,
        events=[(event, sentence(event, names.get(event.actor_id, "Consult"))) for event in read_by] if works else [],
    )  # fmt: skip


def _text(row: Arrival) -> str:
    try:
        return queries.raw(row).decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace("\0", "")
    except NotFound as missing:
        return str(missing)
