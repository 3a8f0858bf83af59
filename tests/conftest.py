"""What every test stands on: a fresh database, an application, and a client that looks at every page it gets."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import text

from config import settings
from consult import create_app
from consult.extensions import db

# A busy machine makes no example wrong: how long one takes is for bench/ to say.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
POSTGRES = os.environ.get("CONSULT_TEST_DATABASE", "")


@pytest.fixture(scope="session")
def template_database(tmp_path_factory) -> Path | None:
    """An empty SQLite database with every table, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = make_app(folder)
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return None if POSTGRES else folder / "consult.db"


def make_app(folder: Path, **more: str):
    """An application whose data live in that folder."""
    environment = {"CONSULT_DATA": str(folder), "CONSULT_SECRET_KEY": "a key for tests", "CONSULT_URL": "http://consult.test"}
    environment |= {"CONSULT_MAIL_DOMAIN": "in.consult.test", "CONSULT_DATABASE_URL": POSTGRES, **more}
    return create_app(settings(environment) | {"TESTING": True, "PROPAGATE_EXCEPTIONS": True})


@pytest.fixture
def app(tmp_path, template_database):
    """The application on a database of its own, inside an application context."""
    if template_database:
        shutil.copy(template_database, tmp_path / "consult.db")
    app = make_app(tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        if POSTGRES:
            _empty()
        db.engine.dispose()


def _empty() -> None:
    """Empty every table and begin counting again; much quicker than TRUNCATE, which syncs a file a table."""
    tables = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables))
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        connection.execute(text(tables))
        connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))


@pytest.fixture
def shared() -> Path:
    """The folder with real documents and mails; tests that need it are skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("needs ../shared/data, which is not here")
    return SHARED / "data"


@pytest.fixture
def client(app):
    """A visitor with a browser's eye (tests/pages.py)."""
    from tests.pages import Pages

    return Pages(app)
