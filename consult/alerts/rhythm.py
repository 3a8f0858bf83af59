"""Pure: when a person's next letter is due, by the hour and day they chose in their own zone."""

from datetime import UTC, datetime, time, timedelta

from consult.errors import Refused
from consult.kit import clock


def next_digest(after: datetime, *, rhythm: str, day: int, hour: int, zone: str) -> datetime:
    """The first moment after `after` at which this person gets a digest. An hour that the clock skips in spring comes one later that day;
    an hour that comes twice in autumn counts once, the first time."""
    place = _place(zone)
    local = after.astimezone(place)
    for ahead in range(9):
        date = local.date() + timedelta(days=ahead)
        due = datetime.combine(date, time(hour), tzinfo=place).astimezone(UTC)
        if due > after and (rhythm != "weekly" or date.weekday() == day):
            return due
    raise ValueError("a week has no day with that number")


def due(at: datetime, now: datetime, *, pace: str, rhythm: str, day: int, hour: int, zone: str) -> tuple[datetime, bool] | None:
    """When to tell this person of what happened `at`, and whether in a digest; None when they want no such letter. Where the machine
    stood still over the hour of a digest, the digest is due now."""
    if pace == "official" or rhythm == "at-once":
        return now, False
    if rhythm == "none":
        return None
    return max(next_digest(at, rhythm=rhythm, day=day, hour=hour, zone=zone), now), True


def _place(zone: str):
    try:
        return clock.zone(zone)
    except Refused:
        return UTC
