"""Being signed in: the cookie carries a secret, the row its digest, and ending the row ends it everywhere."""

from datetime import timedelta

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import delete

from consult.extensions import db, login
from consult.kit import clock, text, tokens
from consult.people import queries
from consult.people.models import Person, SignIn

LASTS = timedelta(days=30)
COOKIE = "consult"  # with __Host- before it where pages go over TLS only


def init_app(app: Flask) -> None:
    """Let Flask-Login find the person by our cookie; Flask's own cookie is for form tokens and messages only."""
    prefix = "__Host-" if app.config["SECURE"] else ""
    app.config.update(
        SIGN_IN_COOKIE=prefix + COOKIE,
        SESSION_COOKIE_NAME=f"{prefix}{COOKIE}-forms",
        SESSION_COOKIE_SECURE=app.config["SECURE"],
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.before_request(_nobody_yet)
    login.init_app(app)
    login.session_protection = None
    login.request_loader(_person_of_request)


def _nobody_yet() -> None:
    """One application context may serve several requests, as in tests: none inherits from the one before."""
    for kept in ("_login_user", "people_roles", "visit", "csrf_token"):
        g.pop(kept, None)


def _person_of_request(asked) -> Person | None:
    secret = asked.cookies.get(current_app.config["SIGN_IN_COOKIE"], "")
    if not secret:
        return None
    g.visit = queries.visit(tokens.digest(secret), (asked.view_args or {}).get("group", ""))
    return g.visit.person if g.visit else None


def begin(person: Person, browser: str = "") -> str:
    """Sign a person in: a new secret, for the cookie. Sessions of theirs that have run out are cleared away."""
    now, secret = clock.now(), tokens.new()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.expires_at <= now))
    row = SignIn(
        digest=tokens.digest(secret), person_id=person.id, began_at=now, expires_at=now + LASTS, browser=text.one_line(browser, 200)
    )
    db.session.add(row)
    db.session.flush()
    return secret


def person_of(secret: str) -> Person | None:
    """Who signed in with this secret, if that still holds."""
    found = queries.visit(tokens.digest(secret), "")
    return found.person if found else None


def end(secret: str) -> None:
    """Sign out in this browser."""
    db.session.execute(delete(SignIn).where(SignIn.digest == tokens.digest(secret)))


def end_all(person: Person) -> None:
    """Sign a person out everywhere."""
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def sign_in(response: Response, person: Person) -> Response:
    """Sign a person in with this answer: a new secret, and nothing left of what the browser held before."""
    end(request.cookies.get(current_app.config["SIGN_IN_COOKIE"], ""))
    session.clear()
    secret = begin(person, request.user_agent.string)
    response.set_cookie(
        current_app.config["SIGN_IN_COOKIE"],
        secret,
        max_age=int(LASTS.total_seconds()),
        secure=current_app.config["SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def sign_out(response: Response) -> Response:
    """Sign out with this answer."""
    name = current_app.config["SIGN_IN_COOKIE"]
    end(request.cookies.get(name, ""))
    session.clear()
    response.delete_cookie(name, secure=current_app.config["SECURE"], httponly=True, samesite="Lax")
    return response
