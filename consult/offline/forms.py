"""What people bring to the page of the kit: the file of answers, and the word that it is to be entered."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from consult.web.forms import Form


class BringForm(Form):
    """The file that the form of a kit saved."""

    file = FileField(_l("The saved file (.txt)"), [FileRequired(_l("Choose a file."))])


class TakeForm(Form):
    """The last step before its remarks are comments."""

    text = HiddenField()
    name = HiddenField()
