"""Pure: what stands beside, above and below a paragraph, and what looks like it: by these it is known when its own words do not tell."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from consult.drafts.anchors import Pair
from consult.drafts.likeness import Index, Print, Rarity, likeness

EDGE = -1
"""Where the heading above would stand if there is none."""


class Expected:
    """Where an old place should be now, judged by the unchanged paragraphs around it."""

    def __init__(self, spine: Sequence[Pair], old_length: int, new_length: int) -> None:
        edges = [(-1, -1), *spine, (old_length, new_length)]
        self._places: list[int] = []
        for (a, b), (c, d) in zip(edges, edges[1:], strict=False):
            self._places += [min(b + (i - a) * (d - b) // max(c - a, 1), d) for i in range(a + 1, c + 1)]

    def place(self, i: int) -> int:
        return self._places[i]


class Around:
    """Which paragraphs stand beside each other before and now; the ends of the text count as neighbours."""

    def __init__(self, pairs: Sequence[Pair], old_length: int, new_length: int) -> None:
        self._ties = {(-1, -1), (old_length, new_length), *pairs}
        self._last = {-1: -1} | dict(sorted(pairs))

    def after(self, i: int) -> int | None:
        """The place that follows on the successor of the paragraph before."""
        before = self._last.get(i - 1)
        return None if before is None else before + 1

    def beside(self, i: int, j: int) -> int:
        """How many of the two neighbours, before and behind, are the same."""
        return ((i - 1, j - 1) in self._ties) + ((i + 1, j + 1) in self._ties)


class Siblings:
    """How alike paragraphs of one version are: what is as like its sisters as its successor is known by nothing."""

    def __init__(self, pieces: Sequence[Print], rarity: Rarity) -> None:
        self._pieces, self._rarity = pieces, rarity
        self._index = Index(pieces, range(len(pieces)))

    def likest(self, place: int) -> float:
        """The likeness of the likest other piece."""
        others = (other for other in self._index.near(self._pieces[place]) if other != place)
        return max((likeness(self._pieces[place], self._pieces[other], self._rarity) for other in others), default=0.0)


def sections(pieces: Sequence[Print]) -> list[int]:
    """For each piece the place of the heading above it; above a heading stands one of a higher level."""
    above: list[int] = []
    open_headings: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "heading":
            while open_headings and pieces[open_headings[-1]].level >= piece.level:
                open_headings.pop()
        above.append(open_headings[-1] if open_headings else EDGE)
        if piece.kind == "heading":
            open_headings.append(place)
    return above


class Below:
    """What stands under the headings of two versions: a title is short, its section tells more about it."""

    def __init__(self, old: Sequence[Print], new: Sequence[Print], pairs: Iterable[Pair]) -> None:
        above, above_now = sections(old), sections(new)
        self._sizes = (Counter(_without_headings(old, above)), Counter(_without_headings(new, above_now)))
        self._kept: dict[int, Counter[int]] = defaultdict(Counter)
        for i, j in pairs:
            if old[i].kind != "heading" and new[j].kind != "heading":
                self._kept[above[i]][above_now[j]] += 1

    def now(self, i: int) -> list[int]:
        """The headings under which paragraphs from under this one stand now."""
        return [j for j in self._kept[i] if j != EDGE]

    def share(self, i: int, j: int) -> float | None:
        """How much of the smaller of two sections stood under the one heading and stands under the other; None where one is empty."""
        fewer = min(self._sizes[0][i], self._sizes[1][j])
        return min(1.0, self._kept[i][j] / fewer) if fewer else None


def _without_headings(pieces: Sequence[Print], above: Sequence[int]) -> list[int]:
    return [heading for piece, heading in zip(pieces, above, strict=True) if piece.kind != "heading"]
