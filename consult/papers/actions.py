"""The verbs of documents: ask for one, make what is due. Asked for twice it is made once; a worker that dies is followed by another."""

import logging
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import delete, update

from consult.drafts.labels import label
from consult.drafts.models import Version
from consult.errors import Refused
from consult.extensions import db, transaction
from consult.files import actions as files
from consult.journal.queries import so_far
from consult.kit import clock
from consult.kit.words import N_
from consult.papers import compiling, making, queries, rules
from consult.papers.compiling import publish_compilation  # noqa: F401 - a verb of this room, called here with the rest
from consult.papers.models import Paper
from consult.people.models import Person
from consult.people.queries import require
from consult.review.models import Round
from consult.web.forms import translated

log = logging.getLogger(__name__)
EDITION = 1
"""Counted up when documents come to look otherwise, so that none is given out that was made before."""
BROKEN = N_("It could not be made; the operator finds the cause in the log. You can ask for it once more.")


def ask(of: Version | Round, form: str, *, by: Person, door: str, options: dict | None = None, at: datetime | None = None) -> Paper:
    """Ask for a version as a document, or for the compilation of a round: the one that is there already, or one that a worker will make.

    `options`: `lines` (numbers in the margin of a PDF), `comments` (in a .docx), `language` (of a compilation's own words).
    """
    kind, version = ("draft", of) if isinstance(of, Version) else ("compilation", of.version)
    group_id = version.draft.group_id
    require(by, "draft.read" if version.published_at else "draft.write", group_id)
    if kind == "compilation":
        rules.check_published(compiling.readable(of, by))
    chosen = rules.options(kind, rules.form(kind, form), options or {})
    key = rules.key(EDITION, kind, of.id, form, chosen, _state(version, kind, chosen, group_id))
    known = queries.by_key(key)
    if known is None:
        known = Paper(key=key, kind=kind, form=form, options=chosen, asked_by_id=by.id, asked_at=at or clock.now())
        known.version_id, known.round_id = (of.id, None) if kind == "draft" else (None, of.id)
        db.session.add(known)
    elif known.state == "failed":
        known.state, known.reason, known.asked_by_id = "waiting", "", by.id
    db.session.flush()
    return known


def _state(version: Version, kind: str, chosen: dict, group_id: int) -> list:
    """What a document holds beside a text that never changes: the words around it, and where people speak, the group's newest event."""
    draft = version.draft
    with force_locale(draft.language):
        around = [draft.title, draft.symbol, draft.group.name, label(draft)]
    alive = kind == "compilation" or "comments" in chosen or version.published_at is None
    return [*around, version.published_at, so_far(group_id) if alive else 0]


def make_due(now: datetime) -> int:
    """Make the one document that is due first. Returns how many were made or failed: 0 or 1."""
    claimed = _claim(now)
    if claimed is None:
        return 0
    paper, until = claimed
    try:
        made = making.make(paper, lambda done, total: _progress(paper.id, until, done, total))
    except Refused as refused:
        _fail(paper, until, refused)
    except Exception:  # whatever is wrong with one document, the others are made, and whoever asked is told
        log.exception("papers: %s could not be made", paper.id)
        db.session.rollback()
        _fail(paper, until, Refused(BROKEN))
    else:
        _keep(paper, until, made, now)
    return 1


def _claim(now: datetime) -> tuple[Paper, datetime] | None:
    with transaction():
        paper = db.session.scalar(queries.due(now).with_for_update(skip_locked=True))
        if paper is None:
            return None
        paper.state, paper.leased_until, paper.done, paper.total = "working", now + rules.LEASE, 0, 0
    return paper, paper.leased_until


def _mine(paper_id: int, until: datetime):
    """The row, as long as no other worker has taken the document over."""
    return (Paper.id == paper_id, Paper.state == "working", Paper.leased_until == until)


def _progress(paper_id: int, until: datetime, done: int, total: int) -> None:
    with transaction():
        db.session.execute(update(Paper).where(*_mine(paper_id, until)).values(done=done, total=total))


def _fail(paper: Paper, until: datetime, refused: Refused) -> None:
    with transaction():
        asked_by = db.session.get(Person, paper.asked_by_id)
        with force_locale(asked_by.language):
            reason = translated(refused)
        db.session.execute(update(Paper).where(*_mine(paper.id, until)).values(state="failed", reason=reason))


def _keep(paper: Paper, until: datetime, made: making.Made, now: datetime) -> None:
    """The file first, then the row; what was made of the same before has had its time."""
    with transaction():
        file = files.keep(made.content, made.name)
        done = {"state": "done", "file_id": file.id, "lines": made.lines, "made_at": now, "done": Paper.total}
        if not db.session.execute(update(Paper).where(*_mine(paper.id, until)).values(done)).rowcount:
            return
        older = (Paper.kind == paper.kind, Paper.form == paper.form, Paper.state.in_(("done", "failed")), Paper.id < paper.id)
        about = Paper.version_id == paper.version_id if paper.kind == "draft" else Paper.round_id == paper.round_id
        known = db.session.execute(db.select(Paper.id, Paper.options).where(*older, about)).all()
        old = [row.id for row in known if row.options == paper.options]
        db.session.execute(delete(Paper).where(Paper.id.in_(old)))
