"""What people type in a review."""

from collections import Counter

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from consult.people.models import Person
from consult.review import rules
from consult.web.forms import Form, choices


def named(words: dict[str, str]) -> list:
    """Choices of a form from a table of words, in the reader's language."""
    return choices((code, gettext(word)) for code, word in words.items())


def told_apart(people: list[Person]) -> list:
    """People as choices of a form: the organization behind the name, and the address too where two would still read the same."""
    names = {p.id: f"{p.name} ({p.organization.name})" if p.organization else p.name for p in people}
    often = Counter(names.values())
    return choices((p.id, f"{names[p.id]} <{p.address}>" if often[names[p.id]] > 1 and p.address else names[p.id]) for p in people)


class Choices(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CommentForm(Form):
    """A comment on a paragraph or on the whole."""

    once = HiddenField()
    type = SelectField(_l("Type of comment"))
    text = TextAreaField(_l("Comment"))
    proposed = TextAreaField(
        _l("Proposed wording"), description=_l("The paragraph as you would write it. It is shown as a difference to the present text.")
    )
    quote = StringField(_l("About these words"), description=_l("Copied exactly from the paragraph; leave empty for the whole of it."))
    on_behalf_of = StringField(_l("On behalf of"), description=_l("A Party or organization, if you do not speak for yourself."))
    consent = SelectField(_l("In the published compilation"), default="named")
    author = SelectField(
        _l("Entered for"), coerce=int, description=_l("A comment that came by another way, entered for the person who made it.")
    )

    came_by = SelectField(_l("Came by"), default="page")
    received = StringField(
        _l("Received"), description=_l("When it came, by your own clock; empty: now."), render_kw={"type": "datetime-local"}
    )

    def fit(self, types: list[str], people: list, me: int) -> "CommentForm":
        """Offer only the types asked for, and the people one may speak for."""
        self.type.choices = named({code: word for code, word in rules.TYPES.items() if not types or code in types})
        self.came_by.choices = named(rules.CAME_BY)
        self.consent.choices = named(rules.CONSENTS)
        self.author.choices = told_apart(people) or choices([(me, "")])
        if self.author.data is None:
            self.author.data = me
        return self


class EditForm(Form):
    """A comment said better."""

    type = SelectField(_l("Type of comment"))
    text = TextAreaField(_l("Comment"))
    proposed = TextAreaField(_l("Proposed wording"))


class ConsentForm(Form):
    """How a comment stands in the published compilation."""

    consent = SelectField(_l("In the published compilation"))


class AnswerForm(Form):
    """An answer in a comment's thread."""

    once = HiddenField()
    answer = TextAreaField(_l("Your answer"), validators=[InputRequired(_l("Write your answer first."))])


class ResponseForm(Form):
    """What becomes of a comment."""

    turn = IntegerField(validators=[Optional()], widget=HiddenField.widget)
    disposition = SelectField(_l("Disposition"))
    response = TextAreaField(_l("Response"))


class MoveForm(Form):
    """Where a comment belongs."""

    mark = StringField(_l("Paragraph"), description=_l("The mark in brackets, such as 12 or 12(a); empty for the whole draft."))


class TieForm(Form):
    """What became of which paragraph."""

    before = StringField(_l("Before"), description=_l("The marks, such as 10 or 10, 11; empty if the paragraph is new."))
    now = StringField(_l("Now"), description=_l("The marks, such as 11 or 11, 12; empty if the paragraph was deleted."))


class RoundForm(Form):
    """An invitation to comment."""

    title = StringField(_l("Title"), description=_l("As people read it in the subject of the letter."))
    guidance = TextAreaField(_l("Guidance"), description=_l("What you would like to know; questions; what comes next."))
    types = Choices(_l("Kinds of comment asked for"), description=_l("None ticked: all of them."))
    opens = StringField(_l("Opens"), description=_l("Empty: now."), render_kw={"type": "datetime-local"})
    closes = StringField(
        _l("Closes"), validators=[InputRequired(_l("Say until when people can comment."))], render_kw={"type": "datetime-local"}
    )
    zone = StringField(_l("Time zone of these times"))
    reminders = StringField(
        _l("Reminders"),
        default="7, 2",
        description=_l("Days before the deadline on which those who are silent are reminded; -1 is the day after it. Empty: none."),
    )
    late_mail = SelectField(_l("Mail that comes after the deadline"), default="dated")
    late_days = IntegerField(_l("Days for mail that was written in time"), default=7, validators=[Optional()])
    also = Choices(_l("Also on these drafts"), coerce=int, description=_l("Their newest versions get rounds with the same deadline."))
    who = RadioField(
        _l("Who is invited"), choices=choices([("all", _l("the whole group")), ("chosen", _l("only these people:"))]), default="all"
    )
    chosen = Choices(_l("People"), coerce=int)


class ExtendForm(Form):
    """More time."""

    closes = StringField(_l("New closing time"), validators=[InputRequired(_l("Say until when."))], render_kw={"type": "datetime-local"})
    reason = StringField(_l("Reason"), description=_l("Everybody invited reads it in the letter."))
    together = BooleanField(_l("Also the rounds that were opened together with it"), default=True)


class InvitationForm(Form):
    """Whether one will comment."""

    reason = StringField(_l("Reason"), id="declining-reason", description=_l("If you cannot; the officers read it."))


class LateMailForm(Form):
    """What becomes of mail that comes after the deadline."""

    late_mail = SelectField(_l("Mail that comes after the deadline"), default="dated")
    late_days = IntegerField(_l("Days for mail that was written in time"), default=7, validators=[Optional()])

    def offer(self) -> "LateMailForm":
        """With the ways to choose from in the reader's language."""
        self.late_mail.choices = named(rules.LATE_MAIL)
        return self


class ScheduleForm(Form):
    """When the silent are reminded by themselves."""

    days = StringField(_l("Days before the deadline"), description=_l("Such as 7, 2; -1 is the day after it. Empty: none."))


class RemindForm(Form):
    """Whom to write to again."""

    people = Choices(_l("Silent so far"), coerce=int)


class PublishForm(Form):
    """The last step before a version is fixed."""

    note = TextAreaField(_l("What is new in this version"))
    sure = BooleanField()


class PhraseForm(Form):
    """An answer that is given often."""

    title = StringField(_l("Short name"), description=_l("By which you find it in the list."))
    disposition = SelectField(_l("Disposition"))
    text = TextAreaField(_l("The words"))
