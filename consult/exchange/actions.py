"""The verbs of a file of comments: bring it, say how to read it, correct its rows, have it entered or drop it. The worker does the rest."""

from datetime import datetime

from sqlalchemy import delete, select, update

from consult.drafts.models import Paragraph
from consult.errors import NotFound, Refused
from consult.exchange import queries, rules
from consult.exchange.models import Import, ImportRow
from consult.exchange.reading import LARGEST, TOO_LARGE
from consult.exchange.rows import NAMES
from consult.exchange.working import work
from consult.extensions import db
from consult.files import actions as files
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import one_line, size
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Round
from consult.review.saying import check_may

__all__ = ["begin", "choose", "drop", "leave", "place", "seen_by", "take", "work"]
EMPTY = N_("The file is empty.")


def begin(
    on: Round, data: bytes, name: str, *, template: str = "", person: Person | None = None, behalf: str = "", by: Person, door: str,
    at: datetime | None = None,
) -> Import:  # fmt: skip
    """Bring a file of comments to a round. It is kept as it came, read by the worker, and seen by nobody else until it is taken."""
    at = at or clock.now()
    check_may(on, by, by, at)
    rules.check_template(template)
    rules.check_waiting(queries.waiting_of(by.id))
    if len(data) > LARGEST:
        raise Refused(TOO_LARGE, size=size(len(data)), most=size(LARGEST))
    if not data:
        raise Refused(EMPTY)
    made = Import(
        round=on, file=files.keep(data, name), template=template, options=_whom(on, by, person, behalf), by=by, door=door, at=at,
        state="waiting", total=0, done=0, reason="",
    )  # fmt: skip
    db.session.add(made)
    record("import.begun", door=door, actor=by, group_id=on.group_id, subject=made, at=at, name=made.file.name, round_id=on.id)
    return made


def _whom(on: Round, by: Person, person: Person | None, behalf: str) -> dict:
    """For whom the rows count when they do not say it themselves; only officers enter comments for others."""
    if person is not None and person.id != by.id or behalf.strip():
        people.require(by, "comment.manage", on.group_id)
    found = {"person": person.id} if person is not None else {}
    return found | ({"behalf": one_line(behalf, rules.MOST_BEHALF)} if behalf.strip() else {})


def choose(
    which: Import, *, template: str, columns: dict[str, str], person: Person | None = None, behalf: str = "", by: Person, door: str
) -> None:
    """Read the file once more: by another template, with columns named by hand (head → field), or counted for somebody else."""
    _mine(which, by)
    rules.check_template(template)
    if which.state not in ("preview", "failed"):
        rules.check_preview(which.state)
    named = {head: field for head, field in columns.items() if field in (*NAMES, "", *FIELDS)}
    which.options = {"columns": named} | _whom(which.round, by, person, behalf)
    which.template, which.state, which.done, which.total, which.reason = template, "waiting", 0, 0, ""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == which.id))
    record(
        "import.begun", door=door, actor=by, group_id=which.round.group_id, subject=which, name=which.file.name, round_id=which.round_id
    )  # fmt: skip


FIELDS = ("body", "behalf", "place", "line", "from", "to", "line-or-paragraph", "observation", "govt", "pages")


def place(which: Import, number: int, paragraph: Paragraph | None, *, by: Person) -> None:
    """Put a row on the paragraph it belongs to (None: the whole document). A row that was left out is taken along again."""
    _mine(which, by)
    rules.check_preview(which.state)
    if paragraph is not None and paragraph.version_id != which.round.version_id:
        raise NotFound(N_("This paragraph does not stand in that version."))
    row = queries.row(which, number)
    rules.check_row(row.state)
    row.paragraph_id, row.how, row.certainty, row.state = paragraph.id if paragraph else None, "hand", 1.0, "good"
    row.problem = ""


def leave(which: Import, number: int, *, by: Person) -> None:
    """Leave a row out, or take it along again."""
    _mine(which, by)
    rules.check_preview(which.state)
    row = queries.row(which, number)
    rules.check_row(row.state)
    row.state = ("doubtful" if row.problem else "good") if row.state == "left" else "left"


def take(which: Import, *, by: Person, sure_only: bool = False) -> None:
    """Have the rows entered. `sure_only`: those whose place is doubtful are left out."""
    _mine(which, by)
    rules.check_preview(which.state)
    if sure_only:
        doubtful = update(ImportRow).where(ImportRow.import_id == which.id, ImportRow.state == "doubtful")
        db.session.execute(doubtful.values(state="left").execution_options(synchronize_session=False))
    counts = queries.counts(which.id)
    rules.check_some(counts.get("good", 0) + counts.get("doubtful", 0) + (_answered(which) if counts.get("known") else 0))
    which.state, which.done = "wanted", 0


def _answered(which: Import) -> int:
    """Rows that are known already but may bring a response."""
    known = select(ImportRow.said).where(ImportRow.import_id == which.id, ImportRow.state == "known")
    return sum(1 for said in db.session.scalars(known) if said.get("disposition"))


def drop(which: Import, *, by: Person, door: str) -> None:
    """The file is not entered. It is kept, its rows are forgotten."""
    _mine(which, by)
    rules.check_drop(which.state)
    which.state, which.finished_at = "dropped", clock.now()
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == which.id))


def _mine(which: Import, by: Person) -> None:
    """A file is seen and handled by whoever brought it, and by the officers of the group."""
    people.require(by, "group.read", which.round.group_id)
    if which.by_id != by.id and not people.may(by, "comment.manage", which.round.group_id):
        raise NotFound(N_("There is no such file in this round."))


def seen_by(which: Import, by: Person) -> Import:
    """The file, when this person may see it; NotFound otherwise."""
    _mine(which, by)
    return which
