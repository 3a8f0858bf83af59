"""A month's budget: news beyond it comes as a list and in full at the month's turn; whoever is asked for comments always hears of it."""

from datetime import UTC, datetime, timedelta

from consult.alerts.models import Notice
from consult.extensions import db, transaction
from consult.outbox import sending
from consult.outbox.models import Letter
from consult.review import actions as review
from tests import make
from tests.alerts.post import a_round, letters, raw, work
from tests.inbox.letters import arrives, mail

TURN = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


def told(budget: int, count: int = 40, **more):
    """Ada, who allows so much a month and gets a digest a day, and so many new comments."""
    with transaction():
        group, ada, asked = a_round(means="mail", rhythm="daily", budget_bytes=budget, **more)
        make.read_by_all()
        for number in range(1, count + 1):
            make.comment(asked, make.officer(group), "1", f"Remark {number} begins like this. " + "And a reason follows. " * 12)
    return group, ada, asked


def test_what_the_budget_does_not_bear_comes_as_a_list_and_in_full_at_the_months_turn(app, travel):
    group, ada, asked = told(10_000)
    travel.shift(timedelta(hours=2))
    work()
    sending.send_due()
    letter = letters(ada, "digest")[0]
    assert sum(len(raw(each)) for each in letters(ada)) <= 10_000
    assert all(f"#{n} " in letter.text for n in range(1, 41)) and "#40 [1] Olga of experts: Remark 40 begins like this." in letter.text
    assert f"COMMENTS R{asked.id}" in letter.text and letter.text.count("And a reason follows") < 12 * 40
    seen = {
        n
        for n in range(1, 41)
        if f"Remark {n} begins like this. And a reason follows. And a reason follows." in " ".join(letter.text.split())
    }
    with transaction():
        db.session.get(make.Person, ada.id).budget_bytes = 100_000
    travel.move_to(TURN)
    work()
    later = " ".join(" ".join(each.text.split()) for each in letters(ada, "digest")[1:])
    assert {n for n in range(1, 41) if f"Remark {n} begins like this. And a reason follows. And a reason follows." in later} == set(
        range(1, 41)
    ) - seen
    assert not db.session.scalars(db.select(Notice).where(Notice.person_id == ada.id, Notice.state == "waiting")).all()


def test_a_number_of_the_list_can_be_answered(app, travel):
    group, ada, asked = told(10_000)
    travel.shift(timedelta(hours=2))
    work()
    letter = letters(ada, "digest")[0]
    assert arrives(mail(letter.reply_to, "#40: I agree already."), letter.reply_to).state == "taken"


def test_what_was_read_meanwhile_does_not_come_again_at_the_turn(app, travel):
    group, ada, asked = told(10_000)
    travel.shift(timedelta(hours=2))
    work()
    with transaction():
        review.saw(ada.id, list(db.session.scalars(db.select(make.review.Comment.id))))
    travel.move_to(TURN)
    work()
    assert len(letters(ada, "digest")) == 1


def test_most_of_it_used_is_told_once_a_month(app, travel):
    group, ada, asked = told(11_000)
    for _ in range(3):
        travel.shift(timedelta(hours=24))
        work()
        sending.send_due()
        with transaction():
            make.comment(asked, make.officer(group), "1", "One more.")
    notices = letters(ada, "budget")
    assert len(notices) == 1 and "nothing is lost" in notices[0].text and "BUDGET 0" in notices[0].text


def test_an_invitation_comes_beyond_the_budget_and_announces_a_text_that_is_too_dear(app, travel):
    text = "\n\n".join(f"{n}. Paragraph {n}. " + "It says what it says. " * 10 for n in range(1, 30))
    with transaction():
        group, ada, asked = a_round(text, means="mail", budget_bytes=20_000)
    work()
    letter = letters(ada, "opening")[0]
    assert f"GET R{asked.id}" in letter.text and "more than a tenth" in letter.text and "Paragraph 12." not in letter.text
    assert "How to answer" in letter.text
    with transaction():
        db.session.get(Letter, letter.id).wire, db.session.get(Letter, letter.id).state = 50_000, "sent"
        review.extend(asked, asked.closes_at + timedelta(days=1), "More time.", by=make.officer(group), door="page")
    work()
    assert letters(ada, "extension")


def test_news_at_once_waits_for_the_turn_when_nothing_is_left(app, travel):
    with transaction():
        group, ada, asked = a_round(means="mail", rhythm="at-once", budget_bytes=3_000)
        make.read_by_all()
        make.comment(asked, make.officer(group), "1", "News.")
    work()
    assert not letters(ada, "comment")
    travel.move_to(TURN)
    with transaction():
        db.session.get(make.Person, ada.id).budget_bytes = 0
    work()
    assert "News." in letters(ada, "digest")[0].text
