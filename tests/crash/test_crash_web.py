"""Pages whose server is killed again and again: what was answered is stored whole, and a form sent again says nothing twice."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter

import psutil
import pytest

from consult.extensions import db
from consult.journal.models import Event, Untold
from consult.people import actions as people
from consult.review.models import Comment, Round
from tests import make
from tests.crash.browser import Browser
from tests.crash.conftest import LONG
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
KILLS, LEAST = (100, 1000) if LONG else (6, 60)
PASSWORD = "a good long password"


def round_with(member_name: str = "Ada") -> Round:
    """An open round with a member who can sign in by password; nothing of it is left to tell."""
    group = make.group()
    people.set_password(make.member(group, make.person(member_name)), PASSWORD)
    opened = make.round(make.published(make.draft(group)))
    make.read_by_all()
    make.commit()
    return opened


def signed_in(port: int) -> Browser:
    browser = Browser(port)
    waits_for(lambda: browser.get("/sign-in") is not None)
    fields = {"address": "ada@env.example", "password": PASSWORD, "csrf_token": browser.token("/sign-in")}
    assert browser.post("/sign-in", fields)[0] == 303
    return browser


def page_of(opened: Round) -> str:
    at = opened.version
    return f"/g/experts/d/{at.draft.slug}/v/{at.number}/p/whole"


class Killer(threading.Thread):
    """Kills the server at random moments: everything at once, only a worker, only the master. It comes back each time."""

    def __init__(self, house, server) -> None:
        super().__init__(daemon=True)
        self.house, self.server, self.kills = house, server, Counter()

    def run(self) -> None:
        by_chance = random.Random(3)
        for number in range(KILLS):
            Browser(self.house.port).get("/sign-in") or waits_for(lambda: Browser(self.house.port).get("/sign-in") is not None)
            time.sleep(by_chance.random())
            self._kill(("all", "worker", "master")[number % 3])

    def _kill(self, whom: str) -> None:
        self.kills[whom] += 1
        if whom == "worker":
            for worker in self.server.children()[:1]:
                worker.kill()
            return
        orphans = self.server.children()
        if whom == "all":
            self.server.kill()
        else:
            os.kill(self.server.pid, signal.SIGKILL)
            self.server.wait()
        psutil.wait_procs(orphans, timeout=30)
        self.server = self.house.start("web")


def test_every_answered_submission_is_stored_whole_and_once(house):
    opened = round_with()
    path = page_of(opened)
    killer = Killer(house, house.start("web"))
    browser = signed_in(house.port)
    token = browser.token(path)
    killer.start()
    told: dict[str, list[str]] = {}
    unanswered = 0
    while killer.is_alive() or len(told) < LEAST:
        once = f"form-{len(told)}"
        fields = {"csrf_token": token, "once": once, "type": "general", "text": f"Comment {once}."}
        answer, tries = None, 0
        while answer is None:
            answer, tries = browser.post(path, fields), tries + 1
            time.sleep(0 if answer else 0.05)
        unanswered += tries - 1
        assert answer[0] == 303, answer[2]
        again = browser.post(path, fields)
        assert again is None or again[0] == 303, again[2]
        told[once] = [re.search(r"#c(?:\d+-)?(\d+)$", each[1]).group(1) for each in (answer, again) if each]
    killer.join()
    print(f"{sum(killer.kills.values())} kills {dict(killer.kills)}, {len(told)} submissions, {unanswered} tries without an answer")
    check(opened, told)


def check(opened: Round, told: dict[str, list[str]]) -> None:
    """Every answer was true, nothing is half there, nothing is there twice."""
    db.session.rollback()
    stored = {f"Comment {once}.": set(numbers) for once, numbers in told.items()}
    comments = db.session.query(Comment).order_by(Comment.number).all()
    assert {each.text: {str(each.number)} for each in comments} == stored
    assert len(comments) == len(stored)
    assert [each.number for each in comments] == list(range(1, len(comments) + 1))
    assert db.session.get(Round, opened.id, populate_existing=True).comments_made == len(comments)
    events = db.session.query(Event).filter(Event.kind == "comment.made").all()
    assert sorted(each.subject_id for each in events) == sorted(each.id for each in comments)
    assert {each.event_id for each in db.session.query(Untold)} == {each.id for each in events}


def database_port() -> int:
    """Where the database server listens; 0 when the database is a file."""
    return 0 if db.engine.dialect.name == "sqlite" else db.engine.url.port or 5432


def connections_to_database(process: psutil.Process, port: int) -> list:
    """What this process has open to the database server or file."""
    if port:
        return [each for each in process.net_connections() if each.raddr and each.raddr.port == port]
    return [each.path for each in process.open_files() if each.path.endswith("consult.db")]


def test_the_processes_that_serve_pages_share_no_connection(house):
    """A connection that two processes hold mixes up their answers, as when a worker is killed and another takes its place."""
    server = house.start("web", WEB_CONCURRENCY="2")
    waits_for(lambda: Browser(house.port).get("/sign-in") is not None)
    assert connections_to_database(psutil.Process(server.pid), database_port()) == []
