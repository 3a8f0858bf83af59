"""Posting letters, in the caller's transaction, and what answers to them mean."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import update

from consult.errors import Refused
from consult.extensions import db, stored
from consult.kit import clock, tokens
from consult.kit.words import N_
from consult.outbox.attaching import Attached
from consult.outbox.discretion import own_only
from consult.outbox.enclosing import enclose
from consult.outbox.headers import clean
from consult.outbox.models import Letter, ReplyKey
from consult.outbox.rules import ALL_FAILING
from consult.outbox.writing import AUTOMATIC, FURTHER, body_text

ON_ITS_WAY = N_("This letter is on its way just now. Look again in a minute.")


def new_key(
    person, purpose: str, subject_id: int | None = None, *, group_id: int | None = None, expires_at: datetime | None = None
) -> ReplyKey:
    """A secret that says what an answer by this person means; `post` binds it to the letter that carries it."""
    if person.id is None:
        db.session.flush()
    key = ReplyKey(key=tokens.new(), person_id=person.id, purpose=purpose, subject_id=subject_id, group_id=group_id, expires_at=expires_at)
    db.session.add(key)
    return key


def address_of(key: ReplyKey) -> str:
    """Where the person writes to, to answer: `reply+<hex>@<our mail domain>`."""
    return f"reply+{key.key}@{current_app.config['MAIL_DOMAIN']}"


def revoke(key: ReplyKey, at: datetime | None = None) -> None:
    """From now on answers to this address mean nothing."""
    key.revoked_at = key.revoked_at or at or clock.now()


def post(
    *, kind: str, person, subject: str, text: str, html: str | None = None, group_id: int | None = None, group_name: str = "",
    once: str | None = None, keys: list[ReplyKey] | tuple = (), reply_to_key: int | None = 0, headers: dict[str, str] | None = None,
    automatic: str = "auto-generated", not_before: datetime | None = None, from_name: str = "", list_id: str = "",
    unsubscribe_url: str = "", files: Sequence[Attached] = (), series: Letter | None = None, part: int = 1, parts: int = 1,
    packed: dict | None = None, pieces: list[dict] | None = None,
) -> Letter | None:  # fmt: skip
    """One letter to one person, sent after the caller's transaction; None when `once` was posted before or the person has no address.

    `list_id`: the group's short name; it makes the List-* headers (RFC 2919, 2369). `unsubscribe_url`: a page whose POST ends these
    letters (RFC 8058). `headers`: In-Reply-To and References. `files`: what travels along; whoever posts has asked the person's policy.
    `packed`: how the text goes as a packed file (`packing.parcel`), for whoever chose that. `series`: the first part of a long letter,
    on the further ones. `pieces`: where the entries of a digest stand in its text. Where every address of the person fails, the letter
    is kept as dropped.
    """
    further = _list_headers(list_id, group_name, unsubscribe_url) | (headers or {})
    if automatic not in AUTOMATIC or not set(further) <= FURTHER:
        raise ValueError(f"no letter has these headers: {automatic}, {sorted(set(further) - FURTHER)}")
    address, reachable = _address(person)
    if not address:
        return _unposted(keys)
    now = clock.now()
    subject, text, html = own_only(person.id, keys, (subject, text, html or ""))
    letter = Letter(
        message_id=f"{tokens.new()}@{current_app.config['MAIL_DOMAIN']}", once=once, kind=kind, person_id=person.id, group_id=group_id,
        to_address=address, to_name=clean(person.name, 200), from_name=clean(from_name or group_name or "Consult", 200),
        reply_to=address_of(keys[reply_to_key]) if keys and reply_to_key is not None else "", subject=clean(subject, 500),
        text=body_text(text), html=body_text(html) if html else None, headers=further, automatic=automatic, bounce_key=tokens.new(),
        created_at=now, not_before=not_before or now, state="waiting" if reachable else "dropped", answer="" if reachable else ALL_FAILING,
        series_id=series.id if series else None, part=part, parts=parts, packed=packed, pieces=pieces,
    )  # fmt: skip
    if not stored(letter):
        return _unposted(keys)
    for key in keys:
        _bind(key, letter)
    enclose(letter, files)
    return letter


def _bind(key: ReplyKey, letter: Letter) -> None:
    key.letter_id = letter.id
    if key in db.session.new:
        db.session.expunge(key)
        stored(key)


def resend(letter: Letter, person=None, at: datetime | None = None) -> None:
    """Puts a letter back to those waiting, under its old Message-ID; `person`: to go to the address this person has now."""
    if letter.state == "sending":
        raise Refused(ON_ITS_WAY)
    address, reachable = _address(person) if person is not None else ("", False)
    letter.to_address = address if reachable else letter.to_address
    letter.state, letter.attempts, letter.answer, letter.sent_at = "waiting", 0, "", None
    letter.not_before = at or clock.now()


def keep_back(why: str) -> int:
    """Letters that wait are held until an officer sends them again; says how many."""
    waiting = update(Letter).where(Letter.state.in_(("waiting", "sending")))
    return db.session.execute(waiting.values(state="held", answer=why, leased_until=None, fence=Letter.fence + 1)).rowcount


def bounced(letter: Letter, permanent: bool, status: str, diagnostic: str) -> Letter:
    """Notes on the letter that it came back for good, or that the other side is still trying; `status` as in RFC 3463."""
    if permanent:
        letter.state = "bounced"
    letter.answer = clean(f"{status} {diagnostic}", 500)
    return letter


def _address(person) -> tuple[str, bool]:
    if person.id is None:
        db.session.flush()
    for address in person.addresses:
        if address.failing_since is None:
            return address.address, True
    return (person.addresses[0].address, False) if person.addresses else ("", False)


def _unposted(keys: list[ReplyKey] | tuple) -> None:
    for key in keys:
        if key in db.session.new:
            db.session.expunge(key)
        else:
            db.session.delete(key)


def _list_headers(short: str, group_name: str, unsubscribe_url: str) -> dict[str, str]:
    if not short:
        return _unsubscribing(unsubscribe_url)
    domain, url = current_app.config["MAIL_DOMAIN"], current_app.config["URL"]
    return {
        "List-Id": f"{group_name or short} <{short}.{domain}>",
        "List-Help": f"<{url}/help/mail>, <mailto:consult@{domain}?subject=HELP>",
        "List-Post": f"<mailto:{short}@{domain}>",
        "List-Owner": f"<mailto:consult@{domain}>",
        "List-Archive": f"<{url}/g/{short}/timeline>",
    } | _unsubscribing(unsubscribe_url)


def _unsubscribing(url: str) -> dict[str, str]:
    """One click on a page for providers that can (RFC 8058), a mail with the command STOP for everybody else (RFC 2369)."""
    if not url:
        return {}
    by_mail = f"<mailto:consult@{current_app.config['MAIL_DOMAIN']}?subject=STOP>"
    return {"List-Unsubscribe": f"<{url}>, {by_mail}", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
