"""What people type about meetings."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from consult.meetings import rules
from consult.meetings.models import Meeting
from consult.people.rules import LANGUAGES
from consult.web.forms import Form, choices

MOMENT = {"type": "datetime-local"}


class Choices(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MeetingForm(Form):
    """What is known of a meeting."""

    title = StringField(_l("Title"), validators=[InputRequired(_l("Say what the meeting is called."))])
    code = StringField(
        _l("Code"), validators=[InputRequired(_l("Give the meeting a code."))],
        description=_l("Such as UNEP/CBD/EGTT/1: its documents are numbered below it, and people name it in e-mails."),
    )  # fmt: skip
    kind = RadioField(_l("How people meet"), default="in-person")
    starts = StringField(_l("Begins"), validators=[InputRequired(_l("Say when the meeting begins."))], render_kw=MOMENT)
    ends = StringField(_l("Ends"), validators=[InputRequired(_l("Say when the meeting ends."))], render_kw=MOMENT)
    zone = StringField(_l("Time zone of both"), description=_l("That of the place, such as America/Toronto or UTC."))
    place = StringField(_l("Place"), description=_l("City and building."))
    link = StringField(_l("To join from afar"), description=_l("An address on the web, or a telephone number."))
    host = StringField(_l("Host"))
    languages = Choices(_l("Languages"), description=_l("Those that are interpreted."))
    note = TextAreaField(_l("What else the invitation says"), description=_l("How to book, who pays, what to bring."))
    reason = StringField(_l("Why it is changed"), description=_l("It stands in the letter to everybody invited."))

    def fit(self, of: Meeting | None = None) -> "MeetingForm":
        """The kinds and languages by name; the reason only where people must be told."""
        self.kind.choices = choices((code, gettext(word)) for code, word in rules.KINDS.items())
        self.languages.choices = choices(LANGUAGES.items())
        if of is None or of.state != "announced":
            del self.reason
        return self


class AgendaForm(Form):
    """The agenda, a line an item."""

    agenda = TextAreaField(
        _l("Agenda"),
        description=_l(
            "One item a line, such as “2. Adoption of the agenda | who presents it”. An indented line says more of the item above."
        ),
    )


class AnswerForm(Form):
    """Whether one comes."""

    answer = RadioField(_l("Will you attend?"), validators=[InputRequired(_l("Choose one."))])
    alternate = StringField(_l("Who comes in your place"), description=_l("Only if you send an alternate."))
    reason = TextAreaField(_l("What you want to add"), description=_l("For apologies, why; the officers read it."))

    def fit(self) -> "AnswerForm":
        """The answers as people choose them."""
        words = {"attending": gettext("I attend"), "apologies": gettext("I cannot come"), "alternate": gettext("I send an alternate")}
        self.answer.choices = choices(words.items())
        return self


class BehalfForm(Form):
    """An answer that came by another way, entered by an officer."""

    person = SelectField(_l("Who answered"), coerce=int)
    came_by = SelectField(_l("Came by"))
    answer = RadioField(_l("Will they attend?"), validators=[InputRequired(_l("Choose one."))])
    alternate = StringField(_l("Who comes in their place"))
    reason = TextAreaField(_l("In their words"))

    def fit(self) -> "BehalfForm":
        """The answers as they are told of somebody."""
        self.answer.choices = choices((code, gettext(word)) for code, word in rules.ANSWERS.items() if code != "invited")
        return self


class CancelForm(Form):
    """Why a meeting does not take place."""

    reason = StringField(_l("Why it is cancelled"), description=_l("It stands in the letter to everybody invited."))


class PresenceForm(Form):
    """Who was there."""

    present = SelectMultipleField(_l("Present"), coerce=int)


class DocumentForm(Form):
    """A document that is put before a meeting."""

    nature = SelectField(_l("Kind"))
    symbol = StringField(_l("Symbol"), description=_l("The next free number is offered."))
    draft = SelectField(_l("A draft of the group"), coerce=int)
    file = FileField(_l("or a file"))
    language = SelectField(_l("Language of the file"))
    title = StringField(_l("Title"), description=_l("Empty: that of the draft."))
    item = SelectField(_l("For item"), coerce=int)
    state = SelectField(_l("State"), default="posted")


WHO = [SelectChoice("all", _l("everybody in the group")), SelectChoice("absent", _l("first only those who could not come"))]


class ReportForm(Form):
    """The report goes to everybody."""

    draft = SelectField(_l("The report"), coerce=int, description=_l("A published draft of the group."))
    symbol = StringField(_l("Symbol"))
    closes = StringField(
        _l("Comments until"), validators=[InputRequired(_l("Say until when people can comment."))], render_kw={"type": "datetime-local"}
    )
    guidance = TextAreaField(_l("What the letter says beside the text"))
    who = RadioField(_l("Who is asked"), default="all", choices=WHO)
