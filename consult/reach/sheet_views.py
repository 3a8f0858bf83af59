"""The page on which an officer types what came back on a sheet, ten rows at once, by the numbers as they are printed."""

import secrets
from dataclasses import dataclass

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from consult.errors import Refused
from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.people.models import Person
from consult.reach import codes, entering, sheets
from consult.reach.entering import Checked
from consult.reach.pages import pages
from consult.reach.table import failing_since
from consult.review import queries as review
from consult.review import rules
from consult.review.forms import told_apart
from consult.review.models import Round
from consult.web.forms import Form, choices, told, translated

ROWS = 10
WRONG_CODE = _l("This is no code of a sheet of this round. Compare it with the sheet; its last letter tells when a digit was misread.")


class SheetForm(Form):
    """Whose sheet it is, how and when it came, and what stands on it."""

    once = HiddenField()
    code = StringField(_l("Code of the sheet"), description=_l("As it is printed in the box, such as 12-345-K."))
    person = SelectField(_l("Or the person"), coerce=int)
    came_by = SelectField(_l("Came by"), default="fax")
    received = StringField(
        _l("Received"), description=_l("When it came, by your own clock; empty: now."), render_kw={"type": "datetime-local"}
    )
    lines = TextAreaField(_l("Or all of it in one field"), description=_l("Each remark begins with its number: 12: text"))

    def fit(self, persons: list[Person]) -> "SheetForm":
        """The people who can have sent it, and the ways by which it can have come."""
        self.person.choices = [*choices([(0, gettext("as the code says"))]), *told_apart(persons)]
        self.came_by.choices = choices((way, gettext(rules.CAME_BY[way])) for way in entering.WAYS)
        self.once.data = self.once.data or secrets.token_hex(8)
        if not self.is_submitted():
            self.code.data, self.person.data = request.args.get("code", ""), self.person.data or 0
        return self


@dataclass
class Line:
    """One of the ten rows as it was typed, and how it was understood."""

    number: int
    where: str = ""
    type: str = ""
    text: str = ""
    checked: Checked | None = None
    error: str = ""


@pages.get("/g/<group>/sheet")
@needs("comment.manage")
def by_code(group: str):
    """From the code on a sheet to the round it belongs to."""
    found, letter = codes.read(request.args.get("code", "")), codes.letter(request.args.get("code", ""))
    if letter and "letters.letter" in current_app.view_functions:
        return redirect(url_for("letters.letter", group=group, letter=letter), 303)
    if request.args.get("code") and (found is None or not _is_here(found[0])):
        flash(str(WRONG_CODE), "error")
    elif found:
        return redirect(url_for("reach.sheet", group=group, round=found[0], code=request.args["code"]), 303)
    return render_template("reach/code.html", group=g.group, code=request.args.get("code", ""))


def _is_here(round_id: int) -> bool:
    return any(each.id == round_id for each in review.rounds_of_group(g.group.id))


@pages.route("/g/<group>/r/<int:round>/sheet", methods=["GET", "POST"])
@needs("comment.manage")
def sheet(group: str, round: int):
    """Type a sheet, see where each row goes, enter all of it."""
    on = review.get_round(g.group.id, round)
    form, lines = SheetForm().fit(_persons(on)), _lines()
    author, rows = None, []
    if form.validate_on_submit():
        with told(form):
            author = _author(on, form)
        typed = [sheets.Typed(each.number, each.where, each.type, each.text) for each in lines if each.where.strip() or each.text.strip()]
        rows = entering.check(on, typed + sheets.rows(form.lines.data or ""))
        if author and request.form.get("do") == "enter" and _entered(on, form, rows, author):
            return redirect(url_for("reach.sheet", group=group, round=on.id), 303)
    _mark(lines, rows)
    page = render_template(
        "reach/sheet.html", round=on, version=on.version, draft=on.version.draft, form=form, lines=lines, author=author, rows=rows,
        types={code: word for code, word in rules.TYPES.items() if not on.types or code in on.types},
        below=[row for row in rows if not any(row is line.checked for line in lines)], said=translated,
    )  # fmt: skip
    return page, 422 if form.errors or any(row.refused for row in rows) else 200


def _persons(on: Round) -> list[Person]:
    """Whoever can have sent a sheet, by name."""
    found = {each.person_id: each.person for each in on.invitations}
    found |= {seat.person_id: seat.person for seat in people.members(on.group_id)}
    return sorted(found.values(), key=lambda each: each.name.casefold())


def _lines() -> list[Line]:
    given = request.form
    return [Line(n, given.get(f"where-{n}", ""), given.get(f"type-{n}", ""), given.get(f"text-{n}", "")) for n in range(1, ROWS + 1)]


def _author(on: Round, form: SheetForm) -> Person:
    """Whose sheet it is, by the code or as chosen; the two must not say different things."""
    typed = (form.code.data or "").strip()
    found = codes.read(typed) if typed else None
    if typed and (found is None or found[0] != on.id) or not typed and not form.person.data:
        raise Refused(str(WRONG_CODE))
    if found and form.person.data and form.person.data != found[1]:
        raise Refused(gettext("The code belongs to somebody else than the person chosen."))
    return entering.require_author(on, found[1] if found else form.person.data)


def _mark(lines: list[Line], rows: list[Checked]) -> None:
    """What became of each of the ten rows, beside it."""
    typed = [line for line in lines if line.where.strip() or line.text.strip()]
    for line, row in zip(typed, rows, strict=False):
        line.checked, line.error = row, translated(row.refused) if row.refused else ""


def _entered(on: Round, form: SheetForm, rows: list[Checked], author: Person) -> bool:
    with told(form):
        received = clock.instant(form.received.data, me().zone) if form.received.data else None
        typed = [row.typed for row in rows]
        entering.enter(on, typed, author, once=form.once.data, by=me(), door=form.came_by.data, received_at=received)
    if not form.errors:
        count = len(rows)
        flash(ngettext("%(num)s remark of %(name)s is entered.", "%(num)s remarks of %(name)s are entered.", count, name=author.name))
        if not author.addresses or failing_since(author):
            flash(gettext("%(name)s has no address that takes letters: tell them by another way what was entered.", name=author.name))
    return not form.errors
