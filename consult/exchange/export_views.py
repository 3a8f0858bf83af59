"""Taking the comments of a round along: which templates there are, and each as a file."""

from tempfile import TemporaryFile

from flask import g, render_template, request, send_file

from consult.errors import NotFound
from consult.exchange import exporting
from consult.exchange.templates import MORE_WORDS, TEMPLATES
from consult.exchange.views import pages
from consult.people.guard import needs
from consult.review import queries as review
from consult.review.views import shown

ADDRESS = "/g/<group>/r/<int:round>/export"


@pages.get(ADDRESS)
@needs("draft.read")
def choose(group: str, round: int):
    """The templates in which the comments can be taken along."""
    of = review.get_round(g.group.id, round)
    return render_template("exchange/export.html", round=of, progress=review.progress(of), templates=TEMPLATES, more=MORE_WORDS, **shown())


@pages.get(f"{ADDRESS}/<template>.<form>")
@needs("draft.read")
def export(group: str, round: int, template: str, form: str):
    """The standing comments as a file of that template."""
    of = review.get_round(g.group.id, round)
    if template not in TEMPLATES or form not in TEMPLATES[template].forms:
        raise NotFound
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it once it is sent
    exporting.export(of, template, form, out, more=request.args.getlist("column"))
    out.seek(0)
    name = exporting.file_name(of, template, form)
    answer = send_file(out, exporting.FORMS[form], as_attachment=True, download_name=name, max_age=0)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
