"""Pure: how long a letter is tried, and what a mail server's answer means for it."""

from datetime import timedelta
from typing import NamedTuple

from consult.kit.words import N_

FIRST_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3))
LATER_WAIT = timedelta(hours=6)
PATIENCE = timedelta(days=4)
GAVE_UP = N_("Given up after four days. The last answer was: %(answer)s")
ALL_FAILING = N_("Every address of this person is failing, so this letter was not sent.")
NEEDS_LOGIN = (530, 534, 535, 538)
CLOSING = 421


class Answer(NamedTuple):
    """What became of one try: `sent`, `later`, `never`, or `untried` where no server is in reach. `pause`: the others should wait."""

    outcome: str
    text: str = ""
    pause: bool = False


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after that many failed tries; None when four days of waiting are used up."""
    if attempts <= len(FIRST_WAITS):
        return FIRST_WAITS[attempts - 1]
    waited = sum(FIRST_WAITS, timedelta()) + LATER_WAIT * (attempts - 1 - len(FIRST_WAITS))
    return LATER_WAIT if waited + LATER_WAIT <= PATIENCE else None


def pause_after(failures: int) -> timedelta:
    """How long all letters wait after the server was out of reach that many times in a row: 1 to 15 minutes."""
    return FIRST_WAITS[min(failures, 3) - 1]


def meaning(code: int, text: str) -> Answer:
    """The outcome a server's answer stands for (RFC 5321 §4.2.1)."""
    said = f"{code} {text}".strip()
    if code in NEEDS_LOGIN:
        return Answer("untried", said, pause=True)
    if 200 <= code < 300:
        return Answer("sent", said)
    return Answer("never" if 500 <= code < 600 else "later", said)
