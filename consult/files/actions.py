"""Keeping files: content on disk first, surely, then the row that points at it."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from consult.extensions import db
from consult.files.models import File
from consult.files.queries import place
from consult.kit import clock
from consult.kit.disk import make_folder, sync_folder
from consult.kit.text import one_line


def keep(content: bytes, name: str) -> File:
    """Keep what somebody brought under the name they gave it. The same content is stored once; each bringing has its own row."""
    digest = hashlib.sha256(content).hexdigest()
    _store(content, place(digest))
    kept = File(sha256=digest, name=clean_name(name), octets=len(content), kept_at=clock.now())
    db.session.add(kept)
    db.session.flush()
    return kept


def clean_name(name: str) -> str:
    """A file's own name without folders and control characters, its ending kept when it is very long."""
    last = one_line(name.replace("\\", "/").rsplit("/", 1)[-1], 1000).strip(". ") or "file"
    stem, dot, ending = last.rpartition(".")
    if len(last) <= 200 or not dot or len(ending) > 20:
        return last[:200]
    return stem[: 199 - len(ending)] + dot + ending


def _store(content: bytes, where: Path) -> None:
    """Written beside, synced, then renamed: under its final name a file is always whole, also after a power cut."""
    if where.exists() and where.stat().st_size == len(content):
        return
    make_folder(where.parent)
    with NamedTemporaryFile(dir=where.parent, prefix=".new-", delete=False) as out:
        try:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
            os.replace(out.name, where)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    sync_folder(where.parent)
