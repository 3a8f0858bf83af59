"""Quiet hours: by the person's own clock, across both changes of it; news waits, what is due tomorrow does not."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.alerts.rhythm import quiet_until
from consult.extensions import transaction
from tests import make
from tests.alerts.post import a_round, letters, work

NIGHT = {"begins": 22, "ends": 6}


def at(text: str) -> datetime:
    """That moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "hours", "until"),
    [
        ("2026-11-23T21:59", "UTC", NIGHT, None),
        ("2026-11-23T22:00", "UTC", NIGHT, "2026-11-24T06:00"),
        ("2026-11-24T05:59", "UTC", NIGHT, "2026-11-24T06:00"),
        ("2026-11-24T06:00", "UTC", NIGHT, None),
        ("2026-11-23T20:00", "Africa/Nairobi", NIGHT, "2026-11-24T03:00"),
        ("2026-11-23T12:30", "UTC", {"begins": 12, "ends": 14}, "2026-11-23T14:00"),
        ("2026-11-23T12:30", "UTC", {"begins": 12, "ends": 12}, None),
        ("2026-11-23T12:30", "UTC", {"begins": None, "ends": 14}, None),
        ("2026-03-28T22:00", "Europe/Paris", NIGHT, "2026-03-29T04:00"),  # the night is an hour shorter
        ("2026-10-24T21:00", "Europe/Paris", NIGHT, "2026-10-25T05:00"),  # and here an hour longer
        ("2026-03-28T23:00", "Europe/Paris", {"begins": 22, "ends": 2}, "2026-03-29T01:00"),  # two o'clock is skipped: it is three at once
        ("2026-10-25T00:30", "Europe/Paris", {"begins": 22, "ends": 3}, "2026-10-25T02:00"),  # the first half past two of two
        ("2026-10-25T01:30", "Europe/Paris", {"begins": 22, "ends": 3}, "2026-10-25T02:00"),  # the second
    ],
)
def test_quiet_hours_are_those_of_the_persons_clock(now, zone, hours, until):
    assert quiet_until(at(now), zone=zone, **hours) == (at(until) if until else None)


def test_news_waits_until_quiet_hours_are_over_and_is_told_as_it_stands_then(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once", quiet_from=5, quiet_to=9)
        make.read_by_all()
        said = make.comment(asked, make.officer(group), "1", "Old words.")
    assert work() == 0 and not letters(ada)
    travel.shift(timedelta(hours=2))
    with transaction():
        said.text = "New words."
    assert work() == 0
    travel.shift(timedelta(hours=1))
    work()
    assert "New words." in letters(ada)[0].text


def test_an_invitation_waits_for_the_end_of_quiet_hours_unless_its_deadline_is_near(app, travel):
    with transaction():
        group, ada, asked = a_round(quiet_from=5, quiet_to=9)
        now = asked.opened_at
        make.round(asked.version, title="Urgent", closes_at=now + timedelta(hours=20))
    work()
    waits, urgent = letters(ada, "opening")
    assert waits.not_before == now.replace(hour=9) and urgent.not_before == now
