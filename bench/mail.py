"""Mail in: from accepted over SMTP to the comment committed, against the standard library's parsing alone of the same messages."""

import asyncio
import smtplib
import threading
import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from sqlalchemy import func, select

from bench import world
from bench.figures import Figure, note, quantile, tell
from bench.house import house
from consult.drafts.models import Paragraph
from consult.extensions import db
from consult.inbox import desk, listener, spool
from consult.inbox.models import Arrival
from consult.outbox import actions as outbox
from consult.review.models import Comment
from tests import make
from tests.inbox import clients

PARAGRAPHS, PEOPLE = 24, 20
TURNS, A_TURN = 5, 40
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
    with house("") as (app, env):
        group, officer, people = world.group(PEOPLE)
        version = make.published(make.draft(group), world.text(PARAGRAPHS, 10), by=officer)
        opened = world.discussed(version, officer, people, 0)
        letters = [_letter(person, opened, group, version) for person in people]
        db.session.commit()
        with _listening(app) as port:
            return _by_turns(app, port, letters, people)


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
    inserts = [(lines[3 + number % 12], REMARKS[language]), (lines[18], REMARKS[language])]
    top = REMARKS[language] + f" ({number})"
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Expert <{sender}>", to, "Re: [EGTT] Second draft"
    made["Message-ID"], made["Date"] = f"<{number}.{time.time_ns()}@env.example>", "Mon, 23 Nov 2026 10:00:00 +0000"
    made.set_content(PROGRAMS[number % len(PROGRAMS)](sent, inserts, top, lang=language), charset="utf-8")
    made.add_alternative(clients.gmail_html(sent, inserts, top, lang=language), subtype="html", charset="utf-8")
    return sender, to, made.as_bytes(policy=policy.SMTP)


class _listening:
    """The real listener on a free port, in a thread of its own."""

    def __init__(self, app) -> None:
        self.app, self.ready = app, threading.Event()
        app.config["LMTP_LISTEN"] = "127.0.0.1:0"

    def __enter__(self) -> int:
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self.thread.start()
        self.ready.wait(30)
        return self.port

    async def _serve(self) -> None:
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        await listener.serve(self.app, self.stop, self._heard)

    def _heard(self, port: int) -> None:
        self.port = port
        self.ready.set()

    def __exit__(self, *_) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join()


def _by_turns(app, port: int, letters, people) -> list[Figure]:
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
    whole = ours + _middle(accepting)
    return [
        tell(Figure("mail in, spooled to committed", 1 / ours, "mails/s", 1 / floor, least=0.4, bar="≥ 40 % of parsing alone")),
        tell(
            Figure(
                "mail in, from SMTP to committed, one after the other",
                1 / whole,
                "mails/s",
                1 / floor,
                least=0.4,
                bar="≥ 40 % of parsing alone",
            )
        ),
        tell(Figure("one mail from SMTP to committed, p95", quantile(each, 0.95), "ms", most=50, bar="≤ 50 ms")),
    ]


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
