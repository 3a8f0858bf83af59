"""A version in the forms that are made at once: as Markdown, and as one page for reading without a line."""

from flask import Response
from flask_babel import force_locale

from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.drafts.pages import DRAFT, note_opening, readable
from consult.drafts.pictures import in_words
from consult.papers import offline, queries
from consult.papers.making import head_of, name_of
from consult.papers.markdown import markdown
from consult.papers.pages import pages
from consult.people.guard import needs


@pages.get(DRAFT + "/v/<int:number>.md")
@needs("draft.read")
def as_markdown(group: str, draft: str, number: int):
    """The version as Markdown."""
    version = readable(draft, number)
    head = _head(version)
    lines = [head["title"], head["label"], head["symbol"], *head["about"], *head["version"]]
    return _saved(markdown([line for line in lines if line], in_words(drafts.pieces(version.id))), "md", "text/markdown", version)


@pages.get(DRAFT + "/v/<int:number>.html")
@needs("draft.read")
def as_page(group: str, draft: str, number: int):
    """The version as one page that needs nothing else."""
    version = readable(draft, number)
    head = _head(version)
    with force_locale(version.draft.language):
        made = offline.page(head, queries.pieces(version.id))
    return _saved(made, "html", "text/html", version)


def _head(version: Version) -> dict:
    with force_locale(version.draft.language):
        return head_of(version)


def _saved(body: str, ending: str, kind: str, version: Version) -> Response:
    """For saving, never for showing among our own pages; who took it is noted."""
    note_opening(version, "file")
    answer = Response(body, content_type=f"{kind}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name_of(version, ending))
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
