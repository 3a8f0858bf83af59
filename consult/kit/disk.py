"""Pure: folders that are there after a power cut too: a new name is only safe once the folder that holds it is synced."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """What was created, renamed or removed in the folder stays so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each synced into the one that holds it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)
