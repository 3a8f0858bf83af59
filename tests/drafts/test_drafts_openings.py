"""Who opened a version, and what changed since: on pages, in letters, as files."""

from datetime import timedelta

import pytest
import time_machine

from consult.alerts import actions as alerts
from consult.drafts import openings
from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.review import actions as review
from tests import make
from tests.pages import Pages

FIRST = "1. Training comes first.\n\n2. Patents are hard to find."
SECOND = "1. Training comes first.\n\n2. Patents are easy to find.\n\n3. Freight is dear."


@pytest.fixture
def group(app):
    return make.group()


@pytest.fixture
def draft(group):
    return make.draft(group, "Report")


def signed_in(app, person):
    visitor = Pages(app)
    visitor.sign_in(person)
    return visitor


def letters(person, kind=""):
    make.commit()
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=2))
    found = db.session.scalars(db.select(Letter).where(Letter.person_id == person.id).order_by(Letter.id))
    return [letter for letter in found if not kind or letter.kind == kind]


def test_officers_see_who_opened_a_version_and_who_has_not(app, group, draft):
    olga = make.officer(group)
    ada, bea = make.member(group, make.person("Ada")), make.member(group, make.person("Bea"))
    first = make.published(draft, FIRST)
    reader = signed_in(app, ada)
    reader.get("/g/experts/d/report/v/1")
    reader.get("/g/experts/d/report/v/1")
    reader.get("/g/experts/d/report/v/1.txt")
    rows = {(row.name, row.door): row.times for row in openings.log(first.id)}
    assert rows == {("Ada", "page"): 1, ("Ada", "file"): 1}
    officer = signed_in(app, olga)
    officer.get("/g/experts/d/report/v/1/readers")
    assert "Ada" in officer.text and "Not opened yet" in officer.text and bea.name in officer.text
    reader.get("/g/experts/d/report/v/1/readers", expect=403)


def test_a_version_opened_again_the_next_day_counts_on(app, group, draft):
    ada = make.member(group, make.person("Ada"))
    first = make.published(draft, FIRST)
    openings.opened(first, ada, "page")
    later = clock.now() + timedelta(days=1)
    openings.opened(first, ada, "page", later)
    (row,) = openings.log(first.id)
    assert (row.times, row.last_at) == (2, later) and row.first_at < row.last_at


def test_what_changed_since_i_last_read(app, group, draft):
    ada = make.member(group, make.person("Ada"))
    make.published(draft, FIRST)
    reader = signed_in(app, ada)
    reader.get("/g/experts/d/report/since")
    assert "You have not opened this draft yet." in reader.text
    reader.get("/g/experts/d/report/v/1")
    reader.get("/g/experts/d/report/since")
    assert "You have read the newest version, number 1" in reader.text
    make.published(draft, SECOND)
    reader.get("/g/experts/d/report/since")
    assert "Version 2 is the newest." in reader.text and "1 changed, 1 new" in reader.text
    assert reader.select("//a[contains(@href, '/v/2/diff/1')]")


def test_the_text_sent_by_mail_counts_as_opened_there(app, group, draft):
    ada = make.member(group, make.person("Ada", means="mail"))
    first = make.published(draft, FIRST)
    make.round(first)
    assert letters(ada, "opening")
    assert [(row.name, row.door) for row in openings.log(first.id)] == [("Ada", "mail")]
    assert openings.last_read(draft, ada.id)[0].number == 1


@pytest.mark.parametrize("rhythm", ["at-once", "daily"])
def test_whoever_has_only_mail_reads_the_changes_of_a_new_version_in_the_letter(app, group, draft, rhythm):
    ada = make.member(group, make.person("Ada", means="mail", rhythm=rhythm))
    make.published(draft, FIRST)
    letters(ada)
    review.publish(make.prepared(draft, SECOND), by=make.officer(group), door="page")
    text = letters(ada)[-1].text
    assert "[2] changed" in text and "[-hard-]{+easy+}" in text and "[3] new" in text


def test_a_change_list_is_sent_to_whoever_asks_on_the_page(app, group, draft):
    ada = make.member(group, make.person("Ada", rhythm="none"))
    make.published(draft, FIRST)
    make.published(draft, SECOND)
    reader = signed_in(app, ada)
    reader.get("/g/experts/d/report/v/2/diff/1")
    reader.post("/g/experts/d/report/v/2/diff/1/letter", follow=True)
    assert "are on their way to you" in reader.text
    (letter,) = letters(ada, "changes")
    assert "[-hard-]{+easy+}" in letter.text and letter.subject == "[experts] What changed from version 1 to 2: Report"
    assert "Training comes first" not in letter.text


def test_a_change_list_of_a_version_being_prepared_is_not_sent(app, group, draft):
    make.published(draft, FIRST)
    make.prepared(draft, SECOND)
    officer = signed_in(app, make.officer(group))
    officer.get("/g/experts/d/report/upload")
    officer.post("/g/experts/d/report/v/2/diff/1/letter", expect=422)
    assert "not published yet" in officer.text


def test_an_opening_is_noted_again_in_another_hour(app, group, draft):
    ada = make.member(group, make.person("Ada"))
    first = make.published(draft, FIRST)
    reader = signed_in(app, ada)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        reader.get("/g/experts/d/report/v/1")
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        reader.get("/g/experts/d/report/v/1")
    assert [row.times for row in openings.log(first.id)] == [2]
