"""What we said we have is on disk, once for each recipient, and finds its lasting place."""

import io
import os
import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.inbox import spool
from consult.inbox.receive import receive
from consult.inbox.recipients import addressed, digest, envelope_sender, header_fields, shape

KEY = "0123456789abcdef" * 2
REPLY = f"reply+{KEY}@in.consult.test"
MAIL = b"From: ada@env.example\r\nMessage-ID: <1@env.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\nI agree.\r\n"


@given(st.binary(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_a_message_comes_out_as_it_went_in(tmp_path_factory, raw, sender, recipient):
    folder = tmp_path_factory.mktemp("spool")
    spool.keep(raw, sender, recipient, "receive", folder)
    (kept,) = spool.waiting(folder)
    assert (kept.raw, kept.meta.envelope_from, kept.meta.envelope_to, kept.meta.door) == (raw, sender, recipient, "receive")


def test_a_message_finds_its_lasting_place_before_it_leaves_the_spool(tmp_path):
    spool.keep(MAIL, "ada@env.example", REPLY, "listen", tmp_path)
    (kept,) = spool.waiting(tmp_path)
    place = spool.file_away(kept, tmp_path)
    assert place == spool.place_of(kept) == spool.file_away(kept, tmp_path)
    assert re.fullmatch(r"arrivals/\d{4}-\d\d/\d+-\w+\.eml", place) and len(place) <= 100
    spool.done(kept)
    spool.done(kept)
    assert spool.waiting(tmp_path) == []
    assert spool.raw_of(place, tmp_path) == MAIL


def test_messages_wait_in_the_order_they_came(tmp_path):
    for number in range(5):
        spool.keep(b"%d" % number, "", REPLY, "listen", tmp_path)
    assert [kept.raw for kept in spool.waiting(tmp_path)] == [b"0", b"1", b"2", b"3", b"4"]


def test_nothing_over_25_mb_is_kept(tmp_path):
    with pytest.raises(spool.TooLarge):
        spool.keep(b"x" * (spool.LIMIT + 1), "", REPLY, "listen", tmp_path)
    assert spool.waiting(tmp_path) == []


def test_the_same_message_by_another_way_is_the_same(tmp_path):
    travelled = b"Received: from a by b\r\n" + MAIL.replace(b"\r\n", b"\n") + b"\n"
    assert digest(MAIL, REPLY) == digest(travelled, REPLY.upper())


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"I agree", b"I do not agree"),
        MAIL.replace(b"ada@", b"eve@"),
        MAIL.replace(b"<1@", b"<2@"),
        MAIL.replace(b"10:00", b"11:00"),
    ],
)
def test_another_message_is_another_even_under_the_same_message_id(other):
    assert digest(MAIL, REPLY) != digest(other, REPLY)


def test_one_message_to_two_addresses_is_two():
    assert digest(MAIL, REPLY) != digest(MAIL, "consult@in.consult.test")


@given(st.binary(max_size=2000))
def test_no_bytes_stop_the_fingerprint_or_the_search_for_addresses(raw):
    assert len(digest(raw, REPLY)) == 64
    assert addressed(raw, "in.consult.test") == [] or b"in.consult.test" in raw.lower()
    assert envelope_sender(raw) is not None
    assert header_fields(raw) is not None


@pytest.mark.parametrize(
    ("address", "local"),
    [
        (REPLY.upper(), REPLY.partition("@")[0]),
        (f"bounce+{KEY}@in.consult.test", f"bounce+{KEY}"),
        ("consult@in.consult.test", "consult"),
        ("experts@IN.consult.test", "experts"),
        ("reply+12@in.consult.test", ""),
        ("../x@in.consult.test", ""),
        ("consult@elsewhere.example", ""),
        ("consult", ""),
        ("", ""),
    ],
)
def test_our_addresses_are_known_by_their_shape(address, local):
    assert shape(address, "in.consult.test") == local


def test_recipients_are_found_in_the_message_where_the_envelope_is_lost():
    mail = f"To: Group <experts@in.consult.test>, {REPLY}\r\nCc: eve@evil.example\r\n\r\nx".encode()
    assert addressed(mail, "in.consult.test") == [REPLY, "experts@in.consult.test"]
    assert addressed(b"Delivered-To: consult@in.consult.test\r\n" + mail, "in.consult.test") == ["consult@in.consult.test"]


def settings(tmp_path):
    return {"MAIL_DOMAIN": "in.consult.test", "DATA": tmp_path}


def test_receive_takes_a_message_from_standard_input(tmp_path):
    assert receive(settings(tmp_path), io.BytesIO(MAIL), "ada@env.example", REPLY) == 0
    (kept,) = spool.waiting(tmp_path)
    assert (kept.raw, kept.meta.envelope_to, kept.meta.door) == (MAIL, REPLY, "receive")


@pytest.mark.parametrize(
    ("raw", "envelope_to", "status", "said"),
    [
        (b"", REPLY, 65, "no message"),
        (b"x" * (spool.LIMIT + 1), REPLY, 65, "larger than 25 MB"),
        (MAIL, "eve@evil.example", 67, "no address"),
        (MAIL, "", 67, "not addressed"),
    ],
)
def test_receive_says_why_not(tmp_path, capsys, raw, envelope_to, status, said):
    assert receive(settings(tmp_path), io.BytesIO(raw), "", envelope_to) == status
    assert said in capsys.readouterr().err
    assert spool.waiting(tmp_path) == []


def test_receive_asks_to_try_again_when_the_disk_refuses(tmp_path, capsys):
    (tmp_path / "spool").write_text("in the way")
    assert receive(settings(tmp_path), io.BytesIO(MAIL), "", REPLY) == 75
    assert "could not be stored" in capsys.readouterr().err


ONE = (
    "import sys; from pathlib import Path; from consult.inbox import spool; "
    f"spool.keep({MAIL!r}, 'a@env.example', {REPLY!r}, 'listen', Path(sys.argv[1])); print('promised', flush=True)"
)


def test_the_disk_has_it_before_anybody_is_told(tmp_path):
    if not shutil.which("strace"):
        if os.environ.get("CI") == "true":
            pytest.fail("strace must be there when CI=true")
        pytest.skip("needs strace, which is not here")
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-y", "-e", "trace=fsync,rename,renameat,renameat2,write", "-o", str(trace)]
    subprocess.run([*strace, sys.executable, "-c", ONE, str(tmp_path)], check=True, capture_output=True)
    steps = [step for line in trace.read_text().splitlines() if (step := _step(line))]
    assert steps[-5:] == ["write mail", "fsync mail", "rename", "fsync new", "promise"]


def _step(line: str) -> str:
    for pattern, step in (
        (r"write\(\d+<[^>]*/spool/tmp/", "write mail"),
        (r"fsync\(\d+<[^>]*/spool/tmp/\d", "fsync mail"),
        (r"rename\w*\(.*/spool/tmp/.*/spool/new/", "rename"),
        (r"fsync\(\d+<[^>]*/spool/new>", "fsync new"),
        (r"write\(1<.*promised", "promise"),
    ):
        if re.search(pattern, line):
            return step
    return ""


@pytest.mark.crash
@pytest.mark.parametrize("at", ["spool.written", "spool.synced", "spool.renamed", "spool.kept"])
def test_a_process_killed_while_it_keeps_a_message_promised_nothing_it_does_not_hold(tmp_path, at):
    ended = subprocess.run(
        [sys.executable, "-c", ONE, str(tmp_path)], env=os.environ | {"CONSULT_KILL_AT": at}, capture_output=True, check=False
    )
    assert ended.returncode == -9 and ended.stdout == b""
    assert [kept.raw for kept in spool.waiting(tmp_path)] in ([], [MAIL])
    spool.keep(MAIL, "a@env.example", REPLY, "listen", tmp_path)
    assert {digest(kept.raw, kept.meta.envelope_to) for kept in spool.waiting(tmp_path)} == {digest(MAIL, REPLY)}
