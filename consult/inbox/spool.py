"""Where a message lies, safe on disk, from the moment we said we have it until what became of it is written down.

A spooled message is one file: one line of our own (what the envelope said), then the bytes as they came. It is written under `spool/tmp`,
synced, moved to `spool/new`, and the folder is synced before anybody is told that we have it (SECURITY.md, Durability 5).
"""

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from consult.kit import clock
from consult.kit.disk import make_folder, sync_folder
from consult.kit.kill import point

LIMIT = 25 * 1024 * 1024  # octets of one message
MARK = b"X-Consult-Spool: "


class TooLarge(Exception):
    """The message has more than 25 MB, and was not kept."""


@dataclass(frozen=True)
class Envelope:
    """What the envelope said, by which door and when it came. `refused_octets`: the size of a message of which only the header is kept."""

    envelope_from: str
    envelope_to: str
    door: str
    received_at: datetime
    refused_octets: int = 0


@dataclass(frozen=True)
class Spooled:
    """A message that waits to be taken."""

    path: Path

    @cached_property
    def _parts(self) -> tuple[bytes, bytes]:
        mark, _, raw = self.path.read_bytes().partition(b"\r\n")
        return mark, raw

    @property
    def raw(self) -> bytes:
        """The bytes as they came."""
        return self._parts[1]

    @property
    def meta(self) -> Envelope:
        """What the envelope said."""
        said = json.loads(self._parts[0].removeprefix(MARK))
        return Envelope(said["from"], said["to"], said["door"], datetime.fromisoformat(said["at"]), said["refused"])


def keep(raw: bytes, envelope_from: str, envelope_to: str, door: str, folder: Path, refused_octets: int = 0) -> Path:
    """Puts the message safely on disk under the data folder; when this returns, a power cut cannot lose it. Raises OSError or TooLarge."""
    return keep_for(raw, envelope_from, [envelope_to], door, folder, refused_octets)[0]


def keep_for(raw: bytes, envelope_from: str, recipients: list[str], door: str, folder: Path, refused_octets: int = 0) -> list[Path]:
    """Keeps one message once for each recipient, all of them before any is promised."""
    if len(raw) > LIMIT:
        raise TooLarge
    spool = _spool(folder)
    at = clock.now().isoformat()
    kept = []
    for recipient in recipients:
        said = {"from": envelope_from, "to": recipient, "door": door, "at": at, "refused": refused_octets}
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
        _write(spool / "tmp" / name, MARK + json.dumps(said).encode() + b"\r\n" + raw)
        point("spool.synced")
        os.rename(spool / "tmp" / name, spool / "new" / name)
        kept.append(spool / "new" / name)
    point("spool.renamed")
    sync_folder(spool / "new")
    point("spool.kept")
    return kept


def waiting(folder: Path) -> list[Spooled]:
    """The messages that nobody took yet, in the order they came."""
    new = folder / "spool" / "new"
    return [Spooled(new / name) for name in sorted(os.listdir(new))] if new.is_dir() else []


def file_away(spooled: Spooled, folder: Path) -> str:
    """Gives the message its lasting place before the row that names it is committed; says where, below the data folder. Safe to repeat.

    The name is lasting when `sync_folders` has returned.
    """
    place = place_of(spooled)
    target = folder / place
    if not target.exists():
        make_folder(target.parent)
        try:
            os.link(spooled.path, target)
        except OSError:
            partly = target.with_suffix(".part")
            shutil.copyfile(spooled.path, partly)
            _sync_file(partly)
            os.rename(partly, target)
    point("spool.filed")
    return place


def sync_folders(places: list[str], folder: Path) -> None:
    """Makes the names of messages that were filed away survive a power cut."""
    for inner in {(folder / place).parent for place in places}:
        sync_folder(inner)


def place_of(spooled: Spooled) -> str:
    """Where this very delivery lies or will lie: `arrivals/<yyyy-mm>/<name>`. An Arrival that names it was made from it."""
    month = datetime.fromtimestamp(int(spooled.path.name[:20]) / 1e9, UTC)
    return f"arrivals/{month:%Y-%m}/{spooled.path.name}"


def done(spooled: Spooled) -> None:
    """The message leaves the spool, after what became of it is committed."""
    point("spool.before_done")
    spooled.path.unlink(missing_ok=True)


def raw_of(place: str, folder: Path) -> bytes:
    """The bytes of an Arrival, as they came."""
    return Spooled(folder / place).raw


def _spool(folder: Path) -> Path:
    spool = folder / "spool"
    for inner in ("tmp", "new"):
        make_folder(spool / inner)
    return spool


def _write(path: Path, octets: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as out:
            out.write(octets)
            out.flush()
            point("spool.written")
            os.fsync(descriptor)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
