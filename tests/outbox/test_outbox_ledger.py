"""What the ledger says went over the wire is what went over the wire, to the octet."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox import ledger
from consult.outbox.actions import post, resend
from consult.outbox.attaching import Attached
from consult.outbox.ledger import Ledger
from consult.outbox.models import Letter
from consult.outbox.months import start_of_month, this_month
from consult.outbox.sending import close, send_due
from tests import make
from tests.inbox.letters import arrives, laid, mail
from tests.outbox.sink import running

DOTS = ".\n..\n.hidden\n"


@pytest.fixture(autouse=True)
def hung_up(app):
    yield
    close()


def on_the_wire(sink, address: str) -> int:
    """The octets of everything the server took for that address; it has taken the doubled dots away again."""
    return sum(len(raw) for _, to, raw in sink.taken if to == address)


def letter_to(person, **more) -> int:
    with transaction():
        return post(kind="round", person=person, subject="Draft", text="Please comment.\n" + DOTS, **more).id


def test_the_ledger_equals_the_wire_with_deferrals_copies_files_and_a_new_address(app):
    ada, ben = make.person("Ada"), make.person("Ben")
    make.commit()
    letter_to(ada, html="<p>Please comment.</p>", files=[Attached("Projet révisé.txt", "text/plain", b".\r\n." * 500)])
    put_off, again = letter_to(ada), letter_to(ada)
    letter_to(ben)
    with running() as sink:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        answers = iter(["250 OK", "451 4.3.0 try again", *["250 OK"] * 10])
        sink.on_data = lambda address: next(answers)
        counts = send_due()
        assert (counts.sent, counts.later) == (3, 1)
        db.session.rollback()
        assert send_due(db.session.get(Letter, put_off).not_before).sent == 1
        with transaction():
            db.session.get(Letter, again).to_address = "a@e.example"
            resend(db.session.get(Letter, again))
        assert send_due().sent == 1
    counted = ledger.month(ada.id, clock.now())
    assert counted == Ledger(sent=on_the_wire(sink, "ada@env.example") + on_the_wire(sink, "a@e.example"), letters=4)
    assert ledger.since(ben.id, clock.now() - timedelta(hours=1)) == Ledger(sent=on_the_wire(sink, "ben@env.example"), letters=1)
    assert ledger.since(ada.id, clock.now()) == Ledger()
    sent = db.session.get(Letter, again)
    assert (sent.times, sent.octets < sent.wire) == (2, True)


def test_what_people_send_is_counted_with_every_delivery_of_it(app):
    table = laid()
    raw = mail(table.address, "[3] Agreed.")
    for _ in range(2):
        arrives(raw, table.address)
    arrives(mail("consult@in.consult.test", "STATUS", name="m2"), "consult@in.consult.test")
    status = len(mail("consult@in.consult.test", "STATUS", name="m2"))
    counted = ledger.month(table.ada.id, clock.now())
    assert (counted.received, counted.arrivals) == (2 * len(raw) + status, 3)
    assert ledger.of_group(table.group.id, clock.now())[table.ada.id].received == 2 * len(raw)


@pytest.mark.parametrize(
    ("zone", "now", "start"),
    [
        ("Pacific/Apia", "2026-10-31T12:00", "2026-10-31T11:00"),
        ("America/Lima", "2026-11-01T04:59", "2026-10-01T05:00"),
        ("Europe/Paris", "2026-11-15T00:00", "2026-10-31T23:00"),
        ("UTC", "2027-01-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_a_month_begins_by_the_clock_of_the_persons_own_place(zone, now, start):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert start_of_month(moment, zone) == datetime.fromisoformat(start).replace(tzinfo=UTC)


def test_people_whose_months_began_at_one_moment_are_asked_for_together():
    windows = this_month([(1, "UTC"), (2, "Africa/Accra"), (3, "America/Lima")], datetime(2026, 11, 23, tzinfo=UTC))
    assert [window.person_ids for window in windows] == [(1, 2), (3,)]


def test_each_month_stands_by_itself_and_officers_see_only_what_their_group_sent(app):
    group = make.group()
    ada = make.member(group, make.person("Ada", zone="America/Lima"))
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for days, octets, of in ((0, 1000, group.id), (22, 200, None), (23, 40, group.id), (300, 7, group.id)):
        made = post(kind="round", person=ada, subject="x", text="y", group_id=of)
        made.state, made.sent_at, made.wire, made.times = "sent", now - timedelta(days=days), octets, 1
    make.commit()
    found = ledger.months(ada.id, now, 3)
    assert [counted.sent for _, counted in found] == [1200, 40, 0]
    assert [began.strftime("%Y-%m-%d") for began, _ in found] == ["2026-11-01", "2026-10-01", "2026-09-01"]
    assert ledger.of_group(group.id, now) == {ada.id: Ledger(sent=1000, letters=1)}
    assert ledger.of_people([ada.id], now)[ada.id].sent == 1200
