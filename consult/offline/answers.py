"""Pure: the file of answers that the offline kit saves: plain text, written by a program or typed by a person, read the same way.

    Consult answers
    Round: R3
    Version: 2
    Code: 27-k7qx9m2d4htrb3ca

    [12] SUB: Say who pays.
    PROPOSED:
    | The Parties shall establish
    | and pay for a fund.

    End: 1 5d41402a

The marks and words are those of mails (review/marks.py, review/grammar.py). Where a line begins with a bar, what follows stands as its
author wrote it, whatever it looks like; a line below it without one was broken off by a mail program and belongs to it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consult.review.grammar import PROPOSED, kind_of
from consult.review.marks import known_marks, named, normal, placed

HEAD = "Consult answers"
WHOLE = "*"
SHORT = re.compile(r"[^\W\d_][^:：<>\[\]|\n]{0,58}")
FIELD = re.compile(r"[ \t]{0,8}(round|version|code|language|saved)[ \t]*[:：][ \t]*(.*)", re.IGNORECASE)
END = re.compile(r"[ \t]{0,8}end(?:[ \t]*[:：][ \t]*(\d{1,5})[ \t]+([0-9a-f]{8}))?[ \t.]*", re.IGNORECASE)
LITERAL = re.compile(r"[ \t]{0,3}\|(?: |$|(?=\S))")
QUOTED = re.compile(r"[ \t]{0,8}>[> \t]*")
BRACKET = re.compile(r"[ \t]{0,8}\[[ \t]*([^\[\]\n]{1,40}?)[ \t]*\][ \t]*[:：.。\-–—]?[ \t]*")
LETTERED = re.compile(r"[hfuqHFUQ][0-9]{1,4}")
BLANKS = " \t\u00a0\u3000"
EDGES = BLANKS + "\n"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
JOINED = "\0"  # before a line that belongs to the one above; no text has it
_BROKEN = re.compile("[ \t]{0,80}\n\0")
_HAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")


@dataclass(frozen=True)
class Said:
    """One remark of a file: the paragraphs it names (none: the whole text), its sign (ED, TE, SUB, TR, GE or nothing), its words.

    `unknown`: what it names where the version has no such paragraph."""

    marks: tuple[str, ...]
    kind: str
    text: str
    proposed: str = ""
    unknown: str = ""

    @property
    def mark(self) -> str:
        """The first paragraph it names; empty for the whole text."""
        return self.marks[0] if self.marks else ""


@dataclass(frozen=True)
class Head:
    """What stands above the remarks: for which round and version, whose code, in which language, and when a program saved it."""

    round_id: int = 0
    version: int = 0
    code: str = ""
    language: str = ""
    saved: str = ""


@dataclass(frozen=True)
class Answers:
    """A file as it was read. `short`: it was saved by a program and its end is missing; `changed`: its words are not those saved."""

    head: Head
    said: list[Said] = field(default_factory=list)
    short: bool = False
    changed: bool = False


def is_answers(text: str) -> bool:
    """Whether a text has a file of answers in it; asked of every letter, so most are told by one quick look."""
    return ("onsult" in text or "ONSULT" in text) and HEAD.casefold() in text.casefold() and _begins(text.split("\n")) is not None


def parted(text: str) -> tuple[str, str]:
    """(the file of answers in a letter, the letter without it); the end of the file, or of the letter, ends it."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    first = _begins(lines)
    if first is None:
        return "", text
    last = next((at for at in range(first, len(lines)) if END.fullmatch(lines[at])), len(lines) - 1)
    return "\n".join(lines[first : last + 1]), "\n".join([*lines[:first], *lines[last + 1 :]])


def head(text: str) -> Head:
    """The lines above the remarks."""
    return _head(_LINE_ENDS.sub("\n", text).split("\n"))[0]


def read(text: str, marks: Iterable[str]) -> Answers:
    """The remarks of a file, on the paragraphs (and questions) that exist."""
    lines = [_UNSEEN.sub("", line) for line in _LINE_ENDS.sub("\n", text).split("\n")]
    above, at = _head(lines)
    parser, ended = _Parser(known_marks(marks)), None
    for line in lines[at:]:
        if ended := END.fullmatch(line):
            break
        parser.line(line)
    said = parser.said()
    counted = ended is not None and ended[1] is not None
    changed = counted and (int(ended[1]), ended[2].lower()) != (len(said), checksum(said))
    return Answers(above, said, bool(above.saved) and not counted, changed)


def write(above: Head, said: Sequence[Said]) -> str:
    """A file as the form of the kit saves it (static/script/kit.js writes the same)."""
    lines = [HEAD, f"Round: R{above.round_id}", f"Version: {above.version}", f"Code: {above.code}", f"Language: {above.language}"]
    lines += [f"Saved: {above.saved}"]
    kept = [_kept(each) for each in said]
    for each in kept:
        lines += ["", *_field(f"[{', '.join(each.marks) or WHOLE}] {each.kind or 'GE'}:", each.text)]
        lines += _field("PROPOSED:", each.proposed) if each.proposed else []
    return "\n".join([*lines, "", f"End: {len(kept)} {checksum(kept)}", ""])


def tidy(text: str) -> str:
    """Words as a file keeps them: one kind of line end, nothing unseen, no blanks at the ends of lines or around the whole."""
    lines = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip(BLANKS) for line in lines).strip(EDGES)


def checksum(said: Iterable[Said]) -> str:
    """Eight hex digits (FNV-1a) over what is said and where; blanks and line ends do not count, so no mail program changes it."""
    value = 0x811C9DC5
    for each in said:
        parts = (", ".join(each.marks) or WHOLE, each.kind or "GE", each.text, each.proposed)
        for octet in "\x1f".join("".join(part.split()) for part in parts).encode("utf-8", "replace") + b"\n":
            value = ((value ^ octet) * 0x01000193) & 0xFFFFFFFF
    return f"{value:08x}"


def _kept(said: Said) -> Said:
    return Said(said.marks, said.kind or "GE", tidy(said.text), tidy(said.proposed))


def _field(name: str, text: str) -> list[str]:
    """A short plain text on the line of its name, any other below it with bars."""
    if not text or SHORT.fullmatch(text):
        return [f"{name} {text}".rstrip()]
    return [name, *(f"| {line}".rstrip() for line in text.split("\n"))]


def _begins(lines: list[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if line.strip(EDGES + "\ufeff").casefold() == HEAD.casefold()), None)


def _head(lines: list[str]) -> tuple[Head, int]:
    """(the head, the line at which the remarks begin)."""
    at = _begins(lines)
    at = 0 if at is None else at + 1
    found: dict[str, str] = {}
    while at < len(lines) and (not lines[at].strip() or FIELD.fullmatch(lines[at].rstrip())):
        if named_field := FIELD.fullmatch(lines[at].rstrip()):
            found.setdefault(named_field[1].lower(), named_field[2].strip())
        at += 1
    number = {name: re.sub(r"\D", "", found.get(name, ""))[:9] for name in ("round", "version")}
    return Head(
        int(number["round"] or 0), int(number["version"] or 0), *(found.get(name, "")[:60] for name in ("code", "language", "saved"))
    ), at


@dataclass
class _Block:
    """A remark while its lines are gathered; `barred`: whether any of them stood behind a bar."""

    marks: tuple[str, ...] = ()
    unknown: str = ""
    kind: str = ""
    lines: list[str] = field(default_factory=list)
    proposed: list[str] | None = None
    barred: bool = False

    @property
    def empty(self) -> bool:
        return not (self.kind or self.proposed is not None or any(line.strip() for line in self.lines))


class _Parser:
    """Puts lines into remarks as they come."""

    def __init__(self, known: dict[str, str]):
        self.known, self.order = known, list(known)
        self.blocks, self.literal = [_Block()], False

    def line(self, line: str) -> None:
        """The next line of the file."""
        bar, above = LITERAL.match(line), self.literal
        self.literal = bool(bar) or above and bool(line.strip())
        if bar:
            self.blocks[-1].barred = True
            self._write(line[bar.end() :])
        elif quoted := QUOTED.match(line):
            self.literal = False
            self._mark(line[quoted.end() :])
        elif (rest := self._mark(line)) is None:
            self._typed(line, broken=above)
        else:
            self.literal = False
            if rest.strip():
                self._typed(rest)

    def _mark(self, line: str) -> str | None:
        """What follows the mark at the start of the line, and a new remark begun; None when it has none."""
        found = self._placed(line)
        if found is None:
            return None
        marks, unknown, end = found
        self.blocks.append(_Block(marks, unknown))
        return line[end:]

    def _placed(self, line: str) -> tuple[tuple[str, ...], str, int] | None:
        bracket = BRACKET.match(line)
        if bracket:
            if bracket[1].casefold() in (WHOLE, "whole"):
                return (), "", bracket.end()
            if normal(bracket[1]) in self.known:
                return (self.known[normal(bracket[1])],), "", bracket.end()
        name = named(line)
        if name:
            marks = placed(name, self.known, self.order)
            return marks or (), "" if marks else name.written, name.end
        return ((), bracket[1], bracket.end()) if bracket and LETTERED.fullmatch(bracket[1]) else None

    def _typed(self, line: str, broken: bool = False) -> None:
        block = self.blocks[-1]
        if kind := kind_of(line):
            if not block.empty:
                block = _Block(block.marks, block.unknown)
                self.blocks.append(block)
            block.kind, line = kind[0], line[kind[1] :]
            self.literal = False
        elif broken and not PROPOSED.match(line):
            self._write(JOINED + line.strip())
            return
        if found := PROPOSED.match(line):
            block.proposed, self.literal = [*(block.proposed or [])], False
            line = line[found.end() :]
        self._write(line)

    def _write(self, line: str) -> None:
        block = self.blocks[-1]
        (block.lines if block.proposed is None else block.proposed).append(line)

    def said(self) -> list[Said]:
        """The remarks that hold anything."""
        return [said for block in self.blocks if (said := _said(block)).text or said.proposed]


def _whole(lines: list[str]) -> str:
    """The lines as their author wrote them: what a mail program broke off is joined again, Chinese without a blank."""
    return tidy(_BROKEN.sub(_between, "\n".join(lines)))


def _between(broken: re.Match) -> str:
    above, below = broken.string[broken.start() - 1 : broken.start()], broken.string[broken.end() : broken.end() + 1]
    return "" if _HAN.match(above) and _HAN.match(below) else " "


def _said(block: _Block) -> Said:
    text, proposed = _whole(block.lines), _whole(block.proposed or [])
    start = -1 if block.barred else text.find("<<")
    end = text.find(">>", start + 2) if start >= 0 else -1
    if end >= 0:
        proposed = "\n".join(part for part in (proposed, text[start + 2 : end].strip()) if part)
        text = " ".join(part for part in (text[:start].strip(), text[end + 2 :].strip()) if part)
    return Said(block.marks, block.kind, text, proposed, block.unknown)
