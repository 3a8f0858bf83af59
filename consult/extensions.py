"""The database, and how a transaction begins and ends. Doors use `transaction`; nobody else commits."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache

from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Column, DateTime, Engine, Insert, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table inherits."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator):
    """A moment, always aware and in UTC, on SQLite as on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect) -> datetime | None:
        """Refuses a moment without a zone: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect) -> datetime | None:
        """SQLite forgets the zone; it is always UTC."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
compress = Compress()

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def writing(value: bool = True):
    """From here on transactions take the write lock at once, so that no two of them can wait for each other. Returns the token to reset."""
    return _writing.set(value)


def reading_again(token) -> None:
    """Back to what `writing` found."""
    _writing.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """One piece of a worker's, a command's or a mail's work: all of it is kept, or none."""
    db.session.rollback()
    token = writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        reading_again(token)


def stored(row: Base, **around: object) -> bool:
    """Puts a new row straight into its table, for what comes by the thousand; it is in the session all the same, with its number.

    False when its `once` stands there already. `around`: the rows it points at, which need not be asked for again.
    """
    table, given = row.__table__, vars(row)
    values = {name: given[name] if name in given else default() for name, default in _defaults(table).items()}
    connection = db.session.connection()
    number = connection.scalar(_insert(table, connection.dialect.name), values)
    if number is None:
        return False
    given.update(values, id=number)
    make_transient_to_detached(row)
    db.session.add(row)
    for name, other in around.items():
        set_committed_value(row, name, other)
    return True


@cache
def _defaults(table: Table) -> dict[str, Callable[[], object]]:
    """What each column says where nothing was given."""
    return {name: _default(column) for name, column in table.columns.items() if name != "id"}


def _default(column: Column) -> Callable[[], object]:
    default = column.default
    if default is not None and default.is_callable:
        return lambda: default.arg(None)
    return lambda: default.arg if default is not None else None


@cache
def _insert(table: Table, dialect: str) -> Insert:
    """Put together once for each table."""
    into = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table).returning(table.c.id)
    return into.on_conflict_do_nothing(index_elements=["once"]) if "once" in table.c else into


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection, record) -> None:
    """WAL with full fsync, foreign keys on; the driver's own transactions off, because `_begin` says how they begin."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "wal_autocheckpoint=0"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
