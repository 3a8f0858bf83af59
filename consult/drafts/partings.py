"""Pure: one paragraph that became several, or several that became one, found by the words they hold of each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.drafts.likeness import Index, Print, likeness

HELD = 0.6
"""A part must have this much of its word pairs in the whole."""
COVERED = 0.6
"""The parts together must make up this much of the whole."""
LEAST = 4
"""A part of fewer word pairs than this may stand anywhere."""
SPREAD = 6
"""Parts of one whole stand within so many places of each other."""
NEARLY_ALL = 0.9
"""A part that alone is this much like the whole is the whole, edited."""


RUN_LIKE = 0.85
"""Neighbours that read together are this much like the whole, at least."""
LONGEST_RUN = 4


@dataclass(frozen=True)
class Parting:
    """A whole on one side, its parts on the other with the share of each that the whole holds."""

    whole: int
    parts: tuple[tuple[int, float], ...]
    covered: float


def apart(old: Sequence[Print], free_old: Sequence[int], new: Sequence[Print], free_new: Sequence[int]) -> list[tuple[Parting, bool]]:
    """What was split (True) and what was merged (False), best covered first; no piece is in two of them."""
    found = [(one, True) for find in (partings, runs) for one in find(old, free_old, new, free_new)]
    found += [(one, False) for find in (partings, runs) for one in find(new, free_new, old, free_old)]
    kept: list[tuple[Parting, bool]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for parting, is_split in sorted(found, key=lambda one: -one[0].covered):
        wholes, parts = (taken_old, taken_new) if is_split else (taken_new, taken_old)
        if parting.whole not in wholes and not parts & {part for part, _ in parting.parts}:
            wholes.add(parting.whole)
            parts |= {part for part, _ in parting.parts}
            kept.append((parting, is_split))
    return kept


def partings(wholes: Sequence[Print], free_wholes: Sequence[int], parts: Sequence[Print], free_parts: Sequence[int]) -> list[Parting]:
    """All wholes that are made up of two or more parts, best covered first."""
    index = Index(parts, (place for place in free_parts if len(parts[place].pairs) >= LEAST))
    found = []
    for whole in free_wholes:
        parting = _parting(whole, wholes[whole], parts, index.near(wholes[whole]))
        if parting:
            found.append(parting)
    return sorted(found, key=lambda parting: (-parting.covered, parting.whole))


def runs(wholes: Sequence[Print], free_wholes: Sequence[int], parts: Sequence[Print], free_parts: Sequence[int]) -> list[Parting]:
    """All wholes that read like two or more neighbours put together, however short these are."""
    index, free = Index(parts, free_parts), set(free_parts)
    found = []
    for place in free_wholes:
        whole = wholes[place]
        near = index.near(whole)
        tried = {run for part in near for run in _runs_around(part, free, parts, whole)}
        likest = max(((likeness(whole, _together(parts, run)), run) for run in sorted(tried)), default=(0.0, ()))
        alone = max((likeness(whole, parts[part]) for part in near), default=0.0)
        if likest[0] >= RUN_LIKE and 1 - likest[0] <= (1 - alone) * HELD:
            held = tuple((part, (parts[part].bag & whole.bag).total() / parts[part].length) for part in likest[1])
            if min(share for _, share in held) >= HELD:
                found.append(Parting(place, held, likest[0]))
    return found


def _runs_around(part: int, free: set[int], parts: Sequence[Print], whole: Print) -> Iterator[tuple[int, ...]]:
    """Two to four free neighbours, this part among them, with about as many words as the whole."""
    for size in range(2, LONGEST_RUN + 1):
        for start in range(part - size + 1, part + 1):
            run = tuple(range(start, start + size))
            words = sum(parts[one].length for one in run) if free.issuperset(run) else 0
            if whole.length * 0.7 <= words <= whole.length * 1.4 and all(parts[one].length for one in run):
                yield run


def _together(parts: Sequence[Print], run: tuple[int, ...]) -> Print:
    text = " ".join(parts[one].text for one in run)
    return Print(text, sum((parts[one].bag for one in run), Counter()), frozenset(), parts[run[0]].kind, "")


def _parting(place: int, whole: Print, parts: Sequence[Print], near: Sequence[int]) -> Parting | None:
    if len(whole.pairs) < 2 * LEAST or not near:
        return None
    left = set(whole.pairs)
    kept: list[tuple[int, float]] = []
    for part in sorted(near, key=lambda candidate: -len(parts[candidate].pairs & whole.pairs)):
        own = parts[part].pairs
        held = len(own & left) / len(own)
        if held >= HELD and (not kept or abs(part - kept[0][0]) <= SPREAD):
            kept.append((part, held))
            left -= own
    covered = 1 - len(left) / len(whole.pairs)
    if len(kept) < 2 or covered < COVERED or likeness(whole, parts[kept[0][0]]) >= NEARLY_ALL:
        return None
    return Parting(place, tuple(sorted(kept)), covered)
