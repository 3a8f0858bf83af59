"""Pure: files that people send are read in a child process of their own, so that no file can take the house with it (SECURITY row 14)."""

import importlib
import os
import pickle
import resource
import subprocess
import sys
from pathlib import Path

from consult.errors import Refused
from consult.kit.words import N_

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
WALL_SECONDS = 30.0
"""On a busy machine the child waits for its turn."""
ROOT = Path(__file__).parents[2]

TOO_SLOW = N_("Reading this file took too long. Send the text alone, without pictures and embedded objects.")
DIED = N_("This file needs more memory to be read than a text of its size should. Save it anew, or send it in parts.")


def apart(work: str, *given: object) -> object:
    """What a function of ours (`consult.office.annotations:read_annotations`) gives, called in a child with 10 s of processor time, 512 MB
    and no files to write; raises Refused as the function does, or when the child had to be stopped."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "consult.office.isolated"], input=pickle.dumps((work, given)), capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))},
            timeout=WALL_SECONDS, start_new_session=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(TOO_SLOW) from None
    if done.returncode:
        raise Refused(TOO_SLOW if done.returncode == -24 else DIED)  # SIGXCPU
    kind, *said = pickle.loads(done.stdout)
    if kind == "refused":
        raise Refused(said[0], **said[1])
    return said[0]


def serve() -> None:
    """The child: does one piece of work named on stdin and writes what came of it to stdout."""
    work, given = pickle.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    module, _, function = work.partition(":")
    if not module.startswith("consult."):
        raise ValueError(work)
    try:
        answer = ("done", getattr(importlib.import_module(module), function)(*given))
    except Refused as refused:
        answer = ("refused", refused.reason, refused.values)
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    serve()
