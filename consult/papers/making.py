"""Making a document: what is asked for, as bytes under a name."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from consult.drafts.labels import label
from consult.drafts.models import Version
from consult.errors import Refused
from consult.extensions import db
from consult.kit.words import N_
from consult.outbox.attaching import Attached
from consult.papers import marginal, queries, rules, summary, tables
from consult.papers.laying import label_size
from consult.papers.models import Paper
from consult.papers.printing import compiled, printed
from consult.papers.word import document
from consult.review.compiled import counts as published_counts
from consult.review.models import Round
from consult.web.filters import day_words

Progress = Callable[[int, int], None]
MOST_IN_PDF = 6_000
"""Comments: beyond some two thousand pages nobody prints, and the press needs too much memory."""
TOO_MANY = N_(
    "A PDF holds at most %(most)s comments, and these are %(count)s. Take the compilation as Excel or Word, or read it on the page."
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Made:
    """A finished document: its bytes, its file name, and of a PDF where each paragraph begins."""

    content: bytes
    name: str
    lines: list | None = None


def make(paper: Paper, progress: Progress) -> Made:
    """The document asked for. `progress` is told (steps done, of how many); Refused says why it cannot be made."""
    return MAKERS[paper.kind, paper.form](paper, progress)


def _draft_pdf(paper: Paper, progress: Progress) -> Made:
    version = queries.version_of(paper)
    progress(1, 3)
    pieces = queries.pieces(version.id)
    with force_locale(version.draft.language):
        head = head_of(version) | {"lines": bool(paper.options.get("lines"))}
    progress(2, 3)
    made = printed("draft.typ", head, pieces)
    return Made(made.content, name_of(version, "pdf", "lines" if head["lines"] else ""), made.lines)


def _draft_docx(paper: Paper, progress: Progress) -> Made:
    version = queries.version_of(paper)
    with_comments = bool(paper.options.get("comments"))
    progress(1, 2)
    return Made(docx(version, with_comments), name_of(version, "docx", "comments" if with_comments else ""))


def docx(version: Version, with_comments: bool = False) -> bytes:
    """A version as a Word file, with all its comments in the margin if wanted."""
    with force_locale(version.draft.language):
        head = head_of(version)
        remarks = marginal.remarks(version) if with_comments else []
    pieces = queries.pieces(version.id)
    pictures = marginal.pictures(pieces)
    return document(head, pieces, remarks, pictures, author=version.draft.group.name, published=version.published_at)


def text_file(version: Version) -> Attached:
    """A version as a Word file that goes along with a letter, to write comments and tracked changes into."""
    return Attached(name_of(version, "docx"), WORD, docx(version))


def head_of(version: Version) -> dict:
    """What stands around the text on every page of a document, in the language of the text."""
    draft, shown = version.draft, label(version.draft)
    published = day_words(version.published_at) if version.published_at else gettext("not published")
    return {
        "title": draft.title,
        "short": draft.title if len(draft.title) <= 90 else draft.title[:89] + "…",
        "symbol": draft.symbol,
        "version": [gettext("Version %(number)s", number=version.number), published],
        "about": [draft.group.name],
        "label": shown,
        "label-size": label_size(shown),
        "language": draft.language,
        "page": gettext("Page %(number)s of %(last)s", number="@page", last="@last"),
        "figure": gettext("Figure"),
    }


def name_of(version: Version, ending: str, more: str = "") -> str:
    """The file name of a document of that version."""
    draft = version.draft
    return rules.file_name(draft.symbol or draft.slug, version.number, draft.language, ending, more)


def _compilation_pdf(paper: Paper, progress: Progress) -> Made:
    of = db.session.get_one(Round, paper.round_id)
    total = published(of)
    if total > MOST_IN_PDF:
        raise Refused(TOO_MANY, count=total, most=MOST_IN_PDF)
    progress(1, 3)
    with force_locale(paper.options.get("language") or of.version.draft.language):
        head, comments = summary.head(of, head_of(of.version)), summary.comments(of)
    progress(2, 3)
    return Made(compiled("compilation.typ", head | {"comments": comments}).content, _compilation_name(of, "pdf", head["language"]))


def _compilation_table(paper: Paper, progress: Progress) -> Made:
    of = db.session.get_one(Round, paper.round_id)
    made = {"docx": tables.document, "xlsx": tables.workbook}[paper.form](of, published(of), progress)
    return Made(made, _compilation_name(of, paper.form, "en"))


def published(of: Round) -> int:
    """How many comments of a round its compilation holds."""
    counts = published_counts(of)
    return counts["total"] - counts["withheld"]


def _compilation_name(of: Round, ending: str, language: str) -> str:
    draft = of.version.draft
    return rules.file_name(draft.symbol or draft.slug, of.version.number, language, ending, f"comments-{of.id}")


MAKERS: dict[tuple[str, str], Callable[[Paper, Progress], Made]] = {
    ("draft", "pdf"): _draft_pdf,
    ("draft", "docx"): _draft_docx,
    ("compilation", "pdf"): _compilation_pdf,
    ("compilation", "docx"): _compilation_table,
    ("compilation", "xlsx"): _compilation_table,
}
