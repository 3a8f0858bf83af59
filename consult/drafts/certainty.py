"""Pure: how sure it is that a paragraph was found again, from 0 to 1. A comment follows by itself from 0.7 on (drafts.placing)."""

STEPS = ((0.5, 0.5), (0.62, 0.7), (0.8, 0.93), (1.0, 0.99))
"""Likeness as certainty: 0.5 stays a coin toss, 0.62 is the 0.70 from which a comment follows, 0.8 is nearly sure."""
IN_PLACE = 0.06
"""What standing between the same two neighbours is worth, in likeness."""
CLOSE = 0.06
"""When the next best, or a sister in the same version, is nearer than this, the finding is doubtful."""
DOUBT = 0.15
ANY_OF_THEM = 0.6
"""Where nothing but the words speaks for a finding, and these stand in several places."""


def of_edit(alike: float, ahead: float, beside: int) -> float:
    """A pair found by likeness: `ahead` of the next one by so much, with so many neighbours (0 to 2) that are the same."""
    if beside == 2:
        return _by_likeness(alike + IN_PLACE)
    certain = _by_likeness(alike)
    if ahead >= CLOSE:
        return certain
    return _rounded(certain - DOUBT if beside else min(certain - DOUBT, ANY_OF_THEM))


def of_part(held: float, covered: float) -> float:
    """A part of a whole: the share of the part that the whole holds, the share of the whole that all parts make up."""
    return _rounded(min(0.98, 0.25 + 0.75 * (held + covered) / 2))


def of_place(over: float) -> float:
    """A pair known by its place alone, by so much more like than the least."""
    return _rounded(0.5 + over / 2)


def of_absence(best: float) -> float:
    """How sure it is that a paragraph has no counterpart: the more alike the best one was, the less."""
    return _rounded(1.0 - max(0.0, best - 0.3))


def _by_likeness(alike: float) -> float:
    for (low, low_value), (high, high_value) in zip(STEPS, STEPS[1:], strict=False):
        if alike <= high:
            return _rounded(low_value + (alike - low) * (high_value - low_value) / (high - low))
    return STEPS[-1][1]


def _rounded(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 2)
