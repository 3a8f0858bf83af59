"""The post page: a newcomer reads an example person's letter, answers it, and sees what became of the answer."""

import pytest

from consult.inbox import desk
from consult.kit import clock
from consult.outbox import sending
from tests.inbox import letters
from tests.inbox.listening import listening


@pytest.fixture
def app(app):
    """A trial installation at a loopback address."""
    app.config["URL"] = "http://127.0.0.1:8000"
    return app


@pytest.fixture
def table(app):
    """Ada's letter lies in the Maildir."""
    table = letters.laid()
    sending.send_due(clock.now())
    yield table
    sending.close()


def box_of(client, table) -> str:
    """The address of Ada's newest letter."""
    client.get("/post")
    client.get(client.select("//a[text()[contains(., 'Ada')] or bdi[text()='Ada']]/@href")[0])
    return client.select("//table//a/@href")[0]


def test_an_answer_typed_between_the_lines_becomes_a_comment_through_the_real_listener(app, client, table):
    url = box_of(client, table)
    client.get(url)
    typed = client.select("//textarea")[0].text.lstrip("\n").replace("\n> [13]", "\nWe agree with this one.\n\n> [13]")
    assert "We agree" in typed
    with listening(app) as port:
        app.config["LMTP_LISTEN"] = f"127.0.0.1:{port}"
        answer = client.post(url, {"text": typed})
    client.get(answer.location)
    assert "safely kept" in client.text
    assert desk.take_waiting() == 1
    client.get(answer.location)
    (comment,) = letters.comments()
    assert (comment.text, comment.paragraph.mark, comment.author_id) == ("We agree with this one.", "12", table.ada.id)
    assert "We agree with this one." in client.text


def test_an_answer_above_the_letter_goes_where_its_marks_say(app, client, table):
    url = box_of(client, table) + "?style=top"
    client.get(url)
    with listening(app) as port:
        app.config["LMTP_LISTEN"] = f"127.0.0.1:{port}"
        client.post(url, {"text": "In general: yes.\r\n\r\n[3] ED: a comma."})
    desk.take_waiting()
    assert [(c.paragraph.mark if c.paragraph else "", c.type) for c in letters.comments()] == [("", "general"), ("3", "editorial")]


def test_without_a_listener_the_page_says_so_and_keeps_the_text(app, client, table):
    url = box_of(client, table)
    client.get(url)
    app.config["LMTP_LISTEN"] = "127.0.0.1:1"
    client.post(url, {"text": "Precious words"}, expect=422)
    assert "does not answer" in client.text and "Precious words" in client.text


def test_the_page_says_that_this_is_a_trial_and_is_gone_on_a_real_installation(app, client, table):
    client.get("/post")
    assert "trial installation" in client.text
    app.config["SMTP_URL"] = "smtp://relay.example:25"
    client.get("/post", expect=404)
    app.config.update(SMTP_URL="", LISTEN="0.0.0.0:8000")
    client.get("/post", expect=404)


def test_the_page_is_gone_behind_a_server_that_lets_others_in(app, client, table):
    client.get("/post", expect=404, headers={"X-Forwarded-For": "203.0.113.9"})
    app.config["URL"] = "https://consult.example"
    client.get("/post", expect=404)
    app.config.update(URL="http://127.0.0.1:8000", PROXIES=1)
    client.get("/post", expect=404)


def test_nobody_reads_another_persons_letter_or_a_file_by_its_name(app, client, table):
    name = box_of(client, table).rpartition("/")[2]
    client.get(f"/post/{table.ben.id}/{name}", expect=404)
    client.get(f"/post/{table.ada.id}/..", expect=404)
