"""A migration that is killed at any moment leaves the old form or the new one, and the next try succeeds."""

import random
import time
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import inspect, text

from consult import keeping
from consult.extensions import db
from tests.crash.conftest import LONG, house_at

pytestmark = pytest.mark.crash
KILLS = 50 if LONG else 10
NOW = "'2026-01-01 00:00:00'"
ROWS = (
    "insert into person (id, name, language, zone, staff, means, rhythm, digest_day, digest_hour, form, limit_bytes, receipts, created_at)"
    f" values (1, 'Ana', 'en', 'UTC', false, 'page', 'daily', 0, 7, 'text', 0, true, {NOW})",
    f'insert into "group" (id, slug, name, short, kind, mandate, terms, language, created_at)'
    f" values (1, 'g', 'G', '', 'expert group', '', '', 'en', {NOW})",
    f"insert into draft (id, group_id, slug, title, symbol, language, created_at) values (1, 1, 'd', 'D', '', 'en', {NOW})",
    f"insert into version (id, draft_id, number, note, source_name, created_at) values (1, 1, 1, '', '', {NOW})",
    "insert into paragraph (id, version_id, position, kind, level, number, printed, mark, text)"
    " values (1, 1, 0, 'paragraph', 0, '1', '1.', '1', 'One.')",
    "insert into round (id, version_id, group_id, title, guidance, types, opens_at, closes_at, first_closes_at, zone, extension_reason,"
    f" comments_made) values (1, 1, 1, 'R', '', '[]', {NOW}, {NOW}, {NOW}, 'UTC', '', 1)",
    f"insert into invitation (id, round_id, person_id, invited_at) values (1, 1, 1, {NOW})",
    "insert into comment (id, round_id, number, paragraph_id, author_id, on_behalf_of, type, text, proposed, quote, quote_before,"
    " quote_after, html, door, received_at, late, verified)"
    f" values (1, 1, 1, 1, 1, '', 'general', 'As it was.', '', '', '', '', '', 'page', {NOW}, false, true)",
)


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


def stages(house) -> list[tuple[str | None, set[str]]]:
    """Each state between two migrations: what it is called, and its tables."""
    from flask_migrate import Migrate, upgrade

    found: list[tuple[str | None, set[str]]] = [(None, set())]
    while found[-1][0] != keeping.head():
        with house.app().app_context():
            Migrate(current_app, db, directory=str(keeping.MIGRATIONS))
            upgrade(revision="+1")
            db.session.remove()
            db.engine.dispose()
        at, tables = state(house)
        found.append((at, tables - {"alembic_version"}))
    return found


def test_rows_made_before_a_migration_are_there_after_it(empty_house):
    from flask_migrate import Migrate, upgrade

    with empty_house.app().app_context():
        Migrate(current_app, db, directory=str(keeping.MIGRATIONS))
        upgrade(revision="0001")
        for statement in ROWS:
            db.session.execute(text(statement))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    assert empty_house.start("migrate").wait() == 0
    with inside(empty_house):
        assert db.session.execute(text("select text, consent, reason from comment")).all() == [("As it was.", "named", "")]
        assert db.session.execute(text("select state, reminders from invitation")).all() == [("invited", 0)]
        assert db.session.scalar(text("select reminders from round")) in ("[]", [])


def test_a_migration_killed_at_any_moment_is_done_or_not_done_and_can_be_run_again(tmp_path, nursery, new_database):
    whole = house_at(tmp_path / "whole", nursery, new_database())
    began = time.monotonic()
    assert whole.start("migrate").wait() == 0
    took = time.monotonic() - began
    allowed = stages(house_at(tmp_path / "stages", nursery, new_database()))
    by_chance, ended = random.Random(5), []
    for number in range(KILLS):
        house = house_at(tmp_path / f"house{number}", nursery, new_database())
        dying = house.start("migrate")
        time.sleep(took * 1.2 * (number + by_chance.random()) / KILLS)
        dying.kill()
        stands_at, there = state(house)
        ended.append(stands_at)
        assert (stands_at, there - {"alembic_version"}) in allowed
        assert house.start("migrate").wait() == 0, (house.folder / "log.txt").read_text()
        assert differences(house) == []
    print(f"{KILLS} kills: {ended.count(None)} before, {len(ended) - ended.count(None)} after")
