"""Pure: one paragraph that became several, or several that became one, found by the words they hold of each other."""

from collections.abc import Sequence
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


@dataclass(frozen=True)
class Parting:
    """A whole on one side, its parts on the other with the share of each that the whole holds."""

    whole: int
    parts: tuple[tuple[int, float], ...]
    covered: float


def partings(wholes: Sequence[Print], free_wholes: Sequence[int], parts: Sequence[Print], free_parts: Sequence[int]) -> list[Parting]:
    """All wholes that are made up of two or more parts, best covered first."""
    index = Index(parts, (place for place in free_parts if len(parts[place].pairs) >= LEAST))
    found = []
    for whole in free_wholes:
        parting = _parting(whole, wholes[whole], parts, index.near(wholes[whole]))
        if parting:
            found.append(parting)
    return sorted(found, key=lambda parting: (-parting.covered, parting.whole))


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
