"""What an officer types to bring in a text and to correct how it was cut."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from consult.drafts.rules import LANGUAGES
from consult.web.forms import Form

NAMES = {"en": "English", "fr": "français", "es": "español", "ru": "русский", "zh": "中文", "ar": "العربية"}
KINDS = [
    SelectChoice("paragraph", _l("paragraph")),
    SelectChoice("heading", _l("heading")),
    SelectChoice("item", _l("item below a paragraph")),
    SelectChoice("list", _l("point of a list")),
    SelectChoice("table", _l("table")),
    SelectChoice("note", _l("note")),
    SelectChoice("figure", _l("picture")),
]


class TextForm(Form):
    """A text, pasted or as a file."""

    text = TextAreaField(
        _l("Paste the text"),
        description=_l("Plain text or Markdown. Keep the printed paragraph numbers: they are how people will point at a paragraph."),
    )
    file = FileField(
        _l("or choose a file"),
        description=_l("Word (.docx), plain text (.txt) or Markdown (.md)."),
        render_kw={"accept": ".docx,.txt,.md,.markdown"},
    )


class LabelForm(Form):
    """The words under which a draft goes about."""

    label = StringField(
        _l("Label"),
        description=_l("Empty: “For comments only, not for citation”, in each reader's language."),
        render_kw={"maxlength": 200},
    )


class NewForm(TextForm):
    """A new draft with its first text."""

    title = StringField(_l("Title"), validators=[DataRequired(_l("Give the draft a title.")), Length(max=300)])
    symbol = StringField(_l("Symbol"), description=_l("The document's official symbol, if it has one."), validators=[Length(max=80)])
    language = SelectField(_l("Language of the text"), choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES])


class Correction(Form):
    """What every correction says: which piece, and which cutting the officer was looking at."""

    position = IntegerField(validators=[InputRequired()], widget=HiddenField.widget)
    seen = HiddenField()


class ChangeForm(Correction):
    """What a piece is, and which number it has."""

    number = StringField(_l("Number"), description=_l("Such as 12, 12 bis or 12 (a); empty for none."), validators=[Length(max=60)])
    kind = SelectField(_l("It is a"), choices=KINDS)
    level = IntegerField(
        _l("Level"),
        default=1,
        validators=[NumberRange(0, 6)],
        description=_l("Of a heading 1 to 6, of an item 1 to 4."),
        render_kw={"type": "number", "min": 0, "max": 6},
    )


class SplitForm(Correction):
    """Where a piece is parted."""

    parts = TextAreaField(_l("Split"), description=_l("Put a line of four dashes (----) where a new paragraph begins."))


class RewordForm(Correction):
    """A piece in other words."""

    words = TextAreaField(_l("The words"), description=_l("The paragraph as it shall stand, without its number."))


class InsertForm(Correction):
    """A new paragraph below a piece."""

    new_number = StringField(_l("Number"), description=_l("Such as 12 bis; empty for none."), validators=[Length(max=60)])
    new_words = TextAreaField(_l("A new paragraph below this one"))


class ShiftForm(Correction):
    """Another place for a piece."""

    below = StringField(_l("Move it below"), description=_l("The mark in brackets, such as 12 or 12(a); empty: to the beginning."))


class PublishForm(Form):
    """The last step: what is new, and no way back."""

    note = TextAreaField(_l("What is new in this version"), description=_l("Everybody in the group reads this with the version."))
