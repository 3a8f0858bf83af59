"""Reading meetings, their documents, and who comes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import LargeBinary, cast, func, or_, select
from sqlalchemy.orm import joinedload

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph, Version
from consult.errors import NotFound
from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_
from consult.meetings import rules
from consult.meetings.models import Attendance, Meeting, MeetingDocument
from consult.outbox.models import Letter, ReplyKey
from consult.people import queries as people
from consult.people.models import Person
from consult.people.rules import ORDER
from consult.review.models import Comment, Response, Round


@dataclass(frozen=True)
class Seat:
    """Somebody the meeting concerns: the person, their role in the group, and what they answered, if they were invited."""

    person: Person
    role: str
    attendance: Attendance | None


@dataclass(frozen=True)
class Paper:
    """A document as it is shown: the version that stands for it, how large it is in octets, and the document that replaces it."""

    document: MeetingDocument
    version: Version | None
    octets: int
    replaced_by: MeetingDocument | None = None


def get_meeting(group_id: int, meeting_id: int) -> Meeting:
    """The meeting of that number in that group."""
    found = db.session.get(Meeting, meeting_id)
    if found is None or found.group_id != group_id:
        raise NotFound(N_("This group has no meeting under this address."))
    return found


def meetings_of(group_id: int) -> list[Meeting]:
    """The meetings of a group, the latest first."""
    return list(db.session.scalars(select(Meeting).where(Meeting.group_id == group_id).order_by(Meeting.starts_at.desc(), Meeting.id)))


def next_of(group_id: int, now: datetime) -> Meeting | None:
    """The announced meeting of a group that comes next, or is under way."""
    wanted = select(Meeting).where(Meeting.group_id == group_id, Meeting.state == "announced", Meeting.ends_at >= now)
    return db.session.scalar(wanted.order_by(Meeting.starts_at).limit(1))


def last_held(group_id: int) -> Meeting | None:
    """The meeting of a group that was held last."""
    wanted = select(Meeting).where(Meeting.group_id == group_id, Meeting.state == "held").order_by(Meeting.starts_at.desc())
    return db.session.scalar(wanted.limit(1))


def attendance(meeting_id: int, person_id: int) -> Attendance | None:
    """What this person answered, if they were invited."""
    return db.session.scalar(select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id))


def attendances(meeting_id: int) -> list[Attendance]:
    """Everybody invited with what they answered, each with their organization."""
    wanted = select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id)
    return list(db.session.scalars(wanted.options(joinedload(Attendance.person).joinedload(Person.organization))))


def seats(of: Meeting) -> list[Seat]:
    """Everybody in the group on the day of the meeting and everybody invited, in the order of lists of participants."""
    known = {row.person_id: row for row in attendances(of.id)}
    held: dict[int, Seat] = {}
    for member in people.members(of.group_id, min(of.starts_at, clock.now()).date()):
        before = held.get(member.person_id)
        if before is None or ORDER.index(member.role) < ORDER.index(before.role):
            held[member.person_id] = Seat(member.person, member.role, known.get(member.person_id))
    for row in known.values():
        held.setdefault(row.person_id, Seat(row.person, "", row))
    return sorted(held.values(), key=_place)


def _place(seat: Seat) -> tuple:
    organization = seat.person.organization
    kind = "secretariat" if seat.role == "officer" else organization.kind if organization else ""
    return rules.seat_in_list(kind), organization.name.casefold() if organization else "", seat.person.name.casefold()


def section(seat: Seat) -> str:
    """Under which heading of the list of participants somebody stands."""
    organization = seat.person.organization
    return "secretariat" if seat.role == "officer" else organization.kind if organization and organization.kind in rules.SECTIONS else ""


def counts(meeting_id: int) -> dict[str, int]:
    """How many gave which answer."""
    wanted = select(Attendance.answer, func.count()).where(Attendance.meeting_id == meeting_id).group_by(Attendance.answer)
    return dict.fromkeys(rules.ANSWERS, 0) | dict(db.session.execute(wanted).all())


def waiting_for(person: Person, now: datetime | None = None) -> list[Meeting]:
    """The meetings to which this person is invited and has not answered, the nearest first."""
    wanted = (
        select(Meeting).join(Attendance)
        .where(Attendance.person_id == person.id, Attendance.answer == "invited", Meeting.state == "announced")
        .where(Meeting.ends_at > (now or clock.now()))
    )  # fmt: skip
    found = db.session.scalars(wanted.order_by(Meeting.starts_at).options(joinedload(Meeting.group)))
    return [each for each in found if people.may(person, "meeting.answer", each.group_id)]


def coming_for(person: Person, now: datetime | None = None) -> list[Meeting]:
    """The announced meetings of this person's groups that are not over, the nearest first."""
    groups = [group.id for group in people.groups_of(person)]
    wanted = select(Meeting).where(Meeting.group_id.in_(groups), Meeting.state == "announced", Meeting.ends_at > (now or clock.now()))
    return list(db.session.scalars(wanted.order_by(Meeting.starts_at).options(joinedload(Meeting.group))))


def find_meeting(person: Person, code: str) -> Meeting | None:
    """The meeting of that code in one of the person's groups; the one to come before those that are over."""
    groups = [group.id for group in people.groups_of(person) if people.may(person, "meeting.read", group.id)]
    wanted = select(Meeting).where(
        Meeting.group_id.in_(groups), func.upper(Meeting.code) == code.strip().upper(), Meeting.announced_at.is_not(None)
    )
    found = db.session.scalars(wanted.order_by(Meeting.starts_at.desc()))
    return min(found, key=lambda each: each.state != "announced", default=None)


def get_document(of: Meeting, document_id: int) -> MeetingDocument:
    """The document of that number before that meeting."""
    found = db.session.get(MeetingDocument, document_id)
    if found is None or found.meeting_id != of.id:
        raise NotFound(N_("This meeting has no document under this address."))
    return found


def documents(of: Meeting, everything: bool = False) -> list[MeetingDocument]:
    """The documents of a meeting in the order of their symbols: what is posted or awaited, or for officers everything."""
    wanted = select(MeetingDocument).where(MeetingDocument.meeting_id == of.id)
    found = db.session.scalars(wanted.options(joinedload(MeetingDocument.draft), joinedload(MeetingDocument.item)))
    return sorted(
        (each for each in found if everything or each.state in (*rules.SHOWN, "awaited")),
        key=lambda each: rules.place_in_list(each.symbol),
    )


def find_document(person: Person, symbol: str) -> MeetingDocument | None:
    """The document of that symbol that this person may read, in whichever case it is typed; the newest where two meetings share it."""
    groups = [group.id for group in people.groups_of(person) if people.may(person, "meeting.read", group.id)]
    named = func.upper(MeetingDocument.symbol) == symbol.strip().upper()
    told = MeetingDocument.state.in_((*rules.SHOWN, "awaited"))
    wanted = select(MeetingDocument).join(Meeting).where(named, told, Meeting.group_id.in_(groups), Meeting.announced_at.is_not(None))
    return db.session.scalar(wanted.order_by(MeetingDocument.id.desc()).limit(1))


def text_of(document: MeetingDocument) -> Version | None:
    """The version that stands for a document: the one it names, else the newest published one of its draft."""
    if document.version_id is not None:
        return document.version
    return drafts.latest(document.draft) if document.draft is not None else None


def shelf(of: Meeting, everything: bool = False) -> list[Paper]:
    """The documents of a meeting in order, each with its text and how large it is; a few queries, however many there are."""
    found = documents(of, everything)
    newest = select(func.max(Version.id)).where(Version.draft_id.in_({each.draft_id for each in found} - {None}))
    newest = newest.where(Version.published_at.is_not(None)).group_by(Version.draft_id)
    named = {each.version_id for each in found} - {None}
    rows = db.session.scalars(select(Version).where(or_(Version.id.in_(named), Version.id.in_(newest))).order_by(Version.number)).all()
    by_id, by_draft = {row.id: row for row in rows}, {row.draft_id: row for row in rows}
    sizes, replaced = _sizes(set(by_id)), {each.supersedes_id: each for each in found if each.supersedes_id}
    shown = []
    for each in found:
        text = by_id[each.version_id] if each.version_id else by_draft.get(each.draft_id or 0)
        shown.append(Paper(each, text, sizes.get(text.id, 0) if text else _largest(each), replaced.get(each.id)))
    return shown


def _largest(document: MeetingDocument) -> int:
    return max((each.file.octets for each in document.files), default=0)


def _sizes(version_ids: set[int]) -> dict[int, int]:
    """How many octets the words of each version take, with the marks that letters put before them."""
    text = Paragraph.text
    octets = func.octet_length(text) if db.session.get_bind().dialect.name == "postgresql" else func.length(cast(text, LargeBinary))
    wanted = select(Paragraph.version_id, func.sum(octets + func.length(Paragraph.mark) + 5)).where(Paragraph.version_id.in_(version_ids))
    return {version: int(size) for version, size in db.session.execute(wanted.group_by(Paragraph.version_id))} if version_ids else {}


def report_of(draft_id: int) -> Meeting | None:
    """The meeting whose report this draft is."""
    wanted = select(Meeting).join(MeetingDocument).where(MeetingDocument.draft_id == draft_id, MeetingDocument.nature == "report")
    return db.session.scalar(wanted.order_by(MeetingDocument.id.desc()).limit(1))


def report(of: Meeting) -> MeetingDocument | None:
    """The report of a meeting, the newest where there are several."""
    return next((each for each in reversed(of.documents) if each.nature == "report" and each.draft_id), None)


def absent(of: Meeting) -> set[int]:
    """The people who were invited and could not come."""
    return {row.person_id for row in attendances(of.id) if rules.is_absent(row.answer, row.present)}


def spoke(round_id: int, person_ids: set[int]) -> dict[int, dict[str, int]]:
    """What came of the comments of each of these people in that round: how many by disposition, those without a response under “”."""
    said = func.coalesce(Response.disposition, "")
    wanted = select(Comment.author_id, said, func.count()).outerjoin(Response, Response.comment_id == Comment.id)
    wanted = wanted.where(Comment.round_id == round_id, Comment.author_id.in_(person_ids), Comment.withdrawn_at.is_(None))
    found: dict[int, dict[str, int]] = {}
    for author, disposition, count in db.session.execute(wanted.group_by(Comment.author_id, said).order_by(said)):
        found.setdefault(author, {})[disposition] = count
    return found


def taken_up_at(draft_id: int, before: datetime) -> Meeting | None:
    """The last meeting before that moment that had this draft among its documents, other than as its report."""
    wanted = select(Meeting).join(MeetingDocument).where(MeetingDocument.draft_id == draft_id, MeetingDocument.nature != "report")
    over = Meeting.state.in_(("announced", "held")) & (Meeting.ends_at < before)
    return db.session.scalar(wanted.where(over).order_by(Meeting.ends_at.desc()).limit(1))


def behind(on: Round) -> Meeting | None:
    """The meeting whose report a round is about; else the one before it at which its text was taken up."""
    return report_of(on.version.draft_id) or taken_up_at(on.version.draft_id, on.opens_at)


def first_letter(person_id: int, meeting_id: int) -> str:
    """The Message-ID of the first letter this person got about the meeting, which the later ones follow; empty before."""
    wanted = select(Letter.message_id).join(ReplyKey, ReplyKey.letter_id == Letter.id)
    asked = wanted.where(ReplyKey.person_id == person_id, ReplyKey.purpose == "meeting", ReplyKey.subject_id == meeting_id)
    return db.session.scalar(asked.order_by(Letter.id).limit(1)) or ""
