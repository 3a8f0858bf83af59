"""A PostgreSQL server of one test's own, which can be killed and started again."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.inbox.imap import free_port
from tests.outbox.waiting import waits_for


def programs() -> Path:
    """Where initdb and postgres are; where they are not, the test is left out, but never in CI."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if shutil.which("initdb"):
        return Path(shutil.which("initdb")).parent
    assert os.environ.get("CI") != "true", "PostgreSQL's programs are not installed; CI needs them"
    pytest.skip("needs PostgreSQL's programs (initdb, postgres), which are not here")


class Cluster:
    """One server on a free port, durable as in real life."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self.bin, self.folder, self.user, self.port = programs(), folder, user, free_port()
        self.server: subprocess.Popen | None = None
        command = [self.bin / "initdb", "--no-sync", "-A", "trust", "-U", "consult", "-D", folder / "data"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd=folder)

    @property
    def url(self) -> str:
        """Its database, as CONSULT_DATABASE_URL names it."""
        return f"postgresql+psycopg://consult@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [self.bin / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder, "-c", "max_connections=40"]
        with open(self.folder / "log", "a") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, user=self.user, cwd=self.folder)
        waits_for(self.answers)

    def answers(self) -> bool:
        """Whether questions can be asked."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
            psycopg.connect(self.url.replace("+psycopg", "")).close()
        except (OSError, psycopg.OperationalError):
            return False
        return True

    def kill(self) -> None:
        """Kill -9 for the server with all its processes."""
        if self.server is None:
            return
        family = [psutil.Process(self.server.pid), *psutil.Process(self.server.pid).children(recursive=True)]
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(family[1:], timeout=10)
        self.server.wait(10)
        self.server = None


@contextmanager
def running_cluster():
    """A running server in a folder of its own. The superuser may not run one, so that it runs as `postgres` then."""
    programs()
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="consult-cluster-"))
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    cluster = Cluster(folder, user)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.kill()
        shutil.rmtree(folder)
