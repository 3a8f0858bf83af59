"""Pure: what became of a paragraph, said by a person where the finding was wrong.

What a person says replaces everything found about these paragraphs. A paragraph that loses its partner by it is new, or gone; one of
several that were split from or merged into one stands alone again when the others are taken away.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from consult.drafts.aligning import Tie, reading_order
from consult.drafts.likeness import fingerprint, likeness
from consult.drafts.pieces import Piece
from consult.drafts.rules import may_tie

PERHAPS = 0.2
"""From this likeness a paragraph is offered as the one that may be meant."""


def retied(ties: Sequence[Tie], before: Collection[int], now: Collection[int], old: Sequence[Piece], new: Sequence[Piece]) -> list[Tie]:
    """All ties after a person has said that these old pieces (by place) became these new ones; one side empty: gone, or new."""
    may_tie(len(before), len(now))
    found = {(tie.old, tie.new): tie for tie in ties}
    said = {(i, j) for i in before for j in now}
    pairs = said | {(i, j) for i, j in found if i is not None and j is not None and i not in before and j not in now}
    parts, wholes = Counter(i for i, _ in pairs), Counter(j for _, j in pairs)
    in_place = [pair for pair in pairs - said if pair in found and found[pair].kind in ("same", "changed")]
    result = []
    for i, j in pairs:
        known = found.get((i, j))
        if known and (i, j) not in said and known.kind in ("same", "moved", "changed"):
            kind = known.kind
        else:
            kind = _kind(parts[i], wholes[j], old[i].text == new[j].text, all((i < a) == (j < b) for a, b in in_place))
        result.append(Tie(i, j, kind, 1.0 if (i, j) in said or known is None else known.confidence))
    result += [_alone(found, i, None, i in before) for i in range(len(old)) if not parts[i]]
    result += [_alone(found, None, j, j in now) for j in range(len(new)) if not wholes[j]]
    return sorted(result, key=reading_order)


def _kind(parts: int, wholes: int, same_words: bool, in_place: bool) -> str:
    if parts > 1:
        return "split"
    if wholes > 1:
        return "merged"
    return "changed" if not same_words else "same" if in_place else "moved"


def _alone(found: dict[tuple, Tie], i: int | None, j: int | None, said: bool) -> Tie:
    known = found.get((i, j))
    return known if known and not said else Tie(i, j, "gone" if j is None else "new", 1.0)


def likeliest(pieces: Iterable[Piece], among: Sequence[Piece], most: int = 3) -> list[Piece]:
    """The pieces of the other version that look most like these, the likest first; none when nothing is like them at all."""
    prints = [fingerprint(piece) for piece in among]
    found: dict[int, float] = {}
    for piece in pieces:
        own = fingerprint(piece)
        for place, other in enumerate(prints):
            alike = likeness(own, other)
            if alike >= PERHAPS:
                found[place] = max(alike, found.get(place, 0.0))
    return [among[place] for place in sorted(found, key=lambda place: -found[place])[:most]]
