"""`/healthz`: one line a part, 200 when database, worker and listener all live."""

import socket
from datetime import timedelta

from flask import Flask, Response, current_app
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from consult.extensions import db
from consult.kit import clock
from consult.web.models import Pulse

STALE = timedelta(seconds=90)


def init_app(app: Flask) -> None:
    """Open the page to everybody: monitors sign in nowhere."""
    healthz.declares = "public"
    app.add_url_rule("/healthz", "healthz", healthz)


def healthz() -> Response:
    """Says of each part whether it lives."""
    parts = {"database": _database(), "worker": _worker(), "listener": _listener(current_app.config["LMTP_LISTEN"])}
    lines = "".join(f"{name}: {state}\n" for name, state in parts.items())
    return Response(lines, 200 if all(s == "ok" for s in parts.values()) else 503, mimetype="text/plain")


def beat(name: str) -> None:
    """Note that this worker lives."""
    db.session.merge(Pulse(name=name, at=clock.now()))


def _database() -> str:
    try:
        db.session.execute(text("select 1"))
    except SQLAlchemyError as error:
        return f"does not answer ({type(error).__name__})"
    return "ok"


def _worker() -> str:
    try:
        last = db.session.scalar(select(Pulse.at).where(Pulse.name == "worker"))
    except SQLAlchemyError:
        return "unknown, the database does not answer"
    if last is None:
        return "has never run"
    return "ok" if clock.now() - last < STALE else f"not heard of since {last:%Y-%m-%d %H:%M:%S} UTC"


def _listener(address: str) -> str:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host or "127.0.0.1", int(port)), timeout=2).close()
    except OSError:
        return f"does not answer at {address}"
    return "ok"
