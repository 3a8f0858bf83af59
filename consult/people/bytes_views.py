"""What letters cost: each person's own bytes, with what they can afford, and for officers the bytes of everybody in the group."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from consult.kit import clock
from consult.outbox import ledger
from consult.people import actions, queries, rules, travelling, weighing
from consult.people.guard import me, needs, signed_in
from consult.people.models import Person
from consult.people.views import pages
from consult.web.forms import Form, choices, told

MONTHS = 6
HOURS = choices([("", _l("none")), *[(str(hour), f"{hour:02d}:00") for hour in range(24)]])


def _named(known: dict) -> list:
    return choices((value, _l(label)) for value, label in known.items())


def _hour(value: str | int | None) -> int | None:
    return int(value) if value not in ("", None, "None") else None


class BytesForm(Form):
    """What a line bears."""

    budget_kb = IntegerField(
        _l("Budget a month in kB"),
        [InputRequired(_l("This is needed.")), NumberRange(0, 1_000_000)],
        description=_l("What may be sent to you in a month: 50 or more, or 0 for no budget. Official letters come in any case."),
    )
    limit_kb = IntegerField(
        _l("Largest letter in kB"),
        [InputRequired(_l("This is needed.")), NumberRange(0, 10_000)],
        description=_l("0 for no limit. What is longer comes in numbered parts; nothing is left out."),
    )
    attachments = SelectField(_l("Files"), choices=_named(rules.ATTACHMENTS))
    packing = SelectField(
        _l("Packing"),
        choices=_named(rules.PACKINGS),
        description=_l("A packed text has about half of the bytes; you need a program that opens it."),
    )
    digest_form = SelectField(_l("Form of the daily or weekly letter"), choices=_named(rules.DIGEST_FORMS))
    quiet_from = SelectField(
        _l("Quiet from"), choices=HOURS, coerce=_hour, description=_l("No news come in these hours of your clock; they wait.")
    )
    quiet_to = SelectField(_l("Quiet until"), choices=HOURS, coerce=_hour)


@pages.route("/me/bytes", methods=["GET", "POST"], endpoint="bytes")
@signed_in
def my_bytes():
    """What was sent to me and by me this month and before, what is left, and what my line bears."""
    person = me()
    form = BytesForm(obj=person, budget_kb=person.budget_bytes // 1000, limit_kb=person.limit_bytes // 1000)
    if form.validate_on_submit():
        given = {name: form[name].data for name in ("attachments", "packing", "digest_form", "quiet_from", "quiet_to")}
        sizes = {"budget_bytes": form.budget_kb.data * 1000, "limit_bytes": form.limit_kb.data * 1000}
        with told(form):
            actions.change_preferences(person, by=person, door="page", **given, **sizes)
        if not form.errors:
            with force_locale(person.language):
                flash(gettext("Kept."))
            return redirect(url_for("people.bytes"), 303)
    months = ledger.months(person.id, clock.now(), MONTHS)
    most = max(1, *(max(counted.sent, counted.received) for _, counted in months))
    page = render_template(
        "people/bytes.html", form=form, person=person, months=months, most=most, left=weighing.left(person, months[0][1]),
        words=weighing.in_words(person, months[0][1]),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@pages.get("/g/<group>/bytes", endpoint="group_bytes")
@needs("letters.read")
def bytes_of_group(group: str) -> str:
    """This month of everybody in the group: what its letters took, all letters together, and what their line bears."""
    now, people = clock.now(), {seat.person.id: seat.person for seat in rules.in_order(queries.members(g.group.id))}
    of_group, of_all = ledger.of_people(list(people), now, g.group.id), ledger.of_people(list(people), now)
    rows = [_row(person, of_group.get(number, ledger.Ledger()), of_all.get(number, ledger.Ledger())) for number, person in people.items()]
    return render_template("people/group_bytes.html", group=g.group, rows=rows)


def _row(person: Person, here: ledger.Ledger, everywhere: ledger.Ledger) -> dict:
    return {
        "person": person, "here": here, "sent": everywhere.sent, "left": weighing.left(person, everywhere),
        "limit": travelling.largest_letter(person),
    }  # fmt: skip
