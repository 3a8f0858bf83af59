"""What a journey needs: a running Consult with a database of its own, and a real browser that complains."""

import os
import shutil
import uuid
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.journeys.consulting import Consult
from tests.journeys.reading import Reader

POSTGRES = os.environ.get("CONSULT_TEST_DATABASE", "")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def needed(found: object, what: str):
    """What a test cannot do without: it is skipped where that is missing, except where nothing may be left out."""
    if not found and os.environ.get("CI") == "true":
        pytest.fail(f"{what} must be here when CI=true")
    if not found:
        pytest.skip(f"needs {what}, which is not here")
    return found


@contextmanager
def database_of_its_own():
    """The address of an empty database: none for SQLite in the data folder, or a PostgreSQL database that is dropped afterwards."""
    if not POSTGRES:
        yield ""
        return
    url = make_url(POSTGRES)
    name = f"consult_journey_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        engine.dispose()


@contextmanager
def installed(folder):
    """A Consult that has not been started yet; whatever runs is stopped afterwards."""
    with database_of_its_own() as database:
        made = Consult(folder, database)
        try:
            yield made
        finally:
            made.end()


@pytest.fixture
def consult(tmp_path):
    """An installation with an empty database, not started yet."""
    with installed(tmp_path / "data") as made:
        yield made


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example group, running, for tests that only look at it."""
    with installed(tmp_path_factory.mktemp("example") / "data") as made:
        yield made.start("--demo")


@pytest.fixture(scope="module")
def chromium():
    """A real browser. It lives as long as one file of tests, because its loop would be in the way of others."""
    from playwright.sync_api import sync_playwright

    program = needed(shutil.which("chromium"), "Chromium (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium):
    """Makes readers, each with a browser of their own; at the end none of them may have met a fault."""
    readers = []

    def browser(consult: Consult, **more) -> Reader:
        readers.append(Reader(chromium, consult, **more))
        return readers[-1]

    yield browser
    for reader in readers:
        reader.close()
