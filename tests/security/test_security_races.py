"""Row 25: what happens at the same moment happens once, in one order, and nobody's words are lost."""

from functools import partial

import pytest

from consult.drafts.models import Draft, Version
from consult.extensions import db
from consult.journal.models import Event
from consult.people import actions as people
from consult.people import links
from consult.people.models import Attempt, Membership, Person
from consult.review.models import Answer, Comment, Response, Round
from tests import make
from tests.security.browser import Browser
from tests.security.threads import at_once

MANY = 20


@pytest.fixture
def group(app):
    made = make.group("experts")
    make.officer(made)
    return made


@pytest.fixture
def opened(group):
    for number in range(MANY):
        make.member(group, make.person(f"Expert {number}"))
    made = make.round(make.published(make.draft(group)))
    make.commit()
    return made


def poster(browser: Browser, url: str, **fields):
    """A press of a button, ready to be done."""
    data = {"csrf_token": browser.token(), **fields}
    return lambda: browser.client.post(url, data=data, buffered=True).status_code


def experts() -> list[Person]:
    return list(db.session.scalars(db.select(Person).where(Person.name.like("Expert %")).order_by(Person.id)))


def place(on: Round, mark: str = "1") -> str:
    return f"/g/experts/d/{on.version.draft.slug}/v/1/p/{mark}"


def events(kind: str) -> int:
    return db.session.scalar(db.select(db.func.count()).where(Event.kind == kind))


def test_one_form_sent_twenty_times_at_once_is_one_comment(app, opened):
    browser = Browser(app, experts()[0])
    press = poster(browser, place(opened), once="the same form", type="general", text="Only once, please.", author=experts()[0].id)
    assert set(at_once(app, *[press] * MANY)) == {303}
    assert len(db.session.scalars(db.select(Comment)).all()) == events("comment.made") == 1


def test_twenty_people_at_once_get_twenty_numbers_without_a_gap(app, opened):
    presses = [
        poster(Browser(app, who), place(opened), once=f"of {who.id}", type="general", text=f"Words of {who.name}", author=who.id)
        for who in experts()
    ]
    assert set(at_once(app, *presses)) == {303}
    rows = db.session.scalars(db.select(Comment)).all()
    assert sorted(row.number for row in rows) == list(range(1, MANY + 1))
    assert {(row.author.name, row.text) for row in rows} == {(who.name, f"Words of {who.name}") for who in experts()}
    in_time = sorted(rows, key=lambda row: row.id)
    assert [row.number for row in in_time] == sorted(row.number for row in in_time)


def test_one_answer_sent_twenty_times_at_once_is_one(app, opened):
    said = make.comment(opened, experts()[0], "1")
    browser = Browser(app, experts()[1])
    press = poster(browser, f"/g/experts/r/{opened.id}/c/{said.number}/answer", once="the same answer", answer="Yes.")
    assert set(at_once(app, *[press] * MANY)) == {303}
    assert len(db.session.scalars(db.select(Answer)).all()) == events("answer.made") == 1


def two_officers(app, group) -> list[Browser]:
    return [Browser(app, make.member(group, make.person(f"Officer {number}"), "officer")) for number in range(4)]


def test_officers_publishing_at_once_publish_one_version(app, group):
    prepared = make.prepared(make.draft(group))
    url = f"/g/experts/d/{prepared.draft.slug}/v/1/publish"
    answers = at_once(app, *[poster(browser, url, note="") for browser in two_officers(app, group)])
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422}
    assert events("version.published") == 1 and db.session.scalar(db.select(Version.published_at))


def test_officers_responding_at_once_do_not_overwrite_each_other(app, group, opened):
    said = make.comment(opened, experts()[0], "1")
    url = f"/g/experts/r/{opened.id}/c/{said.number}/respond"
    browsers = two_officers(app, group)
    answers = at_once(app, *[poster(b, url, turn=0, disposition="noted", response=f"Words {n}") for n, b in enumerate(browsers)])
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422}
    (response,) = db.session.scalars(db.select(Response)).all()
    assert response.turn == 1 and response.text == f"Words {answers.index(303)}" and events("response.given") == 1


def test_officers_closing_at_once_close_once(app, group, opened):
    presses = [poster(browser, f"/g/experts/r/{opened.id}/close") for browser in two_officers(app, group)]
    answers = at_once(app, *presses)
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422} and events("round.closed") == 1


def test_the_same_person_added_twice_at_once_sits_once(app, group):
    make.commit()
    fields = {"address": "new@env.example", "name": "New", "role": "member", "language": "en", "zone": "UTC", "means": "page"}
    answers = at_once(app, *[poster(browser, "/g/experts/members", **fields) for browser in two_officers(app, group)])
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422}, answers
    (new,) = db.session.scalars(db.select(Person).where(Person.name == "New")).all()
    assert len(db.session.scalars(db.select(Membership).where(Membership.person_id == new.id)).all()) == 1


def test_somebody_known_added_twice_at_once_sits_once(app, group):
    make.person("Known", "known@env.example")
    make.commit()
    fields = {"address": "known@env.example", "role": "member", "language": "en", "zone": "UTC", "means": "page"}
    answers = at_once(app, *[poster(browser, "/g/experts/members", **fields) for browser in two_officers(app, group)])
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422}, answers


def test_officers_changing_a_response_at_once_do_not_overwrite_each_other(app, group, opened):
    said = make.comment(opened, experts()[0], "1")
    make.review.respond(said, "noted", "First words", turn=0, by=make.officer(group), door="page")
    url = f"/g/experts/r/{opened.id}/c/{said.number}/respond"
    browsers = two_officers(app, group)
    answers = at_once(app, *[poster(b, url, turn=1, disposition="accepted", response=f"Words {n}") for n, b in enumerate(browsers)])
    assert answers.count(303) == 1 and set(answers) <= {303, 409, 422}
    (response,) = db.session.scalars(db.select(Response)).all()
    assert response.turn == 2 and response.text == f"Words {answers.index(303)}"


def test_drafts_begun_at_once_have_different_addresses(app, group):
    fields = {"title": "The same title", "language": "en", "text": "1. First.\n\n2. Second."}
    answers = at_once(app, *[poster(browser, "/g/experts/drafts/new", **fields) for browser in two_officers(app, group)])
    slugs = list(db.session.scalars(db.select(Draft.slug)))
    assert len(set(slugs)) == len(slugs) == answers.count(303) and set(answers) <= {303, 409, 422}


@pytest.mark.parametrize("purpose", ["sign-in", "password"])
def test_a_link_pressed_twenty_times_at_once_works_once(app, group, purpose):
    ada = make.member(group, make.person("Ada"))
    token = links.make_link(ada, purpose)
    make.commit()
    words = {"password": "correct horse battery", "again": "correct horse battery"}
    presses = [poster(Browser(app), f"/l/{purpose}/{token}", **words) for _ in range(8)]
    answers = at_once(app, *presses)
    assert answers.count(303) == 1 and set(answers) <= {303, 410, 422}, answers


def test_guesses_made_at_once_are_all_counted(app, group):
    ada = make.member(group, make.person("Ada"))
    people.set_password(ada, "correct horse battery")
    make.commit()
    presses = [poster(Browser(app), "/sign-in", address="ada@env.example", password=f"wrong guess {n}") for n in range(MANY)]
    answers = at_once(app, *presses)
    assert sorted(set(answers)) == [422, 429] and answers.count(422) == 10
    assert db.session.scalar(db.select(db.func.count()).select_from(Attempt).where(Attempt.what.like("account %"))) == 10


def test_letters_asked_for_at_once_are_all_counted(app, group):
    make.member(group, make.person("Ada"))
    presses = [poster(Browser(app), "/sign-in/link", address="ada@env.example") for _ in range(8)]
    answers = at_once(app, *presses)
    assert answers.count(200) == 3 and set(answers) == {200, 422}


def test_a_round_is_opened_by_one_worker(app, group):
    from consult.extensions import transaction
    from consult.kit import clock
    from consult.review import actions as review

    make.member(group, make.person("Ada"))
    now = clock.now()
    make.round(make.published(make.draft(group)), opens_at=now + make.timedelta(hours=1))
    make.commit()

    def work(verb):
        with transaction():
            return verb(now + make.timedelta(days=1))

    assert sum(at_once(app, *[partial(work, review.start_due)] * 4)) == 1
    assert events("round.opened") == 1
