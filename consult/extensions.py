"""The database, and how a transaction begins and ends. Doors use `transaction`; nobody else commits."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from functools import cache

from flask import Flask, current_app
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Column, DateTime, Engine, Insert, MetaData, Table, TypeDecorator, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

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


_purpose: ContextVar[str] = ContextVar("purpose", default="")  # of the transactions that begin from here on: "writing", "reading" or any


class PurposefulSession(Session):
    """The session, which reads through connections that can do nothing else where nothing else is to be done."""

    def get_bind(self, mapper=None, clause=None, bind=None, **more):
        """The engine to use; to read on PostgreSQL, the one made by `_reader`."""
        reader = current_app.extensions.get("consult.reader") if bind is None and _purpose.get() == "reading" else None
        return reader or super().get_bind(mapper=mapper, clause=clause, bind=bind, **more)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": PurposefulSession})
login = LoginManager()
csrf = CSRFProtect()
babel = Babel()
compress = Compress()


def connect(app: Flask) -> None:
    """Give the application its database."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            app.extensions["consult.reader"] = _reader(db.engine)


def _reader(writer: Engine) -> Engine:
    """Connections on which PostgreSQL itself refuses to change anything. Each statement stands alone, as it sees the database alone
    anyway under READ COMMITTED: a page is spared two round trips, to begin a transaction and to end it."""
    made = create_engine(writer.url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, hide_parameters=True)
    event.listen(made, "connect", _only_read)
    event.listen(writer, "engine_disposed", lambda _: made.dispose())
    return made


def _only_read(connection, record) -> None:
    connection.autocommit = True
    connection.execute("SET default_transaction_read_only = on")


def writing() -> Token:
    """From here on transactions take the write lock at once, so that no two of them can wait for each other. Returns the token to reset."""
    return _purpose.set("writing")


def reading() -> Token:
    """From here on nothing is changed: on PostgreSQL nothing can be. Returns the token to reset."""
    return _purpose.set("reading")


def as_before(token: Token) -> None:
    """Back to what `writing` or `reading` found."""
    _purpose.reset(token)


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
        as_before(token)


def stored(row: Base, **around: object) -> bool:
    """Puts a new row straight into its table, for what comes by the thousand; it is in the session all the same, with its number.

    False when its `once` stands there already. `around`: the rows it points at, which need not be asked for again.
    """
    connection = db.session.connection()
    number = connection.scalar(_insert(row.__table__, connection.dialect.name), _filled(row))
    if number is not None:
        _settled(row, number, around)
    return number is not None


def stored_all(rows: list, apart: str, **around: object) -> list:
    """Several rows of one table at once; gives those back whose `once` did not stand there yet. `apart`: the column they differ in."""
    if not rows:
        return []
    connection = db.session.connection()
    into = _insert(rows[0].__table__, connection.dialect.name, apart)
    numbers = {told: number for number, told in connection.execute(into, [_filled(row) for row in rows])}
    kept = [row for row in rows if getattr(row, apart) in numbers]
    for row in kept:
        _settled(row, numbers[getattr(row, apart)], around)
    return kept


def _filled(row: Base) -> dict[str, object]:
    """What is stored of a row: each column with what was given, or else with its default."""
    given = vars(row)
    values = {name: given[name] if name in given else default() for name, default in _defaults(row.__table__).items()}
    given.update(values)
    return values


def _settled(row: Base, number: int, around: dict[str, object]) -> None:
    """The row is in the session as if it had been read just now."""
    vars(row)["id"] = number
    make_transient_to_detached(row)
    stale = db.session.identity_map.get(identity_key(instance=row))
    if stale is not None:  # of a transaction that did not hold: its number was given again just now
        db.session.expunge(stale)
    db.session.add(row)
    for name, other in around.items():
        set_committed_value(row, name, other)


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
def _insert(table: Table, dialect: str, *more: str) -> Insert:
    """Put together once for each table; tells the number of each row, and what more is asked."""
    into = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table).returning(table.c.id, *(table.c[name] for name in more))
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
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _purpose.get() == "writing" else "BEGIN")
