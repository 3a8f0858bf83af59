"""The verbs about a meeting's documents: put one before the meeting under its symbol, take it away, circulate the report."""

from datetime import datetime

from sqlalchemy import select

from consult.drafts import actions as issuing
from consult.drafts import queries as drafts
from consult.drafts.models import Draft, Version
from consult.errors import Refused
from consult.extensions import db
from consult.files.models import File
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.meetings import queries, rules
from consult.meetings.models import AgendaItem, DocumentFile, Meeting, MeetingDocument
from consult.meetings.noting import note
from consult.people import queries as people
from consult.people.models import Person
from consult.people.rules import LANGUAGES
from consult.review import actions as review
from consult.review.models import Round


def add_document(
    to: Meeting, *, symbol: str, title: str = "", nature: str = "working", draft: Draft | None = None, version: Version | None = None,
    files: list[tuple[str, File]] | None = None, item: AgendaItem | None = None, state: str = "", supersedes: MeetingDocument | None = None,
    by: Person, door: str, at: datetime | None = None,
) -> MeetingDocument:  # fmt: skip
    """Put a document before a meeting: a draft of the group (its newest version, or the one named) or files, one a language."""
    at, draft = at or clock.now(), version.draft if version is not None else draft
    people.require(by, "meeting.manage", to.group_id)
    state = state or ("posted" if draft is not None or files else "awaited")
    rules.check_document(nature, state, draft is not None, bool(files))
    _check_belongs(to, draft, version, item)
    symbol, title = rules.symbol(symbol), one_line(title, 300) or (draft.title if draft is not None else "")
    if not title:
        raise Refused(N_("Give the document a title."))
    db.session.execute(select(Meeting.id).where(Meeting.id == to.id).with_for_update())
    _check_symbol(to, symbol)
    supersedes = supersedes or _revised(to, symbol)
    made = MeetingDocument(
        meeting_id=to.id, item_id=item and item.id, draft_id=draft and draft.id, version_id=version and version.id, symbol=symbol,
        title=title, nature=nature, state=state, supersedes_id=supersedes and supersedes.id, by_id=by.id, added_at=at,
    )  # fmt: skip
    made.files = [DocumentFile(file_id=file.id, language=language if language in LANGUAGES else "en") for language, file in files or []]
    db.session.add(made)
    db.session.flush()
    db.session.expire(to, ["documents"])
    note("document.added", to, door=door, by=by, at=at, title=title, symbol=symbol, meeting=to.title)
    return made


def _check_belongs(to: Meeting, draft: Draft | None, version: Version | None, item: AgendaItem | None) -> None:
    if draft is not None and draft.group_id != to.group_id or item is not None and item.meeting_id != to.id:
        raise Refused(N_("This belongs to another group or meeting."))
    shown = version or (drafts.latest(draft) if draft is not None else None)
    if draft is not None and (shown is None or shown.published_at is None):
        raise Refused(N_("Publish the draft first: a document before a meeting no longer changes under its readers."))


def _check_symbol(to: Meeting, symbol: str) -> None:
    known = {each.symbol.upper() for each in queries.documents(to, everything=True)}
    if symbol.upper() in known:
        raise Refused(
            N_("%(symbol)s stands before this meeting already. The next free symbol is %(free)s."),
            symbol=symbol, free=rules.next_symbol(to.code, "working", known),
        )  # fmt: skip


def _revised(to: Meeting, symbol: str) -> MeetingDocument | None:
    """What `…/2/Rev.1` replaces: `…/2`, or the revision before it."""
    known = {each.symbol.upper(): each for each in queries.documents(to, everything=True)}
    return next((known[each] for each in rules.revised(symbol) if each in known), None)


def change_document(
    which: MeetingDocument, *, title: str, nature: str, item: AgendaItem | None, state: str, draft: Draft | None = None,
    files: list[tuple[str, File]] | None = None, by: Person, door: str, at: datetime | None = None,
) -> MeetingDocument:  # fmt: skip
    """Say what became of a document: its text has come, it is posted, on hold, for another item. Its symbol stays. A file of a language
    and format that is there already takes the place of the one before."""
    to = which.meeting
    people.require(by, "meeting.manage", to.group_id)
    has_files = bool(files) or bool(which.files) and draft is None
    rules.check_document(nature, state, draft is not None, has_files)
    _check_belongs(to, draft, None, item)
    if draft is None or draft.id != which.draft_id:
        which.version_id = None
    which.title = one_line(title, 300) or which.title
    which.nature, which.state, which.item_id, which.draft_id = nature, state, item and item.id, draft and draft.id
    for language, file in files or []:
        _add_file(which, language if language in LANGUAGES else "en", file)
    db.session.flush()
    db.session.expire(which)
    note("document.changed", to, door=door, by=by, at=at, title=which.title, symbol=which.symbol, meeting=to.title, state=state)
    return which


def _add_file(to: MeetingDocument, language: str, file: File) -> None:
    ending = file.name.rpartition(".")[2].lower()
    for each in to.files:
        if (each.language, each.file.name.rpartition(".")[2].lower()) == (language, ending):
            db.session.delete(each)
    db.session.add(DocumentFile(document_id=to.id, file_id=file.id, language=language))


def drop_document(which: MeetingDocument, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Take a document off the list of the meeting; the draft itself stays where it is."""
    to = which.meeting
    people.require(by, "meeting.manage", to.group_id)
    for later in db.session.scalars(select(MeetingDocument).where(MeetingDocument.supersedes_id == which.id)):
        later.supersedes_id = None
    for file in which.files:
        db.session.delete(file)
    db.session.flush()
    note("document.dropped", to, door=door, by=by, at=at, title=which.title, symbol=which.symbol, meeting=to.title)
    db.session.delete(which)
    db.session.flush()
    db.session.expire(to, ["documents"])


def send_documents(of: Meeting, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Write to everybody invited which documents there are, how large each is, and the line that fetches it."""
    at = at or clock.now()
    people.require(by, "meeting.manage", of.group_id)
    if of.state not in ("announced", "held"):
        raise Refused(N_("Announce the meeting first: the invitation lists its documents too."))
    if not queries.documents(of):
        raise Refused(N_("No document stands before this meeting yet."))
    told = sorted(row.person_id for row in queries.attendances(of.id))
    note("documents.listed", of, door=door, by=by, at=at, people=told)


def circulate_report(
    of: Meeting,
    draft: Draft,
    *,
    closes_at: datetime,
    symbol: str = "",
    guidance: str = "",
    only_absent: bool = False,
    by: Person,
    door: str,
    at: datetime | None = None,
) -> Round:
    """Make a published draft the report of the meeting and ask everybody in the group to comment on it, or first only those who could not
    come, whom the letter tells so in words of their own."""
    at = at or clock.now()
    people.require(by, "meeting.manage", of.group_id)
    if of.state not in ("announced", "held") or of.starts_at > at:
        raise Refused(N_("Only a meeting that has begun can have a report."))
    known = queries.report_of(draft.id)
    if known is not None and known.id != of.id:
        raise Refused(N_("This draft is the report of another meeting."))
    if known is None:
        taken = [each.symbol for each in queries.documents(of, everything=True)]
        named = symbol or draft.symbol or rules.next_symbol(of.code, "report", taken)
        add_document(of, symbol=named, nature="report", draft=draft, by=by, door=door, at=at)
    made = review.open_round(
        drafts.latest(draft), title=draft.title, opens_at=at, closes_at=closes_at, zone=of.zone, guidance=guidance,
        people_asked=_absent(of) if only_absent else None, by=by, door=door, at=at,
    )  # fmt: skip
    note("report.circulated", of, door=door, by=by, at=at, round_id=made.id)
    return made


def adopt_report(of: Meeting, *, by: Person, door: str, at: datetime | None = None) -> None:
    """The report stands as it is: it is issued, may be cited, and goes whole to everybody in the group."""
    people.require(by, "meeting.manage", of.group_id)
    known = queries.report(of)
    if known is None:
        raise Refused(N_("Circulate the report first: nobody could have agreed to a text they have not seen."))
    issuing.issue(known.draft, by=by, door=door, at=at)


def _absent(of: Meeting) -> list[Person]:
    """Those who could not come and still sit in the group."""
    missing = queries.absent(of)
    found = [seat.person for seat in people.members(of.group_id) if seat.person_id in missing]
    if not found:
        raise Refused(N_("Nobody who was invited is known to have been absent. Note first who was there, or ask everybody."))
    return found
