"""Finding documents, and the paragraph that stands on a page and line of one."""

from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from consult.drafts.models import Paragraph, Version
from consult.drafts.queries import COLUMNS
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.kit.words import N_
from consult.papers.models import Paper
from consult.review.models import Round

PIECES = select(*COLUMNS).where(Paragraph.version_id == bindparam("version")).order_by(Paragraph.position)


def pieces(version_id: int):
    """The paragraphs of a version in reading order, each with the picture it shows, if any."""
    return db.session.execute(PIECES, {"version": version_id}).all()


def by_key(key: str) -> Paper | None:
    """The document of that name, in whatever state."""
    return db.session.scalar(select(Paper).where(Paper.key == key))


def of_group(group_id: int, paper_id: int) -> Paper:
    """A document of that group; NotFound when there is none, or it has been made anew since."""
    found = db.session.get(Paper, paper_id, options=[joinedload(Paper.file)])
    if found is None or group_of(found) != group_id:
        raise NotFound(N_("This document is not there any more. Ask for it again on the page of the version."))
    return found


def group_of(paper: Paper) -> int:
    """The number of the group whose text it holds."""
    return version_of(paper).draft.group_id


def version_of(paper: Paper) -> Version:
    """The version it holds, or whose comments it compiles."""
    if paper.version_id is not None:
        return db.session.get(Version, paper.version_id)
    return round_of(paper).version


def round_of(paper: Paper) -> Round | None:
    """The round whose comments it compiles; None for the text of a version."""
    return db.session.get(Round, paper.round_id) if paper.round_id is not None else None


def before(paper: Paper) -> int:
    """How many documents are made before this one."""
    waiting = select(func.count()).where(Paper.state.in_(("waiting", "working")), Paper.id < paper.id)
    return db.session.scalar(waiting)


def due(now: datetime):
    """The document to be made next: one that waits, or one whose worker has died."""
    forsaken = (Paper.state == "working") & or_(Paper.leased_until.is_(None), Paper.leased_until < now)
    return select(Paper).where(or_(Paper.state == "waiting", forsaken)).order_by(Paper.id).limit(1)


def lines(version_id: int) -> list[list[int]]:
    """Where each paragraph begins in the newest PDF of the version: [page, line, position]; Refused while there is no PDF of it."""
    made = select(Paper.lines).where(Paper.version_id == version_id, Paper.kind == "draft", Paper.form == "pdf", Paper.state == "done")
    found = db.session.scalar(made.order_by(Paper.made_at.desc(), Paper.id.desc()).limit(1))
    if not found:
        raise Refused(N_("There is no PDF of this version yet, so it has no pages and lines. Ask for the PDF first."))
    return found


def paragraph_at(version: Version, page: int, line: int) -> Paragraph:
    """The paragraph that stands on this line of this page of the version's PDF."""
    return paragraphs_at(version, [(page, line)])[0]


def paragraphs_at(version: Version, places: list[tuple[int, int]]) -> list[Paragraph]:
    """The same for many places at once, in their order; NotFound names the first page that the PDF does not have."""
    starts = sorted(lines(version.id))
    positions = [_position(starts, page, line) for page, line in places]
    wanted = select(Paragraph).where(Paragraph.version_id == version.id, Paragraph.position.in_(set(positions)))
    found = {row.position: row for row in db.session.scalars(wanted)}
    return [found[position] for position in positions]


def _position(starts: list[list[int]], page: int, line: int) -> int:
    """The last piece that begins at or before this line; above the first one stands the title, which goes with it."""
    if not 1 <= page <= starts[-1][0]:
        raise NotFound(N_("The PDF has no page %(page)s; its text ends on page %(last)s."), page=page, last=starts[-1][0])
    return max((start for start in starts if (start[0], start[1]) <= (page, line)), default=starts[0])[2]
