"""A digest of 100 comments for each of many people: how long writing and sending it works the processor, and how large it is.

What it may weigh is said for posts as long as those of a mailing list (2.7 kB, where Mailman takes 1.4 times their words); beside comments
of a few lines, a name and a paragraph weigh more."""

import smtplib
import sys
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import time_machine
from sqlalchemy import select

from bench import prose, world
from bench.figures import Figure, note, tell
from bench.house import free_port, house, process, wait_for
from bench.letters import environment_of_sink
from consult.alerts import actions as alerts
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox import sending
from consult.outbox.models import Letter
from consult.review import actions as review
from tests import make

COMMENTS, READERS = 100, 40
SHORT, LONG = (80, 470), (2_300, 3_100)
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MOST_MS, MOST_TIMES = 30, 1.25


def measure() -> list[Figure]:
    """Comments as members write them, and posts as long as those of a mailing list; the three forms."""
    port = free_port()
    with process(sys.executable, "-m", "bench.sink", str(port), env=environment_of_sink()):
        wait_for("127.0.0.1", port)
        found = [each for form in ("plain", "rfc1153", "mime") for each in _written(port, "comments", SHORT, form)]
        return found + _written(port, "posts of 2.7 kB", LONG, "plain")


def _written(port: int, what: str, lengths: tuple[int, int], form: str) -> list[Figure]:
    with house("", CONSULT_SMTP_URL=f"smtp://127.0.0.1:{port}") as (_, _), time_machine.travel(START, tick=True) as now:
        said = _said(lengths, form)
        now.move_to(START.replace(hour=23), tick=True)
        first = _turn()
        now.move_to(START + timedelta(days=1), tick=True)
        ours = _turn() / READERS
        letters = list(db.session.scalars(select(Letter).where(Letter.kind == "digest").order_by(Letter.id)))[1:]
        assert len(letters) == READERS and all(letter.state == "sent" for letter in letters), f"{len(letters)} digests"
        floor = _timed(lambda: _loop(letters, port)) / READERS
        note(f"{what}, {form}: the first {first:.0f} ms")
        bars = {"most": MOST_MS, "bar": f"≤ {MOST_MS} ms"} if form == "plain" else {}
        small = {"most": MOST_TIMES, "bar": f"≤ {MOST_TIMES} × the words"} if lengths == LONG else {}
        size = sum(letter.octets for letter in letters) / len(letters) / 1000
        return [
            tell(Figure(f"a digest of 100 {what}, {form}: written and sent", ours, "ms", None, **bars)),
            tell(Figure("  the same bytes by the standard library", ours, "ms", floor)),
            tell(Figure("  its size against the new words", size, "kB", said / 1000, **small)),
        ]


def _said(lengths: tuple[int, int], form: str) -> int:
    """A round in which a hundred comments are new for everybody; says how many octets of words they are."""
    group, officer, experts = world.group(12)
    readers = [make.member(group, make.person(f"Reader Number{number}", rhythm="daily", means="mail")) for number in range(READERS + 1)]
    for each in [officer, *experts]:
        each.rhythm = "none"
    for number, reader in enumerate(readers):
        reader.digest_hour, reader.digest_form, reader.limit_bytes = (8 if number else 22), form, 1_000_000
    version = make.published(make.draft(group), "\n\n".join(f"{n}. {text}" for n, text in enumerate(prose.articles(60), 1)), by=officer)
    opened = make.round(version, by=officer)
    db.session.execute(db.delete(Untold))
    db.session.commit()
    texts = prose.remarks(COMMENTS, *lengths)
    places = version.paragraphs
    for number, text in enumerate(texts):
        with transaction():
            where = places[number * 37 % len(places)]
            kind = world.TYPES[number % 5]
            review.comment(opened, paragraph=where, text=text, type=kind, by=experts[number % 12], door="page", at=clock.now())
    alerts.spread(clock.now())
    return sum(len(text.encode()) for text in texts)


def _turn() -> float:
    return _timed(lambda: (alerts.write_due(clock.now()), sending.send_due(clock.now())))


def _timed(work) -> float:
    """Milliseconds that the processor worked for it, however busy the machine is with other things."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _loop(letters: list[Letter], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for letter in letters:
            made = EmailMessage()
            made["From"], made["To"] = "EGTT <consult@in.bench.example>", f"{letter.to_name} <{letter.to_address}>"
            made["Subject"], made["Date"] = letter.subject, format_datetime(letter.created_at)
            made["Message-ID"] = f"<{letter.message_id}>"
            made.set_content(letter.text)
            server.send_message(made, from_addr="bounce@in.bench.example", to_addrs=[letter.to_address])
