"""A version as plain text, and what changed between two versions, as a page and as text."""

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.drafts import plain, queries
from consult.drafts.labels import head
from consult.drafts.models import Version
from consult.drafts.pages import DRAFT, may, note_opening, pages, readable
from consult.drafts.pictures import in_words
from consult.drafts.telling import count, tell
from consult.drafts.wording import WORDS
from consult.errors import NotFound
from consult.kit.words import N_
from consult.people.guard import needs

AT_ONCE = 100
DIFF = DRAFT + "/v/<int:number>/diff/<int:older>"


@pages.get(DRAFT + "/v/<int:number>.txt")
@needs("draft.read")
def text(group: str, draft: str, number: int):
    """The whole version as plain text, every paragraph under the mark that letters show."""
    version = readable(draft, number)
    note_opening(version, "file")
    return _plain(plain.text(in_words(queries.pieces(version.id)), head(version)), version)


@pages.get(DIFF)
@needs("draft.read")
def diff(group: str, draft: str, number: int, older: int):
    """What became of each paragraph from an older version to this one, word by word."""
    new, old = _pair(draft, max(number, older), min(number, older))
    if old.number != older:
        return redirect(url_for("drafts.diff", group=group, draft=draft, number=new.number, older=old.number), 303)
    everything = request.args.get("show") == "all"
    changes = queries.diff(old, new)
    told = tell(changes, everything)
    last = max(1, -(-len(told) // AT_ONCE))
    at = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "drafts/diff.html",
        draft=new.draft, new=new, old=old, told=told[(at - 1) * AT_ONCE : at * AT_ONCE], counts=count(changes),
        everything=everything, beside=request.args.get("view") == "side", at_page=at, last=last,
        may_correct=may("ties.correct") and queries.before(new) is old,
        others=[v for v in queries.versions(new.draft) if v.number < number and v.published_at],
    )  # fmt: skip


@pages.get(DIFF + ".txt")
@needs("draft.read")
def diff_text(group: str, draft: str, number: int, older: int):
    """The same as plain text: what was taken out as [-old-], what was put in as {+new+}."""
    new, old = _pair(draft, number, older)
    words = {kind: gettext(word) for kind, word in WORDS.items()}
    changed = queries.diff_text(old, new, words) or gettext("No paragraph was changed.")
    since = gettext("What changed since version %(number)s", number=old.number)
    return _plain("\n".join([*head(new), since, "", changed, ""]), new)


def _pair(draft: str, number: int, older: int) -> tuple[Version, Version]:
    if older >= number:
        raise NotFound(N_("A version is compared with an older one."))
    return readable(draft, number), readable(draft, older)


def _plain(body: str, version: Version) -> Response:
    """Text that a browser shows and keeps; asked about again it is not sent twice."""
    answer = Response(body, content_type="text/plain; charset=utf-8")
    answer.headers.set("Content-Disposition", "inline", filename=f"{version.draft.slug}-v{version.number}.txt")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag(weak=True)
    return answer.make_conditional(request)
