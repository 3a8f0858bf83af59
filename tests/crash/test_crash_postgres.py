"""A database server that is killed while letters go out and mails come in: nothing is lost, and all goes on by itself."""

import random
import time
from collections import Counter

import pytest

from consult.extensions import db, transaction
from consult.inbox import spool
from consult.inbox.models import Arrival
from consult.outbox.actions import post
from consult.outbox.models import Letter
from tests import make
from tests.crash.cluster import running_cluster
from tests.crash.conftest import LONG, house_at, stamp
from tests.outbox.sink import running
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
KILLS, LETTERS, MAILS = (10, 3000, 300) if LONG else (3, 300, 30)


def posted() -> set[str]:
    """Message-IDs of letters that wait."""
    with transaction():
        people = [make.person(f"Person {number}") for number in range(20)]
        return {post(kind="round", person=people[n % 20], subject=f"Letter {n}", text="Hello").message_id for n in range(LETTERS)}


def mail(number: int) -> bytes:
    """A mail from somebody unknown; it is held at the desk."""
    return f"From: eve{number}@else.example\r\nMessage-ID: <{number}@else.example>\r\nSubject: Hello\r\n\r\nHello {number}\r\n".encode()


def settled(house) -> bool:
    """Nothing waits any more; asked on a fresh connection, since the server dies now and then."""
    db.session.rollback()
    return not spool.waiting(house.folder) and not db.session.query(Letter).filter(Letter.state != "sent").count()


@pytest.fixture
def own_server(tmp_path, nursery):
    """A server of this test's own, a house on it, and where its letters go."""
    with running_cluster() as cluster, running() as sink:
        house = house_at(tmp_path / "house", nursery, cluster.url)
        house.environment["CONSULT_SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        with house.app().app_context():
            db.create_all()
            stamp()
            yield cluster, sink, house
            nursery.clear()
            db.session.remove()
            db.engine.dispose()


def test_a_server_killed_again_and_again_loses_nothing(own_server):
    cluster, sink, house = own_server
    by_chance, wanted = random.Random(7), posted()
    worker = house.start("worker")
    for kill in range(KILLS):
        for number in range(kill * MAILS // KILLS, (kill + 1) * MAILS // KILLS):
            spool.keep(mail(number), f"eve{number}@else.example", "consult@in.consult.test", "listen", house.folder)
        enough = (kill + 1) * LETTERS // (KILLS + 2)
        waits_for(lambda enough=enough: len(sink.taken) >= enough)
        time.sleep(by_chance.random() / 10)
        cluster.kill()
        cluster.start()
        back = time.monotonic()
    db.engine.dispose()
    waits_for(lambda: settled(house))
    back = time.monotonic() - back
    check(wanted, sink)
    assert worker.stop() == 0
    assert back < 30
    print(f"{KILLS} kills, all done {back:.0f} s after the last, {len(sink.taken) - len(set(sink.ids))} extra copies")


def check(wanted: set[str], sink) -> None:
    """Each letter went out, each mail has one result."""
    copies = Counter(message_id.strip("<>") for message_id in sink.ids)
    ours = {message_id: count for message_id, count in copies.items() if message_id in wanted}
    assert set(ours) == wanted
    assert sum(copies.values()) - len(copies) <= KILLS
    arrivals = db.session.query(Arrival).all()
    assert sorted(each.envelope_from for each in arrivals) == sorted(f"eve{number}@else.example" for number in range(MAILS))
    assert {each.copies for each in arrivals} == {1}
