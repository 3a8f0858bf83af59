"""A sender that is killed again and again: every letter arrives, and each kill costs at most one extra copy, under the same Message-ID."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from consult.extensions import db, transaction
from consult.outbox.actions import post
from consult.outbox.models import Letter
from tests import make
from tests.outbox.sink import running
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
LONG = os.environ.get("CONSULT_CRASH") == "long"
KILLS, LETTERS = (50, 2000) if LONG else (8, 300)
WORKER = """
import sys, time
from pathlib import Path
from tests.conftest import make_app
from consult.outbox.sending import send_due
app = make_app(Path(sys.argv[1]), CONSULT_SMTP_URL=sys.argv[2])
app.config["LEASE"] = 1
print("ready", flush=True)
with app.app_context():
    while True:
        if not send_due().total:
            time.sleep(0.05)
"""


def posted(count: int) -> set[str]:
    """Message-IDs of that many letters waiting to be sent."""
    with transaction():
        people = [make.person(f"Person {number}") for number in range(20)]
        return {
            post(kind="round", person=people[n % 20], subject=f"Letter {n}", text="Hello", once=f"l:{n}").message_id for n in range(count)
        }


def worker(folder: Path, url: str, kill_at: str = "") -> subprocess.Popen:
    """A sender in a process of its own."""
    environment = os.environ | {"CONSULT_KILL_AT": kill_at, "PYTHONPATH": str(Path(__file__).parents[2])}
    started = subprocess.Popen([sys.executable, "-c", WORKER, str(folder), url], env=environment, stdout=subprocess.PIPE)
    assert started.stdout.readline() == b"ready\n"
    return started


def ended(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()


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
def test_kills_at_any_time_lose_nothing_and_double_at_most_one_letter_each(app, tmp_path, workers):
    wanted = posted(LETTERS)
    by_chance = random.Random(11)
    with running() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        team = [worker(tmp_path, url) for _ in range(workers)]
        for kill in range(KILLS):
            enough = (kill + 1) * LETTERS // (KILLS + 2)
            waits_for(lambda enough=enough: len(sink.taken) >= enough)
            time.sleep(by_chance.random() / 50)
            victim = by_chance.randrange(workers)
            ended(team[victim])
            team[victim] = worker(tmp_path, url)
        waits_for(lambda: unsent() == 0)
        for one in team:
            ended(one)
    check(wanted, sink, KILLS)


@pytest.mark.parametrize("at", ["sending.claimed", "sending.before", "sending.between", "sending.marked"])
def test_a_kill_at_each_step_loses_nothing_and_doubles_at_most_one_letter(app, tmp_path, at):
    wanted = posted(5)
    with running() as sink:
        url = f"smtp://127.0.0.1:{sink.port}"
        dying = worker(tmp_path, url, at)
        assert dying.wait(60) == -signal.SIGKILL
        dying.stdout.close()
        healthy = worker(tmp_path, url)
        waits_for(lambda: unsent() == 0)
        ended(healthy)
    check(wanted, sink, 1 if at == "sending.between" else 0)
