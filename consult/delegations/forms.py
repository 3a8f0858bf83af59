"""What people type about a delegation."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consult.review import rules as review_rules
from consult.review.forms import named
from consult.web.forms import Form

KNOWN = _l("Only for somebody who is not known here by that address yet.")


class ContactForm(Form):
    """Who speaks for a Party or organization."""

    organization = StringField(_l("Party or organization"), [InputRequired(_l("Name the Party or organization.")), Length(max=200)])
    address = EmailField(_l("E-mail address of the contact point"), [InputRequired(_l("Fill this in.")), Length(max=320)])
    name = StringField(_l("Name of the contact point"), [Length(max=200)], description=KNOWN)
    deputy_address = EmailField(_l("E-mail address of the deputy"), [Length(max=320)], description=_l("Empty: nobody."))
    deputy_name = StringField(_l("Name of the deputy"), [Length(max=200)], description=KNOWN)


class PersonForm(Form):
    """Somebody of the delegation, known by address or new."""

    address = EmailField(_l("E-mail address"), [InputRequired(_l("Fill this in.")), Length(max=320)])
    name = StringField(_l("Name"), [Length(max=200)], description=KNOWN)


class DeputyForm(PersonForm):
    """Who stands in for the contact point."""

    address = EmailField(_l("E-mail address"), [Length(max=320)], description=_l("Empty: nobody."))


class DeadlineForm(Form):
    """Until when own reviewers draft."""

    closes = StringField(
        _l("Own deadline"), description=_l("Empty: none; your reviewers draft until you submit or the round closes."),
        render_kw={"type": "datetime-local"},
    )  # fmt: skip


class DraftForm(Form):
    """One comment that the delegation prepares."""

    once = HiddenField()
    type = SelectField(_l("Type of comment"))
    text = TextAreaField(_l("Comment"))
    proposed = TextAreaField(
        _l("Proposed wording"), description=_l("The paragraph as you would write it. It is shown as a difference to the present text.")
    )

    def fit(self, types: list[str]) -> "DraftForm":
        """Offer only the types that the round asks for."""
        self.type.choices = named({code: word for code, word in review_rules.TYPES.items() if not types or code in types})
        return self
