"""An officer sees what became of each letter, why, and sends one again; nobody else sees letters of others."""

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.actions import address_of, new_key, post
from consult.outbox.attaching import Attached
from consult.outbox.models import Letter
from tests import make
from tests.pages import Pages


@pytest.fixture
def pages(app):
    return Pages(app)


@pytest.fixture
def group(app):
    return make.group("experts")


def failed(group, person) -> tuple[Letter, str]:
    """A letter that failed, with its reply address."""
    key = new_key(person, "round", 1, group_id=group.id)
    text = f"Please comment.\nAnswer: {address_of(key)}\nhttp://consult.test/l/stop/verysecret\n<script>alert(1)</script>"
    letter = post(kind="round", person=person, subject="Comments <wanted>", text=text, keys=[key], group_id=group.id)
    letter.state, letter.answer, letter.attempts = "failed", "550 5.1.1 no such user", 1
    make.commit()
    return letter, address_of(key)


def test_an_officer_sees_each_letter_and_why_it_failed_but_not_its_secrets(pages, group):
    letter, secret = failed(group, make.member(group, make.person("Ada")))
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.get("/g/experts/letters")
    assert "Ada" in pages.text and "550 5.1.1 no such user" in pages.text
    pages.get("/g/experts/letters?state=sent")
    assert "Ada" not in pages.text
    pages.get(f"/g/experts/letters/{letter.id}")
    assert "Please comment." in pages.text and "<script>alert(1)</script>" in pages.text
    assert secret not in pages.text and "verysecret" not in pages.text


def test_an_officer_sees_which_files_travel_along_and_how_large_they_are(pages, group):
    files = [Attached("Projet révisé.txt.gz", "application/gzip", bytes(14_200))]
    letter = post(kind="round", person=make.member(group), subject="x", text="y", group_id=group.id, files=files)
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.get(f"/g/experts/letters/{letter.id}")
    assert "Projet révisé.txt.gz (14 kB)" in pages.text


def test_an_officer_sends_a_letter_again_to_the_address_the_person_has_now(pages, group):
    ada = make.member(group, make.person("Ada"))
    letter, _ = failed(group, ada)
    ada.addresses[0].address = "ada@new.example"
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.post(f"/g/experts/letters/{letter.id}", page=f"/g/experts/letters/{letter.id}", follow=True)
    assert "waiting to be sent again" in pages.text
    row = db.session.get(Letter, letter.id)
    assert (row.state, row.attempts, row.to_address) == ("waiting", 0, "ada@new.example")
    assert db.session.scalars(select(Event.kind)).all() == ["letter.resent"]


def test_a_letter_on_its_way_is_not_sent_again(pages, group):
    letter, _ = failed(group, make.member(group, make.person("Ada")))
    letter.state = "sending"
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.get(f"/g/experts/letters/{letter.id}")
    assert "Send again" not in pages.text
    pages.post(f"/g/experts/letters/{letter.id}", page="/g/experts/members", follow=True)
    assert "on its way just now" in pages.text


@pytest.mark.parametrize("role", ["member", "observer", "chair"])
def test_others_do_not_see_letters(pages, group, role):
    letter, _ = failed(group, make.member(group, make.person("Ada")))
    pages.sign_in(make.member(group, make.person("Ben"), role))
    pages.get("/g/experts/letters", 403)
    pages.get(f"/g/experts/letters/{letter.id}", 403)


def test_a_letter_of_another_group_is_not_there(pages, group):
    other = make.group("others")
    letter, _ = failed(other, make.member(other, make.person("Ada")))
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.get(f"/g/experts/letters/{letter.id}", 404)
    pages.get("/g/others/letters", 404)


def test_a_long_list_turns(pages, group):
    ada = make.member(group, make.person("Ada"))
    for number in range(60):
        post(kind="round", person=ada, subject=f"Letter {number}", text="x", group_id=group.id)
    pages.sign_in(make.member(group, make.person("Olga"), "officer"))
    pages.get("/g/experts/letters")
    assert "Letter 59" in pages.text and "Letter 9" not in pages.text.replace("Letter 59", "")
    pages.get(pages.select("//a[@rel='next']/@href")[0])
    assert "Letter 9" in pages.text and "Letter 0" in pages.text and not pages.select("//a[@rel='next']")
