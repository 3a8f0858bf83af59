"""A round of the size of the AR6 second draft: its sheet of 51,387 comments in with preview, entered, and out again as a workbook."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from openpyxl import load_workbook
from xlsxwriter import Workbook

from bench import world
from bench.figures import Figure, note, tell
from bench.house import ROOT, house
from consult.exchange import actions, exporting, queries
from consult.exchange.templates import TEMPLATES
from consult.extensions import db, transaction
from consult.kit import clock
from tests import make

ROWS = int(os.environ.get("BENCH_ROWS", "51387"))
PARAGRAPHS = 2_000
MEGABYTE = 1_000_000


def measure() -> list[Figure]:
    """Reading and writing against the libraries alone on the same rows; memory of this process and its child together."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "comments.xlsx"
        _write_sheet(sheet)
        # In a process of its own: what other measures have had in memory must not count here.
        subprocess.run([sys.executable, "-m", "bench.exchange", str(sheet)], cwd=ROOT, check=True)
    return []


def _cells(number: int) -> list[str | int]:
    place = f"para. {1 + number * 7 % PARAGRAPHS}"
    return [place, 1 + number % 90, 1 + number % 40, 1 + number % 90, 2 + number % 40, world.prose(45), f"Reviewer {number % 700}", ""]


def _write_sheet(where: Path) -> None:
    note(f"writing a sheet of {ROWS:,} comments")
    book = Workbook(str(where), {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Comments")
    page.write_row(0, 0, [column.head for column in TEMPLATES["ipcc"].columns])
    for number in range(1, ROWS + 1):
        page.write_row(number, 0, _cells(number))
    book.close()


class _Watch:
    """The most memory (resident, in MB) that this process and its children had together while work was done."""

    def __enter__(self) -> "_Watch":
        self.most, self._ends = 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def _look(self) -> None:
        me = psutil.Process()
        while not self._ends.wait(0.05):
            held = 0
            for each in [me, *me.children(recursive=True)]:
                try:
                    held += each.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, held)

    def __exit__(self, *_) -> None:
        self._ends.set()
        self._thread.join()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the most memory in MB."""
    start = time.perf_counter()
    with _Watch() as watch:
        work()
    return time.perf_counter() - start, watch.most / MEGABYTE


def _round():
    group, officer, _ = world.group(12)
    version = make.published(make.draft(group), world.text(PARAGRAPHS, 40), officer)
    made = make.round(version, by=officer)
    make.commit()
    return made, officer


def _brought(on, officer, sheet: Path):
    with transaction():
        which = actions.begin(on, sheet.read_bytes(), "comments.xlsx", by=officer, door="page")
    _worked(which)
    if which.state != "preview" or queries.counts(which.id).get("good", 0) < ROWS * 0.99:
        raise SystemExit(f"the sheet was not read: {which.state} {which.reason} {queries.counts(which.id)}")
    return which


def _worked(which) -> None:
    while which.state in ("waiting", "wanted"):
        actions.work(clock.now())
        db.session.refresh(which)


def bring(sheet: Path) -> None:
    """In: until the preview stands, then entered."""
    floor, _ = _timed(lambda: [0 for _ in load_workbook(sheet, read_only=True).active.iter_rows(values_only=True)])
    with house():
        on, officer = _round()
        kept = []
        seconds, memory = _timed(lambda: kept.append(_brought(on, officer, sheet)))
        about = f"{ROWS:,} rows"
        tell(Figure(f"{about} read, placed, shown", seconds, "s", most=90, bar="90 s"))
        tell(Figure("… against openpyxl reading the same cells", seconds, "s", floor))
        tell(Figure("… memory of worker and child", memory, "MB", most=400, bar="400 MB"))
        with transaction():
            actions.take(kept[0], by=officer)
        seconds, memory = _timed(lambda: _worked(kept[0]))
        tell(Figure(f"{about} entered as comments, in one transaction", seconds, "s"))
        tell(Figure("… memory", memory, "MB", most=400, bar="400 MB"))
        seconds, memory = _timed(lambda: _brought_again(on, officer, sheet))
        tell(Figure("the same sheet again: every row known", seconds, "s", most=90, bar="90 s"))
        _out(on)


def _brought_again(on, officer, sheet: Path) -> None:
    with transaction():
        which = actions.begin(on, sheet.read_bytes(), "again.xlsx", by=officer, door="page")
    _worked(which)
    if queries.counts(which.id) != {"known": ROWS}:
        raise SystemExit(f"the sheet was not known again: {queries.counts(which.id)}")


def _out(on) -> None:
    """Out as a workbook and as an ISO form."""
    for code, form, bar in (("ipcc", "xlsx", 40), ("csv", "csv", 40), ("iso2012", "docx", 40)):
        with tempfile.TemporaryFile() as out:
            seconds, memory = _timed(lambda code=code, form=form, out=out: exporting.export(on, code, form, out))
        tell(Figure(f"{ROWS:,} comments out as {code} .{form}", seconds, "s", most=bar, bar=f"{bar} s"))
        tell(Figure("… memory", memory, "MB", most=300, bar="300 MB"))


if __name__ == "__main__":
    bring(Path(sys.argv[1]))
