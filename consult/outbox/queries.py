"""Reading the outbox: what became of letters, and which letter an answer or a failure report belongs to."""

from datetime import datetime

from sqlalchemy import func, select

from consult.errors import NotFound
from consult.extensions import db
from consult.outbox.models import Letter, ReplyKey

STATES = ("waiting", "sending", "sent", "failed", "bounced", "dropped", "held")


def answered(key_hex: str) -> ReplyKey | None:
    """The key of that secret, however it is spelt, also when it is revoked or over: the caller tells which."""
    return db.session.scalar(select(ReplyKey).where(ReplyKey.key == key_hex.lower()))


def bounced_letter(bounce_key: str) -> Letter | None:
    """The letter whose failure report comes to that address."""
    return db.session.scalar(select(Letter).where(Letter.bounce_key == bounce_key.lower()))


def letters_of_group(group_id: int, state: str = "", before: int | None = None, limit: int = 50) -> list[Letter]:
    """The group's letters, newest first, `limit` at a time, those before that number."""
    wanted = select(Letter).where(Letter.group_id == group_id).order_by(Letter.id.desc()).limit(limit)
    if state:
        wanted = wanted.where(Letter.state == state)
    if before:
        wanted = wanted.where(Letter.id < before)
    return list(db.session.scalars(wanted))


def kept_back() -> list[Letter]:
    """The letters that are held since the data were restored, oldest first."""
    return list(db.session.scalars(select(Letter).where(Letter.state == "held").order_by(Letter.id)))


def letter_of_group(group_id: int, letter_id: int) -> Letter:
    """That letter of the group."""
    found = db.session.scalar(select(Letter).where(Letter.id == letter_id, Letter.group_id == group_id))
    if found is None:
        raise NotFound()
    return found


def counts(group_id: int | None = None) -> dict[str, int]:
    """How many letters are in each state, of one group or of all."""
    wanted = select(Letter.state, func.count()).group_by(Letter.state)
    if group_id is not None:
        wanted = wanted.where(Letter.group_id == group_id)
    return dict.fromkeys(STATES, 0) | dict(db.session.execute(wanted).all())


def sent_text(letter: Letter) -> str:
    """The text exactly as it stands in the letter, to be taken out of what comes back."""
    return letter.text


def letters_since(person_id: int, since: datetime) -> int:
    """How many letters were written to this person since then."""
    return db.session.scalar(select(func.count()).where(Letter.person_id == person_id, Letter.created_at > since)) or 0
