"""Pure: how a process that lives for months looks after its memory."""

import gc
import os
from pathlib import Path


def settle() -> None:
    """Once everything is loaded: what is there stays, so that looking for garbage never goes through it again, and is done less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def held() -> int:
    """How many bytes of memory this process holds now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
