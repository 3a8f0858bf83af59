"""A letter once more under a name of its own: for whoever lost one, where the first may have been thrown away by a server as a copy."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from consult.extensions import db
from consult.kit import tokens
from consult.outbox import actions
from consult.outbox.models import Letter, LetterFile, ReplyKey
from consult.outbox.rules import ALL_FAILING

KEPT_FOR = timedelta(days=30)


def send_again(letter: Letter, person, once: str) -> Letter | None:
    """The same words to the address the person has now, with a reply address that means the same; None when `once` was sent before."""
    keys = [
        actions.new_key(person, key.purpose, key.subject_id, group_id=key.group_id, expires_at=key.expires_at)
        for key in letter.keys[:1]
        if key.revoked_at is None
    ]
    headers = {name: value for name, value in letter.headers.items() if name in ("In-Reply-To", "References")}
    made = actions.post(
        kind=letter.kind, person=person, subject=letter.subject, text=letter.text, html=letter.html, group_id=letter.group_id,
        once=once, keys=keys, headers=headers, from_name=letter.from_name, part=letter.part, parts=letter.parts, packed=letter.packed,
        pieces=letter.pieces,
    )  # fmt: skip
    if made is None:
        return None
    made.series_id = letter.series_id or letter.id
    made.headers = {**letter.headers, **made.headers}
    for file in db.session.scalars(select(LetterFile).where(LetterFile.letter_id == letter.id)):
        db.session.add(LetterFile(letter_id=made.id, file_id=file.file_id, position=file.position, media_type=file.media_type))
    return made


def move(letter: Letter, address: str, at: datetime) -> None:
    """A letter that came back, or was not sent because no address worked, goes to another address of its person, once."""
    letter.moved_from, letter.to_address, letter.bounce_key = letter.to_address, address, tokens.new()
    letter.state, letter.attempts, letter.answer, letter.sent_at, letter.not_before = "waiting", 0, "", None, at


def catch_up(person_id: int, address: str, now: datetime) -> int:
    """What could not reach the person in the last month goes to an address that takes letters. Returns how many letters."""
    lost = or_(Letter.state == "bounced", and_(Letter.state == "dropped", Letter.answer == ALL_FAILING))
    wanted = select(Letter).where(Letter.person_id == person_id, lost, Letter.moved_from == "", Letter.created_at > now - KEPT_FOR)
    found = list(db.session.scalars(wanted.order_by(Letter.id)))
    for letter in found:
        move(letter, address, now)
    return len(found)


def unused(keys: Iterable[ReplyKey]) -> None:
    """Reply addresses that were made for a letter which is not sent after all."""
    for key in keys:
        if key in db.session.new:
            db.session.expunge(key)
        else:
            db.session.delete(key)
