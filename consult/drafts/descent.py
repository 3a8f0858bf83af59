"""Pure: what became of each paragraph of a version when the next one was written on it, where every piece knows what it was written from.

Nothing is guessed here: every tie is certain.
"""

from collections import Counter
from collections.abc import Sequence

from consult.drafts.aligning import Tie, reading_order
from consult.drafts.anchors import in_order
from consult.drafts.pieces import Piece


def descent(old_ids: Sequence[int], old: Sequence[Piece], new: Sequence[Piece]) -> list[Tie]:
    """Tie every piece of a version to the next one by its origins; none where the new pieces know of no origins.

    `old_ids` are the numbers of the old pieces, in their order.
    """
    places = {number: place for place, number in enumerate(old_ids)}
    pairs = [(places[origin], j) for j, piece in enumerate(new) for origin in piece.origins if origin in places]
    if not pairs:
        return []
    heirs, parents = Counter(i for i, _ in pairs), Counter(j for _, j in pairs)
    alone = sorted((i, j) for i, j in pairs if heirs[i] == parents[j] == 1)
    stayed = set(in_order(alone))
    ties = [Tie(i, j, _kind(i, j, old, new, heirs, parents, stayed), 1.0) for i, j in pairs]
    ties += [Tie(i, None, "gone", 1.0) for i in range(len(old)) if not heirs[i]]
    ties += [Tie(None, j, "new", 1.0) for j in range(len(new)) if not parents[j]]
    return sorted(ties, key=reading_order)


def _kind(i: int, j: int, old: Sequence[Piece], new: Sequence[Piece], heirs: Counter, parents: Counter, stayed: set) -> str:
    if heirs[i] > 1:
        return "split"
    if parents[j] > 1:
        return "merged"
    if old[i].text != new[j].text:
        return "changed"
    return "same" if (i, j) in stayed else "moved"
