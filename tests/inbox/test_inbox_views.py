"""What officers see at the desk, and what everybody else does not."""

import pytest

from consult.extensions import db
from consult.inbox import panels
from consult.inbox.models import Arrival
from tests import make
from tests.inbox import letters


@pytest.fixture
def table(app):
    return letters.laid()


def held(table) -> Arrival:
    """A stranger for whom no server vouches answers with Ada's key."""
    raw = letters.mail(table.address, "[12] I think so too.", sender="Tom <tom@elsewhere.example>")
    letters.current_app.config["AUTHSERV_ID"] = "mx.consult.test"
    arrival = letters.arrives(raw, table.address, "tom@elsewhere.example")
    letters.current_app.config["AUTHSERV_ID"] = ""
    assert arrival.state == "held"
    return arrival


def test_an_officer_sees_every_letter_of_the_group_with_its_outcome(client, table):
    held(table)
    letters.answers(table, "[12] Fine.", name="m2")
    client.sign_in(table.officer)
    client.get("/desk")
    assert "Ada" in client.text and "waiting" in client.text and "1 remark" in client.text
    client.get("/desk?state=held")
    assert "tom@elsewhere.example" in client.text and "Fine" not in client.text


def test_the_letter_is_shown_beside_what_was_understood_without_the_secret(client, table):
    arrival = held(table)
    client.sign_in(table.officer)
    client.get(f"/desk/{arrival.id}")
    assert "I think so too." in client.text and "reply+…" in client.text
    assert table.key.key not in client.page.get_data(as_text=True)


def test_an_officer_enters_a_waiting_letter_for_its_person_once(client, table):
    arrival = held(table)
    client.sign_in(table.officer)
    for _ in range(2):
        client.post(f"/desk/{arrival.id}", {"round": table.round.id, "person": "", "paragraph": ""}, page=f"/desk/{arrival.id}")
    (comment,) = letters.comments()
    assert (comment.author_id, comment.paragraph.mark, comment.verified) == (table.ada.id, "12", False)
    assert db.session.get(Arrival, arrival.id).state == "settled"


def test_an_entered_letter_moves_to_another_paragraph_and_another_person(client, table):
    arrival = letters.answers(table, "[12] Fine.")
    client.sign_in(table.officer)
    client.post(f"/desk/{arrival.id}", {"round": table.round.id, "paragraph": "[3]"}, page=f"/desk/{arrival.id}")
    assert [c.paragraph.mark for c in letters.comments()] == ["3"]
    client.post(f"/desk/{arrival.id}", {"round": table.round.id, "person": "ben@env.example"}, page=f"/desk/{arrival.id}")
    first, second = letters.comments()
    assert first.withdrawn_at and second.author_id == table.ben.id


def test_a_letter_is_put_aside_with_a_word_why(client, table):
    arrival = held(table)
    client.sign_in(table.officer)
    client.post(f"/desk/{arrival.id}/settle", {"note": ""}, page=f"/desk/{arrival.id}", expect=422)
    client.post(f"/desk/{arrival.id}/settle", {"note": "only a greeting"}, page=f"/desk/{arrival.id}")
    assert "only a greeting" in db.session.get(Arrival, arrival.id).reason


def test_the_person_whose_reply_address_was_used_is_told_on_the_page_and_may_confirm(client, table):
    arrival = held(table)
    client.sign_in(table.ada)
    client.get("/desk")
    assert "tom@elsewhere.example" in client.text
    client.get(f"/desk/{arrival.id}")
    assert "Is this letter from you?" in client.text and "as it came" not in client.text
    client.post(f"/desk/{arrival.id}", {"round": "0"})
    assert letters.comments()[0].author_id == table.ada.id
    client.get(f"/desk/{arrival.id}/raw", expect=403)


def test_nobody_else_sees_the_letter(client, table):
    arrival = held(table)
    client.sign_in(table.ben)
    client.get(f"/desk/{arrival.id}", expect=404)
    client.get(f"/desk/{arrival.id}/raw", expect=404)
    client.get("/desk")
    assert "tom@" not in client.text
    client.sign_in(make.officer(make.group("others")))
    client.get(f"/desk/{arrival.id}", expect=404)


def test_the_raw_letter_is_a_file_that_no_browser_runs(client, table):
    raw = letters.mail(table.address, "<script>alert(1)</script>")
    arrival = letters.arrives(raw, table.address)
    client.sign_in(table.officer)
    client.get(f"/desk/{arrival.id}")
    assert not client.select("//main//script")
    answer = client.get(f"/desk/{arrival.id}/raw")
    assert answer.data == raw
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_letters_of_no_group_are_for_staff(client, table):
    make.person("Nora")
    make.commit()
    raw = letters.mail("consult@in.consult.test", "nonsense to everybody", sender="nora@env.example")
    letters.arrives(raw, "consult@in.consult.test", "nora@env.example")
    client.sign_in(table.officer)
    client.get("/desk")
    assert "No letter has come yet" in client.text
    client.sign_in(make.person("Sam", staff=True))
    client.get("/desk")
    assert "Nora" in client.text


def test_the_first_page_names_what_waits_for_an_officer_and_in_ones_own_name(app, table):
    held(table)
    with app.test_request_context():
        assert "1 letter waits at the desk" in panels.waiting_for(table.officer)
        assert "answers one of yours" in panels.waiting_for(table.ada)
        assert panels.waiting_for(table.ben) == ""
