"""Keeping the data well: migrating, backing up, restoring, and a doctor who says what is wrong."""

import json
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, select, text

from config import ROOT
from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock
from consult.kit.words import N_

MIGRATIONS = ROOT / "migrations"
SAFE_SQLITE = (3, 51, 3)


def head() -> str:
    """The newest migration, read from the file names' contents: loading the migration library takes seconds, and is only needed to migrate."""
    sources = [p.read_text() for p in (MIGRATIONS / "versions").glob("*.py")]
    revisions = {m for s in sources for m in re.findall(r'^revision = "(\w+)"', s, re.MULTILINE)}
    return (revisions - {m for s in sources for m in re.findall(r'^down_revision = "(\w+)"', s, re.MULTILINE)}).pop()


def current() -> str | None:
    """The migration the database stands at, or None for an empty one."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    return db.session.execute(text("select version_num from alembic_version")).scalar()


def migrate(app: Flask) -> str:
    """Bring the database to the newest form; each step is whole or not done. Returns the migration it stands at."""
    wanted = head()
    if current() != wanted:
        db.session.rollback()
        from flask_migrate import Migrate, upgrade

        Migrate(app, db, directory=str(MIGRATIONS))
        upgrade()
    db.session.rollback()
    return wanted


def is_empty() -> bool:
    """Nobody is in the database yet."""
    from consult.people.models import Person

    empty = db.session.scalar(select(Person.id).limit(1)) is None
    db.session.rollback()
    return empty


def backup(app: Flask, target: Path) -> int:
    """Write database, files, raw mail and key into one archive while everything runs. Returns its size in octets."""
    data: Path = app.config["DATA"]
    with tempfile.TemporaryDirectory(dir=data) as folder:
        copy = Path(folder) / ("consult.db" if _sqlite() else "consult.dump")
        if _sqlite():
            with sqlite3.connect(data / "consult.db") as source:
                source.execute("VACUUM INTO ?", (str(copy),))
        else:
            _pg("pg_dump", "-Fc", "-f", str(copy), _pg_url())
        note = Path(folder) / "manifest.json"
        note.write_text(json.dumps({"made": clock.now().isoformat(), "schema": current(), "database": copy.name}))
        with tarfile.open(f"{target}.part", "w:gz") as archive:
            archive.add(note, "manifest.json")
            archive.add(copy, copy.name)
            for name in ("files", "arrivals", "spool", "secret-key"):
                if (data / name).exists():
                    archive.add(data / name, name)
    Path(f"{target}.part").replace(target)
    return target.stat().st_size


def restore(app: Flask, source: Path) -> None:
    """Put an archive back into an EMPTY data folder and database. Letters that were waiting stay waiting until an officer looks."""
    data: Path = app.config["DATA"]
    if (data / "consult.db").exists() and _sqlite():
        raise Refused(N_("There is a database in %(folder)s already. Restore into an empty folder (CONSULT_DATA=…)."), folder=data)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(data, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise Refused(N_("%(file)s is not a backup of Consult: %(error)s"), file=source, error=error) from None
    dump = data / "consult.dump"
    if dump.exists():
        _pg("pg_restore", "--clean", "--if-exists", "--no-owner", "-d", _pg_url(), str(dump))
    with app.app_context():
        db.session.execute(
            text("update letter set not_before = :far where state in ('waiting', 'sending')"), {"far": "9999-01-01 00:00:00"}
        )
        db.session.commit()


def _sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _pg_url() -> str:
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _pg(*command: str) -> None:
    if not shutil.which(command[0]):
        raise Refused(N_("%(tool)s is not installed; it comes with PostgreSQL's client programs."), tool=command[0])
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Refused(N_("%(tool)s failed: %(error)s"), tool=command[0], error=done.stderr.strip()[-300:])


def examine(app: Flask) -> list[tuple[bool, str]]:
    """What a doctor would look at: (fine or not, a sentence)."""
    data: Path = app.config["DATA"]
    free = shutil.disk_usage(data).free
    found = [(free > 500_000_000, f"{free // 1_000_000} MB free in {data}")]
    found.append((current() == head(), f"database at migration {current()}, newest is {head()}"))
    if _sqlite():
        check = db.session.execute(text("PRAGMA quick_check")).scalar()
        found.append((check == "ok", f"SQLite quick check: {check}"))
        old = sqlite3.sqlite_version_info < SAFE_SQLITE
        remark = "one process does the checkpoints, as this version needs" if old else "no known fault"
        found.append((True, f"SQLite {sqlite3.sqlite_version}: {remark}"))
    found.append((True, f"letters go to {app.config['SMTP_URL'].rpartition('@')[2] or data / 'post'}"))
    for state, count in db.session.execute(text("select state, count(*) from letter group by state")):
        found.append((state not in ("failed",), f"{count} letters {state}"))
    for state, count in db.session.execute(text("select state, count(*) from arrival group by state")):
        found.append((True, f"{count} arrivals {state}"))
    return found
