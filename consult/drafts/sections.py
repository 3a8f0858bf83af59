"""Pure: a long draft is read by section: from one main heading to the next, or so many paragraphs at a time where there are none."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_AT_ONCE = 60
SHORT_ENOUGH = 30


@dataclass(frozen=True)
class Section:
    """A stretch of a version: `count` pieces from position `first`, under the heading it begins with ("" where it begins with none)."""

    title: str
    first: int
    count: int


def sections(headings: Sequence, total: int) -> list[Section]:
    """How a version of `total` pieces is divided. `headings` are its headings in order, with position, level, printed and text."""
    if total <= SHORT_ENOUGH:
        return [Section("", 0, total)]
    top = min((h.level for h in headings), default=0)
    starts = [(h.position, f"{h.printed} {h.text}".strip()) for h in headings if h.level == top]
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, ""))
    ends = [position for position, _ in starts[1:]] + [total]
    found = []
    for (first, title), end in zip(starts, ends, strict=True):
        found += _in_stretches(title, first, end)
    return _with_short_openings_joined(found)


def _in_stretches(title: str, first: int, end: int) -> list[Section]:
    """A section of more than MOST_AT_ONCE pieces is read in several goes of about the same length."""
    goes = max(1, -(-(end - first) // MOST_AT_ONCE))
    bounds = [first + (end - first) * i // goes for i in range(goes + 1)]
    return [Section(title, a, b - a) for a, b in zip(bounds, bounds[1:], strict=False) if b > a]


def _with_short_openings_joined(found: list[Section]) -> list[Section]:
    """A title page of a few lines goes with the section after it."""
    if len(found) > 1 and not found[0].title and found[0].count <= 5 and found[0].count + found[1].count <= MOST_AT_ONCE + 5:
        return [Section(found[1].title, 0, found[0].count + found[1].count), *found[2:]]
    return found


def section_of(divided: Sequence[Section], position: int) -> int:
    """Which section holds the piece at that position, counted from 0."""
    return next((i for i, s in enumerate(divided) if s.first <= position < s.first + s.count), 0)
