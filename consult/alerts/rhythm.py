"""Pure: when a person's next letter is due, by the hour and day they chose in their own zone."""

from datetime import UTC, datetime, time, timedelta

from consult.errors import Refused
from consult.kit import clock

NEAR = timedelta(hours=24)


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


def quiet_until(now: datetime, *, begins: int | None, ends: int | None, zone: str) -> datetime | None:
    """When the quiet hours end in which this moment lies, by the person's own clock; None when it lies in none. An end that the clock
    skips in spring comes when the clock has moved on; one that comes twice in autumn counts the first time."""
    if begins is None or ends is None or begins == ends:
        return None
    place = _place(zone)
    local = now.astimezone(place)
    over_night = begins > ends
    if not (local.hour >= begins or local.hour < ends if over_night else begins <= local.hour < ends):
        return None
    last = local.date() + timedelta(days=1 if over_night and local.hour >= begins else 0)
    end = datetime.combine(last, time(ends), tzinfo=place).astimezone(UTC)
    return end if end > now else None


def may_wait(deadline: datetime | None, now: datetime) -> bool:
    """Whether an official letter can wait until quiet hours are over: not when its deadline is near."""
    return deadline is None or deadline - now > NEAR


def _place(zone: str):
    try:
        return clock.zone(zone)
    except Refused:
        return UTC
