"""Pure: how badly letters fail at an address: each failure counts, and fades by half in two weeks."""

from datetime import datetime, timedelta

HARD, SOFT = 1.0, 0.25
HALF_LIFE = timedelta(days=14)
FAILING = 3.0
MOST = 1000.0


def faded(score: float, scored_at: datetime | None, now: datetime) -> float:
    """What is left of a score by now."""
    return score * _share(now - scored_at) if scored_at is not None and now > scored_at else score


def worse(score: float, scored_at: datetime | None, permanent: bool, at: datetime) -> tuple[float, datetime]:
    """The score after one more failure, and the moment for which it holds; reports that come late or in another order give the same."""
    weight = HARD if permanent else SOFT
    if scored_at is None or at >= scored_at:
        return min(faded(score, scored_at, at) + weight, MOST), at
    return min(score + weight * _share(scored_at - at), MOST), scored_at


def _share(passed: timedelta) -> float:
    return 0.5 ** (passed / HALF_LIFE)
