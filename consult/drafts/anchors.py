"""Pure: paragraphs whose words did not change, and which of them kept their order."""

from bisect import bisect_left
from collections import defaultdict
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


def identical(old: Sequence[str], new: Sequence[str], numbers: tuple[Sequence[str], Sequence[str]]) -> list[Pair]:
    """Pairs of pieces with the same words: unique ones first, then repeated ones between them, then the nearest that is left."""
    unique = _unique(old, new)
    spine = in_order(unique)
    pairs = dict(unique)
    taken = set(pairs.values())
    for low, high, new_low, new_high in _gaps(spine, len(old), len(new)):
        _pair_in_gap(old, new, range(low, high), range(new_low, new_high), pairs, taken)
    _pair_the_rest(old, new, numbers, pairs, taken)
    return sorted(pairs.items())


def _places(keys: Sequence[str], among: Sequence[int] | range) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in among:
        found[keys[place]].append(place)
    return found


def _unique(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    there = _places(new, range(len(new)))
    here = _places(old, range(len(old)))
    return [(places[0], there[key][0]) for key, places in here.items() if len(places) == 1 and len(there.get(key, ())) == 1]


def _gaps(spine: Sequence[Pair], old_end: int, new_end: int) -> list[tuple[int, int, int, int]]:
    edges = [(-1, -1), *spine, (old_end, new_end)]
    return [(a + 1, c, b + 1, d) for (a, b), (c, d) in zip(edges, edges[1:], strict=False)]


def _pair_in_gap(old: Sequence[str], new: Sequence[str], here: range, there: range, pairs: dict[int, int], taken: set[int]) -> None:
    free = _places(new, [place for place in there if place not in taken])
    for place in here:
        if place not in pairs and free.get(old[place]):
            pairs[place] = free[old[place]].pop(0)
            taken.add(pairs[place])


def _pair_the_rest(
    old: Sequence[str], new: Sequence[str], numbers: tuple[Sequence[str], Sequence[str]], pairs: dict[int, int], taken: set[int]
) -> None:
    """Repeated words left over: with the same number first, then in their order."""
    free = _places(new, [place for place in range(len(new)) if place not in taken])
    left = [place for place in range(len(old)) if place not in pairs and free.get(old[place])]
    by_number = {(new[place], numbers[1][place]): place for places in free.values() for place in places if numbers[1][place]}
    for place in left:
        found = by_number.pop((old[place], numbers[0][place]), None)
        if found is not None:
            pairs[place] = found
            free[old[place]].remove(found)
    for place in left:
        if place not in pairs and free[old[place]]:
            pairs[place] = free[old[place]].pop(0)
