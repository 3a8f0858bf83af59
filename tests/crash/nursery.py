"""Processes to be killed. They are forked from one that has loaded everything, so that a death costs a moment and not three seconds.

Run as a program it is that parent: each line it reads asks for a process or for the end of one, each line it writes answers.
"""

import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

PR_SET_PDEATHSIG = 1  # Linux: whoever was started here dies with the nursery
ROOT = Path(__file__).resolve().parents[2]


class Process:
    """One process with everything it started."""

    def __init__(self, nursery: "Nursery", pid: int, log: Path) -> None:
        self.nursery, self.pid, self.log = nursery, pid, log
        self.status: int | None = None

    def kill(self) -> None:
        """Kill -9 for the process and everything it started, at one moment."""
        if self.status is not None:
            return
        for each in [psutil.Process(self.pid), *self.children()]:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self.wait()

    def children(self) -> list[psutil.Process]:
        """What it started."""
        try:
            return psutil.Process(self.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def stop(self) -> int:
        """Ask it to end, as a service manager does; its exit status."""
        os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """Its exit status; the negative of the signal that ended it."""
        if self.status is None:
            self.status = self.nursery.ask(wait=self.pid)
        return self.status


class Nursery:
    """Starts processes."""

    def __init__(self) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.born: list[Process] = []

    def ask(self, **what: object) -> int:
        """One line to the parent, one number back."""
        self.parent.stdin.write(json.dumps(what) + "\n")
        self.parent.stdin.flush()
        return int(self.parent.stdout.readline())

    def start(self, verb: str, *arguments: object, environment: dict[str, str], log: Path) -> Process:
        """A process that runs `module:function` with these arguments."""
        pid = self.ask(verb=verb, arguments=list(map(str, arguments)), environment=environment, log=str(log))
        self.born.append(Process(self, pid, log))
        return self.born[-1]

    def clear(self) -> None:
        """Nothing that was started here lives on."""
        for process in self.born:
            process.kill()
        self.born = []

    def close(self) -> None:
        """The parent ends too."""
        self.clear()
        self.parent.stdin.close()
        self.parent.wait(20)
        self.parent.stdout.close()


def consult(*arguments: str) -> None:
    """The command, as typed in a terminal."""
    from consult.cli import main

    main(list(arguments), prog_name="consult")


def _raise(asked: dict) -> int:
    pid = os.fork()
    if pid:
        return pid
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.environ.update(asked["environment"])
    out = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(out, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    module, _, name = asked["verb"].partition(":")
    try:
        getattr(importlib.import_module(module), name)(*asked["arguments"])
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


LOADED = (
    *("consult.cli", "consult.rooms", "consult.running", "consult.worker", "consult.keeping", "consult.inbox.listener"),
    *(
        "consult.web.markup",
        "flask_migrate",
        "gunicorn.app.base",
        "gunicorn.workers.gthread",
        "psycopg",
        "tests.make",
        "tests.crash.programs",
    ),
)


def _live() -> None:
    for needed in LOADED:
        importlib.import_module(needed)
    for line in sys.stdin:
        asked = json.loads(line)
        print(_wait(asked["wait"]) if "wait" in asked else _raise(asked), flush=True)


if __name__ == "__main__":
    _live()
