"""`consult up` is one thing to start and one thing to stop, and nothing that happens to one part of it stops the work."""

import re
import signal
from datetime import timedelta

import psutil

from tests.journeys.consulting import Consult, until
from tests.journeys.inside import inside
from tests.journeys.visiting import Visitor


def test_it_stops_cleanly_and_starts_again_with_what_was_there(consult):
    consult.start("--demo")
    people = consult.command("person", "list")
    assert people.count("\n") == 12
    assert consult.stop(signal.SIGINT) == 0
    consult.start("--demo")
    assert consult.command("person", "list") == people
    assert consult.command("round", "list").count("\n") == 3
    assert consult.stop(signal.SIGTERM) == 0
    assert consult.said().count("Consult is at") == 2 and "Traceback" not in consult.said()


def test_a_worker_that_is_killed_is_replaced_and_the_work_goes_on(consult):
    consult.start()
    consult.command("person", "add", "Olga", "olga@env.example", "--staff")
    before = worker_of(consult)
    before.kill()
    until(lambda: "the worker stopped (status -9); starting it again" in consult.said(), "the word about the worker", consult.said)
    asks_for_a_link(consult, "olga@env.example")
    assert consult.letter("olga@env.example", "/l/sign-in/")
    assert worker_of(consult).pid != before.pid
    assert consult.stop() == 0


def test_health_names_the_part_that_is_missing(consult):
    consult.start()
    assert consult.health() == (200, "database: ok\nworker: ok\nlistener: ok\n")
    consult.stop()
    with inside(consult, timedelta(minutes=10)) as app:
        answer = app.test_client().get("/healthz")
        assert answer.status_code == 503
        assert re.search(r"^worker: not heard of since 20\S+ \S+ UTC$", answer.text, re.MULTILINE)
        assert "listener: does not answer" in answer.text and "database: ok" in answer.text


def listens(process: psutil.Process) -> bool:
    """Whether anybody can connect to it."""
    return any(connection.status == psutil.CONN_LISTEN for connection in process.net_connections())


def worker_of(consult: Consult):
    """The process that is neither parent nor listens anywhere."""

    def found():
        children = [process for process in consult.family() if process.ppid() == consult.process.pid]
        quiet = [process for process in children if not process.children() and not listens(process)]
        return quiet if len(children) == 3 and len(quiet) == 1 else None

    return until(found, "exactly one worker", consult.said)[0]


def asks_for_a_link(consult: Consult, address: str) -> None:
    """As the form for forgotten passwords does."""
    assert Visitor(consult).submit("/sign-in/link", address=address).status == 200
