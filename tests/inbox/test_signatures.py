"""Signatures of incoming mail, checked by ourselves with keys from a DNS of our own making."""

import base64
from datetime import timedelta

import dkim
import pytest
from nacl.signing import SigningKey

from consult.inbox.signatures import Checker, Silent
from consult.kit import clock
from tests.inbox import letters

KEY = SigningKey(b"a seed of thirty-two octets only")
PRIVATE = base64.b64encode(bytes(KEY))
RECORD = b"v=DKIM1; k=ed25519; p=" + base64.b64encode(bytes(KEY.verify_key))


class Names:
    """A DNS that knows the key of env.example, and counts how often it was asked."""

    def __init__(self, silent: bool = False):
        self.asked, self.silent = [], silent

    def __call__(self, name: str) -> bytes | None:
        self.asked.append(name)
        if self.silent:
            raise Silent("no answer")
        return RECORD if name == "s1._domainkey.env.example" else None


@pytest.fixture
def table(app):
    app.config.update(DKIM_CHECK=True, AUTHSERV_ID="mx.consult.test")
    made = letters.laid()
    app.config["DKIM_CHECKER"] = Checker(Names(), "mx.consult.test")
    return made


def signed(raw: bytes, domain: bytes = b"env.example", **more) -> bytes:
    """The mail with a fresh Date and a signature of that domain."""
    date = f"{clock.now():%a, %d %b %Y %H:%M:%S} +0000".encode()
    raw = raw.replace(b"Mon, 23 Nov 2026 10:00:00 +0000", date)
    covered = [b"from", b"to", b"subject", b"date"]
    how = {"canonicalize": (b"relaxed", b"relaxed"), "include_headers": covered, "signature_algorithm": b"ed25519-sha256"}
    return dkim.sign(raw, b"s1", domain, PRIVATE, **how, **more) + raw


def came(table, raw: bytes):
    return letters.arrives(raw, table.address)


def test_a_signed_mail_is_verified_where_the_server_says_nothing(app, table):
    arrival = came(table, signed(letters.mail(table.address, "[12] Signed.")))
    assert (arrival.state, arrival.verified, letters.comments()[0].verified) == ("taken", True, True)
    came(table, signed(letters.mail(table.address, "[13] Again.", name="m2")))
    assert app.config["DKIM_CHECKER"].look.asked == ["s1._domainkey.env.example"]


def test_a_changed_a_foreign_and_an_old_one_are_not(table):
    changed = signed(letters.mail(table.address, "[12] Say who pays.")).replace(b"who pays", b"nothing!")
    foreign = signed(letters.mail(table.address, "[12] Other.", name="m2"), b"evil.example")
    part = signed(letters.mail(table.address, "[12] Part.", name="m3"), length=True) + b"and more\r\n"
    assert [came(table, raw).state for raw in (changed, foreign, part)] == ["asked"] * 3
    old = signed(letters.mail(table.address, "[12] Old.", name="m4"))
    with letters.clock_at(clock.now() + timedelta(days=8)):
        assert came(table, old).state == "asked"


def test_a_dns_that_does_not_answer_proves_nothing_either_way(app, table):
    app.config["DKIM_CHECKER"] = Checker(Names(silent=True), "mx.consult.test")
    assert came(table, signed(letters.mail(table.address, "[12] Signed."))).state == "asked"
    app.config["AUTHSERV_ID"] = ""
    app.config["DKIM_CHECKER"] = Checker(Names(silent=True))
    arrival = came(table, signed(letters.mail(table.address, "[12] Signed.", name="m2")))
    assert (arrival.state, arrival.verified) == ("taken", False)


def test_what_the_server_says_stands_above_our_own_check(table):
    raw = signed(letters.mail(table.address, "[12] Forged."))
    said = b"Authentication-Results: mx.consult.test; dmarc=fail header.from=env.example\r\n"
    assert came(table, said + raw).state == "held"
