"""Mail that waits in a mailbox elsewhere comes to the same desk, each message once, and is read there only when we have it."""

import pytest
from imap_tools import AND

from consult.errors import Refused
from consult.inbox import spool
from consult.inbox.fetch import fetch, mailbox_of
from tests.inbox.imap import mailbox_with

KEY = "0123456789abcdef" * 2
REPLY = f"reply+{KEY}@in.consult.test"
FIRST = f"Return-Path: <ada@env.example>\r\nDelivered-To: {REPLY}\r\nFrom: ada@env.example\r\nSubject: Re\r\n\r\nI agree.\r\n".encode()
SECOND = b"From: ben@env.example\r\nTo: Group <experts@in.consult.test>, eve@evil.example\r\n\r\nMe too.\r\n"
BROKEN = b"From: \xff\xfe <<<>>@@\r\nContent-Type: multipart/mixed; boundary\r\n no blank line"
LARGE = b"From: cleo@env.example\r\nSubject: all the maps\r\n\r\n" + (b"x" * 998 + b"\r\n") * 27_000


@pytest.fixture
def settings(tmp_path):
    """Where fetched mail goes."""
    return {"MAIL_DOMAIN": "in.consult.test", "DATA": tmp_path}


@pytest.mark.imap
def test_new_mail_is_fetched_once_and_kept_as_it_came(settings, tmp_path):
    with mailbox_with([FIRST, SECOND, BROKEN]) as (url, _):
        settings["IMAP_URL"] = url
        assert fetch(settings) == 3
        assert fetch(settings) == 0
        with mailbox_of(url) as mailbox:
            assert len(mailbox.uids(AND(seen=True))) == 3
    first, second, broken = spool.waiting(tmp_path)
    assert (first.raw, first.meta.envelope_from, first.meta.envelope_to, first.meta.door) == (FIRST, "ada@env.example", REPLY, "fetch")
    assert (second.raw, second.meta.envelope_to) == (SECOND, "experts@in.consult.test")
    assert broken.meta.envelope_to == "consult@in.consult.test"


@pytest.mark.imap
def test_of_a_message_over_the_limit_the_header_comes_so_that_its_sender_can_be_told(settings, tmp_path):
    with mailbox_with([LARGE]) as (url, _):
        assert fetch(settings | {"IMAP_URL": url}) == 1
    (kept,) = spool.waiting(tmp_path)
    assert kept.raw == LARGE.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert kept.meta.refused_octets == len(LARGE)


@pytest.mark.imap
def test_what_could_not_be_kept_stays_unread_there(settings, tmp_path):
    (tmp_path / "spool").write_text("in the way")
    with mailbox_with([FIRST]) as (url, _):
        settings["IMAP_URL"] = url
        with pytest.raises(OSError):
            fetch(settings)
        (tmp_path / "spool").unlink()
        assert fetch(settings) == 1


@pytest.mark.parametrize("url", ["", "imap://ada:x@mail.example/INBOX", "http://mail.example", "imaps://mail.example/INBOX"])
def test_an_address_that_cannot_be_used_is_refused_with_a_reason(settings, url):
    with pytest.raises(Refused):
        fetch(settings | {"IMAP_URL": url})
