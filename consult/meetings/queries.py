"""Reading meetings, their documents, and who comes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.drafts import queries as drafts
from consult.drafts.models import Version
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
from consult.review.models import Comment


@dataclass(frozen=True)
class Seat:
    """Somebody the meeting concerns: the person, their role in the group, and what they answered, if they were invited."""

    person: Person
    role: str
    attendance: Attendance | None


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
        Meeting.group_id.in_(groups), func.upper(Meeting.code) == code.strip().upper(), Meeting.state != "planned"
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
    wanted = select(MeetingDocument).join(Meeting).where(named, told, Meeting.group_id.in_(groups), Meeting.state != "planned")
    return db.session.scalar(wanted.order_by(MeetingDocument.id.desc()).limit(1))


def text_of(document: MeetingDocument) -> Version | None:
    """The version that stands for a document: the one it names, else the newest published one of its draft."""
    if document.version_id is not None:
        return document.version
    return drafts.latest(document.draft) if document.draft is not None else None


def octets_of(document: MeetingDocument) -> int:
    """How large a document is: the words of its text, or its largest file; 0 where nothing is there yet."""
    version = text_of(document)
    if version is not None:
        return sum(len(f"[{row.mark}] {row.text}\n\n".encode()) for row in drafts.paragraphs(version.id))
    return max((each.file.octets for each in document.files), default=0)


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


def spoke(round_id: int, person_ids: set[int]) -> dict[int, int]:
    """How many comments each of these people has in that round."""
    wanted = select(Comment.author_id, func.count()).where(Comment.round_id == round_id, Comment.author_id.in_(person_ids))
    return dict(db.session.execute(wanted.where(Comment.withdrawn_at.is_(None)).group_by(Comment.author_id)).all())


def first_letter(person_id: int, meeting_id: int) -> str:
    """The Message-ID of the first letter this person got about the meeting, which the later ones follow; empty before."""
    wanted = select(Letter.message_id).join(ReplyKey, ReplyKey.letter_id == Letter.id)
    asked = wanted.where(ReplyKey.person_id == person_id, ReplyKey.purpose == "meeting", ReplyKey.subject_id == meeting_id)
    return db.session.scalar(asked.order_by(Letter.id).limit(1)) or ""
