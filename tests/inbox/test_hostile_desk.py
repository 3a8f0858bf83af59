"""Hostile, automatic and odd mail through the desk: each has the outcome its manifest names, and nobody forged is written to."""

import json
import re
import time
from pathlib import Path

import pytest
import time_machine

from consult.extensions import db
from consult.inbox import desk, spool
from consult.inbox.models import Arrival
from consult.outbox import actions as outbox
from tests import make
from tests.inbox import letters

HOSTILE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mail" / "hostile"
MANIFEST = HOSTILE / "manifest.jsonl"
ROWS = [json.loads(line) for line in MANIFEST.read_text().splitlines() if line.strip()] if MANIFEST.is_file() else []
STATES = {"accept": "taken", "hold": "held", "reject": "refused", "ignore": "ignored", "bounce": "bounced"}
DOMAIN = "in.consult.example.int"
A, B, OUTSIDER = "a@env.example", "b@env.example", "outsider@elsewhere.example"
FORGED = ("spoof/display-name", "spoof/from-", "spoof/forged", "spoof/dmarc", "auto/", "loop/", "commands/unauth", "spoof/token-b")


@pytest.fixture
def table(app):
    """A and B in a group with a list address, a round, and letters to both."""
    app.config.update(MAIL_DOMAIN=DOMAIN, AUTHSERV_ID="mx.consult.example.int")
    with time_machine.travel("2026-10-06 12:00:00+00:00"):
        yield letters.laid(ada=A, ben=B)


def places(table) -> dict[bytes, bytes]:
    """What stands for each placeholder."""
    _, old = letters.sent_to(table.ada, "round", table.round.id, table.group)
    outbox.revoke(old)
    _, of_b = letters.sent_to(table.ben, "round", table.round.id, table.group)
    db.session.commit()
    local = {name: outbox.address_of(key).partition("@")[0] for name, key in (("A", table.key), ("A_OLD", old), ("B", of_b))}
    found = {f"TOKEN_{name}": part for name, part in local.items()}
    found |= {
        "CMD": "consult",
        "LIST": table.group.slug,
        "BOUNCE_A": f"bounce+{table.letter.bounce_key}",
        "MSGID": f"<{table.letter.message_id}>",
    }
    found |= {"LINK_A": "http://consult.test/l/stop/abc", "EXPERT_A": A, "EXPERT_B": B, "OUTSIDER": OUTSIDER}
    return {f"@@{name}@@".encode(): value.encode() for name, value in found.items()}


def filled(raw: bytes, values: dict[bytes, bytes]) -> bytes:
    """The mail with every placeholder replaced."""
    for name, value in values.items():
        raw = raw.replace(name, value)
    return raw


def sent(raw: bytes, times: int) -> Arrival:
    """The mail is delivered that often to the address it names."""
    to = re.search(rb"^To: <?([^>\r\n]+)>?", raw, re.M)[1].decode()
    back = re.search(rb"^Return-Path: <([^>\r\n]*)>", raw, re.M)
    for _ in range(times):
        path = spool.keep(raw, back[1].decode() if back else "", to, "listen", letters.current_app.config["DATA"])
        arrival = desk.take(spool.Spooled(path))
    return arrival


@pytest.mark.skipif(not ROWS, reason="needs ../shared/data/mail/hostile, which is not here")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_each_hostile_mail_has_the_outcome_of_its_manifest(table, row):
    raw = filled((HOSTILE / row["file"]).read_bytes(), places(table))
    before = letters.letters_after(0)[-1].id
    began = time.monotonic()
    arrival = sent(raw, row.get("send", 1))
    assert time.monotonic() - began < 10  # a hang is a fault; how fast it is, bench/ measures
    state = "held" if arrival.state == "asked" else arrival.state  # held until its person says that it is theirs
    assert state == STATES[row["expect"]], arrival.reason
    assert arrival.reason or arrival.state == "taken"
    posted = letters.letters_after(before)
    assert len(posted) <= 1
    assert all(letter.person_id == table.ada.id and letter.automatic == "auto-replied" for letter in posted)
    if row["file"].startswith(FORGED) and row["expect"] != "accept":
        assert [letter.kind for letter in posted] == ["confirm"] * (arrival.state == "asked")
    made = letters.comments()
    if row["expect"] != "accept" or row["file"].startswith("commands/"):
        assert not made
    else:
        assert len(made) == 1 and made[0].author_id == table.ada.id and made[0].verified
    for words in filter(None, [row.get("must_not")]):
        told = [f"{letter.subject}\n{letter.text}\n{letter.headers}\n{letter.to_name}" for letter in posted] + [c.text for c in made]
        assert words not in "\n".join(told)


@pytest.mark.skipif(not ROWS, reason="needs ../shared/data/mail/hostile, which is not here")
def test_all_of_them_at_once_leave_one_arrival_each_and_an_empty_spool(app, table):
    values = places(table)
    count = 0
    for row in ROWS:
        raw = filled((HOSTILE / row["file"]).read_bytes(), values)
        to = re.search(rb"^To: <?([^>\r\n]+)>?", raw, re.M)[1].decode()
        spool.keep(raw + row["file"].encode(), "", to, "listen", app.config["DATA"])
        count += 1
    taken = 0
    while more := desk.take_waiting(30):
        taken += more
    assert taken == count == make.db.session.query(Arrival).count()
    assert spool.waiting(app.config["DATA"]) == []
