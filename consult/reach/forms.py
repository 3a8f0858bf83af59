"""What people type about their means, and officers for them."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from consult.reach import rules, wording
from consult.reach.models import Means
from consult.reach.reading import octets, size
from consult.web.forms import Form, choices


class MeansForm(Form):
    """The questions about a person's means."""

    connection = RadioField(_l("How good is your line?"))
    device = RadioField(_l("On what do you read?"))
    limit_bytes = StringField(_l("How large may one letter be at most?"), [Length(max=40)])
    budget_bytes = StringField(_l("How much may come to you in a month?"), [Length(max=40)])
    phone = StringField(_l("Telephone, if nothing else reaches you"), [Length(max=80)], render_kw={"type": "tel", "autocomplete": "tel"})
    fax = StringField(_l("Fax number"), [Length(max=80)], render_kw={"type": "tel"})
    post = TextAreaField(_l("Postal address"), [Length(max=500)], render_kw={"autocomplete": "street-address"})
    ways = SelectMultipleField(
        _l("By which ways will you contribute?"), widget=ListWidget(html_tag="ul", prefix_label=False), option_widget=CheckboxInput()
    )
    note = StringField(_l("Anything else we should know"), [Length(max=1000)])

    def fit(self, known: Means | None) -> "MeansForm":
        """The choices in the reader's language, and what is known already."""
        unsaid = [("", gettext("not said"))]
        self.connection.choices = choices(unsaid + [(code, gettext(word)) for code, word in rules.CONNECTIONS.items()])
        self.device.choices = choices(unsaid + [(code, gettext(word)) for code, word in rules.DEVICES.items()])
        self.ways.choices = choices((code, gettext(word)) for code, word in rules.WAYS.items())
        for name in wording.SIZES:
            self[name].description = gettext(wording.SIZES[name])
        if not self.is_submitted():
            self._fill(known)
        return self

    def _fill(self, known: Means | None) -> None:
        for name in rules.QUESTIONS:
            value = getattr(known, name) if known else None
            if name in wording.SIZES:
                self[name].data = "" if value is None else octets(value)
            else:
                self[name].data = (value or "").split() if name == "ways" else value or ""

    def validate_limit_bytes(self, field: StringField) -> None:
        """A size, in any spelling."""
        if (field.data or "").strip() and size(field.data, field.name) is None:
            raise ValidationError(gettext("This is no size. For example: 40 kB"))

    validate_budget_bytes = validate_limit_bytes

    def said(self) -> dict:
        """The answer, as the verb takes it."""
        given = {name: self[name].data or "" for name in rules.QUESTIONS}
        sizes = {name: size(given[name], name) if given[name].strip() else None for name in wording.SIZES}
        return given | sizes | {"ways": " ".join(self.ways.data or [])}


class BehalfForm(MeansForm):
    """The same, entered by an officer for a member."""

    door = SelectField(_l("It came by"))
    received = DateField(_l("On"), [Optional()], description=_l("Empty: today."))

    def fit(self, known: Means | None) -> "BehalfForm":
        """And the ways by which it can have come."""
        self.door.choices = choices(
            [("phone", gettext("a telephone call")), ("fax", gettext("a fax")), ("paper", gettext("a letter on paper"))]
        )
        super().fit(known)
        return self
