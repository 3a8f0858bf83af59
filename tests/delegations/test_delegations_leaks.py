"""What a Party prepares is seen by its own people alone: no page, letter, export or digest of anybody else holds a word of it."""

import pytest
import time_machine

from consult.delegations import actions
from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.review import exporting
from consult.worker import turn
from tests import make
from tests.delegations.test_delegations_mail import answered, last, worked
from tests.security.browser import Browser
from tests.security.world import addresses_with

CANARIES = {"pagecanary", "wordingcanary", "mailcanary", "editedcanary", "refusedcanary", "withdrawncanary", "mergedcanary"}


@pytest.fixture
def busy(kenya):
    """Everything that can be done with a set, by page and by mail, each with a word planted in it; nothing is submitted."""
    kenya.mia.rhythm = kenya.ada.rhythm = "at-once"
    worked()
    one = kenya.draft(kenya.ruth, "1", "pagecanary", proposed="wordingcanary")
    two = kenya.draft(kenya.ben, "1", "mergedcanary")
    gone = kenya.draft(kenya.ben, "2", "withdrawncanary")
    actions.edit(one, text="pagecanary editedcanary", type="general", proposed="wordingcanary", by=kenya.ada, door="page")
    actions.withdraw(kenya.of, [gone], by=kenya.ada, door="page")
    actions.merge(kenya.of, [one, two], by=kenya.dan, door="page")
    worked()
    answered(last(kenya.ruth, "appointed"), kenya.ruth, "[3] mailcanary")
    answered(last(kenya.ben, "opening"), kenya.ben, "[3] mailcanary too", name="m2")
    answered(last(kenya.ada, "opening"), kenya.ada, "VERIFY 1", name="m3")
    with time_machine.travel(kenya.of.closes_at + make.timedelta(hours=1)):
        answered(last(kenya.ruth, "appointed"), kenya.ruth, "[4] refusedcanary", name="m4")
        worked()
    with time_machine.travel(clock.now() + make.timedelta(days=9)):
        worked()
    return kenya


def seen(text: str) -> set[str]:
    return {word for word in CANARIES if word in text}


def test_nobody_outside_sees_a_word_of_it_on_any_page(app, busy):
    staff = make.person("Stella", staff=True)
    chair = make.member(busy.group, make.person("Chris"), "chair")
    for who in (busy.olga, busy.mia, chair, staff, make.person("Zoe")):
        browser = Browser(app, who)
        for url in addresses_with(app, group=busy.group.slug, round=busy.round.id, delegation=busy.of.id, draft="report"):
            answer, whole = browser.ask("GET", url)
            assert not seen(whole), f"{who.name} sees {seen(whole)} on {url} ({answer.status_code})"


def test_no_letter_to_anybody_outside_and_none_that_officers_read_holds_a_word_of_it(busy):
    inside = {busy.ada.id, busy.dan.id, busy.ben.id, busy.ruth.id}
    found = {"inside": set(), "outside": set()}
    for letter in db.session.scalars(db.select(Letter)):
        words = seen(f"{letter.subject}\n{letter.text}\n{letter.html or ''}")
        found["inside" if letter.person_id in inside and letter.group_id is None else "outside"] |= words
    assert found["outside"] == set() and found["inside"] >= {"pagecanary", "mailcanary", "refusedcanary", "editedcanary"}


def test_no_export_holds_a_word_of_it_and_officers_see_how_many_there_are(app, busy):
    assert exporting.rows(busy.round, withdrawn=True) == []
    _, page = Browser(app, busy.olga).ask("GET", f"/g/experts/r/{busy.round.id}")
    assert "Kenya" in page and "not submitted" in page


def test_its_own_people_see_all_of_it(app, busy):
    for who in (busy.ada, busy.dan, busy.ben, busy.ruth):
        _, whole = Browser(app, who).ask("GET", f"/g/experts/r/{busy.round.id}/delegation/{busy.of.id}")
        assert seen(whole) >= {"pagecanary", "mailcanary", "withdrawncanary", "editedcanary"}, who.name


def test_what_was_left_stays_unseen_after_the_round_has_closed(app, busy):
    with time_machine.travel(busy.round.closes_at + make.timedelta(hours=1)):
        make.commit()
        turn(leaving_out="letters")
        turn(leaving_out="letters")
        browser = Browser(app, busy.olga)
        for page in (f"r/{busy.round.id}", f"r/{busy.round.id}/delegations", "timeline", f"r/{busy.round.id}/comments"):
            _, whole = browser.ask("GET", f"/g/experts/{page}")
            assert not seen(whole), page
        _, page = browser.ask("GET", "/g/experts/timeline")
        assert "had comments that were not submitted" in page
