"""Pure: how alike two paragraphs are, and which ones are worth comparing at all.

Comparing every old paragraph with every new one grows with the square of the draft. An index of word pairs names the few candidates
of each paragraph instead, so that the work grows with the length of the text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from math import log

from rapidfuzz import fuzz

from consult.drafts.pieces import Piece
from consult.drafts.tokens import words

COMMON = 24
"""A word pair found in more paragraphs than this says nothing about any of them."""
CANDIDATES = 6


CONTAINED = 0.9
"""From this share of its word pairs on, the shorter of two paragraphs stands wholly in the longer one."""
ADDED = 0.6
"""What words that were only added count, against words that were taken away."""
TELLING = 4
"""A paragraph of fewer word pairs stands in many others by chance."""


@dataclass(frozen=True)
class Print:
    """The finger-print of a piece: its text with plain spaces, its words counted, its word pairs, what it is and its number."""

    text: str
    bag: Counter[str]
    pairs: frozenset[tuple[str, ...]]
    kind: str
    number: str
    level: int = 0

    @cached_property
    def length(self) -> int:
        """How many words it has."""
        return self.bag.total()


def fingerprint(piece: Piece) -> Print:
    """Prepare a piece for comparing."""
    found = words(piece.text)
    pairs = frozenset(zip(found, found[1:])) if len(found) > 2 else frozenset((word,) for word in found)
    return Print(" ".join(piece.text.split()), Counter(found), pairs, piece.kind, piece.number, piece.level)


class Rarity:
    """What each word says about a paragraph: one that stands in every paragraph says next to nothing."""

    def __init__(self, *versions: Sequence[Print]) -> None:
        counts: Counter[str] = Counter()
        for version in versions:
            counts |= Counter(word for one in version for word in one.bag)
        most = max(map(len, versions), default=0)
        self._worth = {word: log((most + 1) / count) for word, count in counts.items()}
        self._totals: dict[int, float] = {}

    def shared(self, old: Print, new: Print) -> float:
        """From 0 to 1: how much of the worth of both their words two paragraphs share."""
        less, more = (old.bag, new.bag) if len(old.bag) <= len(new.bag) else (new.bag, old.bag)
        shared = sum(self._worth[word] * min(count, more[word]) for word, count in less.items() if word in more)
        total = self._total(old) + self._total(new)
        return 2 * shared / total if total else float(old.text == new.text)

    def _total(self, one: Print) -> float:
        """Kept for each print; the prints live as long as the comparing does."""
        if id(one) not in self._totals:
            self._totals[id(one)] = sum(self._worth[word] * count for word, count in one.bag.items())
        return self._totals[id(one)]


def likeness(old: Print, new: Print, rarity: Rarity | None = None) -> float:
    """From 0 to 1: half by letters in order, half by words, which count as much as they are rare where that is known."""
    by_words = rarity.shared(old, new) if rarity else _shared(old, new)
    if by_words < 0.2:
        return by_words / 2
    alike = (fuzz.ratio(old.text, new.text) / 100 + by_words) / 2
    return 1 - (1 - alike) * ADDED if rarity and _contained(old, new) else alike


def _shared(old: Print, new: Print) -> float:
    total = old.length + new.length
    return 2 * (old.bag & new.bag).total() / total if total else float(old.text == new.text)


def _contained(old: Print, new: Print) -> bool:
    fewer = min(len(old.pairs), len(new.pairs))
    return fewer >= TELLING and len(old.pairs & new.pairs) >= CONTAINED * fewer


class Index:
    """Finds the pieces that share rare word pairs with a given one."""

    def __init__(self, prints: Sequence[Print], places: Iterable[int]) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in places:
            for pair in prints[place].pairs:
                self._places[pair].append(place)

    def near(self, one: Print) -> list[int]:
        """The places of the likeliest pieces, likeliest first."""
        found = (self._places.get(pair, ()) for pair in one.pairs)
        votes = Counter(chain.from_iterable(places for places in found if len(places) <= COMMON))
        return [place for _, place in nsmallest(CANDIDATES, ((-count, place) for place, count in votes.items()))]
