"""Pure: which of the numbered lines of a document are its paragraphs.

Paragraph numbers run through a document one by one while headings and local lists begin again, so the row of numbers that runs on
longest, through lines that read like paragraphs, is the row of paragraphs. One pass, linear in the number of lines.
"""

from dataclasses import dataclass

RESTART = 5.0
"""What it costs to begin again at 1, as an annex does."""
RESTART_IN_ANNEX = 0.5
LATE_START = 0.5
"""What it costs to begin elsewhere than at 1, as an extract does."""
GAP = 2.0
"""What each missing number costs."""
LARGEST_GAP = 5
JUMP = 30.0
"""What any other leap costs: only a document in pieces is worth it."""


@dataclass(frozen=True)
class Candidate:
    """A line that may be a numbered paragraph: its number, its suffix (bis), how much it reads like one, whether an annex opened."""

    place: int
    value: int
    suffix: str
    weight: float
    annex: bool = False


@dataclass(frozen=True)
class _Row:
    score: float
    last: Candidate
    before: "_Row | None"


def paragraphs(candidates: list[Candidate]) -> set[int]:
    """The places of the lines that form the best row of consecutive paragraph numbers."""
    by_value: dict[int, _Row] = {}
    best: _Row | None = None
    for candidate in candidates:
        row = _longest(candidate, by_value, best)
        if row is None:
            continue
        known = by_value.get(candidate.value)
        if known is None or row.score >= known.score:
            by_value[candidate.value] = row
        if best is None or row.score >= best.score:
            best = row
    return _places(best) if best and best.score > 0 else set()


def _longest(candidate: Candidate, by_value: dict[int, _Row], best: _Row | None) -> _Row | None:
    """The best row that ends with this line; a suffixed number (12 bis) only ever follows its plain one."""
    if candidate.suffix:
        before = by_value.get(candidate.value)
        return _Row(before.score + candidate.weight, candidate, before) if before else None
    options: list[tuple[float, _Row | None]] = [(0.0 if candidate.value == 1 else -LATE_START, None)]
    for back in range(1, LARGEST_GAP + 1):
        before = by_value.get(candidate.value - back)
        if before:
            options.append((before.score - GAP * (back - 1), before))
    if best:
        restart = RESTART_IN_ANNEX if candidate.annex else RESTART
        options.append((best.score - (restart if candidate.value == 1 else JUMP), best))
    score, before = max(options, key=lambda option: option[0])
    return _Row(score + candidate.weight, candidate, before)


def _places(row: _Row | None) -> set[int]:
    places = set()
    while row:
        places.add(row.last.place)
        row = row.before
    return places
