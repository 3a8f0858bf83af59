"""The page on which an officer takes proposed wordings into the version being prepared, one by one."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms import TextAreaField

from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.drafts.wording import difference
from consult.people.guard import me, needs
from consult.review import adopting, queries
from consult.review.pages import pages
from consult.review.views import shown
from consult.web.forms import Form, told

ADDRESS = "/g/<group>/d/<draft>/v/<int:number>/wordings"
A_PAGE = 20


class AdoptForm(Form):
    """A wording as the officer writes it."""

    words = TextAreaField()


@pages.get(ADDRESS)
@needs("draft.write")
def wordings(group: str, draft: str, number: int):
    """Every proposed wording beside the paragraph as it now stands in this version."""
    return _page(_version(draft, number), {})


def _version(draft: str, number: int) -> Version:
    return drafts.version(drafts.draft(g.group.id, draft), number)


def _page(version: Version, typed: dict[int, Form]) -> tuple[str, int]:
    found = adopting.wordings_for(version)
    last = max(1, -(-len(found) // A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    page = render_template(
        "review/wordings.html",
        version=version, draft=version.draft, found=found[(number - 1) * A_PAGE : number * A_PAGE], total=len(found),
        page=number, last=last, taken=sum(one.taken for one in found), typed=typed, difference=difference,
        form=AdoptForm(formdata=None), **shown(),
    )  # fmt: skip
    return page, 422 if typed else 200


@pages.post(ADDRESS + "/<int:round>/<int:comment>")
@needs("draft.write")
def adopt(group: str, draft: str, number: int, round: int, comment: int):
    """Take a wording in, as proposed or as typed; or out again."""
    version, form = _version(draft, number), AdoptForm()
    found = queries.get_comment(queries.get_round(g.group.id, round).id, comment)
    with told(form):
        if request.form.get("out"):
            adopting.let_go(found, version, by=me(), door="page")
            flash(gettext("The wording of comment %(number)s is out again.", number=comment))
        else:
            adopting.adopt(found, version, form.words.data or "", by=me(), door="page")
            flash(gettext("The wording of comment %(number)s is in version %(version)s.", number=comment, version=number))
    if form.errors:
        return _page(version, {found.id: form})
    at = url_for("review.wordings", group=group, draft=draft, number=number, page=request.args.get("page"), _anchor=f"w{found.id}")
    return redirect(at, 303)
