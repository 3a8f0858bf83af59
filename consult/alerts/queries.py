"""Reading what is still to be told, and what of it a person has read already."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from consult.alerts.models import Notice
from consult.drafts.models import Paragraph, Version
from consult.extensions import Instant, db
from consult.journal.models import Event
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Person
from consult.review.models import Round, Seen

# Asked again for every person and every run: statements that are made once are read much faster.
WHO, NOW, IDS = bindparam("who"), bindparam("now", type_=Instant), bindparam("ids", expanding=True)
DUE = (Notice.state == "waiting", Notice.due_at <= NOW)
WAITING = select(Notice.person_id).where(*DUE).distinct().order_by(Notice.person_id)
FREE = select(Person.id).where(Person.id == WHO).with_for_update(skip_locked=True, key_share=True)
TAKEN = (
    select(Notice).where(Notice.person_id == WHO, *DUE).order_by(Notice.event_id).with_for_update(skip_locked=True, of=Notice)
    .options(joinedload(Notice.event, innerjoin=True)).execution_options(populate_existing=True)
)  # fmt: skip
PEOPLE = select(Person).where(Person.id.in_(IDS)).options(selectinload(Person.addresses))
PARAGRAPHS = select(Paragraph.id, Paragraph.mark, Paragraph.number, Paragraph.printed, Paragraph.kind, Paragraph.text).where(
    Paragraph.id.in_(IDS)
)
READ = select(Seen.comment_id, Seen.at).where(Seen.person_id == WHO, Seen.comment_id.in_(IDS))
FIRST = (
    select(ReplyKey.purpose, ReplyKey.subject_id, Letter.message_id).join(Letter, Letter.id == ReplyKey.letter_id)
    .where(ReplyKey.person_id == WHO, ReplyKey.purpose.in_(("round", "comment")), ReplyKey.subject_id.in_(IDS), Letter.kind != "digest")
    .order_by(Letter.id.desc())
)  # fmt: skip


def people_waiting(now: datetime) -> list[int]:
    """The numbers of the people for whom a letter is due."""
    return list(db.session.scalars(WAITING, {"now": now}))


def take(person_id: int, now: datetime) -> list[Notice]:
    """What this person is to be told now, held so that no second worker tells it too; nothing while another one writes to this person.

    The person is held, not only each notice: two workers that took some notices each would send two digests.
    """
    if db.session.scalar(FREE, {"who": person_id}) is None:
        return []
    return list(db.session.scalars(TAKEN, {"who": person_id, "now": now}))


def people(person_ids: set[int]) -> dict[int, Person]:
    """Those people with their addresses, by number, in one reading."""
    return {person.id: person for person in db.session.scalars(PEOPLE, {"ids": list(person_ids)})}


def round_of(round_id: int) -> Round:
    """That round with its version and draft."""
    return db.session.scalars(select(Round).where(Round.id == round_id).options(joinedload(Round.version).joinedload(Version.draft))).one()


def version(version_id: int) -> Version:
    """That version with its draft."""
    return db.session.scalars(select(Version).where(Version.id == version_id).options(joinedload(Version.draft))).one()


def paragraphs(ids: set[int]) -> dict:
    """Those paragraphs (id, mark, number, printed, kind, text) by their id."""
    return {row.id: row for row in db.session.execute(PARAGRAPHS, {"ids": list(ids)})} if ids else {}


def events_below(comment_ids: list[int], answer_ids: list[int]) -> list[int]:
    """The numbers of the events by which those answers and the responses to those comments came."""
    responded = (Event.kind == "response.given") & (Event.subject_type == "comment") & Event.subject_id.in_(comment_ids)
    answered = (Event.kind == "answer.made") & (Event.subject_type == "answer") & Event.subject_id.in_(answer_ids)
    return list(db.session.scalars(select(Event.id).where(responded | answered).order_by(Event.id)))


def read_at(person_id: int, comment_ids: set[int]) -> dict[int, datetime]:
    """When this person read each of those comments, on a page or in a letter; unread ones are missing."""
    return dict(db.session.execute(READ, {"who": person_id, "ids": list(comment_ids)}).all())


def first_letters(person_id: int, subject_ids: set[int]) -> dict[tuple[str, int], str]:
    """The Message-ID of the first letter this person got about each of those rounds and comments: by ("round" or "comment", its id)."""
    rows = db.session.execute(FIRST, {"who": person_id, "ids": list(subject_ids)})
    return {(row.purpose, row.subject_id): row.message_id for row in rows}
