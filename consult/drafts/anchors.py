"""Pure: which of the paragraphs that were found again kept their order."""

from bisect import bisect_left
from collections.abc import Sequence

Pair = tuple[int, int]


def in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The largest set of pairs that keep the same order on both sides (the pairs come sorted by their old place)."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, new) in enumerate(pairs):
        place = bisect_left(tails, new)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(new)
            at.append(index)
        else:
            tails[place], at[place] = new, index
    kept = []
    index = at[-1] if at else -1
    while index >= 0:
        kept.append(pairs[index])
        index = before[index]
    return kept[::-1]
