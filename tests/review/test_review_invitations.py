"""Invitations are answered, the silent are reminded by schedule, and rounds on several drafts run together."""

from datetime import date, timedelta

import pytest

from consult.errors import Refused
from consult.kit import clock
from consult.people import absences
from consult.review import actions, bundles, queries, rules
from consult.review.invitations import invitation
from tests import make
from tests.pages import Pages

DAY = timedelta(days=1)


@pytest.fixture
def group(app):
    return make.group()


@pytest.fixture
def olga(group):
    return make.officer(group)


@pytest.fixture
def ada(group, olga):
    return make.member(group, make.person("Ada"))


@pytest.fixture
def ben(group, olga):
    return make.member(group, make.person("Ben"))


@pytest.fixture
def asked(group, ada, ben):
    return make.round(make.published(make.draft(group)), days=14, reminders=[7, 2, -1])


def reminded(asked, days_before):
    return actions.remind_due(asked.closes_at - days_before * DAY + timedelta(minutes=1))


def test_the_silent_are_reminded_on_the_days_of_the_schedule_and_once_a_day(asked, ada, ben):
    assert reminded(asked, 8) == 0
    assert reminded(asked, 7) == 2
    assert reminded(asked, 6.9) == 0 and reminded(asked, 3) == 0
    make.comment(asked, ada, "1")
    assert reminded(asked, 2) == 1  # Ada has spoken
    actions.close_due(asked.closes_at + timedelta(hours=1))
    assert reminded(asked, -1) == 1
    assert reminded(asked, -2) == 0 and not asked.reminders_left


def test_a_worker_that_slept_reminds_once_and_not_for_every_day_missed(asked, ada, ben):
    assert reminded(asked, 1) == 2
    assert [each.reminders for each in asked.invitations] == [2, 2]


def test_who_declined_or_is_away_is_left_alone(asked, ada, ben):
    actions.answer_invitation(asked, False, "In the field", by=ada, door="page")
    day = (asked.closes_at - 7 * DAY).date()
    absences.be_away(day, day + 2 * DAY, by=ben, door="page")
    assert reminded(asked, 7) == 0
    assert reminded(asked, 4) == 1  # Ben is back
    actions.answer_invitation(asked, True, by=ada, door="page")
    assert reminded(asked, 2) == 2


def test_an_extension_begins_the_reminders_anew(asked, ada, ben, olga):
    assert reminded(asked, 2) == 2
    actions.extend(asked, asked.closes_at + 20 * DAY, "Holidays", by=olga, door="page")
    assert reminded(asked, 7) == 2


def test_a_round_closed_early_reminds_nobody_any_more(asked, ada, olga):
    actions.close(asked, by=olga, door="page")
    assert reminded(asked, 2) == 0 and not asked.reminders_left


def test_silence_is_on_record_when_a_round_closes_and_gone_when_it_opens_again(asked, ada, ben, olga):
    make.comment(asked, ada, "1")
    actions.close(asked, by=olga, door="page")
    make.db.session.expire_all()
    assert (invitation(asked, ada).silent_at, invitation(asked, ben).silent_at is None) == (None, False)
    actions.extend(asked, asked.closes_at + 2 * DAY, "Once more", by=olga, door="page")
    make.db.session.expire_all()
    assert invitation(asked, ben).silent_at is None


def test_whoever_was_not_asked_has_nothing_to_answer(asked, group, olga):
    eve = make.member(group, make.person("Eve"))
    with pytest.raises(Refused, match="not asked"):
        actions.answer_invitation(asked, True, by=eve, door="page")
    actions.close(asked, by=olga, door="page")
    with pytest.raises(Refused, match="closed"):
        actions.answer_invitation(asked, True, by=asked.invitations[0].person, door="page")


@pytest.mark.parametrize(("typed", "days"), [("7, 2", [7, 2]), ("", []), ("2 7 7", [7, 2]), ("10；-1", [10, -1])])
def test_days_of_reminders_as_people_type_them(typed, days):
    assert rules.days_typed(typed) == days


@pytest.mark.parametrize("typed", ["soon", "7, two", "99", "1 2 3 4 5 6 7 8"])
def test_days_that_cannot_be_meant_are_refused(typed):
    with pytest.raises(Refused):
        rules.days_typed(typed)


def test_days_away_end_after_they_begin_and_are_not_over(asked, ada):
    today = clock.now().date()
    for first, last in [(today, today - DAY), (today - 9 * DAY, today - 2 * DAY), (today, date(today.year + 3, 1, 1))]:
        with pytest.raises(Refused):
            absences.be_away(first, last, by=ada, door="page")


def test_rounds_on_several_drafts_open_extend_and_close_together(group, olga, ada):
    one, two = make.published(make.draft(group, "Report")), make.published(make.draft(group, "Options"))
    now = clock.now()
    first, second = actions.open_together([one, two], title="Both", opens_at=now, closes_at=now + 9 * DAY, by=olga, door="page")
    assert (first.title, second.title) == ("Both", "Options") and bundles.together(first) == [second]
    actions.extend_together(first, now + 20 * DAY, "Holidays", by=olga, door="page")
    assert first.closes_at == second.closes_at == now + 20 * DAY and second.first_closes_at == now + 9 * DAY
    actions.close_together(second, by=olga, door="page")
    assert queries.state(first) == queries.state(second) == "closed"


def signed_in(app, person):
    visitor = Pages(app)
    visitor.sign_in(person)
    return visitor


def test_a_member_accepts_or_declines_on_the_page_and_the_officer_sees_it(app, asked, ada, olga):
    here = f"/g/experts/r/{asked.id}"
    member, officer = signed_in(app, ada), signed_in(app, olga)
    member.get(here)
    member.post(f"{here}/invitation/accept", follow=True)
    assert "You have said that you will comment." in member.text
    member.post(f"{here}/invitation/decline", {"reason": "In the field"}, follow=True)
    assert "You have said that you cannot comment." in member.text
    officer.get(here)
    assert "cannot comment" in officer.text and "In the field" in officer.text


def test_an_officer_sets_the_reminders_on_the_page(app, asked, olga, ada):
    here = f"/g/experts/r/{asked.id}"
    officer = signed_in(app, olga)
    officer.get(here)
    assert "Reminders by schedule: 7, 2, -1" in officer.text
    officer.post(f"{here}/schedule", {"days": "soon"}, expect=422)
    assert officer.select("//input[@name='days']/@value") == ["soon"]
    officer.post(f"{here}/schedule", {"days": ""}, follow=True)
    assert "No reminders by schedule" in officer.text
    signed_in(app, ada).post(f"{here}/schedule", {"days": ""}, expect=422, page="/me")


def test_one_form_opens_rounds_on_several_drafts(app, group, olga, ada):
    one, two = make.published(make.draft(group, "Report")), make.published(make.draft(group, "Options"))
    officer = signed_in(app, olga)
    officer.get("/g/experts/d/report/v/1/round")
    closes = (clock.now() + 9 * DAY).strftime("%Y-%m-%dT%H:%M")
    form = {"title": "Both", "closes": closes, "zone": "UTC", "who": "all", "reminders": "3", "also": [two.id]}
    officer.post("/g/experts/d/report/v/1/round", form, follow=True)
    assert "Opened together with it Options" in officer.text
    officer.get(f"/g/experts/r/{queries.rounds_on(two.id)[0].id}/close")
    officer.post(f"/g/experts/r/{queries.rounds_on(two.id)[0].id}/close", {"together": "1"})
    assert [queries.state(queries.rounds_on(version.id)[0]) for version in (one, two)] == ["closed", "closed"]


def test_days_away_are_kept_and_taken_back_on_a_page(app, asked, ada):
    member = signed_in(app, ada)
    today = clock.now().date()
    member.get("/me/away")
    member.post("/me/away", {"starts_on": today.isoformat(), "ends_on": (today + DAY).isoformat(), "note": "Field work"}, follow=True)
    assert "Field work" in member.text
    member.post("/me/away", {"starts_on": today.isoformat(), "ends_on": (today - DAY).isoformat()}, expect=422)
    assert "lies before the first one" in member.text
    member.post(member.select("//form[contains(@action, '/back')]/@action")[0], follow=True)
    assert "Field work" not in member.text
