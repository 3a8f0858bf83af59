"""Pure: words that stand more than once, and which of them is which in the next version.

"Decides to consider the matter again" ends ten sections. Which one a comment speaks about is known by what stands beside it and above it:
the same neighbours on both sides, or one of them under the same heading, or as many of them as before between the same neighbours. What
is left after that may be any of them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from consult.drafts.anchors import Pair, in_order
from consult.drafts.likeness import Print
from consult.drafts.neighbours import EDGE, sections

Places = Mapping[int, int]


def key(one: Print) -> str:
    """What makes a piece the same: its words; an empty one is known by its number only."""
    return one.text or f"\0{one.kind} {one.number}"


class Repeats:
    """The repeated words of two versions."""

    def __init__(self, old: Sequence[Print], new: Sequence[Print]) -> None:
        self.old, self.new = [key(one) for one in old], [key(one) for one in new]
        here, there = Counter(self.old), Counter(self.new)
        self.once = [word for word, count in here.items() if count == there.get(word) == 1]
        self.keys = {word for word, count in here.items() if count + there.get(word, 0) > 2 and word in there}
        self._above = (sections(old), sections(new))

    def unique(self) -> list[Pair]:
        """The pairs of pieces whose words stand once in each version."""
        here, there = ({word: place for place, word in enumerate(words)} for words in (self.old, self.new))
        return sorted((here[word], there[word]) for word in self.once)

    def known(self, ties: Iterable[Pair]) -> list[Pair]:
        """The pairs of repeated words that can be told by the ties there are already."""
        search = _Search(self, sorted(ties))
        for _ in range(2):
            search.beside(1)
            search.beside(-1)
            search.between()
        return search.pairs


class _Search:
    """`after`: each tied old place with its first and last new one; a step forward looks at the last, a step back at the first."""

    def __init__(self, repeats: Repeats, ties: Sequence[Pair]) -> None:
        self.words = repeats
        self.pairs: list[Pair] = []
        self.last = {EDGE: EDGE} | dict(ties)
        self.first = {len(repeats.old): len(repeats.new)} | dict(reversed(ties))
        self.taken = {j for _, j in ties}
        self.free = [place for place, word in enumerate(repeats.old) if word in repeats.keys and place not in self.last]

    def beside(self, step: int) -> None:
        """Next to a tied piece, on both sides, or on one under the same heading."""
        before, behind = (self.last, self.first) if step > 0 else (self.first, self.last)
        for i in self.free[::step]:
            j = before.get(i - step)
            if j is None or not self._same(i, j := j + step):
                continue
            if behind.get(i + step) == j + step or self._heading(i) == self._heading_now(j):
                self._pair(i, j)
        self._forget()

    def between(self) -> None:
        """As many of them as before, in the same gap under the same heading."""
        here, there = defaultdict(list), defaultdict(list)
        spine = dict(in_order(sorted(self.last.items())))
        gaps, gaps_now = _gaps(spine, len(self.words.old)), _gaps(set(spine.values()), len(self.words.new))
        for i in self.free:
            here[self.words.old[i], spine[gaps[i]], self._heading(i)].append(i)
        for j, word in enumerate(self.words.new):
            if word in self.words.keys and j not in self.taken:
                there[word, gaps_now[j], self._heading_now(j)].append(j)
        for place, olds in here.items():
            news = there.get(place, ())
            if len(olds) == len(news):
                for i, j in zip(olds, news, strict=True):
                    self._pair(i, j)
        self._forget()

    def _same(self, i: int, j: int) -> bool:
        return 0 <= j < len(self.words.new) and j not in self.taken and self.words.old[i] == self.words.new[j]

    def _heading(self, i: int) -> int | None:
        """The place now of the heading above; None where that heading is gone."""
        return self.first.get(self.words._above[0][i], EDGE if self.words._above[0][i] == EDGE else None)

    def _heading_now(self, j: int) -> int:
        return self.words._above[1][j]

    def _pair(self, i: int, j: int) -> None:
        self.pairs.append((i, j))
        self.first[i] = self.last[i] = j
        self.taken.add(j)

    def _forget(self) -> None:
        self.free = [i for i in self.free if i not in self.last]


def _gaps(tied: Collection[int], length: int) -> list[int]:
    """For each place the nearest tied place before it."""
    gaps, last = [], EDGE
    for place in range(length):
        last = place if place in tied else last
        gaps.append(last)
    return gaps
