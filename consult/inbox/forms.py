"""What officers type at the desk, and visitors on the post page of a trial."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.inbox.rules import SORTS
from consult.web.forms import Form, choices


class ReleaseForm(Form):
    """Whose letter it is, and where it belongs."""

    person = StringField(
        _l("Address of the person"),
        validators=[Optional(), Length(max=320)],
        description=_l("Leave empty to enter it for the person the letter answers for."),
    )
    round = SelectField(_l("Round"), coerce=int)
    paragraph = StringField(
        _l("Paragraph"),
        validators=[Length(max=60)],
        description=_l("Its mark, for example 12. Leave empty to follow what the letter itself says."),
    )


class SettleForm(Form):
    """Why nothing is done with a letter."""

    note = StringField(_l("Why nothing is done with it"), validators=[InputRequired(), Length(max=500)])


class SortForm(Form):
    """What a stray letter is, and where it belongs."""

    sort = RadioField(_l("What it is"), choices=choices((code, _l(word)) for code, word in SORTS.items()), validators=[InputRequired()])
    letter = SelectField(_l("The letter it answers"), coerce=int, description=_l("Only for an answer to a letter."))
    into = SelectField(_l("Round"), coerce=int, description=_l("Only for a comment."))
    onto = StringField(
        _l("Paragraph"),
        validators=[Length(max=60)],
        description=_l("Only for a comment. Leave empty to follow what the letter itself says."),
    )
    whose = StringField(
        _l("Address of the person"),
        validators=[Optional(), Length(max=320)],
        description=_l("Leave empty where it is the person the letter came from."),
    )
    remark = StringField(_l("Note"), validators=[Optional(), Length(max=500)])


class AnswerForm(Form):
    """A trial person's answer to a letter."""

    text = TextAreaField(_l("Your answer"), validators=[InputRequired(), Length(max=150_000)])
