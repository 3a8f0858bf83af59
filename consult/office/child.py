"""Pure: long files are read in a child process that may die, and what it finds is taken piece by piece (SECURITY row 14).

The child runs one function of ours with so much memory and so many seconds of processor time. For one short answer see isolated.apart.
"""

import contextlib
import importlib
import inspect
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

from consult.errors import Refused
from consult.kit.words import N_

MEMORY = 512 * 1024 * 1024
SECONDS = 60
LENGTH = struct.Struct("!Q")
ROOT = Path(__file__).parents[2]
END = "end"
TOO_HEAVY = N_(
    "Reading the file took more time or memory than a file of comments can need. Copy its table into a new document and try again."
)


class Child:
    """One function on its way in a process of its own: `name` is `module:function`; what it returns or yields comes piece by piece.

    The arguments and pieces are pickled, so the function must be one of ours and the child is believed as far as a pipe of ours is.
    """

    def __init__(self, name: str, *given: object, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "consult.office.child", str(memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths},
            start_new_session=True,
        )
        self._kept = bytearray()
        self._writing = threading.Thread(target=self._send, args=(pickle.dumps((name, given)),), daemon=True)
        self._writing.start()
        self.ended = False

    def take(self, seconds: float) -> list[object]:
        """The pieces that come within so many seconds, perhaps none; Refused when the function refuses or the child dies."""
        until, found, pipe = time.monotonic() + seconds, [], self._process.stdout.fileno()
        while not self.ended:
            found += self._whole_pieces()
            left = until - time.monotonic()
            if self.ended or left <= 0 or not select.select([pipe], [], [], left)[0]:
                break
            octets = os.read(pipe, 1 << 20)
            if not octets:
                self.close()
                raise Refused(TOO_HEAVY)
            self._kept += octets
        return found

    def _whole_pieces(self) -> list[object]:
        found, at = [], 0
        while len(self._kept) - at >= LENGTH.size:
            size = LENGTH.unpack_from(self._kept, at)[0]
            if len(self._kept) - at - LENGTH.size < size:
                break
            piece = pickle.loads(memoryview(self._kept)[at + LENGTH.size : at + LENGTH.size + size])
            at += LENGTH.size + size
            if isinstance(piece, Refused):
                self.close()
                raise piece
            if piece == END:
                self.close()
                return found
            found.append(piece)
        del self._kept[:at]
        return found

    def _send(self, octets: bytes) -> None:
        with contextlib.suppress(OSError), self._process.stdin as pipe:  # a child that died is noticed where its answer is missing
            pipe.write(octets)

    def close(self) -> None:
        """The child is no longer needed."""
        self.ended = True
        self._process.kill()
        self._process.wait()
        self._writing.join(5)
        self._process.stdout.close()


def _answers(name: str, given: tuple):
    module, _, function = name.partition(":")
    answer = getattr(importlib.import_module(module), function)(*given)
    yield from answer if inspect.isgenerator(answer) else (answer,)


def serve(memory: int, seconds: int) -> None:
    """The child: reads what to do on stdin and writes the pieces on stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    name, given = pickle.loads(sys.stdin.buffer.read())
    try:
        for piece in _answers(name, given):
            _put(piece)
        _put(END)
    except Refused as refused:
        _put(refused)
    except (MemoryError, RecursionError):
        _put(Refused(TOO_HEAVY))


def _put(piece: object) -> None:
    octets = pickle.dumps(piece, pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.write(LENGTH.pack(len(octets)) + octets)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
