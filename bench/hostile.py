"""3,500 real, odd and hostile mails through the desk in no order: none lost, none unhandled, how long each took and how much memory.

The corpus of tests/inbox/mails, mails of ../shared/data where they are, bodies made to be slow, bombs of headers and parts; and what
becomes of all of them when bytes are flipped, cut, repeated, and when head, charset and encoding lie."""

import json
import logging
import os
import random
import re
import time
from pathlib import Path

from sqlalchemy import func, select

from bench.figures import Figure, note, quantile, tell
from bench.house import house
from bench.reading import BODIES
from consult.extensions import db
from consult.inbox import desk, spool
from consult.inbox.models import Arrival
from consult.inbox.recipients import digest
from consult.kit import memory
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from tests.inbox import letters

COUNT = 3_500
DOMAIN = "in.consult.example.int"
A, B = "a@env.example", "b@env.example"
MAILS = Path(__file__).resolve().parents[1] / "tests" / "inbox" / "mails"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail"
VOUCHED = b"Authentication-Results: mx.consult.example.int; dmarc=pass header.from=env.example\r\n"
HEAD = f"From: Ada <{A}>\nTo: <@@TOKEN_A@@@{DOMAIN}>\nSubject: Re: Draft report\nMessage-ID: <m@env.example>\nMIME-Version: 1.0\n"
chance = random.Random(4)


def measure() -> list[Figure]:
    """One after the other, each timed from the spool to its result."""
    memory.settle()
    with house("") as (app, _):
        app.config.update(MAIL_DOMAIN=DOMAIN, AUTHSERV_ID="mx.consult.example.int")
        table = letters.laid(ada=A, ben=B)
        values = _values(table)
        mails = [_filled(raw, values) for raw in _mails()]
        faults = _Faults()
        logging.getLogger("consult.inbox.desk").addHandler(faults)
        logging.getLogger("consult").propagate = False
        return _told(*_taken(app.config["DATA"], mails), faults.count)


class _Faults(logging.Handler):
    """Counts mails that could not be carried out by the rules and were held by the last net."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        note(f"not handled: {record.exc_info[1]!r}" if record.exc_info else record.getMessage())


def _taken(folder: Path, mails: list[bytes]) -> tuple[list[float], list[float], int, int, int]:
    """(seconds each by the clock, seconds of work of desk and reader, how many were lost, most letters back to ten mails, memory)."""
    took, worked, lost, most, largest = [], [], 0, 0, 0
    written = db.session.scalar(select(func.count(Letter.id)))
    for number, raw in enumerate(mails):
        to, sender = _envelope(raw)
        raw += f"\r\n{number}\r\n".encode()
        path = spool.keep(raw, sender, to, "listen", folder)
        begun, before, child = time.perf_counter(), time.process_time(), _work_of_reader()
        row = desk.take(spool.Spooled(path))
        took.append(time.perf_counter() - begun)
        after = _work_of_reader()
        worked.append(time.process_time() - before + (after - child if after >= child else after))
        lost += row.id is None or row.digest != digest(raw, to) or not (row.reason or row.state == "taken")
        largest = max(largest, _memory_of_reader())
        if number % 10 == 0:
            now = db.session.scalar(select(func.count(Letter.id)))
            most, written = max(most, now - written), now
        if number % 500 == 499:
            note(f"{number + 1} mails, the middle one {quantile(took, 0.5) * 1000:.1f} ms, {quantile(worked, 0.5) * 1000:.1f} ms of work")
    copies = db.session.scalar(select(func.sum(Arrival.copies)))
    lost += len(mails) - copies + len(spool.waiting(folder))
    note(str(dict(db.session.execute(select(Arrival.state, func.count()).group_by(Arrival.state)).all())))
    return took, worked, lost, most, largest


def _told(took: list[float], worked: list[float], lost: int, most: int, largest: int, faults: int) -> list[Figure]:
    made = [
        Figure(f"of {len(took)} real and hostile mails, lost", lost, "mails", most=0, bar="none"),
        Figure("of them not handled by a rule", faults, "mails", most=0, bar="none"),
        Figure("the slowest, spooled to its result", max(took) * 1000, "ms", most=2000, bar="≤ 2 s"),
        Figure("19 of 20 in", quantile(took, 0.95) * 1000, "ms", most=50, bar="≤ 50 ms"),
        Figure("the middle one", quantile(took, 0.5) * 1000, "ms"),
        Figure("processor time of the slowest", max(worked) * 1000, "ms", most=2000, bar="≤ 2 s"),
        Figure("processor time of 19 of 20", quantile(worked, 0.95) * 1000, "ms", most=50, bar="≤ 50 ms"),
        Figure("memory of the reader at its largest", largest / 1e6, "MB", most=256, bar="≤ 256 MB"),
        Figure("letters back to ten mails, at most", most, "letters", most=10, bar="≤ 1 a mail"),
    ]
    return [tell(each) for each in made]


def _work_of_reader() -> float:
    """Processor time of the child that reads, in seconds."""
    child = desk.reader()._child
    try:
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split() if child else []
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _memory_of_reader() -> int:
    child = desk.reader()._child
    try:
        status = Path(f"/proc/{child.pid}/status").read_text() if child else ""
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) * 1024 if found else 0


def _values(table) -> dict[bytes, bytes]:
    """What stands for each placeholder."""
    _, old = letters.sent_to(table.ada, "round", table.round.id, table.group)
    outbox.revoke(old)
    _, of_b = letters.sent_to(table.ben, "round", table.round.id, table.group)
    db.session.commit()
    local = {name: outbox.address_of(key).partition("@")[0] for name, key in (("A", table.key), ("A_OLD", old), ("B", of_b))}
    found = {f"TOKEN_{name}": part for name, part in local.items()} | {
        "CMD": "consult", "LIST": table.group.slug, "BOUNCE_A": f"bounce+{table.letter.bounce_key}",
        "MSGID": f"<{table.letter.message_id}>",
        "LINK_A": "http://consult.test/l/stop/abc", "EXPERT_A": A, "EXPERT_B": B, "OUTSIDER": "outsider@elsewhere.example",
    }  # fmt: skip
    return {f"@@{name}@@".encode(): value.encode() for name, value in found.items()}


def _filled(raw: bytes, values: dict[bytes, bytes]) -> bytes:
    for name, value in values.items():
        raw = raw.replace(name, value)
    return raw


def _envelope(raw: bytes) -> tuple[str, str]:
    """Where it is delivered, and the envelope sender."""
    to = re.search(rb"^To: <?([\x21-\x7e]{1,200}?)>?\r?$", raw[:20_000], re.M)
    back = re.search(rb"^Return-Path: <([\x21-\x7e]{0,200})>", raw[:20_000], re.M)
    return (to[1].decode() if to else f"consult@{DOMAIN}"), (back[1].decode() if back else A)


def _mails() -> list[bytes]:
    """So many of them: all that are there, and mutations of them until there are enough."""
    whole = [*_corpus(), *_foreign(), *_slow(), *_bombs()]
    note(f"{len(whole)} whole mails, and {COUNT - len(whole)} mutations of them")
    whole = [raw if b"Authentication-Results" in raw or not raw.startswith(b"From: ") else VOUCHED + raw for raw in whole]
    small = [raw for raw in whole if len(raw) < 100_000]
    found = whole + [_mutated(chance.choice(small)) for _ in range(COUNT - len(whole))]
    chance.shuffle(found)
    return found


def _corpus() -> list[bytes]:
    ours = {b"reply+7f3a": b"@@TOKEN_A@@", b"bounce+7f3a": b"@@BOUNCE_A@@", b"ada@env.example": A.encode()}
    found = []
    for path in sorted(MAILS.glob("*.eml")):
        raw = path.read_bytes()
        for name, value in ours.items():
            raw = raw.replace(name, value)
        found.append(raw)
    return found


def _foreign() -> list[bytes]:
    """What lies in ../shared/data, where it is."""
    found = [path.read_bytes() for path in sorted((SHARED / "hostile").rglob("*.eml"))]
    if (SHARED / "replies.json").is_file():
        for each in json.loads((SHARED / "replies.json").read_text()):
            found.append((HEAD + "Content-Type: text/plain; charset=utf-8\n\n" + each["body"]).replace("\n", "\r\n").encode())
    return found


def _plain(body: str, more: str = "") -> bytes:
    return (HEAD + more + "Content-Type: text/plain; charset=utf-8\n\n" + body).encode("utf-8", "replace").replace(b"\n", b"\r\n")


def _slow() -> list[bytes]:
    """Bodies made to be slow, as text and as HTML."""
    return [_plain(body) for body in BODIES.values()] + [
        (HEAD + "Content-Type: text/html\n\n" + piece * (200_000 // len(piece))).encode().replace(b"\n", b"\r\n")
        for piece in ("<div>", "<b>a", "<blockquote>x", "<table><tr><td>", "<!--", "<a href='", "&lt;", "<p style='border-top:solid 1px'>")
    ]


def _bombs() -> list[bytes]:
    """Heads, parts, files and encodings that grow."""
    many = "".join(f"--x\nContent-Type: text/plain\n\n{number}\n" for number in range(20_000))
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(1_000))
    word = "=?utf-8?q?=41=0D=0ABcc:_x@evil.example?= "
    files = "".join(f'--x\nContent-Type: application/octet-stream; name="{n}.docx"\n\nPK\x03\x04 none\n' for n in range(8))
    return [
        _plain("[12] x", f"Cc: {', '.join(f'u{number}@env.example' for number in range(20_000))}\n"),
        _plain("[12] x", f"X-Long: {'a' * 300_000}\n"),
        _plain("[12] x", f"References: {'<a@b.example> ' * 20_000}\n"),
        _plain("[12] x").replace(b"Subject: Re: Draft report", b"Subject: " + word.encode() * 5_000),
        (HEAD + "Content-Type: multipart/mixed; boundary=x\n\n" + many + "--x--\n").encode().replace(b"\n", b"\r\n"),
        (HEAD + deep + "\n[12] x\n").encode().replace(b"\n", b"\r\n"),
        (HEAD + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n[12] x\n" + files + "--x--\n").encode().replace(b"\n", b"\r\n"),
        (HEAD + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + "QUFB" * 2_000_000).encode(),
        (HEAD + "Content-Type: application/octet-stream; name=a.bin\nContent-Transfer-Encoding: base64\n\n" + "QUFB" * 5_000_000).encode(),
        _plain("\n" * 200_000), _plain("\0" * 100_000), _plain("\u202e" * 60_000), b"", b"\r\n", b"\xff\xfe" * 50_000, b"From",
        b":" * 10_000,
    ]  # fmt: skip


def _mutated(raw: bytes) -> bytes:
    """One mail with one or two things gone wrong on the way, or made to."""
    for _ in range(chance.randint(1, 2)):
        raw = chance.choice(MUTATIONS)(raw or b"x")
    return raw[:400_000]


def _flipped(raw: bytes) -> bytes:
    made = bytearray(raw)
    for _ in range(max(1, len(made) // 500)):
        made[chance.randrange(len(made))] = chance.randrange(256) if made else 0
    return bytes(made)


def _cut(raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw)) + 1]


def _hole(raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.randint(1, 300) :] or b"x"


def _repeated(raw: bytes) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    return head + blank + body * chance.randint(2, 6)


def _lying_charset(raw: bytes) -> bytes:
    names = (b"utf-7", b"utf-16", b"gb18030", b"x-none", b"idna", b"zlib", b"iso-2022-jp", b"koi8-r", b"us-ascii", b"\xff")
    return re.sub(rb'charset="?[\w.-]+"?', lambda _: b"charset=" + chance.choice(names), raw)


def _lying_encoding(raw: bytes) -> bytes:
    name = chance.choice((b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"gzip"))
    return re.sub(rb"Content-Transfer-Encoding: [\w-]+", b"Content-Transfer-Encoding: " + name, raw)


def _shuffled_head(raw: bytes) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    chance.shuffle(lines)
    return b"\r\n".join(lines) + blank + body


def _doubled_line(raw: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    at = chance.randrange(len(lines))
    return b"\r\n".join([*lines[:at], lines[at], *lines[at:]])


def _dropped_line(raw: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    del lines[chance.randrange(len(lines))]
    return b"\r\n".join(lines) or b"x"


def _other_sender(raw: bytes) -> bytes:
    froms = (
        b"From: a@env.example <x@evil.example>", b"From: a@env.example)<x@evil.example>", b"From: <a@env.example>, <b@env.example>",
        b"From:", b"From: =?utf-8?q?a=40env=2Eexample?= <x@evil.example>", b"From: MAILER-DAEMON@env.example", b"From: b@env.example",
        b"from : a@env.example",
    )  # fmt: skip
    return re.sub(rb"^From: [^\r\n]*", lambda _: chance.choice(froms), raw, count=1, flags=re.M)


def _machine(raw: bytes) -> bytes:
    more = (
        b"Auto-Submitted: auto-replied",
        b"List-Id: <x.y>",
        b"Precedence: bulk",
        b"Return-Path: <>",
        b"X-Loop: yes",
        b"Content-Type: message/partial",
    )
    return chance.choice(more) + b"\r\n" + raw


def _bare_ends(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", chance.choice((b"\n", b"\r", b"\n\r", b"\r\r\n")))


MUTATIONS = (
    _flipped, _cut, _hole, _repeated, _lying_charset, _lying_encoding, _shuffled_head, _doubled_line, _dropped_line, _other_sender,
    _machine, _bare_ends,
)  # fmt: skip
