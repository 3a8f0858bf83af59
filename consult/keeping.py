"""Keeping the data well: migrating, backing up, restoring, and a doctor who says what is wrong."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import closing, suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, select, text

from config import ROOT
from consult.errors import Refused
from consult.extensions import db, transaction
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox import queries as letters
from consult.outbox import signing

MIGRATIONS = ROOT / "migrations"
SAFE_SQLITE = (3, 51, 3)
SQLITE_COPY, PG_COPY = "consult.db", "consult.dump"
KEPT = ("files", "arrivals", "secret-key")
LETTERS = {"held": "kept back since the data were restored; `consult kept-back` lists them and sends them"}
RESTORED = N_("Kept back when the data were restored from a backup, because it may have been sent before.")


def head() -> str:
    """The newest migration, read from the files themselves: loading the migration library takes seconds, and is only needed to migrate."""
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
    """Write database, files, raw mail and key into one archive while everything runs. Returns its size in octets.

    The order matters: mails that wait are noted before the database is copied, files after it, so that whatever the copy names is there,
    and a mail that is taken meanwhile is in the copy, or waits in the archive, or both (it is known again by its fingerprint).
    """
    data: Path = app.config["DATA"]
    beside = Path(f"{target}.part")
    with tempfile.TemporaryDirectory(dir=data) as folder:
        waiting, copy = _waiting_mail(data, Path(folder)), _copied_database(Path(folder))
        note = {"made": clock.now().isoformat(), "schema": current(), "database": copy.name, "sha256": _digest(copy)}
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz") as archive:
                (Path(folder) / "manifest.json").write_text(json.dumps(note))
                kept = [path for name in KEPT for path in _lasting(data / name)]
                for path in [Path(folder) / "manifest.json", copy, *waiting, *kept]:
                    archive.add(path, path.relative_to(folder if path.is_relative_to(folder) else data))
            out.flush()
            os.fsync(out.fileno())
    beside.replace(target)
    return target.stat().st_size


def _waiting_mail(data: Path, folder: Path) -> list[Path]:
    """The mails that wait in the spool, held fast under a second name: a worker may take them away at any moment."""
    held = folder / "spool" / "new"
    held.mkdir(parents=True)
    for path in sorted((data / "spool" / "new").glob("*")):
        with suppress(FileNotFoundError):
            os.link(path, held / path.name)
    return sorted(held.iterdir())


def _copied_database(folder: Path) -> Path:
    copy = folder / (SQLITE_COPY if _sqlite() else PG_COPY)
    if _sqlite():
        with closing(sqlite3.connect(db.engine.url.database, timeout=30)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
    else:
        _pg("pg_dump", "-Fc", "-f", str(copy), _pg_url())
    return copy


def _lasting(place: Path) -> list[Path]:
    """What lies there for good, without what is being written just now."""
    found = [place] if place.is_file() else sorted(place.rglob("*"))
    return [path for path in found if not path.name.startswith(".new-") and path.suffix != ".part" and path.is_file()]


def _digest(path: Path) -> str:
    with open(path, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def restore(app: Flask, source: Path) -> int:
    """Put an archive back into an EMPTY data folder and database, and bring it to the newest form. What was due becomes letters, and all
    letters that wait are kept back until an officer looks, because they may have been sent before. Returns how many those are."""
    from consult import worker

    data: Path = app.config["DATA"]
    _refuse_unless_empty(data)
    with tempfile.TemporaryDirectory(dir=data) as folder:
        unpacked = Path(folder)
        try:
            with tarfile.open(source) as archive:
                archive.extractall(unpacked, filter="data")
            note = json.loads((unpacked / "manifest.json").read_text())
            whole = _digest(unpacked / note["database"]) == note["sha256"]
        except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, KeyError) as error:
            raise Refused(N_("%(file)s is not a backup of Consult: %(error)s"), file=source, error=error) from None
        if not whole or note["database"] != (SQLITE_COPY if _sqlite() else PG_COPY):
            raise Refused(N_("%(file)s is damaged, or was made on another kind of database."), file=source)
        _put_back(unpacked, data, note["database"])
    migrate(app)
    while worker.turn(leaving_out="letters"):
        pass
    with transaction():
        return outbox.keep_back(RESTORED)


def _put_back(unpacked: Path, data: Path, database: str) -> None:
    """The database last: a restoration that was interrupted before can be begun again."""
    for name in (*KEPT, "spool"):
        if (unpacked / name).exists():
            shutil.rmtree(data / name, ignore_errors=True)
            (unpacked / name).replace(data / name)
    if _sqlite():
        for left in ("-wal", "-shm"):  # of a database that somebody removed: it would be taken for a part of ours
            Path(f"{db.engine.url.database}{left}").unlink(missing_ok=True)
        (unpacked / database).replace(db.engine.url.database)
    else:
        command = ("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction")
        _pg(*command, "-d", _pg_url(), str(unpacked / database))


def _refuse_unless_empty(data: Path) -> None:
    """Tables in which nobody is yet may go; every command makes them."""
    if inspect(db.engine).get_table_names() and (current() is None or not is_empty()):
        raise Refused(N_("There is a database in %(folder)s already. Restore into an empty folder (CONSULT_DATA=…)."), folder=data)
    db.session.remove()
    db.engine.dispose()


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
    found += _signing()
    for state, count in letters.counts().items():
        if count:
            found.append((state not in ("failed", "held"), f"{count} letters {LETTERS.get(state, state)}"))
    for state, count in db.session.execute(text("select state, count(*) from arrival group by state")):
        found.append((True, f"{count} arrivals {state}"))
    return found


def _signing() -> list[tuple[bool, str]]:
    """Whether letters are signed, and what has to stand in the DNS for it."""
    try:
        signer = signing.ours()
    except signing.Unsignable as wrong:
        return [(False, str(wrong))]
    if signer is None:
        return [(True, "letters are not signed (CONSULT_DKIM_KEY is not set)")]
    name, value = signer.record
    pieces = " ".join(f'"{value[at : at + 255]}"' for at in range(0, len(value), 255))  # as zone files have it: no string is longer
    strong = signer.algorithm != "rsa-sha256" or signer.bits >= 2048
    return [
        (strong, f"letters are signed for {signer.domain} with {signer.algorithm}, {signer.bits} bits" + ("" if strong else "; use 2048")),
        (True, f"publish in the DNS: {name}. IN TXT {pieces}"),
    ]
