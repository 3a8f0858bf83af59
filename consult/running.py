"""`consult up`: pages, worker and mail listener together, started from one loaded application and stopped together."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from flask import Flask

from consult.extensions import db
from consult.kit import memory

GRACE_SECONDS = 15


def up(app: Flask, ready: Callable[[], None]) -> int:
    """Run all three until Ctrl-C or SIGTERM; a part that dies is started again. Returns the exit status."""
    with app.app_context():
        db.engine.dispose()
    memory.settle()
    parts = {"web": web, "worker": work, "listener": listen}
    running: dict[int, str] = {}
    wanted = {"go on": True}
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: wanted.update({"go on": False}))
    for name in parts:
        running[_fork(app, name, parts[name])] = name
    ready()
    while wanted["go on"]:
        pid, status = _wait_for_one()
        if pid in running and wanted["go on"]:
            name = running.pop(pid)
            print(f"consult: the {name} stopped (status {status}); starting it again", file=sys.stderr, flush=True)
            time.sleep(1)
            running[_fork(app, name, parts[name])] = name
    return _stop(set(running))


def _fork(app: Flask, name: str, work_of: Callable[[Flask], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)  # Ctrl-C reaches the parent alone, which tells each part once
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    try:
        work_of(app)
    except KeyboardInterrupt:
        pass
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    except BaseException as error:
        print(f"consult: the {name} failed: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _wait_for_one() -> tuple[int, int]:
    """A child that ended, or (0, 0) after a short while or a signal."""
    pid, status = os.waitpid(-1, os.WNOHANG)
    if not pid:
        time.sleep(0.2)
        return 0, 0
    return pid, os.waitstatus_to_exitcode(status)


def _stop(running: set[int]) -> int:
    for pid in running:
        _tell(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while running and time.monotonic() < deadline:
        pid, _ = _wait_for_one()
        running.discard(pid)
    for pid in running:
        _tell(-pid, signal.SIGKILL)
    return 0


def _tell(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def web(app: Flask) -> None:
    """The pages, served by gunicorn at CONSULT_LISTEN."""
    from gunicorn.app.base import BaseApplication

    class Pages(BaseApplication):
        """gunicorn around the application that is loaded already."""

        def load_config(self) -> None:
            """Threads share the memory; WEB_CONCURRENCY asks for more processes."""
            settings = {"bind": app.config["LISTEN"], "worker_class": "gthread", "threads": 8, "loglevel": "warning", "preload_app": True}
            for name, value in settings.items():
                self.cfg.set(name, value)
            self.cfg.set("control_socket_disable", True) if "control_socket_disable" in self.cfg.settings else None

        def load(self) -> Flask:
            """The application."""
            return app

    memory.settle()
    sys.argv = ["consult"]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # gunicorn's processes must not share a connection that was opened before they parted
    Pages().run()


def work(app: Flask) -> None:
    """The worker: everything that is due."""
    from consult import worker

    worker.run(app)


def listen(app: Flask) -> None:
    """The mail listener: SMTP and LMTP at CONSULT_LMTP_LISTEN."""
    from consult.inbox import listener

    listener.run(app)
