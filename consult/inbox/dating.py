"""Pure: when a mail was written, by its own date and by the server that handed it to us; what no clock can have shown counts as nothing."""

from datetime import datetime, timedelta

from consult.inbox.headers import Headers, moment

OLDEST, AHEAD = timedelta(days=14), timedelta(minutes=10)
"""A date that lies further back is no proof of anything; clocks may go ahead by so much."""


def written_at(headers: Headers, date: datetime | None, received_at: datetime) -> datetime | None:
    """The earlier of the mail's own date and the moment at which our own server took it (its topmost Received line); None for neither."""
    taken = _taken_at(headers)
    found = [each for each in (date, taken) if each is not None and received_at - OLDEST <= each <= received_at + AHEAD]
    return min(found) if found else None


def _taken_at(headers: Headers) -> datetime | None:
    lines = headers.all("received")
    return moment(lines[0].rpartition(b";")[2].strip()) if lines and b";" in lines[0] else None
