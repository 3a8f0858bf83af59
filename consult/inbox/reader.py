"""The child process that reads mails for this process."""

import atexit
import os

from consult.inbox.isolated import Reader

_readers: dict[int, Reader] = {}


def reader() -> Reader:
    """One reader for all mails of this process; its child is started when the first mail comes."""
    if os.getpid() not in _readers:
        _readers.clear()
        _readers[os.getpid()] = Reader()
        atexit.register(_readers[os.getpid()].close)
    return _readers[os.getpid()]
