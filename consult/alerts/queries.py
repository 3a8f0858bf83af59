"""Reading what is still to be told, and what of it a person has read already."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consult.alerts.models import Notice
from consult.drafts.models import Paragraph, Version
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Person
from consult.review.models import Round, Seen


def people_waiting(now: datetime) -> list[int]:
    """The numbers of the people for whom a letter is due."""
    wanted = select(Notice.person_id).where(Notice.state == "waiting", Notice.due_at <= now)
    return list(db.session.scalars(wanted.distinct().order_by(Notice.person_id)))


def take(person_id: int, now: datetime) -> list[Notice]:
    """What this person is to be told now, held so that no second worker tells it too."""
    wanted = select(Notice).where(Notice.person_id == person_id, Notice.state == "waiting", Notice.due_at <= now)
    held = wanted.order_by(Notice.event_id).with_for_update(skip_locked=True, of=Notice)
    return list(db.session.scalars(held.options(joinedload(Notice.event, innerjoin=True)).execution_options(populate_existing=True)))


def people(person_ids: set[int]) -> dict[int, Person]:
    """Those people with their addresses, by number, in one reading."""
    found = db.session.scalars(select(Person).where(Person.id.in_(person_ids)).options(selectinload(Person.addresses)))
    return {person.id: person for person in found}


def round_of(round_id: int) -> Round:
    """That round with its version and draft."""
    return db.session.scalars(select(Round).where(Round.id == round_id).options(joinedload(Round.version).joinedload(Version.draft))).one()


def version(version_id: int) -> Version:
    """That version with its draft."""
    return db.session.scalars(select(Version).where(Version.id == version_id).options(joinedload(Version.draft))).one()


def paragraphs(ids: set[int]) -> dict:
    """Those paragraphs (id, mark, number, printed, kind, text) by their id."""
    columns = (Paragraph.id, Paragraph.mark, Paragraph.number, Paragraph.printed, Paragraph.kind, Paragraph.text)
    return {row.id: row for row in db.session.execute(select(*columns).where(Paragraph.id.in_(ids)))}


def events_below(comment_ids: list[int], answer_ids: list[int]) -> list[int]:
    """The numbers of the events by which those answers and the responses to those comments came."""
    responded = (Event.kind == "response.given") & (Event.subject_type == "comment") & Event.subject_id.in_(comment_ids)
    answered = (Event.kind == "answer.made") & (Event.subject_type == "answer") & Event.subject_id.in_(answer_ids)
    return list(db.session.scalars(select(Event.id).where(responded | answered).order_by(Event.id)))


def read_at(person_id: int, comment_ids: set[int]) -> dict[int, datetime]:
    """When this person read each of those comments, on a page or in a letter; unread ones are missing."""
    wanted = select(Seen.comment_id, Seen.at).where(Seen.person_id == person_id, Seen.comment_id.in_(comment_ids))
    return dict(db.session.execute(wanted).all())


def first_letters(person_id: int, subject_ids: set[int]) -> dict[tuple[str, int], str]:
    """The Message-ID of the first letter this person got about each of those rounds and comments: by ("round" or "comment", its id)."""
    about = (ReplyKey.person_id == person_id, ReplyKey.purpose.in_(("round", "comment")), ReplyKey.subject_id.in_(subject_ids))
    wanted = select(ReplyKey.purpose, ReplyKey.subject_id, Letter.message_id).join(Letter, Letter.id == ReplyKey.letter_id)
    rows = db.session.execute(wanted.where(*about, Letter.kind != "digest").order_by(Letter.id.desc()))
    return {(row.purpose, row.subject_id): row.message_id for row in rows}
