"""Links in letters: one person, one purpose, one end. Stored as digests; opening one shows a page, pressing its button acts."""

import hashlib
import hmac
from datetime import timedelta

from flask import current_app, url_for
from sqlalchemy import select, update

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock, tokens
from consult.kit.words import N_
from consult.people.models import Link, Person

PURPOSES = {"sign-in": 0.5, "password": 2, "address": 48, "terms": 24 * 60, "stop": 24 * 400}  # hours each lasts


def make_link(person: Person, purpose: str, subject: str = "", hours: float | None = None) -> str:
    """A fresh secret with which this person may do this one thing, until it runs out."""
    token = tokens.new()
    _keep(token, person, purpose, subject, hours)
    return token


def _keep(token: str, person: Person, purpose: str, subject: str, hours: float | None) -> None:
    ends = clock.now() + timedelta(hours=hours or PURPOSES[purpose])
    db.session.add(Link(digest=tokens.digest(token), person_id=person.id, purpose=purpose, subject=subject, expires_at=ends))
    db.session.flush()


def stop_link(person: Person) -> str:
    """The secret that stops a person's letters, the same all month, so that letters by the thousand make one row a person."""
    wanted = f"stop {person.id} {clock.now():%Y-%m}"
    token = hmac.new(current_app.config["SECRET_KEY"].encode(), wanted.encode(), hashlib.sha256).hexdigest()[:32]
    if db.session.scalar(select(Link.id).where(Link.digest == tokens.digest(token))) is None:
        _keep(token, person, "stop", "", None)
    return token


def read_link(token: str, purpose: str) -> Link:
    """What this link is for; refuses one that is unknown, meant for something else, used up or past its end."""
    link = db.session.scalar(select(Link).where(Link.digest == tokens.digest(token), Link.purpose == purpose))
    if link is None or link.used_at is not None or link.expires_at <= clock.now() or _person(link).ended_at is not None:
        raise Refused(N_("This link has been used, has run out, or is not complete. Please ask for a new one."))
    return link


def use_link(token: str, purpose: str) -> tuple[Link, Person]:
    """Use the link up: the next one who tries is refused. A link that stops letters may be pressed twice."""
    link = read_link(token, purpose)
    if purpose != "stop":
        now = clock.now()
        used = db.session.execute(update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=now))
        if not used.rowcount:
            raise Refused(N_("This link has been used, has run out, or is not complete. Please ask for a new one."))
    return link, _person(link)


def revoke(person: Person, *purposes: str) -> None:
    """These links of a person open nothing any more."""
    open_links = update(Link).where(Link.person_id == person.id, Link.purpose.in_(purposes), Link.used_at.is_(None))
    db.session.execute(open_links.values(used_at=clock.now()))


def web_address(purpose: str, token: str) -> str:
    """The link as it stands in a letter."""
    if purpose == "stop":
        return url_for("people.stop", token=token, _external=True)
    if purpose == "terms":
        return url_for("review.terms", token=token, _external=True)
    return url_for("people.open_link", purpose=purpose, token=token, _external=True)


def _person(link: Link) -> Person:
    return db.session.get_one(Person, link.person_id)
