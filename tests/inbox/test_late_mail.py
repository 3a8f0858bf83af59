"""Mail that was on its way when the round ended: taken by the officers' rule, and marked wherever it stands."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import confirmed
from consult.inbox.dating import OLDEST, written_at
from consult.inbox.headers import headers
from consult.kit import clock
from consult.review import actions as review
from consult.review import exporting, rules
from consult.review.models import Round
from tests import make
from tests.inbox import letters
from tests.pages import Pages

DEADLINE = datetime(2026, 12, 23, 10, tzinfo=UTC)


@pytest.fixture
def table(app):
    letters.vouched()
    with time_machine.travel("2026-11-23 10:00:00+00:00", tick=False):
        yield letters.laid()


def comes(table, written: datetime, came: datetime, name: str = "m1", more: str = "", body: str = "[12] Say who pays."):
    """Ada's answer, dated so, arrives then, after the worker has closed the round."""
    raw = letters.mail(table.address, body, name=name, more=more)
    raw = raw.replace(b"Mon, 23 Nov 2026 10:00:00 +0000", f"{written:%a, %d %b %Y %H:%M:%S} +0000".encode())
    with letters.clock_at(came):
        letters.kept(lambda: review.close_due(clock.now()))
        return letters.arrives(raw, table.address)


def policy(table, kind: str, days: int = 7) -> None:
    letters.kept(lambda: review.take_late_mail(db.session.get(Round, table.round.id), kind, days, by=table.officer, door="page"))


def last(table):
    return letters.letters_after(table.letter.id)[-1].text


def test_what_was_written_in_time_is_taken_for_a_week_and_says_so_everywhere(app, table):
    written = DEADLINE - timedelta(hours=5)
    assert comes(table, written, DEADLINE + timedelta(days=3)).state == "taken"
    (made,) = letters.comments()
    assert (made.late, made.written_at, made.received_at) == (True, written, DEADLINE + timedelta(days=3))
    assert "was written in time" in last(table)
    (row,) = exporting.rows(table.round)
    assert row["late"] is True and row["written_at"] == "2026-12-23T05:00:00+00:00"
    browser = Pages(app)
    browser.sign_in(table.ben)
    browser.get(f"/g/{table.group.slug}/r/{table.round.id}/c/{made.number}")
    assert "written in time, arrived late" in browser.text


@pytest.mark.parametrize(
    ("written", "came"),
    [(timedelta(hours=-5), timedelta(days=8)), (timedelta(hours=1), timedelta(days=1)), (timedelta(days=-20), timedelta(days=1)),
     (timedelta(days=3), timedelta(days=1))],
    ids=["after a week", "written too late", "dated long ago", "dated ahead"],
)  # fmt: skip
def test_everything_else_is_refused_with_the_reason(table, written, came):
    assert comes(table, DEADLINE + written, DEADLINE + came).state == "refused"
    assert "closed" in last(table) and not letters.comments()


def test_our_own_server_says_when_it_took_the_mail(table):
    more = f"Received: from mx.env.example by mx.consult.test; {DEADLINE - timedelta(minutes=2):%a, %d %b %Y %H:%M:%S} +0000\n"
    assert comes(table, DEADLINE + timedelta(days=2), DEADLINE + timedelta(days=1), more=more).state == "taken"


def test_officers_may_take_none_or_all_until_the_compilation(table):
    policy(table, "never")
    assert comes(table, DEADLINE - timedelta(hours=1), DEADLINE + timedelta(hours=1)).state == "refused"
    policy(table, "always")
    assert comes(table, DEADLINE + timedelta(days=30), DEADLINE + timedelta(days=30), "m2").state == "taken"
    (made,) = letters.comments()
    assert made.late and made.written_at is None and "marked as late" in last(table)
    letters.kept(lambda: setattr(db.session.get(Round, table.round.id), "compiled_at", DEADLINE + timedelta(days=31)))
    assert comes(table, DEADLINE, DEADLINE + timedelta(days=32), "m3", body="[13] Something new.").state == "refused"


def test_an_officer_sets_it_on_the_page_of_the_round_and_a_member_cannot(app, table):
    page = f"/g/{table.group.slug}/r/{table.round.id}"
    browser = Pages(app)
    browser.sign_in(table.officer)
    browser.post(f"{page}/late-mail", {"late_mail": "always", "late_days": "3"}, page=page)
    on = db.session.get(Round, table.round.id)
    assert (on.late_mail, on.late_days) == ("always", 3)
    browser.get(page)
    assert "taken until the compilation is published" in browser.text
    browser.post(f"{page}/late-mail", {"late_mail": "always", "late_days": "90"}, page=page, expect=422)
    text = table.round.version
    asked = {"title": "Second", "closes": "2027-02-01T12:00", "zone": "UTC", "who": "all", "late_mail": "never", "late_days": "0"}
    opening = f"/g/{table.group.slug}/d/{text.draft.slug}/v/{text.number}/round"
    browser.post(opening, asked)
    assert db.session.scalars(db.select(Round).order_by(Round.id.desc())).first().late_mail == "never"
    browser.sign_in(table.ada)
    browser.post(f"{page}/late-mail", {"late_mail": "never", "late_days": "3"}, page="/me", expect=422)


def test_on_the_page_a_closed_round_stays_closed(table):
    policy(table, "always")
    with letters.clock_at(DEADLINE + timedelta(days=1)), pytest.raises(Refused):
        make.comment(table.round, table.ada, "12", "Too late.")


def test_a_mail_that_is_confirmed_later_counts_by_when_it_came(app, table):
    app.config["AUTHSERV_ID"] = "mx.silent.test"
    about = comes(table, DEADLINE - timedelta(hours=2), DEADLINE + timedelta(days=6))
    assert about.state == "asked"
    with letters.clock_at(DEADLINE + timedelta(days=12)):
        letters.kept(lambda: confirmed.confirm(about, by=table.ada, door="page"))
    assert letters.comments()[0].written_at == DEADLINE - timedelta(hours=2)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(moments, moments)
def test_a_date_counts_only_within_two_weeks_before_it_came_and_never_ahead(date, came):
    found = written_at(headers(b"Subject: x\r\n\r\n"), date, came)
    assert (found == date) == (came - OLDEST <= date <= came + timedelta(minutes=10))


@given(st.sampled_from(list(rules.LATE_MAIL)), st.integers(0, 60), moments, st.booleans(), st.none() | moments, moments)
def test_no_rule_takes_what_was_written_after_the_deadline_but_always(kind, days, deadline, compiled, written, now):
    if rules.takes_late_mail(kind, days, deadline, compiled, written, now):
        assert not compiled and kind != "never"
        assert kind == "always" or written <= deadline and now <= deadline + timedelta(days=days)
