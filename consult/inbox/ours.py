"""Pure: which lines of a reply are our sent lines, which hold own words inside ours, and where in our text each stands.

Cut are whole lines of ours: quoted ones however short, unquoted ones only in long runs or where the run goes on. A line that merely
repeats some words of ours stays the person's."""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from consult.inbox.subtraction import GRAM, QUOTE, Places, Run, Words, runs, unquoted, words

SOLID = 6
ALONE = 12
EDITED = 3
ENDS = re.compile(r"[\"'”»)\]）】]*[.。!！?？;；:：؟؛…]")
OPENS = re.compile(r"[\"'“«‘「『]")
CLOSES = re.compile(r"[。.，,；;：:）)\]】”»、]{1,3}")  # what a program put on a line of its own when it broke ours
DAMAGED = re.compile(r"[?\ufffd]")


@dataclass
class Line:
    """What became of one line of a reply: ours or not; own words inside ours; a quoted line changed by hand; its line in our text."""

    text: str
    quoted: bool
    ours: bool = False
    own_inside: str = ""
    edited: bool = False
    sent_line: int | None = None


@dataclass(frozen=True)
class Piece:
    """The part of one line that one run covers: words [start, end) of the reply, last word `last` of ours."""

    start: int
    end: int
    run: Run


def marked(lines: list[str], sent: str | None) -> list[Line]:
    """Every line of a reply, with those that are ours marked."""
    marked_lines = [Line(line, bool(QUOTE.match(line))) for line in lines]
    if not (sent and sent.strip()):
        return marked_lines
    ours, places, bare = _known(sent)
    theirs = words(lines)
    if not len(ours):
        return marked_lines
    found = runs(theirs, ours, [line.quoted for line in marked_lines], places)
    pieces = _pieces(theirs, found)
    solid = _solid(theirs, ours, found, marked_lines)
    for number, line in enumerate(marked_lines):
        _judge(line, theirs.first[number], theirs.first[number + 1], pieces[number], theirs, ours, solid)
    _wordless(marked_lines, theirs, bare)
    return marked_lines


@lru_cache(maxsize=32)  # a letter is answered more than once, and in several parts
def _known(sent: str) -> tuple[Words, Places, frozenset[str]]:
    """The words of a letter of ours, where each stands, and its lines without blanks."""
    lines = sent.split("\n")
    ours = words(lines)
    return ours, Places(ours.spelling), frozenset({_bare(line) for line in lines} - {""})


def _bare(line: str) -> str:
    return "".join(unquoted(line).split())


def _pieces(body: Words, found: list[Run]) -> list[list[Piece]]:
    pieces: list[list[Piece]] = [[] for _ in body.first[1:]]
    for run in found:
        for number in range(body.line[run.body], body.line[run.body_end - 1] + 1):
            start, end = max(run.body, body.first[number]), min(run.body_end, body.first[number + 1])
            if start < end:
                pieces[number].append(Piece(start, end, run))
    return pieces


def _solid(body: Words, sent: Words, found: list[Run], lines: list[Line]) -> set[Run]:
    """The runs that are long enough to be our letter also where no quote mark says so."""
    sure = {run for run in found if _sure(body, run, lines)}
    if not any(not lines[body.line[run.body]].quoted for run in sure):
        return sure
    return sure | {run for run in found if _whole_lines(body, sent, run)}


def _sure(body: Words, run: Run, lines: list[Line]) -> bool:
    length, covered = run.body_end - run.body, _full_lines(body, run)
    return length >= ALONE and covered >= 1 or length >= SOLID and covered >= 2


def _full_lines(body: Words, run: Run) -> int:
    first, last = body.line[run.body], body.line[run.body_end - 1]
    whole = sum(1 for number in range(first + 1, last) if body.first[number + 1] > body.first[number])
    ends = {number for number in (first, last) if body.first[number] >= run.body and body.first[number + 1] <= run.body_end}
    return whole + len(ends)


def _whole_lines(body: Words, sent: Words, run: Run) -> bool:
    """From the start to the end of a line, in the reply and in ours."""
    starts = body.first[body.line[run.body]] == run.body and sent.first[sent.line[run.sent]] == run.sent
    return starts and body.first[body.line[run.body_end - 1] + 1] == run.body_end and _ends_line(sent, run.sent_end)


def _ends_line(sent: Words, position: int) -> bool:
    return sent.first[sent.line[position - 1] + 1] == position


def _judge(line: Line, start: int, end: int, pieces: list[Piece], body: Words, sent: Words, solid: set[Run]) -> None:
    if not pieces or start == end:
        return
    if not line.quoted:
        pieces = [piece for piece in pieces if piece.run in solid and _holds(piece, sent)]
    if not pieces:
        return
    last = pieces[-1]
    if sum(piece.end - piece.start for piece in pieces) == end - start:
        line.ours = True
    elif _inserted(line, start, end, pieces, body, sent):
        line.ours, line.own_inside = True, _outside(line.text, pieces, body)
    elif line.quoted:
        _edited(line, end - start, pieces, body)
    if line.ours or line.edited:
        line.sent_line = sent.line[last.run.sent + max(0, min(last.end - last.run.body, last.run.sent_end - last.run.sent) - 1)]


def _edited(line: Line, count: int, pieces: list[Piece], body: Words) -> None:
    """A quoted line that is mostly ours was changed by the person, and so is theirs; unless letters were only lost on the way."""
    matched = sum(piece.end - piece.start for piece in pieces)
    if matched < EDITED or matched * 2 < count:
        return
    if DAMAGED.search(_outside(line.text, pieces, body)):
        line.ours = True
    else:
        line.edited = True


def _holds(piece: Piece, sent: Words) -> bool:
    """A run that ends within a few words of a new line, in the middle of a line of ours, only ran into the person's words."""
    return piece.end < piece.run.body_end or piece.end - piece.start >= GRAM or _ends_line(sent, piece.run.sent_end)


def _inserted(line: Line, start: int, end: int, pieces: list[Piece], body: Words, sent: Words) -> bool:
    """Own words stand between words of ours that belong together, or behind a whole line of ours; or our words came back damaged."""
    if pieces[0].start != start or OPENS.match(line.text[QUOTE.match(line.text).end() if line.quoted else 0 :].lstrip()):
        return False
    joined = all(before.run.sent_end == after.run.sent for before, after in itertools.pairwise(pieces))
    if not joined:
        return False
    if pieces[-1].end == end:
        return sum(piece.end - piece.start for piece in pieces) >= GRAM
    last = pieces[-1]
    closed = ENDS.match(line.text, body.end[last.end - 1]) is not None
    whole = sent.first[sent.line[last.run.sent]] == last.run.sent
    return _ends_line(sent, last.run.sent_end) and closed and (line.quoted and whole or last.end - pieces[0].start >= GRAM)


def _outside(text: str, pieces: list[Piece], body: Words) -> str:
    """The words of a line that no run covers, without the punctuation that closes ours."""
    kept, at = [], None
    for piece in pieces:
        if at is not None:
            kept.append(text[at : body.start[piece.start]])
        at = body.end[piece.end - 1]
        closing = ENDS.match(text, at)
        at = closing.end() if closing else at
    kept.append(text[at:])
    return " ".join(part.strip().lstrip(",;:.，；：。、 ") for part in kept if re.search(r"\w", part)).strip()


def _above_ours(lines: list[Line], at: int) -> bool:
    """Whether the next line that says anything is ours, and quoted or not as this one is."""
    below = next((line for line in lines[at + 1 : at + 4] if line.text.strip()), None)
    return below is not None and below.ours and below.quoted == lines[at].quoted


def _wordless(lines: list[Line], body: Words, sent_lines: frozenset[str]) -> None:
    """Lines without words (rules, stars, lone addresses) are ours when we wrote them and they stand next to ours, quoted as those are:
    the bare `-- ` below a quoted letter begins the person's own signature."""
    before = quoted = False
    for number, line in enumerate(lines):
        bare = _bare(line.text)
        if not bare:
            line.ours = line.quoted and before
            continue
        wordless = body.first[number] == body.first[number + 1]
        known = bare in sent_lines and (line.quoted or before and not quoted or _above_ours(lines, number))
        broken = before and line.quoted == quoted and CLOSES.fullmatch(bare) is not None
        line.ours = line.ours or wordless and (known or broken)
        before, quoted = line.ours, line.quoted
