"""Pure: a digest in the form a person chose: plain for small screens, RFC 1153 for programs that burst it, or multipart/digest.

The text of the letter always holds every word of it, in order, so that what comes back in an answer is known as ours. `pieces` says on
which of its lines each entry stands and what it is about; for multipart/digest also with which headers it goes."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from consult.alerts.layout import wrapped

LONG_RULE, SHORT_RULE = "-" * 70, "-" * 30
LIKE_A_RULE = re.compile(r"^-{30,}", re.MULTILINE)
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
PLAIN_NAME = re.compile(r"[\w !#$%&'*+/=?^`{|}~-]+")


@dataclass(frozen=True)
class About:
    """What an entry is about: a comment by its number in a round, or nothing that can be answered; who said it, when, and its headers."""

    who: str
    at: datetime
    subject: str
    name: str  # its Message-ID, the same in every digest
    comment: int | None = None
    number: int | None = None
    round: int | None = None
    follows: str = ""  # the Message-ID it stands below
    key: object = None  # the reply key of this entry, in the forms where each can be answered by itself
    address: str = ""
    above: str = ""  # what stands above it in the plain form: the round and the paragraph
    shown: str = ""  # how it is named in the letter: its number, with that of its round where two rounds have one
    mark: str = ""  # the mark of its paragraph, where it is shown in a list
    words: str = ""  # what it says, for a list

    def bare(self) -> "About":
        """The same for a line of a list, which is no message of its own."""
        return replace(self, above="", key=None)


class Entry(str):
    """A block of a digest that is one entry of it."""

    about: About

    @classmethod
    def of(cls, text: str, about: About) -> "Entry":
        """That text, about this."""
        made = cls(text.replace("\r\n", "\n").replace("\r", "\n"))
        made.about = about
        return made

    def portion(self, text: str, number: int) -> "Entry":
        """A part of an entry that is larger than a letter: about the same, and a message that follows the first part."""
        further = replace(self.about, name=f"{number}.{self.about.name}", follows=self.about.name, above="") if number else self.about
        return Entry.of(text, further)


@dataclass(frozen=True)
class Words:
    """What a form says around the entries, in the reader's language."""

    footer: str
    contents: str = ""
    end: str = ""


def composed(form: str, blocks: list[str], words: Words) -> tuple[str, list[dict] | None]:
    """The text of a letter and its pieces; a letter without entries has none."""
    entries = [block for block in blocks if isinstance(block, Entry)]
    blocks = _straight(blocks) if entries else blocks
    if form == "plain" or not entries:
        return _plain(blocks, words)
    said = [block for block in blocks if not isinstance(block, Entry)]
    return (_rfc1153 if form == "rfc1153" else _mime)([*said, _contents(entries, words)], entries, words)


def _straight(blocks: list[str]) -> list[str]:
    """Where nothing but our own quotation marks would keep a digest from travelling as it is, octet by octet, they are straight ones."""
    straight = [block if isinstance(block, Entry) else block.translate(STRAIGHT) for block in blocks]
    return straight if all(map(str.isascii, straight)) else blocks


def _plain(blocks: list[str], words: Words) -> tuple[str, list[dict] | None]:
    lines: list[str] = []
    pieces = _laid(blocks, lines, 0)
    return "\n".join([*lines, "-- ", wrapped(words.footer), ""]), pieces or None


def _laid(blocks: list[str], lines: list[str], line: int) -> list[dict]:
    """Puts the blocks below each other, an empty line after each; gives where the entries stand, the first block at that line."""
    pieces = []
    for block in blocks:
        shown = wrapped(block)
        after = line + shown.count("\n") + 1
        if isinstance(block, Entry):
            above = wrapped(block.about.above).count("\n") + 2 if block.about.above else 0
            pieces.append(_piece(block.about, line + above, after))
        lines += [shown, ""]
        line = after + 1
    return pieces


def _contents(entries: list[Entry], words: Words) -> str:
    return "\n".join([words.contents, *(f"  {entry.about.subject} ({entry.about.who})" for entry in entries)])


def _rfc1153(said: list[str], entries: list[Entry], words: Words) -> tuple[str, list[dict]]:
    """The preamble and 70 hyphens; each entry below its headers, 30 hyphens after it; the last line is stars."""
    sheet, pieces = _Sheet(), []
    sheet.put("\n\n".join(map(wrapped, [*said, words.footer])), "", LONG_RULE, "")
    for entry in entries:
        about, first = entry.about, sheet.line
        head = [f"Date: {format_datetime(about.at)}", f"From: {_mailbox(about)}", f"Subject: {about.subject}"]
        sheet.put(*head, "", LIKE_A_RULE.sub(lambda found: " " + found[0], wrapped(entry)))
        pieces.append(_piece(about, first, sheet.line))
        sheet.put("", SHORT_RULE, "")
    sheet.put(words.end, "*" * len(words.end), "")
    return "\n".join(sheet.lines), pieces


def _mime(said: list[str], entries: list[Entry], words: Words) -> tuple[str, list[dict]]:
    """The preamble, then the entries; their headers are written when the letter leaves (outbox/mimedigest.py)."""
    sheet, pieces = _Sheet(), []
    sheet.put("\n\n".join(map(wrapped, said)), "", "-- ", wrapped(words.footer), "")
    for entry in entries:
        about, first = entry.about, sheet.line
        sheet.put(wrapped(entry))
        headers = {"from": about.who, "at": about.at.isoformat(), "subject": about.subject, "name": about.name}
        headers |= {"follows": about.follows, "reply": about.address}
        pieces.append(_piece(about, first, sheet.line) | {name: said for name, said in headers.items() if said})
        sheet.put("")
    return "\n".join(sheet.lines), pieces


def _piece(about: About, first: int, after: int) -> dict:
    return {"comment": about.comment, "number": about.shown, "round": about.round, "lines": [first, after]}


def _mailbox(about: About) -> str:
    name = about.who if PLAIN_NAME.fullmatch(about.who) else '"' + re.sub(r'["\\]', "'", about.who) + '"'
    return f"{name} <{about.address}>"


class _Sheet:
    """Lines, and at which line the next one stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def put(self, *texts: str) -> None:
        """Texts of one or more lines, below each other."""
        self.lines += [line for text in texts for line in text.split("\n")]

    @property
    def line(self) -> int:
        """The number of the next line, from 0."""
        return len(self.lines)
