"""Letters put into a Maildir, where `/post` and any mail reader find them."""

import mailbox
import os
import re
from datetime import datetime
from pathlib import Path

from consult.kit.disk import sync_folder
from consult.kit.kill import point
from consult.outbox.rules import Answer, pause_after
from consult.outbox.writing import Outgoing


class Maildir:
    """A folder that takes letters. A second copy of a letter takes the place of the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paused_until: datetime | None = None
        mailbox.Maildir(folder, create=True).close()

    def paused(self, now: datetime) -> bool:
        """Whether the disk refused a letter a minute ago."""
        return self._paused_until is not None and now < self._paused_until

    def pause(self, now: datetime) -> None:
        """A full disk gets a minute."""
        self._paused_until = now + pause_after(1)

    def deliver(self, letter: Outgoing, raw: bytes) -> Answer:
        """Writes the letter so that it survives a power cut, under a name made from its Message-ID."""
        name = re.sub(r"[^A-Za-z0-9.@-]", "_", letter.message_id)
        try:
            _written(self.folder / "tmp" / name, raw)
            os.replace(self.folder / "tmp" / name, self.folder / "new" / name)
            sync_folder(self.folder / "new")
        except OSError as error:
            return Answer("untried", str(error), pause=True)
        point("maildir.delivered")
        return Answer("sent", "250 put into the Maildir")

    def close(self) -> None:
        """Nothing stays open."""


def _written(path: Path, raw: bytes) -> None:
    with open(path, "wb") as out:
        out.write(raw)
        out.flush()
        os.fsync(out.fileno())
