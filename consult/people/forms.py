"""What people type about themselves and about each other."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, EmailField, HiddenField, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from consult.people import rules
from consult.web.forms import Form, choices

NEEDED = InputRequired(_("This is needed."))
ADDRESS = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
ZONE_HINT = _("The place whose clock you read, such as Africa/Nairobi, America/Lima or UTC.")


def _named(known: dict) -> list:
    return choices((value, _(label)) for value, label in known.items())


LANGUAGES = choices(rules.LANGUAGES.items())


class SignIn(Form):
    """Address and password."""

    address = EmailField(_("Your e-mail address"), [NEEDED, Length(max=320)], render_kw=ADDRESS | {"autocomplete": "username"})
    password = PasswordField(_("Password"), [NEEDED, Length(max=1000)], render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class AskLink(Form):
    """Where a link should be sent."""

    address = EmailField(_("Your e-mail address"), [NEEDED, Length(max=320)], render_kw=ADDRESS)


class NewPassword(Form):
    """A password, twice."""

    password = PasswordField(
        _("New password"), [NEEDED, Length(max=1000)], description=_("At least 10 characters."), render_kw={"autocomplete": "new-password"}
    )
    again = PasswordField(_("The same once more"), [NEEDED], render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self.password.data:
            raise ValidationError(_("The two are not the same."))


class ChangePassword(NewPassword):
    """A new password by somebody who is signed in."""

    current = PasswordField(_("Current password"), render_kw={"autocomplete": "current-password"})


class Press(Form):
    """A button and nothing else."""


class Preferences(Form):
    """How a person is called and written to."""

    name = StringField(_("Name"), [NEEDED, Length(max=200)], render_kw={"autocomplete": "name"})
    language = SelectField(_("Language"), choices=LANGUAGES)
    zone = StringField(_("Time zone"), [NEEDED, Length(max=60)], description=ZONE_HINT)
    rhythm = SelectField(
        _("Letters"),
        choices=_named(rules.RHYTHMS),
        description=_("Official letters, such as the opening of a round, come at once in any case, unless you choose no letters."),
    )
    digest_day = SelectField(
        _("Day of the weekly letter"), choices=choices((str(day), _(label)) for day, label in enumerate(rules.DAYS)), coerce=int
    )
    digest_hour = SelectField(
        _("Hour of the daily or weekly letter"),
        choices=choices((str(hour), f"{hour:02d}:00") for hour in range(24)),
        coerce=int,
        description=_("By the clock of your time zone."),
    )
    form = SelectField(_("Form of letters"), choices=_named(rules.FORMS))
    limit_kb = IntegerField(
        _("Largest letter in kB"),
        [NumberRange(0, 10_000)],
        description=_("0 for no limit. What is longer comes in numbered parts; nothing is left out."),
    )
    receipts = BooleanField(_("Send me a short receipt for each letter of mine, saying what was understood"))


class Person(Preferences):
    """What staff can put right about somebody else."""

    organization = StringField(_("Party or organization"), [Length(max=200)])
    means = SelectField(_("Takes part by"), choices=_named(rules.MEANS))
    rhythm = SelectField(_("Letters"), choices=_named(rules.RHYTHMS))
    digest_hour = SelectField(
        _("Hour of the daily or weekly letter"),
        choices=choices((str(hour), f"{hour:02d}:00") for hour in range(24)),
        coerce=int,
        description=_("By the clock of their time zone."),
    )
    zone = StringField(_("Time zone"), [NEEDED, Length(max=60)], description=_("Such as Africa/Nairobi or UTC."))
    receipts = BooleanField(_("Gets a short receipt for each letter they send, saying what was understood"))


class AnotherAddress(Form):
    """One more address of somebody else."""

    another = EmailField(_("E-mail address"), [NEEDED, Length(max=320)])


class _About(Form):
    organization = StringField(_("Party or organization"), [Length(max=200)])
    language = SelectField(_("Language"), choices=LANGUAGES, default="en")
    zone = StringField(_("Time zone"), [Length(max=60)], default="UTC", description=_("Such as Africa/Nairobi or UTC."))
    means = SelectField(_("Takes part by"), choices=_named(rules.MEANS))


class NewPerson(_About):
    """Somebody new."""

    name = StringField(_("Name"), [NEEDED, Length(max=200)])
    address = EmailField(_("E-mail address"), [NEEDED, Length(max=320)])
    staff = BooleanField(_("Staff: may form groups and manage all people"))


class NewMember(_About):
    """Somebody who takes a seat in the group, known already or new."""

    address = EmailField(
        _("E-mail address"),
        [NEEDED, Length(max=320)],
        description=_("Whoever is known here by this address keeps their own name and preferences."),
    )
    name = StringField(_("Name"), [Length(max=200)])
    role = SelectField(_("Role"), choices=_named(rules.ROLES), default="member")


class Upload(Form):
    """A list of people."""

    sheet = FileField(_("CSV file"), [FileRequired(_("Choose a file."))])
    take_good = BooleanField(_("Take the good rows and leave out the others"))
    names_right = BooleanField(_("The names with accents were read right"))


class NewGroup(Form):
    """A group with its mandate."""

    name = StringField(_("Name"), [NEEDED, Length(max=300)])
    slug = StringField(_("Short name for addresses"), [NEEDED, Length(max=60)], description=_("Letters a to z, digits and hyphens."))
    short = StringField(_("Abbreviation"), [Length(max=40)])
    kind = SelectField(_("Kind"), choices=_named(rules.GROUP_KINDS))
    mandate = StringField(_("Mandate"), [Length(max=500)], description=_("The decision and paragraph that the group comes from."))
    terms = TextAreaField(_("Terms of reference"), [Length(max=50_000)])
    language = SelectField(_("Language"), choices=LANGUAGES, default="en")
