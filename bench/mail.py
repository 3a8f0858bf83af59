"""Mail in: from accepted over SMTP to the comment committed, against the standard library's parsing alone of the same messages."""

import multiprocessing
import smtplib
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from sqlalchemy import func, select

from bench import world
from bench.figures import Figure, note, quantile, tell
from bench.house import house, process, wait_for
from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.inbox import desk, spool
from consult.inbox.models import Arrival
from consult.kit import memory
from consult.outbox import actions as outbox
from consult.review.models import Comment
from tests import make
from tests.inbox import clients

PARAGRAPHS, PEOPLE = 24, 20
TURNS, A_TURN, STREAM = 5, 40, 100
REMARKS = {
    "en": "We would prefer to keep this as it was, and to add a reference to the decision on capacity.",
    "fr": "Nous préférerions garder le texte tel quel et renvoyer à la décision sur les capacités.",
    "es": "Preferiríamos mantener el texto y añadir una referencia a la decisión sobre capacidad.",
    "ru": "Мы предпочли бы сохранить текст и добавить ссылку на решение о потенциале.",
    "zh": "我们希望保留原文，并增加对能力建设决定的引用。",
    "ar": "نفضل الإبقاء على النص كما هو وإضافة إشارة إلى القرار المتعلق بالقدرات.",
}
PROGRAMS = (clients.gmail, clients.outlook, clients.thunderbird, clients.apple, clients.mutt, clients.iphone)


def measure() -> list[Figure]:
    """Both by turns, the same messages."""
    memory.settle()  # as the worker does when it begins
    with house("") as (app, env):
        group, officer, people = world.group(PEOPLE)
        version = make.published(make.draft(group), world.text(PARAGRAPHS, 10), by=officer)
        opened = world.discussed(version, officer, people, 0)
        letters = [_letter(person, opened, group, version) for person in people]
        db.session.commit()
        with _listening(env) as port:
            return [*_by_turns(app, port, letters), _streaming(port, letters)]


def _letter(person, opened, group, version):
    key = outbox.new_key(person, "round", opened.id, group_id=group.id)
    rows = db.session.scalars(select(Paragraph).where(Paragraph.version_id == version.id).order_by(Paragraph.position))
    text = "Dear colleague,\n\nplease comment.\n\n" + "\n\n".join(f"[{p.mark}] {p.text}" for p in rows) + "\n\nThe secretariat\n"
    letter = outbox.post(kind="opening", person=person, subject="Second draft", text=text, group_id=group.id, keys=[key])
    db.session.flush()
    return letter.text, outbox.address_of(key), person.address


def _reply(number: int, letter: tuple[str, str, str]) -> tuple[str, str, bytes]:
    """(from, to, raw): a reply with remarks under two paragraphs, multipart, 10 to 40 kB, in one of six languages."""
    sent, to, sender = letter
    language = list(REMARKS)[number % 6]
    lines = [at for at, line in enumerate(sent.split("\n")) if line.startswith("[")]
    remark = f"{REMARKS[language]} ({number})"  # each its own: the same remark again counts once
    inserts = [(lines[3 + number % 12], remark), (lines[18], remark)]
    top = REMARKS[language] + f" ({number})"
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Expert <{sender}>", to, "Re: [EGTT] Second draft"
    made["Message-ID"], made["Date"] = f"<{number}.{time.time_ns()}@env.example>", "Mon, 23 Nov 2026 10:00:00 +0000"
    made.set_content(PROGRAMS[number % len(PROGRAMS)](sent, inserts, top, lang=language), charset="utf-8")
    made.add_alternative(clients.gmail_html(sent, inserts, top, lang=language), subtype="html", charset="utf-8")
    return sender, to, made.as_bytes(policy=policy.SMTP)


@contextmanager
def _listening(env: dict[str, str]):
    """The real listener, a process of its own; gives its port."""
    with process(sys.executable, "-m", "consult", "listen", env=env):
        host, _, port = env["CONSULT_LMTP_LISTEN"].partition(":")
        wait_for(host, int(port))
        yield int(port)


def _by_turns(app, port: int, letters) -> list[Figure]:
    each, accepting, taking, parsing = [], [], [], []
    folder = app.config["DATA"]
    for turn in range(TURNS + 1):
        mails = [_reply(turn * A_TURN + at, letters[at % len(letters)]) for at in range(A_TURN)]
        parsed = _seconds(lambda mails=mails: [_parse(raw) for *_, raw in mails])
        accepted = _seconds(_sent, port, mails)
        waiting = spool.waiting(folder)
        assert len(waiting) == A_TURN, f"{len(waiting)} in the spool"
        half = A_TURN // 2
        single = [_seconds(desk.take, spooled) for spooled in waiting[:half]]
        took = _seconds(_take_all)
        if turn:  # the first turn warms up
            each += [one * 1000 + accepted / A_TURN * 1000 for one in single]
            accepting.append(accepted / A_TURN), parsing.append(parsed / A_TURN), taking.append(took / (A_TURN - half))
    comments, arrivals = (db.session.scalar(select(func.count()).select_from(row)) for row in (Comment, Arrival))
    states = dict(db.session.execute(select(Arrival.state, func.count()).group_by(Arrival.state)).all())
    size = sum(len(raw) for *_, raw in mails) / len(mails) / 1000
    note(f"{arrivals} mails of {size:.0f} kB, {states}, {comments} comments")
    ours, floor = _middle(taking), _middle(parsing)
    note(f"a mail: accepted and synced {_middle(accepting) * 1000:.1f} ms, taken {ours * 1000:.1f} ms, parsing alone {floor * 1000:.1f} ms")
    return [
        _told("mail in, spooled to committed", ours, floor),
        _told("mail in, from SMTP to committed, one after the other", ours + _middle(accepting), floor),
        tell(Figure("one mail from SMTP to committed, p95", quantile(each, 0.95), "ms", most=50, bar="≤ 50 ms")),
    ]


def _streaming(port: int, letters) -> Figure:
    """Sender, listener and desk at work at the same time, as in a real house: from the first mail accepted to the last committed."""
    taking, parsing = [], []
    for turn in range(TURNS + 1):
        mails = [_reply(10_000 + turn * STREAM + at, letters[at % len(letters)]) for at in range(STREAM)]
        parsed = _seconds(lambda mails=mails: [_parse(raw) for *_, raw in mails])
        known = db.session.scalar(select(func.max(Arrival.id)))
        db.session.rollback()
        sending = multiprocessing.get_context("spawn").Process(target=_sent, args=(port, mails))
        sending.start()
        taken = 0
        while taken < STREAM:
            taken += (some := desk.take_waiting())
            if not some:
                time.sleep(0.001)
        ended = datetime.now(UTC)
        sending.join()
        started = db.session.scalar(select(func.min(Arrival.received_at)).where(Arrival.id > known))
        if turn:
            taking.append((ended - started).total_seconds() / STREAM), parsing.append(parsed / STREAM)
    return _told("mail in, from SMTP to committed, all processes at work", _middle(taking), _middle(parsing))


def _told(name: str, ours: float, floor: float) -> Figure:
    return tell(Figure(name, 1 / ours, "mails/s", 1 / floor, least=0.4, bar="≥ 40 % of parsing alone"))


def _take_all() -> None:
    while desk.take_waiting():
        pass


def _sent(port: int, mails) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for sender, to, raw in mails:
            server.sendmail(sender, [to], raw)


def _parse(raw: bytes) -> None:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    message.get_body(("plain", "html")).get_content()
    for name in ("from", "to", "subject", "date", "message-id", "in-reply-to", "references"):
        str(message[name])


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _seconds(work, *given) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start
