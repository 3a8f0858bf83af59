"""Pure: finding each paragraph of a version again in the next one.

Unchanged words first, then paragraphs that were split or merged, then those that were edited, each with the certainty of the finding.
What is not likely enough is gone on one side and new on the other: a comment is never moved on a silent guess.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.drafts.anchors import Pair, identical, in_order
from consult.drafts.likeness import Index, Print, fingerprint, likeness
from consult.drafts.partings import Parting, partings
from consult.drafts.pieces import Piece

LEAST_LIKE = 0.5
"""Below this likeness two paragraphs are two."""
LEAST_LIKE_IN_PLACE = 0.36
"""The same, for the only two that stand between the same neighbours under the same number."""
WINDOW = 2
FAR = 0.06
"""What standing at the other end of the draft costs."""
SAME_NUMBER = 0.03
OTHER_KIND = 0.12
CLOSE_SECOND = 0.06
"""When the next best is nearer than this, the finding is doubtful."""


@dataclass(frozen=True)
class Tie:
    """What became of a piece: its place before (or None when new), its place now (or None when gone), how, and how sure (0 to 1)."""

    old: int | None
    new: int | None
    kind: str
    confidence: float


def align(old: Sequence[Piece], new: Sequence[Piece]) -> list[Tie]:
    """Tie every piece of a version to the next one; every piece of both is in at least one tie. Time grows with the length of the text."""
    return _Aligner([fingerprint(piece) for piece in old], [fingerprint(piece) for piece in new]).ties()


class _Aligner:
    def __init__(self, old: list[Print], new: list[Print]) -> None:
        self.old, self.new = old, new
        self.found: list[Tie] = []
        self.best_old: dict[int, float] = {}
        self.best_new: dict[int, float] = {}

    def ties(self) -> list[Tie]:
        pairs = self._identical()
        expected = _Expected(in_order(pairs), len(self.old), len(self.new))
        self._parted()
        self._edited(expected)
        self._alone_in_place()
        self._left_over()
        return sorted(self.found, key=reading_order)

    def _free(self) -> tuple[list[int], list[int]]:
        old, new = {tie.old for tie in self.found}, {tie.new for tie in self.found}
        return [i for i in range(len(self.old)) if i not in old], [j for j in range(len(self.new)) if j not in new]

    def _identical(self) -> list[Pair]:
        numbers = ([one.number for one in self.old], [one.number for one in self.new])
        pairs = identical([_key(one) for one in self.old], [_key(one) for one in self.new], numbers)
        ordered = set(in_order(pairs))
        self.found += [Tie(i, j, "same" if (i, j) in ordered else "moved", 1.0) for i, j in pairs]
        return pairs

    def _parted(self) -> None:
        free_old, free_new = self._free()
        apart = [(p, True) for p in partings(self.old, free_old, self.new, free_new)]
        apart += [(p, False) for p in partings(self.new, free_new, self.old, free_old)]
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for parting, is_split in sorted(apart, key=lambda one: -one[0].covered):
            wholes, parts = (taken_old, taken_new) if is_split else (taken_new, taken_old)
            if parting.whole in wholes or parts & {part for part, _ in parting.parts}:
                continue
            wholes.add(parting.whole)
            parts |= {part for part, _ in parting.parts}
            self.found += _parting_ties(parting, is_split)

    def _edited(self, expected: "_Expected") -> None:
        scored = sorted(self._scored(expected), key=lambda one: (-one[0], one[1], one[2]))
        seconds = _seconds(scored)
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for score, i, j, alike in scored:
            if alike < LEAST_LIKE or i in taken_old or j in taken_new:
                continue
            taken_old.add(i)
            taken_new.add(j)
            doubtful = score - seconds.get((i, j), 0.0) < CLOSE_SECOND
            self.found.append(Tie(i, j, "changed", _certainty(alike, doubtful)))

    def _scored(self, expected: "_Expected") -> Iterator[tuple[float, int, int, float]]:
        free_old, free_new = self._free()
        index = Index(self.new, free_new)
        free = set(free_new)
        for i in free_old:
            middle = expected.place(i)
            around = {j for j in range(middle - WINDOW, middle + WINDOW + 1) if j in free}
            for j in around.union(index.near(self.old[i])):
                alike = likeness(self.old[i], self.new[j])
                self.best_old[i] = max(alike, self.best_old.get(i, 0.0))
                self.best_new[j] = max(alike, self.best_new.get(j, 0.0))
                yield self._score(i, j, alike, middle), i, j, alike

    def _score(self, i: int, j: int, alike: float, middle: int) -> float:
        far = FAR * min(1.0, abs(j - middle) / (len(self.new) / 2 + 1))
        kind = OTHER_KIND if self.old[i].kind != self.new[j].kind else 0.0
        number = SAME_NUMBER if self.old[i].number and self.old[i].number == self.new[j].number else 0.0
        return alike - far - kind + number

    def _alone_in_place(self) -> None:
        """A paragraph rewritten almost wholly is still known by its number and both its neighbours; shown as doubtful."""
        free_old, free_new = self._free()
        after = {tie.old: tie.new for tie in self.found}
        free = set(free_new)
        for i in free_old:
            j = after.get(i - 1, -1 if i == 0 else None)
            j = None if j is None else j + 1
            if j not in free or after.get(i + 1, len(self.new) if i + 1 == len(self.old) else None) != j + 1:
                continue
            alike = likeness(self.old[i], self.new[j])
            same = self.old[i].kind == self.new[j].kind and self.old[i].number == self.new[j].number
            if same and alike >= LEAST_LIKE_IN_PLACE:
                self.found.append(Tie(i, j, "changed", _rounded(0.5 + (alike - LEAST_LIKE_IN_PLACE) / 2)))

    def _left_over(self) -> None:
        free_old, free_new = self._free()
        self.found += [Tie(i, None, "gone", _absence(self.best_old.get(i, 0.0))) for i in free_old]
        self.found += [Tie(None, j, "new", _absence(self.best_new.get(j, 0.0))) for j in free_new]


class _Expected:
    """Where an old place should be now, judged by the unchanged paragraphs around it."""

    def __init__(self, spine: Sequence[Pair], old_length: int, new_length: int) -> None:
        edges = [(-1, -1), *spine, (old_length, new_length)]
        self._places: list[int] = []
        for (a, b), (c, d) in zip(edges, edges[1:], strict=False):
            self._places += [min(b + (i - a) * (d - b) // max(c - a, 1), d) for i in range(a + 1, c + 1)]

    def place(self, i: int) -> int:
        return self._places[i]


def _key(one: Print) -> str:
    """What makes a piece the same: its words; an empty one is known by its number only."""
    return one.text or f"\0{one.kind} {one.number}"


def _parting_ties(parting: Parting, is_split: bool) -> list[Tie]:
    ties = []
    for part, held in parting.parts:
        certain = _rounded(min(0.98, 0.25 + 0.75 * (held + parting.covered) / 2))
        ties.append(Tie(parting.whole, part, "split", certain) if is_split else Tie(part, parting.whole, "merged", certain))
    return ties


def _seconds(scored: Sequence[tuple[float, int, int, float]]) -> dict[Pair, float]:
    """For each best pair the score of the next best that shares one of its ends."""
    ranked: dict[tuple[str, int], list[float]] = {}
    for score, i, j, _ in scored:
        ranked.setdefault(("old", i), []).append(score)
        ranked.setdefault(("new", j), []).append(score)
    tops = {end: (scores[0], scores[1] if len(scores) > 1 else 0.0) for end, scores in ranked.items()}
    seconds = {}
    for score, i, j, _ in scored:
        ends = (tops["old", i], tops["new", j])
        seconds[i, j] = max(second if score >= first else first for first, second in ends)
    return seconds


def _certainty(alike: float, doubtful: bool) -> float:
    """Likeness as certainty: 0.5 stays a coin toss, 0.62 is the 0.70 from which a comment follows, 0.8 is nearly sure."""
    steps = ((0.5, 0.5), (0.62, 0.7), (0.8, 0.93), (1.0, 0.99))
    certain = steps[-1][1]
    for (low, low_value), (high, high_value) in zip(steps, steps[1:], strict=False):
        if alike <= high:
            certain = low_value + (alike - low) * (high_value - low_value) / (high - low)
            break
    return _rounded(certain - (0.15 if doubtful else 0.0))


def _absence(best: float) -> float:
    """How sure it is that a paragraph has no counterpart: the more alike the best one was, the less."""
    return _rounded(1.0 - max(0.0, best - 0.3))


def _rounded(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 2)


def reading_order(tie: Tie) -> tuple[int, int, int]:
    """The order in which ties are read: by place now; what is gone stands where it used to."""
    place = tie.new if tie.new is not None else tie.old or 0
    return place, int(tie.new is None), tie.old if tie.old is not None else -1
