"""Several workers at once, and clocks that jump: each letter once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from consult import worker
from consult.alerts.models import Notice
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox.models import Letter
from consult.review.models import Round
from tests import make
from tests.crash.browser import Browser
from tests.crash.conftest import LONG
from tests.inbox.imap import free_port
from tests.outbox.sink import running
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
PEOPLE = 200 if LONG else 24
YESTERDAY = timedelta(days=1, hours=1)


def what_is_due() -> None:
    """Comments of yesterday for whom reads digests, a round whose opening has come, and people of every rhythm."""
    with time_machine.travel(clock.now() - YESTERDAY, tick=False), transaction():
        group = make.group()
        for number in range(PEOPLE):
            rhythm = ("at-once", "daily")[number % 2]
            make.member(group, make.person(f"Person {number}", rhythm=rhythm, digest_hour=number % 24))
        author = make.member(group, make.person("Ada", rhythm="none"))
        text = "1. First.\n\n2. Second."
        asked = make.round(make.published(make.draft(group), text))
        make.round(
            make.published(make.draft(group, "Another"), text), title="Planned", opens_at=clock.now() + YESTERDAY - timedelta(minutes=1)
        )
        make.read_by_all()
        for number in range(5):
            make.comment(asked, make.officer(group) if number % 2 else author, text=f"Comment {number}.")


def at_rest() -> bool:
    """Nothing is due any more."""
    db.session.rollback()
    due = (
        db.session.query(Untold),
        db.session.query(Notice).filter(Notice.state == "waiting", Notice.due_at <= clock.now()),
        db.session.query(Letter).filter(Letter.state.in_(("waiting", "sending"))),
        db.session.query(Round).filter(Round.opens_at <= clock.now(), Round.opened_at.is_(None)),
    )
    return not any(each.count() for each in due)


def test_workers_side_by_side_write_and_send_everything_once(house):
    with running() as sink:
        house.environment["CONSULT_SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        for _ in range(2):
            house.start("worker")
            port = free_port()
            house.start("up", CONSULT_LISTEN=f"127.0.0.1:{port}", CONSULT_LMTP_LISTEN=f"127.0.0.1:{free_port()}")
            waits_for(lambda port=port: Browser(port).get("/healthz") is not None)
        what_is_due()
        waits_for(at_rest)
        house.nursery.clear()
    check(sink)


def check(sink) -> None:
    """Each of those letters went to each of those people once."""
    letters = db.session.query(Letter).all()
    assert Counter(sink.ids) == {f"<{letter.message_id}>": 1 for letter in letters}
    kinds = Counter((letter.kind, letter.person_id) for letter in letters)
    readers = {kind: [person for each, person in kinds if each == kind] for kind in ("opening", "digest")}
    print({kind: sum(n for (each, _), n in kinds.items() if each == kind) for kind, _ in kinds})
    assert len(readers["digest"]) == PEOPLE // 2 + 1  # the officer too
    assert len(readers["opening"]) == PEOPLE + 1  # Ada; the officer asks and is not asked
    assert {kinds[("digest", person)] for person in readers["digest"]} == {1}
    assert {kinds[("opening", person)] for person in readers["opening"]} == {1}
    assert {letter.state for letter in letters} == {"sent"}


JUMPS = {"an hour back": -timedelta(hours=1), "a day on": timedelta(days=1)}


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize(
    "begins", [datetime(2026, 10, 24, 0, 30, tzinfo=UTC), datetime(2027, 3, 27, 0, 30, tzinfo=UTC)], ids=["autumn", "spring"]
)
def test_clocks_that_jump_around_a_digest_neither_double_nor_lose_it(house, jump, begins):
    """Hour by hour over four days in which Europe changes its clocks; once, just after a digest, the machine's clock jumps."""
    with time_machine.travel(begins, tick=False) as machine:
        group = make.group()
        zones = {"Ada": "Europe/Paris", "Ben": "Africa/Nairobi", "Cleo": "America/New_York", "Dan": "Europe/Paris"}
        readers = [
            make.member(group, make.person(name, rhythm="daily", digest_hour=2 if name != "Dan" else 3, zone=zone))
            for name, zone in zones.items()
        ]
        asked = make.round(make.published(make.draft(group)), days=30)
        make.read_by_all()
        author, wanted = make.officer(group), 0
        make.commit()
        for step in range(4 * 24):
            if step == 27:
                machine.shift(JUMPS[jump])
            if step % 8 == 2 and step < 60:
                make.comment(asked, author, text=f"Comment number {wanted}.")
                make.commit()
                wanted += 1
            worker.turn()
            machine.shift(timedelta(hours=1))
        for reader in readers:
            told = "\n".join(letter.text for letter in db.session.query(Letter).filter_by(person_id=reader.id, kind="digest"))
            assert [told.count(f"Comment number {number}.") for number in range(wanted)] == [1] * wanted, reader.name
