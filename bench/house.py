"""A house of its own for a measure: a data folder, a database, processes on free ports, and an end to all of it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import settings
from consult import create_app, keeping
from consult.extensions import db, transaction

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
POSTGRES = os.environ.get("CONSULT_TEST_DATABASE", "")
PATIENCE = 60  # seconds for a process to answer


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """What a process of this house reads."""
    web, mail = free_port(), free_port()
    return (
        os.environ
        | {
            "CONSULT_DATA": str(folder),
            "CONSULT_DATABASE_URL": database,
            "CONSULT_LISTEN": f"127.0.0.1:{web}",
            "CONSULT_LMTP_LISTEN": f"127.0.0.1:{mail}",
            "CONSULT_URL": f"http://127.0.0.1:{web}",
            "CONSULT_MAIL_DOMAIN": "in.bench.example",
            "CONSULT_SECRET_KEY": "a key for measuring",
            "CONSULT_SMTP_URL": "",
            "CONSULT_AUTHSERV_ID": "",
            "PYTHONPATH": str(ROOT),
        }
        | more
    )


@contextmanager
def house(database: str = "", **more: str) -> Iterator[tuple]:
    """(application with all tables, environment of its processes), its context pushed; all gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as folder:
        around = environment(Path(folder), database, **more)
        app = create_app(settings(around))
        with app.app_context():
            if database:
                _emptied()
            _tables()
            try:
                yield app, around
            finally:
                db.session.remove()
                if database:
                    _emptied()
                db.engine.dispose()


def _tables() -> None:
    """All tables at once, marked as migrated, so that no process of the house makes them again."""
    db.create_all()
    with transaction():
        db.session.execute(db.text("create table alembic_version (version_num varchar(32) not null)"))
        db.session.execute(db.text("insert into alembic_version values (:head)"), {"head": keeping.head()})


def _emptied() -> None:
    db.drop_all()
    with transaction():
        db.session.execute(db.text("drop table if exists alembic_version"))


@contextmanager
def process(*command: str, env: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A process of the house, in a group of its own, ended with everything it started."""
    running = subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        yield running
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


@contextmanager
def web(env: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    """The pages behind gunicorn, as `consult web` serves them."""
    with process(sys.executable, "-m", "consult", "web", env=env) as running:
        host, _, port = env["CONSULT_LISTEN"].partition(":")
        wait_for(host, int(port))
        yield host, int(port), running.pid


@contextmanager
def bare(env: dict[str, str], app: str) -> Iterator[tuple[str, int, int]]:
    """A bare Flask application behind gunicorn with the same number of threads."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-k",
        "gthread",
        "--threads",
        "8",
        "-b",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
        app,
    ]
    with process(*command, env=env) as running:
        wait_for("127.0.0.1", port)
        yield "127.0.0.1", port, running.pid


def wait_for(host: str, port: int) -> None:
    """Until somebody listens there."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


class Browser:
    """A connection that stays open, with the cookie of somebody who is signed in."""

    def __init__(self, host: str, port: int, pid: int, cookie: str = "") -> None:
        self.pid = pid
        self.connection = http.client.HTTPConnection(host, port, timeout=60)
        self.cookie = cookie

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """The answer, its body read and kept as `.body`."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            given["Cookie"] = self.cookie
        try:
            self.connection.request("GET", path, headers=given)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # it was idle for too long
            self.connection.close()
            self.connection.request("GET", path, headers=given)
            answer = self.connection.getresponse()
        answer.body = answer.read()
        return answer


def memory(pid: int) -> float:
    """The memory of a process and everything it started, in MB, shared pages divided among those who share them (PSS)."""
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu(pid: int) -> float:
    """The milliseconds that a process and everything below it have worked: the same however busy the machine is with other things."""
    ticks = 0
    for each in family(pid):
        ticks += sum(int(field) for field in Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += children.get(each, [])
    return found
