"""Pure: mails are read in a child process that may die, so that no mail can take the house with it (SECURITY row 6)."""

import contextlib
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from consult.inbox.limits import TooStrange
from consult.inbox.message import Read, read
from consult.inbox.own import Parted, remember, taken_apart
from consult.kit.memory import held, settle
from consult.kit.words import N_

MEMORY = 512 * 1024 * 1024
LARGE = 2_000_000
FULL = 100_000_000  # a child that holds more than this once it has answered makes room for another
SECONDS = 5.0
LENGTH = struct.Struct("!Q")
ROOT = Path(__file__).parents[2]
TOO_SLOW = N_("Reading it took too long.")
DIED = N_("Reading it stopped the reader.")


class Reader:
    """Reads mails in one long-lived child, which is replaced after a mail that stops it; safe to share between threads."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY):
        self.seconds, self.memory = seconds, memory
        self._child: subprocess.Popen | None = None
        self._turn = threading.Lock()

    def read(self, raw: bytes, sent: str | None = None) -> Read:
        """What `message.read` gives; raises TooStrange also when reading dies, runs out of memory or takes over 5 s.

        `sent`: the text it answers, as far as it is known; `own.parted` then knows already what the person wrote.
        """
        with self._turn:
            try:
                if len(raw) > LARGE:
                    self._stop()  # what earlier mails left behind in the child does not come on top of this one
                self._send(raw, sent or "")
                answer = pickle.loads(self._receive(time.monotonic() + self.seconds))
            except TimeoutError:
                self._stop()
                raise TooStrange(TOO_SLOW) from None
            except (OSError, EOFError, pickle.UnpicklingError):
                self._stop()
                raise TooStrange(DIED) from None
        if isinstance(answer, str):
            raise TooStrange(answer)
        mail, known = answer
        remember(mail.text, sent, known)
        return mail

    def close(self) -> None:
        """Ends the child; the next read starts another."""
        with self._turn:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _send(self, raw: bytes, sent: str) -> None:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = _started(self.memory)
        for octets in (sent.encode("utf-8", "surrogatepass"), raw):
            self._child.stdin.write(LENGTH.pack(len(octets)) + octets)
        self._child.stdin.flush()

    def _receive(self, until: float) -> bytes:
        return self._bytes(LENGTH.unpack(self._bytes(LENGTH.size, until))[0], until)

    def _bytes(self, count: int, until: float) -> bytes:
        pieces, missing, pipe = [], count, self._child.stdout.fileno()
        while missing:
            left = until - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise TimeoutError
            piece = os.read(pipe, min(missing, 1 << 20))
            if not piece:
                raise EOFError
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        child.stdout.close()
        with contextlib.suppress(OSError):  # what was still to be written to a dead child is lost with it
            child.stdin.close()


def _started(memory: int) -> subprocess.Popen:
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", "consult.inbox.isolated", str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        bufsize=-1,
        start_new_session=True,
    )


def _answer(sent: str | None, raw: bytes) -> bytes:
    try:
        mail = read(raw)
        known: tuple[Read, Parted] = mail, taken_apart(mail.text, sent)
        return pickle.dumps(known)
    except TooStrange as strange:
        return pickle.dumps(strange.reason)


def serve(memory: int) -> None:
    """The child: answers each mail on stdin with a Read or a reason on stdout, until stdin ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settle()
    while head := sys.stdin.buffer.read(LENGTH.size):
        sent = sys.stdin.buffer.read(LENGTH.unpack(head)[0]).decode("utf-8", "surrogatepass")
        raw = sys.stdin.buffer.read(LENGTH.unpack(sys.stdin.buffer.read(LENGTH.size))[0])
        answer = _answer(sent or None, raw)
        sys.stdout.buffer.write(LENGTH.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()
        if len(raw) > LARGE // 10 and held() > FULL:
            return


if __name__ == "__main__":
    serve(int(sys.argv[1]))
