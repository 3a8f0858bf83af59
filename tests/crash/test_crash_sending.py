"""A sender that is killed again and again: every letter arrives, and each kill costs at most one extra copy, under the same Message-ID."""

import os
import random
import signal
import time
from collections import Counter

import pytest

from consult.extensions import db, transaction
from consult.outbox.actions import post
from consult.outbox.models import Letter
from tests import make
from tests.crash.nursery import Process
from tests.outbox.sink import running
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
LONG = os.environ.get("CONSULT_CRASH") == "long"
KILLS, LETTERS = (50, 2000) if LONG else (8, 300)


def posted(count: int) -> set[str]:
    """Message-IDs of that many letters waiting to be sent."""
    with transaction():
        people = [make.person(f"Person {number}") for number in range(20)]
        return {
            post(kind="round", person=people[n % 20], subject=f"Letter {n}", text="Hello", once=f"l:{n}").message_id for n in range(count)
        }


@pytest.fixture
def worker(tmp_path, nursery):
    """Starts senders in processes of their own; none of them outlives the test."""

    def start(url: str, kill_at: str = "", lease: int = 1) -> Process:
        environment = {"CONSULT_KILL_AT": kill_at}
        return nursery.start("tests.crash.programs:sender", tmp_path, url, lease, environment=environment, log=tmp_path / "log.txt")

    yield start
    nursery.clear()


def unsent() -> int:
    db.session.rollback()
    return db.session.query(Letter).filter(Letter.state != "sent").count()


def check(wanted: set[str], sink, kills: int) -> None:
    copies = Counter(message_id.strip("<>") for message_id in sink.ids)
    assert set(copies) == wanted
    assert sum(copies.values()) - len(wanted) <= kills
    recipients = {(raw_id, to) for raw_id, (_, to, _) in zip(sink.ids, sink.taken, strict=True)}
    assert len(recipients) == len(wanted)


@pytest.mark.parametrize("workers", [1, 4] if LONG else [1])
def test_kills_at_any_time_lose_nothing_and_double_at_most_one_letter_each(app, worker, workers):
    wanted = posted(LETTERS)
    by_chance = random.Random(11)
    with running() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        team = [worker(url, lease=1 if workers == 1 else 10) for _ in range(workers)]
        for kill in range(KILLS):
            enough = (kill + 1) * LETTERS // (KILLS + 2)
            waits_for(lambda enough=enough: len(sink.taken) >= enough)
            time.sleep(by_chance.random() / 50)
            victim = by_chance.randrange(workers)
            team[victim].kill()
            team[victim] = worker(url, lease=1 if workers == 1 else 10)
        waits_for(lambda: unsent() == 0)
    check(wanted, sink, KILLS)


@pytest.mark.parametrize("at", ["sending.claimed", "sending.before", "sending.between", "sending.marked"])
def test_a_kill_at_each_step_loses_nothing_and_doubles_at_most_one_letter(app, worker, at):
    wanted = posted(5)
    with running() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        dying = worker(url, at)
        assert dying.wait() == -signal.SIGKILL
        worker(url)
        waits_for(lambda: unsent() == 0)
    check(wanted, sink, 1 if at == "sending.between" else 0)
