"""What people type when they bring a file of comments, and when they have it read otherwise."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField

from consult.exchange.templates import TEMPLATES
from consult.people.models import Person
from consult.review.forms import told_apart
from consult.web.forms import Form, choices


class _Counted(Form):
    """How a file is read, and for whom its rows count when they do not say so themselves."""

    template = SelectField(_l("Template"), description=_l("Usually the file tells it by its column heads."))
    person = SelectField(_l("Comments of"), coerce=int, description=_l("If all rows are one person's and the file does not name them."))
    behalf = StringField(_l("On behalf of"), description=_l("A Party or organization, if all rows are theirs."))

    def fit(self, people: list[Person]) -> "_Counted":
        """Offer the templates, and the people an officer may enter comments for."""
        titles = [(code, gettext(each.title)) for code, each in TEMPLATES.items()]
        self.template.choices = choices(
            [("", gettext("told by the file")), *titles, ("word", gettext("remarks in the text of a Word file"))]
        )
        self.person.choices = [*choices([(0, gettext("whoever the rows name"))]), *told_apart(people)]
        if not people:
            del self.person
            del self.behalf
        return self


class BringForm(_Counted):
    """A file of comments."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])


class AgainForm(_Counted):
    """The same file, read otherwise. The columns come beside the form, one select for each."""


class TakeForm(Form):
    """The last step before the rows are comments."""

    sure_only = BooleanField(_l("Leave out the rows whose place is doubtful"))
