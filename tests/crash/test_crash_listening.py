"""A listener and a desk that are killed at each step: what was answered 250 is there, and every message has exactly one result."""

import os
import signal
import smtplib
from pathlib import Path

import pytest

from consult.extensions import db
from consult.inbox import desk, spool
from consult.inbox.models import Arrival
from tests.crash.nursery import Process
from tests.inbox.imap import free_port
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
LONG = os.environ.get("CONSULT_CRASH") == "long"
MAILS, DEATHS = (40, 40) if LONG else (2, 1)
TO = "consult@in.consult.test"
LISTENER, DESK = "tests.crash.programs:listener", "tests.crash.programs:one_turn_of_the_desk"


@pytest.fixture
def started(tmp_path, nursery):
    """Starts a program in a process of its own; none outlives the test."""

    def start(program: str, *arguments: object, kill_at: str = "") -> Process:
        return nursery.start(program, *arguments, environment={"CONSULT_KILL_AT": kill_at}, log=tmp_path / "log.txt")

    yield start
    nursery.clear()


def answers(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5):
            return True
    except OSError:
        return False


def promised(port: int, raw: bytes) -> bool:
    """Whether the listener took this message with a 250."""
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
            server.sendmail("ada@env.example", [TO], raw)
            return True
    except (smtplib.SMTPException, OSError):
        return False


def mail(number: int) -> bytes:
    return f"From: ada@env.example\r\nMessage-ID: <{number}@env.example>\r\nSubject: HELP\r\n\r\nHello {number}\r\n".encode()


def kept(folder: Path) -> set[bytes]:
    return {each.raw for each in spool.waiting(folder)}


@pytest.mark.parametrize("at", ["spool.written", "spool.synced", "spool.renamed", "spool.kept", "listener.before_answer"])
def test_a_listener_killed_at_each_step_promised_nothing_it_does_not_hold(app, tmp_path, started, at):
    port, taken = free_port(), set()
    for number in range(DEATHS):
        dying = started(LISTENER, tmp_path, port, kill_at=at)
        waits_for(lambda: answers(port))
        assert not promised(port, mail(number))
        assert dying.wait() == -signal.SIGKILL
    healthy = started(LISTENER, tmp_path, port)
    waits_for(lambda: answers(port))
    for number in range(MAILS):
        assert promised(port, mail(number))
        taken.add(mail(number))
        assert taken <= kept(tmp_path)
    assert healthy.stop() == 0
    desk.take_waiting()
    assert db.session.query(Arrival).count() == MAILS
    assert spool.waiting(tmp_path) == []


@pytest.mark.parametrize("at", ["spool.filed", "desk.filed", "desk.stored", "desk.committed", "spool.before_done"])
def test_a_desk_killed_at_each_step_gives_each_message_one_result(app, tmp_path, started, at):
    for number in range(MAILS):
        spool.keep(mail(number), "ada@env.example", TO, "listen", tmp_path)
    assert started(DESK, tmp_path, kill_at=at).wait() == -signal.SIGKILL
    assert started(DESK, tmp_path).wait() == 0
    assert spool.waiting(tmp_path) == []
    arrivals = db.session.query(Arrival).all()
    assert sorted(spool.raw_of(each.raw, tmp_path) for each in arrivals) == [mail(number) for number in range(MAILS)]
    assert {each.copies for each in arrivals} == {1}
