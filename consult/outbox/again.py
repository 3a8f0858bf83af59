"""A letter once more under a name of its own: for whoever lost one, where the first may have been thrown away by a server as a copy."""

from collections.abc import Iterable

from sqlalchemy import select

from consult.extensions import db
from consult.outbox import actions
from consult.outbox.models import Letter, LetterFile, ReplyKey


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
    )  # fmt: skip
    if made is None:
        return None
    made.series_id = letter.series_id or letter.id
    made.headers = {**letter.headers, **made.headers}
    for file in db.session.scalars(select(LetterFile).where(LetterFile.letter_id == letter.id)):
        db.session.add(LetterFile(letter_id=made.id, file_id=file.file_id, position=file.position, media_type=file.media_type))
    return made


def unused(keys: Iterable[ReplyKey]) -> None:
    """Reply addresses that were made for a letter which is not sent after all."""
    for key in keys:
        if key in db.session.new:
            db.session.expunge(key)
        else:
            db.session.delete(key)
