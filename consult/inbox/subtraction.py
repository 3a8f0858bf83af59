"""Pure: which words of a reply are our own sent words coming back, whatever the client did to them; linear in both texts."""

import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

GRAM = 4
CANDIDATES = 3
QUOTE = re.compile(r"[ \t\u00a0\u3000]*(?:[>|›»＞│┃][ \t\u00a0\u3000]*)+")
URL = r"(?:https?|ftp|mailto):[^\s<>\"'）)\]】]+"
TOKEN = re.compile(
    rf"({URL})|((?:[\w\u0300-\u036f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]|&(?:[A-Za-z]{{2,8}}|"
    rf"#\d{{1,6}});)+)",
    re.IGNORECASE,
)
NOISE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff_]")
PIECE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]|"
    r"[^\W\u1100-\u11ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+"
)


@dataclass
class Words:
    """A text as a stream of comparable words: spelling, place, line; addresses of pages are words that may be skipped."""

    spelling: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    link: list[bool] = field(default_factory=list)
    first: list[int] = field(default_factory=list)  # index of the first word of each line, one more than there are lines

    def __len__(self) -> int:
        return len(self.spelling)

    def add(self, spelling: str, start: int, end: int, line: int, link: bool = False) -> None:
        """One more word at characters [start, end) of its line."""
        for row, value in ((self.spelling, spelling), (self.start, start), (self.end, end), (self.line, line), (self.link, link)):
            row.append(value)


@dataclass(frozen=True)
class Run:
    """Words [body, body_end) of the reply that are words [sent, sent_end) of ours."""

    body: int
    body_end: int
    sent: int
    sent_end: int


def unquoted(line: str) -> str:
    """A line without the quote marks it begins with."""
    found = QUOTE.match(line)
    return line[found.end() :] if found else line


def words(lines: list[str]) -> Words:
    """The comparable words of some lines: no quote marks, no case, no width, each Chinese character a word of its own."""
    found = Words()
    for number, line in enumerate(lines):
        found.first.append(len(found))
        for token in TOKEN.finditer(line, QUOTE.match(line).end() if QUOTE.match(line) else 0):
            if token[1]:
                found.add(token[1].rstrip(".,;:!?").lower(), token.start(), token.end(), number, link=True)
                continue
            plain = unicodedata.normalize("NFKC", NOISE.sub("", html.unescape(token[2]) if "&" in token[2] else token[2])).casefold()
            for piece in PIECE.findall(plain):
                found.add(piece, token.start(), token.end(), number)
            if len(plain) > 1 and len(found) and found.line[-1] == number:
                _spread(found, token.start(), token.end(), plain)
    found.first.append(len(found))
    return found


def _spread(found: Words, start: int, end: int, plain: str) -> None:
    """Gives every character of a run of Chinese its own place, where lengths allow it."""
    count = 0
    while count < len(found) and found.start[-1 - count] == start and found.line[-1 - count] == found.line[-1]:
        count += 1
    if count > 1 and len(plain) == end - start:
        at = 0
        for index in range(len(found) - count, len(found)):
            at = plain.index(found.spelling[index], at)
            found.start[index], found.end[index] = start + at, start + at + len(found.spelling[index])
            at += len(found.spelling[index])


def runs(body: Words, sent: Words, quoted: list[bool]) -> list[Run]:
    """The long common runs, left to right; in quoted lines (by line number) short ones count too."""
    grams = {size: _index(sent, size) for size in (1, 2, GRAM)}
    found, at, cursor = [], 0, 0
    while at < len(body):
        best = _longest(body, sent, grams, at, cursor, quoted)
        if best is None:
            at += 1
            continue
        best = _backwards(body, sent, best, found[-1] if found else None, quoted)
        _give_back(body, found, best)
        found.append(best)
        at, cursor = best.body_end, best.sent_end
    return found


def _give_back(body: Words, found: list[Run], best: Run) -> None:
    """Where two runs claim the same words of ours, a line that the first only ran into belongs to the person."""
    last = found[-1] if found else None
    overlap = last.sent_end - best.sent if last and last.sent < best.sent else 0
    if overlap <= 0 or last.body_end - overlap <= last.body or body.first[body.line[last.body_end - overlap]] != last.body_end - overlap:
        return
    found[-1] = Run(last.body, last.body_end - overlap, last.sent, last.sent_end - overlap)


def _index(sent: Words, size: int) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(sent) - size + 1):
        index.setdefault(tuple(sent.spelling[at : at + size]), []).append(at)
    return index


def _longest(body: Words, sent: Words, grams, at: int, cursor: int, quoted: list[bool]) -> Run | None:
    places = _places(body, grams, at, GRAM)
    if not places and quoted[body.line[at]] and at == body.first[body.line[at]]:
        places = _places(body, grams, at, min(2, body.first[body.line[at] + 1] - at))
    if not places:
        return None
    near = bisect_left(places, cursor)
    chosen = dict.fromkeys([*places[near : near + CANDIDATES], *places[max(0, near - 2) : near], places[0]])
    return max(
        (_forwards(body, sent, at, place, quoted) for place in chosen),
        key=lambda run: (run.body_end - run.body, run.sent >= cursor, -run.sent),
    )


def _places(body: Words, grams, at: int, size: int) -> list[int]:
    return grams[size].get(tuple(body.spelling[at : at + size]), [])


def _forwards(body: Words, sent: Words, at: int, place: int, quoted: list[bool]) -> Run:
    """Extends as long as words agree and quoting does not change; a page address that one side lacks is stepped over."""
    here, there, mode = at, place, quoted[body.line[at]]
    while here < len(body) and there < len(sent) and quoted[body.line[here]] is mode:
        if body.spelling[here] == sent.spelling[there]:
            here, there = here + 1, there + 1
        elif body.link[here]:
            here += 1
        elif sent.link[there]:
            there += 1
        else:
            break
    while here < len(body) and here > at and body.link[here] and body.line[here] == body.line[here - 1]:
        here += 1
    return Run(at, here, place, there)


def _backwards(body: Words, sent: Words, run: Run, before: Run | None, quoted: list[bool]) -> Run:
    here, there, floor = run.body, run.sent, before.body_end if before else 0
    mode = quoted[body.line[run.body]]
    while here > floor and there > 0 and quoted[body.line[here - 1]] is mode and body.spelling[here - 1] == sent.spelling[there - 1]:
        here, there = here - 1, there - 1
    return Run(here, run.body_end, there, run.sent_end)
