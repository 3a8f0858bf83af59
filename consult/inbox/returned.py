"""Pure: the text of a round that comes back as a file, annotated in Word or as plain text, read before anything is asked of it."""

from dataclasses import dataclass, replace

from consult.drafts.reading import MOST_DOCX, MOST_TEXT, OLD_WORD, TOO_LARGE, decode
from consult.errors import Refused
from consult.inbox.message import Attachment, Read
from consult.kit.words import N_
from consult.office.annotations import Annotated
from consult.office.isolated import apart

MOST_FILES = 5
TOO_MANY = N_("No more than %(most)s files of one letter are read. Send this one again in a letter of its own.")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Brought:
    """One file: its name, and what it says (a Word document's annotations, or a text), or why it cannot be read."""

    name: str
    said: Annotated | str | None = None
    refused: Refused | None = None


def brought(mail: Read) -> tuple[Brought, ...]:
    """The files of a mail in which remarks may stand; pictures, signatures and whatever else is attached are not among them."""
    files = [each for each in mail.attachments if _reader_of(each) is not None]
    return tuple(_read(each, number) for number, each in enumerate(files))


def with_files(mail: Read) -> Read:
    """The mail with what stands in its files."""
    return replace(mail, brought=brought(mail))


def _reader_of(file: Attachment):
    ending = file.name.rpartition(".")[2].lower()
    if ending in ("docx", "docm", "dotx") or file.type == WORD:
        return _word
    return {"doc": _old_word, "txt": _text}.get(ending)


def _read(file: Attachment, number: int) -> Brought:
    try:
        if number >= MOST_FILES:
            raise Refused(TOO_MANY, most=MOST_FILES)
        return Brought(file.name, _reader_of(file)(file.content))
    except Refused as refused:
        return Brought(file.name, refused=refused)


def _word(content: bytes) -> Annotated:
    """In a child process of its own: no file of a stranger is opened in this one."""
    return apart("consult.office.annotations:read_annotations", _small_enough(content, MOST_DOCX))


def _old_word(content: bytes) -> Annotated:
    raise Refused(OLD_WORD)


def _text(content: bytes) -> str:
    return decode(_small_enough(content, MOST_TEXT))


def _small_enough(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise Refused(TOO_LARGE, most=most // 1_000_000)
    return content
