"""What an officer types about tasks."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Optional

from consult.web.forms import Form


class SettleForm(Form):
    """What became of a task."""

    note = StringField(_l("What became of it"))


class TaskForm(Form):
    """A task that an officer writes down for themselves and the other officers."""

    what = StringField(_l("What is to be done"), validators=[InputRequired(_l("Write in one line what is to be done."))])
    due = DateField(_l("By"), validators=[Optional()], description=_l("Empty: when there is time."))
