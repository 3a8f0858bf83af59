"""How a measure is taken and told: figure and floor by turns in the same run, the middle of many, one line each."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured thing. `floor`: the same work done barely; `most`, `least`: for the ratio, or the figure where there is no floor."""

    what: str
    figure: float
    unit: str
    floor: float | None = None
    most: float | None = None
    least: float | None = None
    bar: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure against its floor."""
        return self.figure / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the bar is kept; None where there is none."""
        value = self.figure if self.floor is None else self.ratio
        if self.most is not None:
            return value <= self.most
        return value >= self.least if self.least is not None else None

    def __str__(self) -> str:
        floor = f"floor {self.floor:,.2f} {self.unit}, ratio {self.ratio:.2f}" if self.floor else "no floor"
        verdict = {True: "reached", False: "NOT REACHED", None: "for information"}[self.reached]
        return f"{self.what:<66} {self.figure:>10,.2f} {self.unit:<9} {floor:<38} bar: {self.bar or '–':<34} {verdict}"


def tell(figure: Figure) -> Figure:
    """Print the line at once: long runs show where they are."""
    print(figure, flush=True)
    return figure


def note(words: str) -> None:
    """Say on the side what is under way."""
    print(f"  … {words}", file=sys.stderr, flush=True)


def by_turns(repeats: int, *works: Callable[[], object]) -> list[float]:
    """The middle time of each work in milliseconds, taken by turns so that a busy machine is busy for all of them."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
        work()
    for _ in range(repeats):
        for kept, work in zip(times, works, strict=True):
            start = time.perf_counter()
            work()
            kept.append((time.perf_counter() - start) * 1000)
    return [statistics.median(kept) for kept in times]


def quantile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
