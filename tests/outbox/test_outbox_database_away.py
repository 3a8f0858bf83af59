"""The database goes away just when a letter has left: nothing is lost, nothing waits, and no letter leaves twice."""

import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from consult.extensions import db, transaction
from consult.outbox.actions import post
from consult.outbox.models import Letter
from consult.outbox.sending import close, send_due
from tests import make
from tests.outbox.sink import running


@pytest.fixture
def three_letters(app):
    with transaction():
        for name in ("Ada", "Ben", "Cleo"):
            post(kind="round", person=make.person(name), subject=f"To {name}", text="Please comment.")
    yield
    close()


@contextmanager
def breaking(app, tmp_path):
    """Something to call that takes the database away from this process; it is back at the end."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA busy_timeout=50"))
        with closing(sqlite3.connect(tmp_path / "consult.db", check_same_thread=False, isolation_level=None)) as other:
            yield lambda: other.execute("BEGIN IMMEDIATE")
        return
    ours = db.session.scalar(text("select pg_backend_pid()"))
    db.session.rollback()
    db_url = db.engine.url

    def end() -> None:
        url = db_url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url) as other:
            other.execute("select pg_terminate_backend(%s)", [ours])

    yield end


def test_the_database_may_go_while_a_letter_leaves(app, tmp_path, three_letters):
    with running() as sink:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        with breaking(app, tmp_path) as end:
            sink.on_data = lambda address: (end(), "250 OK")[1]
            with pytest.raises(OperationalError):
                send_due()
            sink.on_data = lambda address: "250 OK"
        assert send_due().sent == 2
    assert [to for _, to, _ in sink.taken] == ["ada@env.example", "ben@env.example", "cleo@env.example"]
    db.session.rollback()
    assert {each.state for each in db.session.query(Letter)} == {"sent"}


def test_a_letter_taken_over_by_another_worker_ends_the_batch(app, three_letters):
    """As when the clock jumps a day: the leases are over, and another worker has begun with the same letters."""

    def taken_over(address: str) -> str:
        with app.app_context(), transaction():
            db.session.execute(update(Letter).values(fence=Letter.fence + 1))
        sink.on_data = lambda address: "250 OK"
        return "250 OK"

    with running(on_data=taken_over) as sink:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        send_due()
    assert [to for _, to, _ in sink.taken] == ["ada@env.example"]
