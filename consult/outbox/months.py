"""Pure: months as people count them, by the clock of their own place."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from consult.kit import clock


class Window(NamedTuple):
    """A stretch of time, for these people: from its start until just before its end."""

    person_ids: tuple[int, ...]
    start: datetime
    end: datetime


def start_of_month(now: datetime, zone: str, ago: int = 0) -> datetime:
    """When the month that is so many months ago began in that zone."""
    here = now.astimezone(clock.zone(zone))
    year, month = divmod(here.year * 12 + here.month - 1 - ago, 12)
    return here.replace(year=year, month=month + 1, day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)


def last_months(person_id: int, zone: str, now: datetime, count: int) -> list[Window]:
    """This month and those before it, newest first."""
    starts = [start_of_month(now, zone, ago) for ago in range(-1, count)]
    return [Window((person_id,), start, end) for end, start in zip(starts, starts[1:])]


def this_month(zones: Iterable[tuple[int, str]], now: datetime) -> list[Window]:
    """This month for each of these people: one stretch for all whose month began at the same moment."""
    together: dict[tuple[datetime, datetime], list[int]] = {}
    for person_id, zone in zones:
        stretch = start_of_month(now, zone).astimezone(UTC), start_of_month(now, zone, -1).astimezone(UTC)
        together.setdefault(stretch, []).append(person_id)
    return [Window(tuple(ids), *stretch) for stretch, ids in together.items()]
