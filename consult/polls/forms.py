"""What people type about guiding questions and polls."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from consult.polls import rules
from consult.polls.models import Question
from consult.web.forms import Form, choices


class QuestionsForm(Form):
    """The guiding questions of a round."""

    questions = TextAreaField(_l("Guiding questions"), description=_l("One a paragraph: leave an empty line between them."))


class AnswersForm(Form):
    """What one person answers; a field for each question is added for the round."""

    on_behalf_of = StringField(_l("On behalf of"), description=_l("A Party or organization, if you do not speak for yourself."))


def answers_form(questions: list[Question], **more: object) -> AnswersForm:
    """The form with a field for each question: `q1`, `q2` … by their place in the round."""
    fields = {f"q{each.position}": TextAreaField(gettext("Question %(number)s", number=each.position)) for each in questions}
    return type("AnswersFormOfRound", (AnswersForm,), fields)(**more)


class PollForm(Form):
    """What the group is asked."""

    title = StringField(
        _l("Question"), validators=[InputRequired(_l("Write what is asked, in one line."))],
        description=_l("In one line, as people read it in the subject of the letter."),
    )  # fmt: skip
    kind = RadioField(_l("Kind"), default="consensus")
    wording = TextAreaField(_l("Proposed wording"), description=_l("The paragraph as it would stand. Empty: the paragraph as it is."))
    closes = StringField(
        _l("Answers until"), validators=[InputRequired(_l("Say until when people can answer."))], render_kw={"type": "datetime-local"}
    )
    zone = StringField(_l("Time zone of this time"))
    quorum = IntegerField(_l("Quorum"), validators=[Optional()], render_kw={"min": "1"})

    def fit(self, voices: int) -> "PollForm":
        """Say what each kind means, and how many have a voice."""
        meant = {kind: gettext(rules.MEANS[kind]) % {"quorum": gettext("the quorum")} for kind in rules.KINDS}
        self.kind.choices = choices((kind, f"{gettext(word)}. {meant[kind]}") for kind, word in rules.KINDS.items())
        self.quorum.description = gettext("How many must speak, or with silence be reached. %(count)s have a voice.", count=voices)
        return self


class VoteForm(Form):
    """One's voice."""

    choice = RadioField(_l("Choice"), validators=[InputRequired(_l("Choose one."))])
    reason = TextAreaField(_l("Reason"), description=_l("Needed if you object; everybody reads it when the poll is closed."))

    def fit(self) -> "VoteForm":
        """The choices in the reader's language."""
        self.choice.choices = choices((code, gettext(word)) for code, word in rules.CHOICES.items())
        return self
