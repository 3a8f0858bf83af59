"""Keeping the files of a letter, each content once, and opening them when the letter leaves, so that memory stays small."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from consult.extensions import db, stored
from consult.files import actions as files
from consult.files import queries as kept
from consult.files.models import File
from consult.outbox.attaching import Attached, known_type
from consult.outbox.models import Letter, LetterFile
from consult.outbox.writing import Outgoing


class Enclosed(NamedTuple):
    """A file of a letter as it is kept: what it is called, what it is, how large, and the hash of its bytes."""

    name: str
    media_type: str
    octets: int
    sha256: str


def enclose(letter: Letter, attached: Sequence[Attached]) -> None:
    """These files go along with the letter."""
    for position, file in enumerate(attached):
        row = files.keep(file.data, file.name)
        stored(LetterFile(letter_id=letter.id, file_id=row.id, position=position, media_type=known_type(file.media_type)))


def of_letters(letter_ids: Sequence[int]) -> dict[int, tuple[Enclosed, ...]]:
    """The files of each of these letters that has some, in their order; one question, however many letters."""
    wanted = select(LetterFile.letter_id, File.name, LetterFile.media_type, File.octets, File.sha256).join_from(
        LetterFile, File, LetterFile.file_id == File.id
    )
    found: dict[int, tuple[Enclosed, ...]] = {}
    for letter_id, *file in db.session.execute(wanted.where(LetterFile.letter_id.in_(letter_ids)).order_by(LetterFile.position)):
        found[letter_id] = (*found.get(letter_id, ()), Enclosed(*file))
    return found


def opened(letter: Outgoing) -> Outgoing:
    """The letter with the bytes of its files; NotFound when the store has lost one."""
    if not letter.enclosed:
        return letter
    attached = [Attached(each.name, each.media_type, kept.octets_of(each.sha256, each.name)) for each in letter.enclosed]
    return replace(letter, files=tuple(attached))
