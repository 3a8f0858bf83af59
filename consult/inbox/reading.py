"""Pure: a reply becomes remarks, each on the paragraph it was meant for, with its kind and proposed wording (DESIGN 6, docs/mail.md)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from consult.inbox.own import Span, own_words, parted
from consult.inbox.subtraction import QUOTE, unquoted
from consult.review.marks import PROPOSED, Named, kind_of, known_marks, named, placed, question

__all__ = ["Reading", "Remark", "Span", "own_text", "own_words", "remarks", "sanitised", "sent_marks"]

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
SUFFIX = re.compile(r"(?:bis|ter|quater|[(（][^()（）]{1,5}[)）]|[㈠-㈩])$")
SENT_MARK = re.compile(r"[ \t]*\[([^\[\]\n]{1,40})\]")


@dataclass(frozen=True)
class Remark:
    """One remark: its paragraph (None: the whole text), all paragraphs of a range, its kind (ED, TE, SUB, TR, GE), a new wording."""

    mark: str | None
    text: str
    type: str | None = None
    proposed: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a reply says: the remarks, the text that was cut (for the page), and marks that name no paragraph we know."""

    remarks: list[Remark] = field(default_factory=list)
    cut: str = ""
    unknown: list[str] = field(default_factory=list)
    guessed: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Draft:
    """A remark while its lines are gathered."""

    marks: tuple[str, ...]
    type: str | None = None
    lines: list[str] = field(default_factory=list)
    proposed: list[str] | None = None

    def write(self, line: str) -> None:
        (self.lines if self.proposed is None else self.proposed).append(line)


def remarks(body: str, sent: str | None, marks: Iterable[str] | None = None) -> Reading:
    """The remarks of a reply to `sent` (the exact text, or None); `marks` are the paragraphs that exist, in order (None: any)."""
    above_lines = sent_marks(sent)
    listed = list(marks) if marks is not None else None
    known = known_marks(listed if listed is not None else [mark for mark in dict.fromkeys(above_lines) if mark])
    sorter = _Sorter(known, anything=listed is None)
    reply = parted(body, sent)
    for span in reply.own:
        above = above_lines[span.after] if span.after is not None and span.after < len(above_lines) else None
        sorter.span(span.text, known.get(_key(above)) if above else None)
    return Reading([remark for draft in sorter.drafts if (remark := _remark(draft))], reply.cut, sorter.unknown, sorter.guessed)


def sanitised(text: str) -> str:
    """Text that may be published: without control characters and without marks that turn the reading direction."""
    return UNSAFE.sub("", text)


def own_text(mail, sent: str | None) -> str:
    """The person's own words in a mail, cleaned, without what we sent and what programs add."""
    return sanitised("\n\n".join(span.text.strip("\n") for span in own_words(mail.text, sent))).strip()


def _key(mark: str) -> str:
    return next(iter(known_marks([mark])))


def sent_marks(sent: str | None) -> list[str | None]:
    """For each line of our letter the paragraph it belongs to: from its mark to the next blank line."""
    marks: list[str | None] = []
    current = None
    for line in (sent or "").split("\n"):
        found = SENT_MARK.match(line)
        if found and re.search(r"\w", found[1]):
            current = found[1].strip()
        elif not line.strip():
            current = None
        marks.append(current)
    return marks


class _Sorter:
    """Puts lines into remarks as they come."""

    def __init__(self, known: dict[str, str], anything: bool):
        self.known, self.order, self.anything = known, list(known), anything
        self.asks = "q1" in known  # whether there are guiding questions
        self.drafts: list[_Draft] = []
        self.unknown: list[str] = []
        self.guessed: list[tuple[str, str]] = []

    def span(self, text: str, above: str | None) -> None:
        """The lines of words that stood together, below the paragraph `above` of ours."""
        self.drafts.append(_Draft((above,) if above else ()))
        lines = sanitised(text).split("\n")
        quoted = _answered_quotes(lines)
        for number, line in enumerate(lines):
            if number in quoted:
                self._quoted(line)
            else:
                self._line(line)

    def _quoted(self, line: str) -> None:
        """A quoted line that is answered: if it names a paragraph, the answer goes there and the quote is not repeated."""
        name = self._named(unquoted(line))
        marks = self._marks(name) if name else None
        if marks:
            self.drafts.append(_Draft(marks))

    def _line(self, line: str) -> None:
        name = self._named(line)
        marks = self._marks(name) if name else None
        if marks:
            self.drafts.append(_Draft(marks))
            line = line[name.end :]
        elif name and not (self.drafts[-1].marks and line.lstrip()[:1] in "§¶"):  # “§ 5 of the law” below a paragraph speaks about that one
            self.unknown.append(name.written)
            self.drafts.append(_Draft(()))
        self._typed(line)

    def _named(self, line: str) -> Named | None:
        return named(line) or (question(line) if self.asks else None)

    def _marks(self, name) -> tuple[str, ...] | None:
        if self.anything and not all(_key(number) in self.known for number in name.numbers):
            return name.numbers
        return placed(name, self.known, self.order) or self._nearest(name)

    def _nearest(self, name: Named) -> tuple[str, ...] | None:
        """`[12 bis]` or `[12 (f)]` where there is only a 12: the remark goes there, and the receipt says so first."""
        key = _key(name.numbers[0]) if len(name.numbers) == 1 else ""
        while key and (shorter := SUFFIX.sub("", key, count=1)) != key:
            if shorter in self.known:
                self.guessed.append((name.written, self.known[shorter]))
                return (self.known[shorter],)
            key = shorter
        return None

    def _typed(self, line: str) -> None:
        kind = kind_of(line)
        if kind:
            if self.drafts[-1].lines or self.drafts[-1].type or self.drafts[-1].proposed is not None:
                self.drafts.append(_Draft(self.drafts[-1].marks))
            self.drafts[-1].type, line = kind[0], line[kind[1] :]
        proposed = PROPOSED.match(line)
        if proposed:
            self.drafts[-1].proposed = [*(self.drafts[-1].proposed or [])]
            line = line[proposed.end() :]
        self.drafts[-1].write(line)


def _answered_quotes(lines: list[str]) -> set[int]:
    """The quoted lines of blocks that begin with a paragraph mark and have an answer below them."""
    found: set[int] = set()
    block: list[int] = []
    for number, line in enumerate(lines):
        if QUOTE.match(line):
            block.append(number)
        elif line.strip():
            if block and any(named(unquoted(lines[at])) for at in block):
                found.update(block)
            block = []
    return found


def _remark(draft: _Draft) -> Remark | None:
    text, wording = _bracketed("\n".join(draft.lines).strip())
    parts = ["\n".join(draft.proposed or []).strip(), wording]
    proposed = "\n".join(part for part in parts if part) or None
    if not text and not proposed:
        return None
    return Remark(draft.marks[0] if draft.marks else None, text, draft.type, proposed, draft.marks)


def _bracketed(text: str) -> tuple[str, str]:
    """(text without what stands in << >>, what stands there)."""
    start = text.find("<<")
    end = text.find(">>", start + 2) if start >= 0 else -1
    if end < 0:
        return text, ""
    rest = " ".join(part for part in (text[:start].strip(), text[end + 2 :].strip()) if part)
    return rest, text[start + 2 : end].strip()
