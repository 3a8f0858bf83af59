"""What people choose when they take a text along."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from consult.web.forms import Form, choices

FORMS = [("pdf", _l("PDF, to print and to read")), ("docx", _l("Word (.docx), to write into and send back"))]


class AskForm(Form):
    """Which form, and what should be in it."""

    form = RadioField(_l("Form"), choices=choices(FORMS), default="pdf")
    lines = BooleanField(
        _l("Numbers of the lines in the margin"), description=_l("For comments by page and line, as IPCC and IPBES sheets ask for them.")
    )
    comments = BooleanField(_l("All comments in the margin of the Word file"))

    def options(self) -> dict[str, object]:
        """What was chosen beside the form."""
        return {"lines": self.lines.data, "comments": self.comments.data}
