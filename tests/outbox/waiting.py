"""Waiting for another process, with an end."""

import time
from collections.abc import Callable


def waits_for(question: Callable[[], bool]) -> None:
    """Until the answer is yes, at most two minutes."""
    until = time.monotonic() + 120
    while not question():
        assert time.monotonic() < until
        time.sleep(0.05)
