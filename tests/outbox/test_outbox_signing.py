"""Letters are signed with the key that is configured, and whoever receives them finds the signature good."""

import base64
import random
from datetime import timedelta

import dkim
import pytest
from nacl.signing import SigningKey

from consult import keeping
from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox import ledger, signing
from consult.outbox.actions import new_key, post
from consult.outbox.attaching import Attached
from consult.outbox.models import Letter
from consult.outbox.sending import close, send_due
from tests import make
from tests.outbox.sink import running

SEED = bytes(range(32))
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")


def pem(octets: bytes, kind: str = "") -> str:
    return f"-----BEGIN {kind}PRIVATE KEY-----\n{base64.encodebytes(octets).decode()}-----END {kind}PRIVATE KEY-----\n"


def prime(bits: int, dice: random.Random) -> int:
    """A number that twenty witnesses take for a prime (Miller and Rabin)."""
    while True:
        n = dice.getrandbits(bits) | 3 << bits - 2 | 1
        if any(n % small == 0 for small in (3, 5, 7, 11, 13)) or n % 65537 == 1:
            continue
        if all(_witness(n, dice.randrange(2, n - 1)) for _ in range(20)):
            return n


def _witness(n: int, a: int) -> bool:
    twos = ((n - 1) & -(n - 1)).bit_length() - 1
    x = pow(a, n - 1 >> twos, n)
    if x in (1, n - 1):
        return True
    return any((x := x * x % n) == n - 1 for _ in range(twos - 1))


def rsa_key(bits: int = 1024) -> str:
    """An RSA key as PKCS#1, the same each time: it protects nothing."""
    dice = random.Random(bits)
    p, q = prime(bits // 2, dice), prime(bits // 2, dice)
    d = pow(65537, -1, (p - 1) * (q - 1))
    parts = (0, p * q, 65537, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    whole = b"".join(signing._der(2, signing._whole(part)) for part in parts)
    return pem(signing._der(0x30, whole), "RSA ")


KEYS = {
    "Ed25519 of openssl": (lambda: pem(PKCS8 + SEED), "ed25519-sha256"),
    "Ed25519 of dknewkey": (lambda: base64.b64encode(SEED).decode() + "\n", "ed25519-sha256"),
    "RSA": (rsa_key, "rsa-sha256"),
}


@pytest.fixture
def signs(app, tmp_path):
    """Makes this very application sign with a key."""

    def with_key(key: str) -> None:
        (tmp_path / "dkim.pem").write_text(key)
        app.config.update(DKIM_KEY=str(tmp_path / "dkim.pem"), DKIM_SELECTOR="s2026")

    yield with_key
    close()


def published() -> dict[bytes, bytes]:
    """The DNS as the operator sets it up from what the doctor says."""
    name, value = signing.ours().record
    return {f"{name}.".encode(): value.encode()}


@pytest.mark.parametrize("kind", KEYS)
def test_a_receiving_server_finds_the_signature_good_and_the_ledger_counts_it(app, signs, kind):
    key, algorithm = KEYS[kind]
    signs(key())
    with transaction():
        ada = make.person("Ada Ł", "ada@env.example")
        keys = [new_key(ada, "round", 1)]
        more = {
            "list_id": "experts",
            "unsubscribe_url": "https://consult.example/l/stop/ab",
            "files": [Attached("a.txt", "text/plain", b".\n.")],
        }
        post(kind="round", person=ada, subject="Проект", text=".\nfrom all\n", html="<p>x", keys=keys, **more)
    with running() as sink:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        counts = send_due()
        assert counts.sent == 1
    raw, records = sink.taken[0][2], published()
    assert dkim.verify(raw, dnsfunc=lambda name, timeout=5: records.get(name), minkey=1024)
    tags = raw.partition(b"\r\nFrom:")[0].replace(b"\r\n ", b" ")
    assert f"a={algorithm}; c=relaxed/relaxed; d=in.consult.test;".encode() in tags and b"; t=" in tags and b"; l=" not in tags
    for name in (b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"list-unsubscribe", b"list-unsubscribe-post"):
        assert b" : " + name in tags or b"h=" + name in tags
    for forged in (
        raw.replace(b"Subject: ", b"Subject: Re: "),
        raw.replace(b"\r\nFrom: ", b"\r\nFrom: Eve <eve@env.example>\r\nFrom: "),
        raw + b"x",
    ):
        assert not dkim.verify(forged, dnsfunc=lambda name, timeout=5: records.get(name), minkey=1024)
    assert ledger.since(ada.id, clock.now() - timedelta(hours=1)).sent == len(raw)
    assert len(raw.partition(b"\r\nFrom:")[0]) <= signing.SIGNATURE


@pytest.mark.parametrize("broken", ["", "nonsense", pem(b"\x30\x03\x02\x01\x00"), pem(PKCS8 + SEED[:20])])
def test_with_a_key_that_cannot_be_used_letters_wait_and_the_doctor_says_why(app, signs, broken):
    signs(broken)
    with transaction():
        letter = post(kind="round", person=make.person("Ada"), subject="x", text="y").id
    assert send_due().paused
    db.session.rollback()
    waiting = db.session.get(Letter, letter)
    assert (waiting.state, waiting.attempts) == ("waiting", 0) and "CONSULT_DKIM_KEY" in waiting.answer
    assert [said for fine, said in keeping.examine(app) if "DKIM" in said and not fine]


def test_the_doctor_says_what_to_publish_and_that_a_short_key_is_weak(app, signs):
    signs(rsa_key())
    found = {said: fine for fine, said in keeping.examine(app)}
    assert found["letters are signed for in.consult.test with rsa-sha256, 1024 bits; use 2048"] is False
    public = base64.b64encode(signing.ours().public).decode()
    assert f'publish in the DNS: s2026._domainkey.in.consult.test. IN TXT "v=DKIM1; k=rsa; p={public}"' in found


def test_the_key_can_stand_in_the_setting_itself(tmp_path):
    one_line = pem(PKCS8 + SEED).replace("\n", "\\n")
    made = signing.load(one_line, "s", "env.example")
    assert made.record == (
        "s._domainkey.env.example",
        f"v=DKIM1; k=ed25519; p={base64.b64encode(bytes(SigningKey(SEED).verify_key)).decode()}",
    )
