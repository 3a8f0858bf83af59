"""A migration that is killed at any moment leaves the old form or the new one, and the next try succeeds."""

import random
import time
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from consult import keeping
from consult.extensions import db
from tests.crash.conftest import LONG, house_at

pytestmark = pytest.mark.crash
KILLS = 50 if LONG else 10


@contextmanager
def inside(house):
    """The house's database, looked at and let go."""
    with house.app().app_context():
        yield db.engine
        db.session.remove()
        db.engine.dispose()


def differences(house) -> list:
    """What the database has that the models do not say, or the other way round."""
    with inside(house) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, db.metadata)


def state(house) -> tuple[str | None, set[str]]:
    """The migration the database stands at, and its tables."""
    with inside(house) as engine:
        return keeping.current(), set(inspect(engine).get_table_names())


def test_the_migrations_make_exactly_what_the_models_say(empty_house):
    assert empty_house.start("migrate").wait() == 0
    assert differences(empty_house) == []


def test_a_migration_killed_at_any_moment_is_done_or_not_done_and_can_be_run_again(tmp_path, nursery, new_database):
    whole = house_at(tmp_path / "whole", nursery, new_database())
    began = time.monotonic()
    assert whole.start("migrate").wait() == 0
    took = time.monotonic() - began
    tables = state(whole)[1]
    by_chance, ended = random.Random(5), []
    for number in range(KILLS):
        house = house_at(tmp_path / f"house{number}", nursery, new_database())
        dying = house.start("migrate")
        time.sleep(took * 1.2 * (number + by_chance.random()) / KILLS)
        dying.kill()
        stands_at, there = state(house)
        ended.append(stands_at)
        assert (stands_at, there - {"alembic_version"}) in [(None, set()), (keeping.head(), tables - {"alembic_version"})]
        assert house.start("migrate").wait() == 0, (house.folder / "log.txt").read_text()
        assert differences(house) == []
    print(f"{KILLS} kills: {ended.count(None)} before, {len(ended) - ended.count(None)} after")
