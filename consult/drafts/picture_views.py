"""The picture of a figure, for whoever may read its text."""

from io import BytesIO

from flask import request, send_file

from consult.drafts import queries
from consult.drafts.pages import DRAFT, pages, readable
from consult.drafts.pictures import look
from consult.errors import NotFound
from consult.files import queries as files
from consult.kit.words import N_
from consult.office.images import TYPES
from consult.people.guard import needs


@pages.get(DRAFT + "/v/<int:number>/picture/<mark>")
@needs("draft.read")
def picture(group: str, draft: str, number: int, mark: str):
    """The picture itself: of a kind that browsers show, told by its bytes, and nothing that could run."""
    version = readable(draft, number)
    file = files.find(queries.by_mark(version.id, mark).file_id)
    image = look(file)
    if image is None:
        raise NotFound(N_("This paragraph has no picture."))
    answer = send_file(BytesIO(files.content(file)), TYPES[image.kind], download_name=file.name, etag=False)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(file.sha256)
    return answer.make_conditional(request)
