"""Letters out: the outbox against a loop of the standard library to the same server; then 200 posts to 60 people, start to end."""

import smtplib
import sys
import time
from email.message import EmailMessage
from email.utils import format_datetime

from sqlalchemy import func, select

from bench import world
from bench.figures import Figure, note, tell
from bench.house import environment, family, free_port, house, memory, process, wait_for
from consult.alerts.models import Notice
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.outbox import sending
from consult.outbox.models import Letter
from consult.review import actions as review
from tests import make

TURNS, A_TURN = 6, 200
POSTS, PEOPLE = 200, 60
MAILMAN = 0.7  # posts a second with personalised delivery, on this kind of machine
PATIENCE = 300


def measure() -> list[Figure]:
    """First the sending alone, by turns with its floor, then everything together."""
    port = free_port()
    with process(sys.executable, "-m", "bench.sink", str(port), env=environment_of_sink()):
        wait_for("127.0.0.1", port)
        return [_sending(port), *_everything(port)]


def environment_of_sink() -> dict[str, str]:
    """What any process of ours needs to start."""
    from pathlib import Path

    return environment(Path("/nonexistent"))


def _sending(port: int) -> Figure:
    with house("", CONSULT_SMTP_URL=f"smtp://127.0.0.1:{port}") as (app, _):
        group, _, people = world.group(PEOPLE)
        ours, theirs = [], []
        for _ in range(TURNS):
            letters = _posted(group, people)
            ours.append(_timed(lambda: sending.send_due(clock.now(), limit=A_TURN)))
            theirs.append(_timed(_loop, letters, port))
        sending.close()
        left = db.session.scalar(select(func.count()).where(Letter.state != "sent"))
        assert left == 0, f"{left} letters were not sent"
        rate, floor = A_TURN / sorted(ours)[TURNS // 2], A_TURN / sorted(theirs)[TURNS // 2]
        return tell(
            Figure("letters out, marked durably one by one", rate, "letters/s", floor, least=0.6, bar="≥ 60 % of the standard library")
        )


def _posted(group, people) -> list[dict]:
    """Letters with a text of 2.5 kB each, waiting; and the same as plain values."""
    said = []
    with transaction():
        for number in range(A_TURN):
            person = people[number % len(people)]
            key = outbox.new_key(person, "comment", 1, group_id=group.id)
            letter = outbox.post(
                kind="comment", person=person, subject=f"[EGTT] Comment {number} on paragraph 12", text=_text(),
                group_id=group.id, group_name="EGTT", keys=[key], list_id="experts", unsubscribe_url="https://in.bench.example/l/stop/1",
            )  # fmt: skip
            said.append(
                {
                    name: getattr(letter, name)
                    for name in ("message_id", "to_address", "to_name", "reply_to", "subject", "text", "headers", "created_at")
                }
            )
    return said


def _text() -> str:
    return "\n\n".join(world.prose(70) for _ in range(5))


def _loop(letters: list[dict], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for letter in letters:
            made = EmailMessage()
            made["From"] = "EGTT <consult@in.bench.example>"
            made["To"] = f"{letter['to_name']} <{letter['to_address']}>"
            made["Reply-To"] = letter["reply_to"]
            made["Subject"] = letter["subject"]
            made["Date"] = format_datetime(letter["created_at"])
            made["Message-ID"] = f"<{letter['message_id']}>"
            made["Auto-Submitted"] = "auto-generated"
            for name, value in letter["headers"].items():
                made[name] = value
            made.set_content(letter["text"])
            server.send_message(made, from_addr="bounce@in.bench.example", to_addrs=[letter["to_address"]])


def _everything(port: int) -> list[Figure]:
    """From the posts to the last letter taken by the server: `consult up` does all of it."""
    with house("", CONSULT_SMTP_URL=f"smtp://127.0.0.1:{port}") as (app, env):
        group, officer, people = world.group(PEOPLE)
        for person in people:
            person.rhythm = "at-once"
        version = make.published(make.draft(group), world.text(20), by=officer)
        opened = world.discussed(version, officer, people, 0)
        db.session.execute(db.delete(Untold))
        db.session.commit()
        with process(sys.executable, "-m", "consult", "up", env=env) as up:
            host, _, web = env["CONSULT_LISTEN"].partition(":")
            wait_for(host, int(web))
            note(f"{len(family(up.pid))} processes")
            return _posts(opened, officer, people, up.pid)


def _posts(opened, officer, people, pid: int) -> list[Figure]:
    for number in range(POSTS):
        with transaction():
            review.comment(opened, paragraph=None, text=world.prose(60), by=people[number % PEOPLE], door="page", at=clock.now())
    start, peak = time.monotonic(), 0.0
    while _unfinished():
        peak = max(peak, memory(pid))
        if time.monotonic() - start > PATIENCE:
            note("given up waiting")
            break
        time.sleep(0.5)
    took = time.monotonic() - start
    sent = db.session.scalar(select(func.count()).where(Letter.state == "sent"))
    db.session.rollback()
    note(f"{sent} letters in {took:.1f} s")
    return [
        tell(
            Figure(
                "posts a second, each to 60 people, written and sent",
                POSTS / took,
                "posts/s",
                MAILMAN,
                least=10,
                bar="≥ 10 × Mailman's 0.7",
            )
        ),
        tell(Figure("the same in letters", sent / took, "letters/s")),
        tell(Figure("memory of all processes at most meanwhile (PSS)", peak, "MB", most=250, bar="≤ 250 MB")),
    ]


def _unfinished() -> bool:
    waits = (
        db.session.scalar(select(func.count()).select_from(Untold)),
        db.session.scalar(select(func.count()).where(Notice.state == "waiting", Notice.due_at <= clock.now())),
        db.session.scalar(select(func.count()).where(Letter.state.in_(("waiting", "sending")))),
    )
    db.session.rollback()
    return any(waits)


def _timed(work, *given) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start
