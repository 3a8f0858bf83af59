"""`consult fetch` brings a reply from a mailbox elsewhere to the same desk and table as every other way."""

import pytest

from tests import make
from tests.inbox.imap import mailbox_with
from tests.journeys.consulting import reply_to, text_of
from tests.journeys.inside import inside

pytestmark = pytest.mark.imap


def test_a_reply_that_lies_in_a_mailbox_becomes_a_comment_once(consult):
    with inside(consult):
        group = make.group()
        make.member(group, make.person("Ada"))
        make.round(make.published(make.draft(group)))
        make.commit()
    consult.start()
    letter = consult.letter("ada@env.example", "[2]")
    head = f"From: Ada <ada@env.example>\r\nTo: {reply_to(letter)}\r\nSubject: Re: round\r\nMessage-ID: <one@env.example>\r\n\r\n"
    raw = f"{head}[2] Second thoughts.\r\n".encode()
    with mailbox_with([raw, raw]) as (url, _):
        assert "2 messages fetched" in consult.command("fetch", CONSULT_IMAP_URL=url)
        assert "0 messages fetched" in consult.command("fetch", CONSULT_IMAP_URL=url)
    assert "[2]" in text_of(consult.letter("ada@env.example", "Second thoughts"))
    table = consult.command("round", "export", "1")
    assert table.count("Second thoughts") == 1 and ",mail," in table


def test_a_mailbox_that_cannot_be_opened_is_told_in_one_line(consult):
    consult.command("migrate")
    with mailbox_with([]) as (url, _):
        consult.refused("fetch", CONSULT_IMAP_URL=url.replace("secret", "wrong"))
    consult.refused("fetch", CONSULT_IMAP_URL="imap://ada:x@127.0.0.1:1/INBOX")
    consult.refused("fetch", CONSULT_IMAP_URL="")
