"""Pure: a Word file that came back becomes rows: its comments on their words, its tracked changes as proposed wordings.

Comments of ours that travelled out in the file are known again and not taken as new; what was said below them belongs to them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.drafts.pieces import Piece
from consult.drafts.placing import SURE
from consult.exchange import proposals as proposing
from consult.exchange.matching import Match, check_same_text, match, squeezed, unnumbered
from consult.exchange.proposals import proposals, untracked
from consult.exchange.rows import Row
from consult.kit.words import N_
from consult.office.annotations import Annotated, Note, Remark, read_annotations
from consult.review.grammar import understood

ON_WORDS = N_("On “%(words)s”:")
UNTIL = N_("(Down to paragraph %(number)s.)")
BY_NAME = N_("(Written in Word by %(name)s)")
RESOLVED = N_("(Marked as resolved in the Word file.)")
LONGEST_QUOTE = 500
"""Signs: of more only the beginning is told in the words of a comment."""

SENTENCES = (BY_NAME, ON_WORDS, UNTIL, RESOLVED, *proposing.SENTENCES)
"""Everything that is said in a comment's own words."""

Key = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What travelled out in the file: comments (their id in the database by author and words), and answers below them."""

    comments: Mapping[Key, int] = field(default_factory=dict)
    answers: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Placed:
    """A row with the piece it belongs to (None: the whole text), how sure that is, and how it was found: text, quote, whole.

    `below` is the id of a comment of ours that it answers."""

    row: Row
    place: int | None
    certainty: float
    how: str
    below: int | None = None


@dataclass(frozen=True)
class Returned:
    """All that a file says: rows in the order of the text, the ids of our own comments that came back in it, and the paragraphs that read
    differently without any tracked change, when there are too many of them to be one reader's proposals."""

    placed: list[Placed]
    known: tuple[int, ...] = ()
    unlike: tuple[str, ...] = ()


def key_of(author: str, text: str) -> Key:
    """What makes a comment in a file the comment that was written into it."""
    return " ".join(author.split()).casefold(), squeezed(text)


def read_word(
    data: bytes, pieces: Sequence[Piece], *, version: int | str = "", known: Known | None = None, owner: str = "",
    say: Callable[[str], str] = str,
) -> Returned:  # fmt: skip
    """The rows of an annotated .docx of a version; Refused when it cannot be read or holds another text.

    `owner` is the name of whoever it counts for, `say` translates."""
    return place_annotations(read_annotations(data), pieces, version=version, known=known, owner=owner, say=say)


def place_annotations(
    read: Annotated, pieces: Sequence[Piece], *, version: int | str = "", known: Known | None = None, owner: str = "",
    say: Callable[[str], str] = str,
) -> Returned:  # fmt: skip
    """The same for a file that has been read."""
    matches = match(read.passages, pieces)
    check_same_text(read.passages, pieces, matches, version)
    reader = _Reader(read, pieces, matches, known or Known(), say)
    unlike, silent = untracked(read, pieces, matches, say)
    placed = [*reader.remarks(), *(Placed(*one) for one in [*proposals(read, pieces, matches, say), *silent])]
    order = len(pieces)
    placed.sort(key=lambda one: order if one.place is None else one.place)
    several = len({one.row.name for one in placed if one.row.name}) > 1
    rows = [_signed(one, number, owner if several else one.row.name, say) for number, one in enumerate(placed, 1)]
    return Returned(rows, tuple(reader.known_again), unlike)


def _signed(one: Placed, number: int, owner: str, say: Callable[[str], str]) -> Placed:
    """Rows by number. Where several people wrote in one file each remark says who; one alone is whoever sends it."""
    name, comment = " ".join(one.row.name.split()), one.row.comment
    if name and not same_name(name, owner):
        comment = f"{comment}\n{say(BY_NAME) % {'name': name}}".strip()
    return replace(one, row=replace(one.row, number=number, name="", comment=comment, below=str(one.below or "")))


def same_name(name: str, owner: str) -> bool:
    """Whether what Word calls somebody is this person: parts of the name in any order, or initials of them."""
    parts = re.findall(r"\w+", owner.casefold())
    words = re.findall(r"\w+", name.casefold())
    return bool(words) and all(word in parts or len(word) == 1 and any(part.startswith(word) for part in parts) for word in words)


class _Reader:
    def __init__(self, read: Annotated, pieces: Sequence[Piece], matches: Sequence[Match], known: Known, say: Callable[[str], str]) -> None:
        self.read, self.pieces, self.matches, self.known, self.say = read, pieces, matches, known, say
        self.known_again: list[int] = []

    def remarks(self) -> Iterator[Placed]:
        for remark in self.read.remarks:
            below = self.known.comments.get(key_of(remark.note.author, remark.note.text))
            if below is not None:
                self.known_again.append(below)
                yield from self._answers(remark, below)
            elif not remark.replies and self._known_answer(remark.note):
                continue  # some programs forget to which comment an answer belongs
            else:
                replies = [reply for reply in remark.replies if not self._known_answer(reply)]
                if remark.note.text or replies:
                    yield self._placed(remark, replies)

    def _known_answer(self, reply: Note) -> bool:
        return key_of(reply.author, reply.text) in self.known.answers

    def _answers(self, remark: Remark, below: int) -> Iterator[Placed]:
        """What was said below a comment of ours: an answer in its thread."""
        place = self.matches[remark.place].place if remark.place is not None else None
        for reply in remark.replies:
            if reply.text and not self._known_answer(reply):
                row = self._row(place, name=reply.author, date=reply.date, comment=reply.text)
                yield Placed(row, place, 1.0, "text", below)

    def _placed(self, remark: Remark, replies: list[Note]) -> Placed:
        found = self.matches[remark.place] if remark.place is not None else Match(None, 0.0)
        place = found.place if found.certainty >= SURE else None
        kind, comment, proposed = understood(remark.note.text)
        quote = unnumbered(remark.quote, self.pieces[place]) if place is not None else ""
        exact = bool(quote) and quote in self.pieces[place].text
        lines = [] if exact else self._about(remark, place)
        lines += [comment, *(f"{reply.author}: {reply.text}" for reply in replies)]
        lines += [self.say(RESOLVED)] if remark.note.resolved else []
        row = self._row(
            place, name=remark.note.author, date=remark.note.date, type=kind, quote=quote if exact else "",
            comment="\n".join(line for line in lines if line), proposed=proposed,
        )  # fmt: skip
        return Placed(row, place, found.certainty if place is not None else 0.0, "whole" if place is None else "quote" if exact else "text")

    def _about(self, remark: Remark, place: int | None) -> list[str]:
        """What the comment is about, in words, where no exact quotation can say it."""
        words = remark.quote or (remark.words if remark.place is not None and not self._marks_all(remark) else "")
        if place is None and not words and remark.place is not None:
            words = self.read.passages[remark.place].original
        told = [self.say(ON_WORDS) % {"words": shortened(words)}] if words else []
        last = self.matches[remark.until].place if remark.until is not None and remark.until != remark.place else None
        if place is not None and last is not None and last > place:
            told.append(self.say(UNTIL) % {"number": self.pieces[last].number or self.pieces[last].mark})
        return told

    def _marks_all(self, remark: Remark) -> bool:
        """Whether the comment marks the whole of its paragraph: then its place says enough."""
        passage = self.read.passages[remark.place]
        return squeezed(remark.words) in (squeezed(passage.accepted), squeezed(passage.original)) or remark.until != remark.place

    def _row(self, place: int | None, **said: str) -> Row:
        piece = self.pieces[place] if place is not None else None
        return Row(0, mark=piece.mark if piece else "", **said)


def shortened(text: str) -> str:
    """Words as they are named inside a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE] + " …"
