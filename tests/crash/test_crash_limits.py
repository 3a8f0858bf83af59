"""A busy database, a full disk, no more files to open: a clear answer, nothing half done, and all is well again by itself."""

import resource
import smtplib
import sqlite3
import threading
from contextlib import closing, contextmanager

import psutil
import pytest

from consult.extensions import db
from consult.inbox import spool
from consult.review.models import Comment
from tests.conftest import POSTGRES
from tests.crash.test_crash_web import page_of, round_with, signed_in
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
MAIL = b"From: ada@env.example\r\nMessage-ID: <1@env.example>\r\n\r\n" + b"Hello.\r\n" * 100_000


@contextmanager
def limited(process, kind: int, limit: int):
    """These processes may not write or open more than that."""
    for each in [psutil.Process(process.pid), *process.children()]:
        hard = each.rlimit(kind)[1]
        each.rlimit(kind, (limit, hard))
    yield
    for each in [psutil.Process(process.pid), *process.children()]:
        each.rlimit(kind, (hard, hard))


def said(server: smtplib.SMTP, raw: bytes) -> int:
    """The listener's answer to a message."""
    server.rset()
    server.mail("ada@env.example")
    server.rcpt("consult@in.consult.test")
    return server.data(raw)[0]


def listening(house) -> smtplib.SMTP | None:
    try:
        return smtplib.SMTP("127.0.0.1", house.mail_port, timeout=20)
    except OSError:
        return None


@pytest.mark.parametrize("kind, limit", [(resource.RLIMIT_FSIZE, 100_000), (resource.RLIMIT_NOFILE, 5)], ids=["disk", "files"])
def test_a_listener_that_cannot_write_asks_to_try_again(house, kind, limit):
    listener, found = house.start("listen"), []
    waits_for(lambda: bool(found.append(listening(house)) or found[-1]))
    with found[-1] as server:
        server.ehlo("mx.env.example")
        assert said(server, MAIL) == 250
        with limited(listener, kind, limit):
            assert said(server, MAIL + b"Again.\r\n") == 451
        assert [each.raw for each in spool.waiting(house.folder)] == [MAIL]
        assert list((house.folder / "spool" / "tmp").iterdir()) == []
        assert said(server, MAIL + b"Again.\r\n") == 250
    assert len(spool.waiting(house.folder)) == 2


@pytest.fixture
def writer(house):
    """A person about to send a comment: what sends it, and what says how many are stored."""
    opened = round_with()
    server = house.start("web")
    browser = signed_in(house.port)
    path = page_of(opened)
    fields = {"csrf_token": browser.token(path), "once": "form-1", "type": "general", "text": "A comment of more than a few words."}

    def stored() -> int:
        db.session.rollback()
        return db.session.query(Comment).count()

    return server, lambda: browser.post(path, fields), stored


needs_a_file = pytest.mark.skipif(bool(POSTGRES), reason="about a database in a file")


@needs_a_file
def test_a_page_on_a_full_disk_keeps_what_was_typed_and_changes_nothing(writer):
    server, send, stored = writer
    with limited(server, resource.RLIMIT_FSIZE, 0):
        status, _, page = send()
        assert (status, stored()) == (503, 0)
        assert "A comment of more than a few words." in page
        assert "Nothing was changed" in page
    assert send()[0] == 303
    assert send()[0] == 303
    assert stored() == 1


@needs_a_file
def test_a_page_waits_for_a_busy_database_and_after_ten_seconds_says_so(house, writer):
    _, send, stored = writer
    with closing(sqlite3.connect(house.folder / "consult.db", check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, _, page = send()
        assert (status, stored()) == (503, 0)
        assert "A comment of more than a few words." in page
        soon = threading.Timer(1, lambda: other.execute("ROLLBACK"))
        soon.start()
        assert send()[0] == 303
        soon.join()
    assert stored() == 1
