"""Pure: finding each paragraph of a version again in the next one.

Unchanged words first, then paragraphs that were split or merged, then those that were edited, each with the certainty of the finding.
Headings are known by what stands below them, repeated words by what stands beside and above them. What is not likely enough is gone on
one side and new on the other: a comment is never moved on a silent guess.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from consult.drafts.anchors import Pair, in_order
from consult.drafts.certainty import ANY_OF_THEM, of_absence, of_edit, of_part, of_place
from consult.drafts.likeness import Index, Print, Rarity, fingerprint, likeness
from consult.drafts.neighbours import Around, Below, Expected, Siblings
from consult.drafts.partings import apart
from consult.drafts.pieces import Piece
from consult.drafts.repeats import Repeats, key

LEAST_LIKE = 0.5
"""Below this likeness two paragraphs are two."""
LEAST_LIKE_IN_PLACE = 0.36
"""The same, for the only two that stand between the same neighbours."""
WINDOW = 2
FAR = 0.06
"""What standing at the other end of the draft costs."""
SAME_NUMBER = 0.03
OTHER_KIND = 0.12
TITLE = 0.6
"""What the words of a heading count for; the rest is what stands below it."""


@dataclass(frozen=True)
class Tie:
    """What became of a piece: its place before (or None when new), its place now (or None when gone), how, and how sure (0 to 1)."""

    old: int | None
    new: int | None
    kind: str
    confidence: float


def align(old: Sequence[Piece], new: Sequence[Piece]) -> list[Tie]:
    """Tie every piece of a version to the next one; every piece of both is in at least one tie. Time grows with the length of the text."""
    return sorted(_Aligner([fingerprint(piece) for piece in old], [fingerprint(piece) for piece in new]).ties(), key=reading_order)


@dataclass(frozen=True)
class _Edit:
    """A pair found by likeness; `ahead` is by how much it is better than the next best that shares one of its ends."""

    old: int
    new: int
    alike: float
    ahead: float


class _Aligner:
    """`same`: pairs of pieces with the same words; `parted`: ties of wholes and parts; `edits`: pairs found by likeness."""

    def __init__(self, old: list[Print], new: list[Print]) -> None:
        self.old, self.new = old, new
        self.rarity = Rarity(old, new)
        self.repeats = Repeats(old, new)
        self.same: list[Pair] = self.repeats.unique()
        self.parted: list[Tie] = []
        self.edits: list[_Edit] = []
        self.best_old: dict[int, float] = {}
        self.best_new: dict[int, float] = {}

    def ties(self) -> list[Tie]:
        """What is sure first: each step leaves the next one fewer paragraphs, and more known neighbours to judge by."""
        self.same += self.repeats.known(self.same)
        self._part()
        self._edit(lambda one: one.kind != "heading" and key(one) not in self.repeats.keys)
        self._edit(lambda one: one.kind == "heading" and key(one) not in self.repeats.keys)
        self.same += self.repeats.known(self._pairs())
        self._edit(lambda one: True)
        found = self._same_ties() + self.parted + self._edited_ties()
        found += self._alone_in_place()
        return found + self._left_over({tie.old for tie in found}, {tie.new for tie in found})

    def _pairs(self) -> list[Pair]:
        parted = [(tie.old, tie.new) for tie in self.parted if tie.old is not None and tie.new is not None]
        return self.same + parted + [(edit.old, edit.new) for edit in self.edits]

    def _free(self, wanted: Callable[[Print], bool]) -> tuple[list[int], list[int]]:
        """The places on each side that are wanted and not tied yet."""
        pairs = self._pairs()
        sides = ((self.old, {i for i, _ in pairs}), (self.new, {j for _, j in pairs}))
        old, new = ([at for at, one in enumerate(side) if at not in tied and wanted(one)] for side, tied in sides)
        return old, new

    def _part(self) -> None:
        free_old, free_new = self._free(lambda one: key(one) not in self.repeats.keys)
        for parting, is_split in apart(self.old, free_old, self.new, free_new):
            for part, held in parting.parts:
                ends = (parting.whole, part) if is_split else (part, parting.whole)
                self.parted.append(Tie(*ends, "split" if is_split else "merged", of_part(held, parting.covered)))

    # Likeness

    def _edit(self, wanted: Callable[[Print], bool]) -> None:
        scored = sorted(self._scored(*self._free(wanted)), key=lambda one: (-one[0], one[1], one[2]))
        seconds = _seconds(scored)
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for score, i, j, alike in scored:
            if alike < LEAST_LIKE or i in taken_old or j in taken_new:
                continue
            taken_old.add(i)
            taken_new.add(j)
            self.edits.append(_Edit(i, j, alike, score - seconds.get((i, j), 0.0)))

    def _scored(self, free_old: Sequence[int], free_new: Sequence[int]) -> Iterator[tuple[float, int, int, float]]:
        pairs = self._pairs()
        below, index, free = Below(self.old, self.new, pairs), Index(self.new, free_new), set(free_new)
        expected = Expected(in_order(sorted(self.same)), len(self.old), len(self.new))
        for i in free_old:
            middle = expected.place(i)
            around = {*range(middle - WINDOW, middle + WINDOW + 1), *below.now(i)} & free
            for j in around.union(index.near(self.old[i])):
                alike = self._alike(i, j, below)
                self.best_old[i] = max(alike, self.best_old.get(i, 0.0))
                self.best_new[j] = max(alike, self.best_new.get(j, 0.0))
                yield self._score(i, j, alike, middle), i, j, alike

    def _alike(self, i: int, j: int, below: Below) -> float:
        alike = likeness(self.old[i], self.new[j], self.rarity)
        if self.old[i].kind == self.new[j].kind == "heading" and (share := below.share(i, j)) is not None:
            return TITLE * alike + (1 - TITLE) * share
        return alike

    def _score(self, i: int, j: int, alike: float, middle: int) -> float:
        far = FAR * min(1.0, abs(j - middle) / (len(self.new) / 2 + 1))
        kind = OTHER_KIND if self.old[i].kind != self.new[j].kind else 0.0
        number = SAME_NUMBER if self.old[i].number and self.old[i].number == self.new[j].number else 0.0
        return alike - far - kind + number

    # Making ties

    def _same_ties(self) -> list[Tie]:
        ordered = set(in_order(sorted(self.same)))
        return [Tie(i, j, "same" if (i, j) in ordered else "moved", 1.0) for i, j in self.same]

    def _edited_ties(self) -> list[Tie]:
        """How sure an edit is: by its likeness, by its neighbours, and by whether a sister in one version is as like as this one."""
        around = Around(self._pairs(), len(self.old), len(self.new))
        old_sisters, new_sisters = Siblings(self.old, self.rarity), Siblings(self.new, self.rarity)
        ties = []
        for one in self.edits:
            if key(self.old[one.old]) == key(self.new[one.new]):
                ties.append(Tie(one.old, one.new, "moved", ANY_OF_THEM))
                continue
            beside = around.beside(one.old, one.new)
            sister = 0.0 if beside == 2 else max(old_sisters.likest(one.old), new_sisters.likest(one.new))
            ties.append(Tie(one.old, one.new, "changed", of_edit(one.alike, min(one.ahead, one.alike - sister), beside)))
        return ties

    def _alone_in_place(self) -> list[Tie]:
        """A paragraph rewritten almost wholly is still known by both its neighbours; shown as doubtful."""
        free_old, free_new = self._free(lambda one: True)
        around, free = Around(self._pairs(), len(self.old), len(self.new)), set(free_new)
        ties = []
        for i in free_old:
            j = around.after(i)
            if j not in free or around.beside(i, j) < 2 or self.old[i].kind != self.new[j].kind:
                continue
            alike = likeness(self.old[i], self.new[j], self.rarity)
            if alike >= LEAST_LIKE_IN_PLACE:
                ties.append(Tie(i, j, "changed", of_place(alike - LEAST_LIKE_IN_PLACE)))
        return ties

    def _left_over(self, old: set[int | None], new: set[int | None]) -> list[Tie]:
        gone = [Tie(i, None, "gone", of_absence(self.best_old.get(i, 0.0))) for i in range(len(self.old)) if i not in old]
        return gone + [Tie(None, j, "new", of_absence(self.best_new.get(j, 0.0))) for j in range(len(self.new)) if j not in new]


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


def reading_order(tie: Tie) -> tuple[int, int, int]:
    """The order in which ties are read: by place now; what is gone stands where it used to."""
    place = tie.new if tie.new is not None else tie.old or 0
    return place, int(tie.new is None), tie.old if tie.old is not None else -1
