"""Pure: how alike two paragraphs are, and which ones are worth comparing at all.

Comparing every old paragraph with every new one grows with the square of the draft. An index of word pairs names the few candidates
of each paragraph instead, so that the work grows with the length of the text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from consult.drafts.pieces import Piece
from consult.drafts.tokens import words

COMMON = 24
"""A word pair found in more paragraphs than this says nothing about any of them."""
CANDIDATES = 6


@dataclass(frozen=True)
class Print:
    """The finger-print of a piece: its text with plain spaces, its words counted, its word pairs."""

    text: str
    bag: Counter[str]
    pairs: frozenset[tuple[str, ...]]
    kind: str
    number: str


def fingerprint(piece: Piece) -> Print:
    """Prepare a piece for comparing."""
    found = words(piece.text)
    pairs = frozenset(zip(found, found[1:])) if len(found) > 2 else frozenset((word,) for word in found)
    return Print(" ".join(piece.text.split()), Counter(found), pairs, piece.kind, piece.number)


def likeness(old: Print, new: Print) -> float:
    """From 0 to 1: half by letters in order, half by words counted."""
    total = old.bag.total() + new.bag.total()
    shared = (old.bag & new.bag).total()
    by_words = 2 * shared / total if total else float(old.text == new.text)
    if by_words < 0.2:
        return by_words / 2
    return (fuzz.ratio(old.text, new.text) / 100 + by_words) / 2


class Index:
    """Finds the pieces that share rare word pairs with a given one."""

    def __init__(self, prints: Sequence[Print], places: Iterable[int]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in places:
            for pair in prints[place].pairs:
                self._places[pair].append(place)

    def near(self, one: Print) -> list[int]:
        """The places of the likeliest pieces, likeliest first."""
        votes: Counter[int] = Counter()
        for pair in one.pairs:
            found = self._places.get(pair, ())
            if len(found) <= COMMON:
                for place in found:
                    votes[place] += 1
        return sorted(votes, key=lambda place: (-votes[place], place))[:CANDIDATES]
