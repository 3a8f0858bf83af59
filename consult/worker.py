"""What is due, in order, again and again. Safe to run twice, to kill anywhere, and to start on another machine."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask, current_app

from consult.alerts import actions as alerts
from consult.alerts.withholding import withheld
from consult.delegations import actions as delegations
from consult.exchange import actions as exchange
from consult.extensions import db, transaction
from consult.inbox import confirming, desk
from consult.kit import clock, memory
from consult.meetings import actions as meetings
from consult.outbox import sending
from consult.papers import actions as papers
from consult.people import seats
from consult.polls import actions as polls
from consult.reach import actions as reach
from consult.reach import calling
from consult.review import actions as review
from consult.web import health

IDLE_SECONDS = 0.5
BEAT_SECONDS = 20
LOOKS_EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)


def run(app: Flask, stop: threading.Event | None = None) -> None:
    """Work until told to stop; what is under way is finished first."""
    stop = stop or _until_signal()
    memory.settle()
    beaten = time.monotonic() - BEAT_SECONDS  # a clock that is set back must not stop the pulse and the checkpoints
    while not stop.is_set():
        with app.app_context():
            done = turn()
            if time.monotonic() - beaten >= BEAT_SECONDS:
                beaten = time.monotonic()
                _attempt("pulse", _beat)
            _attempt("end of the turn", db.session.remove)
        if not done:
            stop.wait(IDLE_SECONDS)
    with app.app_context():
        sending.close()
        db.engine.dispose()


def turn(leaving_out: str = "") -> int:
    """Do once everything that is due now: arrivals, rounds, alerts, letters, documents. Returns how many things were done."""
    return sum(_attempt(name, part) for name, part in PARTS.items() if name != leaving_out)


def _rounds() -> int:
    now = clock.now()
    with transaction():
        come = review.start_due(now) + review.close_due(now) + review.remind_due(now)
        return come + delegations.remind_due(now)


def _polls() -> int:
    with transaction():
        return polls.close_due(clock.now())


def _meetings() -> int:
    with transaction():
        return meetings.come_due(clock.now())


def _reach() -> int:
    with transaction():
        return reach.ask_again_due(clock.now())


def _an_hour_passed(part: str, now: datetime) -> bool:
    """Whether this process may look at that part again, and remembers that it does."""
    looked = current_app.extensions.get(f"consult.{part}")
    due = looked is None or now - looked >= LOOKS_EVERY
    if due:
        current_app.extensions[f"consult.{part}"] = now
    return due


def _calls() -> int:
    """Looked for once an hour: nobody is telephoned sooner."""
    now = clock.now()
    if not _an_hour_passed("calls", now):
        return 0
    if not calling.to_call(now):  # read without keeping anybody from writing: it takes a look at everybody
        return 0
    with transaction():
        return calling.call_due(now)


def _trust() -> int:
    """Looked for once an hour: what nobody confirmed, and reply addresses of people whose seat ended today."""
    now = clock.now()
    if not _an_hour_passed("trust", now):
        return 0
    with transaction():
        return confirming.lapse(now) + seats.end_keys_due(now)


PARTS: dict[str, Callable[[], int]] = {
    "arrivals": lambda: desk.take_waiting(),
    "trust": _trust,
    "rounds": _rounds,
    "polls": _polls,
    "meetings": _meetings,
    "reach": _reach,
    "calls": _calls,
    "groups": lambda: review.group_due(clock.now()),
    "events": lambda: alerts.spread(clock.now()),
    "notices": lambda: alerts.write_due(clock.now()),
    "letters": lambda: sending.send_due(clock.now(), withheld=withheld),
    "imports": lambda: exchange.work(clock.now()),
    "papers": lambda: papers.make_due(clock.now()),
}


def _attempt(name: str, part: Callable[[], int]) -> int:
    try:
        return int(part() or 0)
    except Exception:  # one part that fails (a full disk, a busy database) must not stop the others; it is tried again
        log.exception("worker: %s failed and will be tried again", name)
        db.session().invalidate()  # no rollback: the connection may be what is broken
        return 0


def _beat() -> int:
    with transaction():
        health.beat("worker")
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return 0


def _until_signal() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop
