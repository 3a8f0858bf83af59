"""Every kind of event is told or has a reason not to be; news come at the hour a person chose, also when the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.alerts.actions import LETTERS
from consult.alerts.audience import Audiences
from consult.alerts.rhythm import due, next_digest
from consult.alerts.telling import NOT_TOLD, TOLD
from consult.journal.kinds import KINDS

DAILY = {"rhythm": "daily", "day": 0, "hour": 7}
ZONES = ("UTC", "Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Africa/Nairobi")


def test_every_kind_of_event_is_told_or_has_a_reason_not_to_be():
    assert set(TOLD) | set(NOT_TOLD) == set(KINDS) and not set(TOLD) & set(NOT_TOLD)
    assert all(len(reason.split()) > 2 for reason in NOT_TOLD.values())


def test_every_letter_and_every_audience_of_the_table_exists():
    assert {telling.letter for telling in TOLD.values()} == set(LETTERS)
    assert all(hasattr(Audiences, f"_{telling.audience}_of") for telling in TOLD.values())


def at(text: str, zone: str) -> datetime:
    """That local time as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    "zone, event, digest",
    [
        ("Europe/Paris", "2026-03-28T12:00", "2026-03-29T07:00"),  # the night in which an hour is skipped
        ("Europe/Paris", "2026-10-24T12:00", "2026-10-25T07:00"),  # the night with an hour twice
        ("America/St_Johns", "2026-03-07T23:00", "2026-03-08T07:00"),
        ("America/St_Johns", "2026-10-31T23:00", "2026-11-01T07:00"),
        ("Asia/Kathmandu", "2026-11-23T06:59", "2026-11-23T07:00"),
        ("UTC", "2026-11-23T07:00", "2026-11-24T07:00"),
    ],
)
def test_a_daily_digest_comes_at_seven_by_the_persons_own_clock(zone, event, digest):
    assert next_digest(at(event, zone), zone=zone, **DAILY) == at(digest, zone)


def test_an_hour_that_the_clock_skips_still_brings_its_digest():
    found = next_digest(at("2026-03-28T12:00", "Europe/Paris"), rhythm="daily", day=0, hour=2, zone="Europe/Paris")
    assert found == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_brings_one_digest():
    first = next_digest(at("2026-10-24T12:00", "Europe/Paris"), rhythm="daily", day=0, hour=2, zone="Europe/Paris")
    assert first == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert next_digest(first, rhythm="daily", day=0, hour=2, zone="Europe/Paris") == datetime(2026, 10, 26, 1, 0, tzinfo=UTC)


def test_a_weekly_digest_comes_on_the_day_chosen():
    monday = at("2026-11-23T12:00", "Europe/Paris")
    assert next_digest(monday, rhythm="weekly", day=3, hour=18, zone="Europe/Paris") == at("2026-11-26T18:00", "Europe/Paris")
    assert next_digest(monday, rhythm="weekly", day=0, hour=7, zone="Europe/Paris") == at("2026-11-30T07:00", "Europe/Paris")


def test_official_letters_come_at_once_whatever_was_chosen_and_news_never_to_those_who_want_none():
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    chosen = {"day": 0, "hour": 7, "zone": "UTC"}
    assert due(now, now, pace="official", rhythm="none", **chosen) == (now, False)
    assert due(now, now, pace="news", rhythm="at-once", **chosen) == (now, False)
    assert due(now, now, pace="news", rhythm="none", **chosen) is None


def test_a_digest_whose_hour_passed_while_the_machine_stood_still_is_due_now():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert due(now - timedelta(hours=3), now, pace="news", zone="UTC", **DAILY) == (now, True)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from(ZONES), st.integers(0, 23))
def test_every_day_has_exactly_one_digest(moment, zone, hour):
    first = next_digest(moment.replace(tzinfo=UTC), rhythm="daily", day=0, hour=hour, zone=zone)
    second = next_digest(first, rhythm="daily", day=0, hour=hour, zone=zone)
    days = (second.astimezone(ZoneInfo(zone)).date() - first.astimezone(ZoneInfo(zone)).date()).days
    assert days == 1 and moment.replace(tzinfo=UTC) < first <= moment.replace(tzinfo=UTC) + timedelta(hours=26)
