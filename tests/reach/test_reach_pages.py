"""The reach table on the page: whoever needs a telephone call on top, what came back, who answered how, and the ways to act."""

from datetime import timedelta

import pytest

from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.reach import actions, calling, queries, rules, table
from consult.review.models import Round
from consult.tasks import actions as task_actions
from consult.tasks import queries as tasks
from tests import make
from tests.polls.conftest import post

NOW = clock.now()


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (rules.Heard(False, None, None, None), rules.NO_ADDRESS),
        (rules.Heard(True, NOW - timedelta(8), None, None), rules.FAILING),
        (rules.Heard(True, NOW - timedelta(6), None, None), None),
        (rules.Heard(True, None, None, NOW - timedelta(31), 2), rules.SILENT),
        (rules.Heard(True, None, None, NOW - timedelta(31), 1), None),
        (rules.Heard(True, None, None, NOW - timedelta(29), 5), None),
        (rules.Heard(True, NOW - timedelta(90), None, None, away=True), None),
        (rules.Heard(True, None, NOW, None), None),
    ],
)
def test_who_is_to_be_telephoned_and_why(known, reason):
    found = rules.needs_call(known, NOW)
    assert (found[0] if found else None) == reason


@pytest.fixture
def room(app):
    """A round on which Ada commented by page and, entered for her, by fax; Ben's address fails; Cy has never been heard of."""
    group = make.group("experts", short="AHTEG", name="Expert Group")
    officer = make.officer(group)
    ada, ben, cy = (make.member(group, make.person(name)) for name in ("Ada", "Ben", "Cy"))
    opened = make.round(make.published(make.draft(group), by=officer), by=officer)
    make.comment(opened, ada, "1")
    make.review.comment(opened, paragraph=None, text="By fax.", author=ada, by=officer, door="fax")
    ben.addresses[0].failing_since = clock.now() - timedelta(40)
    make.commit()
    post(cy, "opening")
    return group, officer, ada, ben, cy


def age(days: int) -> None:
    """As if all letters had been written so long ago."""
    for letter in db.session.scalars(db.select(Letter)):
        letter.created_at -= timedelta(days=days)
    make.commit()


def test_the_table_shows_who_needs_a_call_and_the_worker_raises_it_once(room, client):
    group, officer, ada, ben, cy = room
    rows = {row.person.name: row for row in table.rows(group.id, clock.now())}
    assert rows["Ada"].doors == {"page": 1, "behalf": 1} and rows["Ada"].state == "good"
    assert rows["Ben"].call[0] == rules.FAILING and rows["Cy"].call is None and rows["Cy"].state == "quiet"
    assert calling.call_due(clock.now()) == 1 and calling.call_due(clock.now()) == 0
    make.commit()
    (task,) = tasks.open_tasks(group.id)
    assert task.person_id == ben.id and task.once == f"telephone:{ben.id}:{group.id}"
    task_actions.settle(task, "He has a new address.", by=officer, door="page")
    assert calling.call_due(clock.now()) == 0 and calling.call_due(clock.now() + timedelta(days=31)) == 1
    client.sign_in(officer)
    client.get("/g/experts/reach")
    names = client.select("//tbody/tr/td[1]/a[1]/bdi/text()")
    assert names[0] == "Ben" and "letters come back from every address" in client.text
    client.get("/g/experts/reach?state=quiet")
    assert client.select("//tbody/tr/td[1]/a[1]/bdi/text()") == ["Cy"]
    answer = client.get("/g/experts/reach.csv")
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0].startswith("\ufeffname,role,state,why") and lines[1].startswith("Ben,member,call,letters come back")


def test_silence_to_two_letters_for_a_month_is_a_reason_to_telephone_until_something_comes(room):
    group, _, ada, _, cy = room
    actions.ask(group, [cy], by=room[1], door="page")
    make.commit()
    assert [len(post(cy, kind)) for kind in ("opening", "means")] == [1, 1]
    age(40)
    row = next(row for row in table.rows(group.id, clock.now()) if row.person.id == cy.id)
    assert row.call[0] == rules.SILENT and row.call[2] == 2
    make.comment(db.session.get(Round, 1), cy, "1")
    row = next(row for row in table.rows(group.id, clock.now()) if row.person.id == cy.id)
    assert row.call is None and row.state == "silent"


def test_an_officer_asks_everybody_then_one_again_and_enters_what_one_says_by_telephone(room, client):
    group, officer, ada, ben, cy = room
    client.sign_in(officer)
    client.get("/g/experts/reach")
    client.post("/g/experts/reach", follow=True)
    assert "3 members are asked by letter." in client.text
    client.post("/g/experts/reach", page=f"/g/experts/reach/{ada.id}", expect=422)
    assert len(post(ada, "means")) == 1
    here = f"/g/experts/reach/{ada.id}"
    client.get(here)
    client.post(f"{here}/ask", follow=True)
    assert "Asked 2 times" in client.text and len(post(ada, "means")) == 2
    client.post(f"{here}/call", follow=True)
    assert "The task is written down." in client.text and "A task to telephone is open" in client.text
    bad = {"connection": "slow", "device": "", "limit_bytes": "small", "door": "phone", "phone": "+255 1 2 3 4"}
    client.post(here, bad, expect=422)
    assert "This is no size." in client.text and "+255 1 2 3 4" in client.select("string(//input[@name='phone']/@value)")
    client.post(here, bad | {"limit_bytes": "40 kB", "ways": ["mail", "phone"], "received": "2026-11-02"}, follow=True)
    known = queries.latest(ada.id)
    assert (known.connection, known.limit_bytes, known.ways, known.door) == ("slow", 40_000, "mail phone", "phone")
    (letter,) = [each for each in post(ada, "means") if "entered for you" in each.subject]
    assert f"entered by {officer.name} after a telephone call, 2 November 2026" in " ".join(letter.text.split())
    assert "(back: 3: 0)" in letter.text


def test_a_member_says_it_on_their_own_page_and_sees_no_table(room, client):
    _, _, ada, ben, _ = room
    client.sign_in(ada)
    client.get("/g/experts/reach", expect=403)
    client.get("/me")
    assert "/me/means" in client.select("//a/@href")
    client.get("/me/means")
    client.post("/me/means", {"connection": "", "device": "", "limit_bytes": ""}, expect=422)
    client.post("/me/means", {"connection": "little", "device": "phone", "budget_bytes": "5 MB", "ways": ["mail"]}, follow=True)
    assert "No files travel along with letters" in client.text and "In a month at most: 5.0 MB" in client.text
    assert (ada.means, ada.attachments, ada.budget_bytes) == ("mail", "none", 5_000_000) and queries.latest(
        ada.id
    ).budget_bytes == 5_000_000
    assert client.select("string(//input[@name='budget_bytes']/@value)") == "5 MB"
