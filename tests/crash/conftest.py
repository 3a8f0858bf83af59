"""What crash tests stand on: a house of its own for each test (folder, ports, database), and a nursery for the processes that will die."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from config import settings
from consult import create_app, keeping
from consult.extensions import db
from tests.conftest import POSTGRES
from tests.crash.nursery import Nursery, Process
from tests.inbox.imap import free_port

LONG = os.environ.get("CONSULT_CRASH") == "long"


@pytest.fixture(scope="session")
def nursery():
    """Where processes are born."""
    opened = Nursery()
    yield opened
    opened.close()


@dataclass
class House:
    """One installation: its settings, its application in this process, and its processes."""

    folder: Path
    environment: dict[str, str]
    nursery: Nursery

    def app(self, **more: str):
        """The application in this process."""
        return create_app(settings(self.environment | more) | {"TESTING": True})

    def start(self, *command: str, **more: str) -> Process:
        """`consult <command>` in a process of its own."""
        return self.run("tests.crash.nursery:consult", *command, **more)

    def run(self, verb: str, *arguments: object, **more: str) -> Process:
        """Any `module:function` in a process of its own."""
        return self.nursery.start(verb, *arguments, environment=self.environment | more, log=self.log)

    @property
    def log(self) -> Path:
        """What its processes said."""
        return self.folder / "log.txt"

    @property
    def port(self) -> int:
        """Where its pages are."""
        return int(self.environment["CONSULT_LISTEN"].rpartition(":")[2])

    @property
    def mail_port(self) -> int:
        """Where mail comes in."""
        return int(self.environment["CONSULT_LMTP_LISTEN"].rpartition(":")[2])


def house_at(folder: Path, nursery: Nursery, database: str) -> House:
    """A house with free ports and an empty data folder."""
    address = f"127.0.0.1:{free_port()}"
    folder.mkdir(exist_ok=True)
    environment = {
        "CONSULT_DATA": str(folder), "CONSULT_SECRET_KEY": "a key for tests", "CONSULT_LISTEN": address, "CONSULT_URL": f"http://{address}",
        "CONSULT_LMTP_LISTEN": f"127.0.0.1:{free_port()}", "CONSULT_MAIL_DOMAIN": "in.consult.test", "CONSULT_DATABASE_URL": database,
        "CONSULT_SMTP_URL": "",
    }  # fmt: skip
    return House(folder, environment, nursery)


@pytest.fixture
def new_database():
    """Makes databases on the PostgreSQL server of the test run, dropped afterwards; on SQLite "" (a file in the data folder)."""
    made = []

    def make() -> str:
        if not POSTGRES:
            return ""
        made.append(f"consult_crash_{secrets.token_hex(4)}")
        _on_server(f'create database "{made[-1]}"')
        return make_url(POSTGRES).set(database=made[-1]).render_as_string(hide_password=False)

    yield make
    for name in made:
        _on_server(f'drop database "{name}" with (force)')


def _on_server(command: str) -> None:
    url = make_url(POSTGRES).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(command)


def stamp() -> None:
    """Say that the tables, which were made from the models, are as the newest migration makes them."""
    db.session.execute(text("create table alembic_version (version_num varchar(32) primary key)"))
    db.session.execute(text("insert into alembic_version values (:newest)"), {"newest": keeping.head()})
    db.session.commit()


@pytest.fixture
def empty_house(tmp_path, nursery, new_database):
    """A house whose database has no tables yet."""
    yield house_at(tmp_path / "house", nursery, new_database())
    nursery.clear()


@pytest.fixture
def house(empty_house, template_database):
    """A house with an empty database, and its application in this process."""
    if template_database:
        shutil.copy(template_database, empty_house.folder / "consult.db")
    app = empty_house.app()
    with app.app_context():
        if not template_database:
            db.create_all()
        stamp()
        yield empty_house
        empty_house.nursery.clear()
        db.session.remove()
        db.engine.dispose()
