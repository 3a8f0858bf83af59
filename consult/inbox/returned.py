"""Pure: the text of a round that comes back as a file, annotated in Word or as plain text, read before anything is asked of it."""

from dataclasses import dataclass, replace

from consult.drafts.reading import MOST_DOCX, MOST_TEXT, OLD_WORD, TOO_LARGE, decode
from consult.errors import Refused
from consult.exchange.reading import NO_COMMENTS
from consult.exchange.rows import Sheet
from consult.inbox.message import Attachment, Read
from consult.kit.words import N_
from consult.office.annotations import Annotated
from consult.office.isolated import apart
from consult.offline import decoding as answers
from consult.offline.decoding import looks_like_answers

MOST_FILES = 5
MOST_ANSWERS = 1_000_000
TOO_MANY = N_("No more than %(most)s files of one letter are read. Send this one again in a letter of its own.")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Filled:
    """A file of answers from an offline kit, as text; `attached`: as a file of its own, and not pasted into the letter."""

    text: str
    attached: bool = True


@dataclass(frozen=True)
class Brought:
    """One file: its name, and what it says (a Word document's annotations, a table of comments, the answers of a kit, or a text), or why
    it cannot be read."""

    name: str
    said: Annotated | Sheet | Filled | str | None = None
    refused: Refused | None = None


def brought(mail: Read) -> tuple[Brought, ...]:
    """The files of a mail in which remarks may stand; pictures, signatures and whatever else is attached are not among them."""
    files = [each for each in mail.attachments if _reader_of(each) is not None]
    return tuple(_read(each, number) for number, each in enumerate(files))


def with_files(mail: Read) -> Read:
    """The mail with what stands in its files."""
    return replace(mail, brought=brought(mail))


def filled(file: Attachment) -> Brought | None:
    """The file as answers of an offline kit, whatever it is called; None when it is something else."""
    return _read(file, 0) if looks_like_answers(file.content) else None


def _reader_of(file: Attachment):
    if looks_like_answers(file.content):
        return _answers
    ending = file.name.rpartition(".")[2].lower()
    if ending in ("docx", "docm", "dotx") or file.type == WORD:
        return _word
    return READERS.get(ending)


def _read(file: Attachment, number: int) -> Brought:
    try:
        if number >= MOST_FILES:
            raise Refused(TOO_MANY, most=MOST_FILES)
        return Brought(file.name, _reader_of(file)(file))
    except Refused as refused:
        return Brought(file.name, refused=refused)


def _word(file: Attachment) -> Annotated | Sheet:
    """The text of the round with remarks in it, or else a table of comments. No file of a stranger is opened in this process."""
    read = apart("consult.office.annotations:read_annotations", _small_enough(file.content, MOST_DOCX))
    if read.remarks or read.first or any(passage.changes for passage in read.passages):
        return read
    try:
        return apart("consult.exchange.reading:read", file.content, file.name)
    except Refused as refused:
        if refused.reason == NO_COMMENTS:  # a form that nobody has filled in
            raise
        return read


def _table(file: Attachment) -> Sheet:
    """The rows of a filled comment template."""
    return apart("consult.exchange.reading:read", file.content, file.name)


def _old_word(file: Attachment) -> Annotated:
    raise Refused(OLD_WORD)


def _text(file: Attachment) -> str:
    return decode(_small_enough(file.content, MOST_TEXT))


def _packed(file: Attachment) -> str:
    """The text of a round or a digest as it went out packed, with remarks in it."""
    return decode(apart("consult.outbox.packing:unpacked", _small_enough(file.content, MOST_TEXT), MOST_TEXT))


READERS = {"gz": _packed, "zip": _packed, "doc": _old_word, "txt": _text, **dict.fromkeys(("xlsx", "xlsm", "csv"), _table)}


def _answers(file: Attachment) -> Filled:
    return Filled(answers.decode(_small_enough(file.content, MOST_ANSWERS)))


def _small_enough(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise Refused(TOO_LARGE, most=most // 1_000_000)
    return content
