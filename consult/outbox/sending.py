"""Sending what is due. At least once, never zero; at most one extra copy after a crash, under the same Message-ID.

Letters are claimed in batches with a lease and a fence number, but each outcome is written down durably before the next letter leaves:
a process that dies has at most one letter that left and was not marked. A process whose database dies keeps in hand what it could not
write down, and writes it down first when the database is back.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Update, bindparam, select, update

from consult.errors import NotFound
from consult.extensions import db, transaction
from consult.kit import clock
from consult.kit.kill import point
from consult.outbox import enclosing
from consult.outbox.checking import check
from consult.outbox.models import Letter
from consult.outbox.rules import GAVE_UP, Answer, wait_after
from consult.outbox.signing import Unsignable, signed
from consult.outbox.transport import Post, post_of
from consult.outbox.writing import Outgoing, write

BATCH = 50
LEASE = 600  # seconds; far more than one letter can take with all its timeouts
TABLE = Letter.__table__
RELEASE = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("this"), TABLE.c.fence == bindparam("mine"), TABLE.c.state == "sending")
    .values({name: bindparam(name) for name in ("state", "answer", "leased_until")})
)
MARK = RELEASE.values(
    {name: bindparam(name) for name in ("attempts", "octets", "not_before", "sent_at")}
    | {"times": TABLE.c.times + bindparam("taken"), "wire": TABLE.c.wire + bindparam("octets") * bindparam("taken")}
)
Withheld = Callable[[Sequence[Outgoing]], dict[int, str]]


@dataclass
class Sent:
    """What one turn of sending did."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    dropped: int = 0
    paused: bool = False

    @property
    def total(self) -> int:
        """How many letters were looked at."""
        return self.sent + self.later + self.failed + self.dropped

    def __int__(self) -> int:
        return self.total


def send_due(now: datetime | None = None, limit: int = 500, *, withheld: Withheld | None = None) -> Sent:
    """Sends the letters whose time has come, at most `limit`; commits by itself. `withheld` names letters that may not go now, and why."""
    now, began = now or clock.now(), time.monotonic()
    post, counts = post_of(current_app._get_current_object()), Sent()
    _write_down({})
    sweep(now)
    while not counts.paused and counts.total < limit:
        moment, stop = now + timedelta(seconds=time.monotonic() - began), time.monotonic() + _lease() / 2
        counts.paused = post.paused(moment)
        batch = [] if counts.paused else claim(moment, min(BATCH, limit - counts.total))
        if not batch:
            post.close()
            break
        _in_hand().update({letter.id: (RELEASE, _about(letter, "waiting", "")) for letter in batch})
        _send(batch, post, moment, stop, counts, withheld)
    return counts


def close() -> None:
    """Says good-bye to the mail server, when this process ends."""
    post_of(current_app._get_current_object()).close()


def sweep(now: datetime) -> int:
    """Letters whose sender died go back to those waiting; says how many."""
    with transaction():
        swept = update(Letter).where(Letter.state == "sending", Letter.leased_until < now)
        return db.session.execute(swept.values(state="waiting", leased_until=None)).rowcount


def claim(now: datetime, count: int) -> list[Outgoing]:
    """Takes the oldest due letters for this process alone."""
    due = select(Letter.id).where(Letter.state == "waiting", Letter.not_before <= now).order_by(Letter.not_before, Letter.id).limit(count)
    taken = update(Letter).where(Letter.id.in_(due.with_for_update(skip_locked=True).scalar_subquery()))
    until = now + timedelta(seconds=_lease())
    with transaction():
        rows = db.session.scalars(
            taken.values(state="sending", fence=Letter.fence + 1, leased_until=until).returning(Letter),
            execution_options={"synchronize_session": False, "populate_existing": True},
        ).all()
        files = enclosing.of_letters([row.id for row in rows]) if rows else {}
        letters = [outgoing(row, files.get(row.id, ())) for row in sorted(rows, key=lambda row: (row.not_before, row.id))]
    point("sending.claimed")
    return letters


def outgoing(row: Letter, enclosed: tuple = ()) -> Outgoing:
    """All that the bytes of this letter are made from; `enclosed`: the files that go along."""
    return Outgoing(
        id=row.id,
        fence=row.fence,
        attempts=row.attempts,
        message_id=row.message_id,
        domain=current_app.config["MAIL_DOMAIN"],
        to_address=row.to_address,
        to_name=row.to_name,
        from_name=row.from_name,
        reply_to=row.reply_to,
        subject=row.subject,
        text=row.text,
        html=row.html,
        headers=row.headers,
        automatic=row.automatic,
        bounce_key=row.bounce_key,
        date=row.created_at,
        packed=row.packed,
        pieces=row.pieces,
        enclosed=enclosed,
    )


def _lease() -> int:
    return current_app.config.get("LEASE", LEASE)


def _send(batch: list[Outgoing], post: Post, now: datetime, stop: float, counts: Sent, withheld: Withheld | None) -> None:
    """`stop`: when half of the lease is over; no letter leaves after that, so that none leaves twice."""
    held = withheld(batch) if withheld else {}
    for at, letter in enumerate(batch):
        if time.monotonic() > stop:
            _release(batch[at:], "")
            return
        if letter.id in held:
            _release([letter], held[letter.id], "dropped")
            counts.dropped += 1
            continue
        answer, octets = _tried(letter, post)
        ours = True
        if answer.outcome != "untried":
            ours = _note(letter, answer, octets, now, counts)
            at += 1
        if answer.pause:
            post.pause(now)
            counts.paused = True
        if answer.pause or not ours:
            _release(batch[at:], answer.text if answer.pause else "")
            return


def _tried(letter: Outgoing, post: Post) -> tuple[Answer, int]:
    try:
        raw = signed(write(enclosing.opened(letter)))
    except NotFound as missing:
        return Answer("never", str(missing)), 0
    except Unsignable as wrong:
        return Answer("untried", str(wrong), pause=True), 0
    faults = check(raw)
    if faults:
        return Answer("never", " ".join(faults)), len(raw)
    point("sending.before")
    answer = post.deliver(letter, raw)
    point("sending.between")
    return answer, len(raw)


def _note(letter: Outgoing, answer: Answer, octets: int, now: datetime, counts: Sent) -> bool:
    """Writes down what became of the letter; False when another process has taken it over meanwhile."""
    done = {"attempts": letter.attempts + 1, "octets": octets, "not_before": now, "sent_at": None, "taken": int(answer.outcome == "sent")}
    wait = wait_after(letter.attempts + 1)
    if answer.outcome == "sent":
        counts.sent += 1
        noted = _about(letter, "sent", answer.text) | done | {"sent_at": clock.now()}
    elif answer.outcome == "later" and wait is not None:
        counts.later += 1
        noted = _about(letter, "waiting", answer.text) | done | {"not_before": now + wait}
    else:
        counts.failed += 1
        noted = _about(letter, "failed", GAVE_UP % {"answer": answer.text} if answer.outcome == "later" else answer.text) | done
    ours = _write_down({letter.id: (MARK, noted)}) == 1
    point("sending.marked")
    return ours


def _release(letters: list[Outgoing], answer: str, state: str = "waiting") -> None:
    _write_down({letter.id: (RELEASE, _about(letter, state, answer)) for letter in letters})


def _in_hand() -> dict[int, tuple[Update, dict[str, object]]]:
    """What this process has to write down, whatever comes, about each letter that it claimed."""
    return current_app.extensions.setdefault("letters in hand", {})


def _write_down(notes: dict[int, tuple[Update, dict[str, object]]]) -> int:
    """These notes, or, where there are none, all that a fault of the database left in hand; says how many letters are still ours."""
    _in_hand().update(notes)
    notes = notes or dict(_in_hand())
    if not notes:
        return 0
    with transaction():
        ours = sum(db.session.connection().execute(*note).rowcount for note in notes.values())
    for number in notes:
        _in_hand().pop(number, None)
    return ours


def _about(letter: Outgoing, state: str, answer: str) -> dict[str, object]:
    return {"this": letter.id, "mine": letter.fence, "state": state, "answer": answer[:500], "leased_until": None}
