"""Pure: instants. Everything is kept in UTC and shown in a named zone, never without one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consult.errors import Refused
from consult.kit.words import N_


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; refuses names that do not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(N_("%(name)s is not a time zone. Use a name such as Africa/Nairobi or UTC."), name=name) from None


def instant(text: str, zone_name: str) -> datetime:
    """A date and time as a form gives it (`2026-11-23T17:00` or `2026-11-23`, then end of day), in that zone, as UTC."""
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(N_("%(text)s is not a date and time. Write it like 2026-11-23 17:00."), text=text) from None
    if len(text.strip()) == 10:
        local = local.replace(hour=23, minute=59)
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone(zone_name))
    return local.astimezone(UTC)
