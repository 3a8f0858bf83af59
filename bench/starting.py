"""How long a restart of `consult up` takes, and what the idle house weighs."""

import subprocess
import sys
import time
import urllib.error
import urllib.request

from bench.figures import Figure, note, tell
from bench.house import ROOT, family, house, memory, process
from tests import make

STARTS = 3


def measure() -> list[Figure]:
    """From the command to 200 at /healthz, with a database that exists; then the memory after a while of quiet."""
    with house() as (_, env):
        make.officer(make.group())
        make.commit()
        times, weight = [], 0.0
        for _ in range(STARTS):
            bare = _seconds(lambda: subprocess.run([sys.executable, "-c", "import flask, flask_sqlalchemy"], check=True, cwd=ROOT))
            start = time.perf_counter()
            with process(sys.executable, "-m", "consult", "up", env=env) as up:
                _healthy(env["CONSULT_URL"] + "/healthz")
                times.append(time.perf_counter() - start)
                time.sleep(3)
                weight = memory(up.pid)
                note(f"{times[-1]:.2f} s (Flask and SQLAlchemy alone: {bare:.2f} s), {len(family(up.pid))} processes, {weight:.0f} MB")
        return [
            tell(Figure("start of `consult up` with an existing database", sorted(times)[STARTS // 2], "s", most=3, bar="≤ 3 s")),
            tell(Figure("memory idle: pages, worker, listener (PSS)", weight, "MB", most=250, bar="≤ 250 MB")),
        ]


def _healthy(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if urllib.request.urlopen(address, timeout=5).status == 200:
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError(address)


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
