"""Pure: which words of a reply are our own sent words coming back, whatever the client did to them; linear in both texts."""

import html
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

GRAM = 4
LONG = 2_000  # lines of this length are not remembered
CANDIDATES = 3
SEARCHES = 300
BAR = r"\|(?![ \t]*[^|\s][^|\n]*\|)"  # a bar that quotes, and not the first of a row of a table
QUOTE = re.compile(rf"[ \t\u00a0\u3000]*(?:[A-ZА-ЯЁ]{{1,3}}>(?=[ \t]|$)[ \t]*|(?:[>›»＞│┃]|{BAR})[ \t\u00a0\u3000]*)+")
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

    def add_line(self, known: "LineWords", offset: int, number: int) -> None:
        """The words of one more line, which begin `offset` characters into it."""
        self.first.append(len(self))
        self.spelling += known.spelling
        self.start += [at + offset for at in known.start] if offset else known.start
        self.end += [at + offset for at in known.end] if offset else known.end
        self.link += known.link
        self.line += [number] * len(known.spelling)


@dataclass
class LineWords:
    """The words of one line, without what it is quoted with."""

    spelling: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    link: list[bool] = field(default_factory=list)

    def add(self, spelling: str, start: int, end: int, link: bool = False) -> None:
        """One more word at characters [start, end)."""
        for row, value in ((self.spelling, spelling), (self.start, start), (self.end, end), (self.link, link)):
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
        quote = QUOTE.match(line)
        offset = quote.end() if quote else 0
        bare = line[offset:] if offset else line
        found.add_line(_line_words(bare) if len(bare) < LONG else _words_of(bare), offset, number)
    found.first.append(len(found))
    return found


@lru_cache(maxsize=3000)  # a reply brings back the lines we sent, and a round's letters share theirs
def _line_words(text: str) -> LineWords:
    return _words_of(text)


def _words_of(text: str) -> LineWords:
    found = LineWords()
    for token in TOKEN.finditer(text):
        if token[1]:
            found.add(token[1].rstrip(".,;:!?").lower(), token.start(), token.end(), link=True)
            continue
        word = token[2]
        plain = word.lower() if word.isascii() and "&" not in word and "_" not in word else _plain(word)
        pieces = (plain,) if plain.isascii() and plain else PIECE.findall(plain)
        _place(found, pieces, token.start(), token.end(), plain)
    return found


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", NOISE.sub("", html.unescape(word) if "&" in word else word)).casefold()


def _place(found: LineWords, pieces: Sequence[str], start: int, end: int, plain: str) -> None:
    """Gives every character of a run of Chinese its own place, where lengths allow it."""
    if len(pieces) < 2 or len(plain) != end - start:
        for piece in pieces:
            found.add(piece, start, end)
        return
    at = 0
    for piece in pieces:
        at = plain.index(piece, at)
        found.add(piece, start + at, start + at + len(piece))
        at += len(piece)


def runs(body: Words, sent: Words, quoted: list[bool], places: "Places") -> list[Run]:
    """The long common runs, left to right; in quoted lines (by line number) short ones count too. `places`: those of the sent words."""
    found, at, cursor = [], 0, 0
    while at < len(body):
        best = _longest(body, sent, places, at, cursor, quoted)
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


class Places:
    """Where stretches of our words stand. The few that a reply asks for are searched from their rarest word; for many there is an index."""

    def __init__(self, spelling: list[str]) -> None:
        self.spelling = spelling
        self.of: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(spelling):
            self.of[word].append(at)
        self.known: dict[tuple[str, ...], list[int]] = {}
        self.indexed: set[int] = set()

    def find(self, stretch: tuple[str, ...]) -> list[int]:
        """Every place where these words follow each other, in order."""
        if stretch not in self.known and len(stretch) not in self.indexed:
            if len(self.known) > SEARCHES:
                self._index(len(stretch))
            else:
                self.known[stretch] = self._searched(stretch)
        return self.known.get(stretch, [])

    def _searched(self, stretch: tuple[str, ...]) -> list[int]:
        counts = [len(self.of.get(word, ())) for word in stretch]
        rarest = counts.index(min(counts))
        wanted, size = list(stretch), len(stretch)
        begins = (at - rarest for at in self.of.get(stretch[rarest], ()))
        return [at for at in begins if at >= 0 and self.spelling[at : at + size] == wanted]

    def _index(self, size: int) -> None:
        self.indexed.add(size)
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, gram in enumerate(zip(*(self.spelling[shift:] for shift in range(size)), strict=False)):
            found[gram].append(at)
        self.known.update(found)


def _longest(body: Words, sent: Words, places: Places, at: int, cursor: int, quoted: list[bool]) -> Run | None:
    found = places.find(tuple(body.spelling[at : at + GRAM])) if at + GRAM <= len(body) else []
    if not found and at == body.first[body.line[at]]:
        found = _short(body, sent, places, at, cursor, quoted[body.line[at]])
    if not found:
        return None
    near = bisect_left(found, cursor)
    chosen = dict.fromkeys([*found[near : near + CANDIDATES], *found[max(0, near - 2) : near], found[0]])
    return max(
        (_forwards(body, sent, at, place, quoted) for place in chosen),
        key=lambda run: (run.body_end - run.body, run.sent >= cursor, -run.sent),
    )


def _short(body: Words, sent: Words, places: Places, at: int, cursor: int, quoted: bool) -> list[int]:
    """Where the beginning of a quoted line stands; of a bare line of two or three words, where it is a whole line of ours, further on."""
    count = body.first[body.line[at] + 1] - at
    if quoted:
        return places.find(tuple(body.spelling[at : at + min(2, count)]))
    if not 2 <= count < GRAM:
        return []
    found = places.find(tuple(body.spelling[at : at + count]))
    return [place for place in found if place >= cursor and _is_line(sent, place, count)]


def _is_line(sent: Words, place: int, count: int) -> bool:
    number = sent.line[place]
    return sent.first[number] == place and sent.first[number + 1] == place + count


def _forwards(body: Words, sent: Words, at: int, place: int, quoted: list[bool]) -> Run:
    """Extends as long as words agree and quoting does not change; a page address that one side lacks is stepped over."""
    here, there, end = at, place, _end_of_mode(body, at, quoted)
    while here < end and there < len(sent):
        same = _agree(body.spelling, here, end, sent.spelling, there)
        here, there = here + same, there + same
        if here >= end or there >= len(sent):
            break
        if body.link[here] and not _stands_alone(body, here, quoted):
            here += 1
        elif sent.link[there]:
            there += 1
        else:
            break
    while here < len(body) and here > at and body.link[here] and body.line[here] == body.line[here - 1]:
        here += 1
    return Run(at, here, place, there)


def _stands_alone(body: Words, at: int, quoted: list[bool]) -> bool:
    """Whether an address of a page is all that a bare line says: then somebody typed it."""
    number = body.line[at]
    return not quoted[number] and body.first[number] == at and body.first[number + 1] == at + 1


def _end_of_mode(body: Words, at: int, quoted: list[bool]) -> int:
    """The first word behind the stretch of lines that are quoted, or not quoted, as this one is; empty lines are neither."""
    number = body.line[at]
    mode = quoted[number]
    while number < len(quoted) and (quoted[number] is mode or body.first[number] == body.first[number + 1]):
        number += 1
    return body.first[number]


def _agree(one: list[str], here: int, end: int, other: list[str], there: int) -> int:
    """How many words agree from these two places on; long stretches are compared whole."""
    limit, agreed, step = min(end - here, len(other) - there), 0, 16
    while agreed < limit:
        step = min(step, limit - agreed)
        if one[here + agreed : here + agreed + step] == other[there + agreed : there + agreed + step]:
            agreed, step = agreed + step, step * 2
        elif step == 1:
            break
        else:
            limit, step = agreed + step, max(1, step // 4)
    return agreed


def _backwards(body: Words, sent: Words, run: Run, before: Run | None, quoted: list[bool]) -> Run:
    here, there, floor = run.body, run.sent, before.body_end if before else 0
    mode = quoted[body.line[run.body]]
    while here > floor and there > 0 and quoted[body.line[here - 1]] is mode and body.spelling[here - 1] == sent.spelling[there - 1]:
        here, there = here - 1, there - 1
    return Run(here, run.body_end, there, run.sent_end)
