"""A text as it comes through the page, pasted or as a file, becomes pieces and a kept original."""

from dataclasses import dataclass

from consult.drafts import reading
from consult.drafts.cutting import cut
from consult.drafts.forms import TextForm
from consult.drafts.pieces import Piece
from consult.errors import Refused
from consult.files import actions as files
from consult.files.models import File
from consult.kit.words import N_


@dataclass(frozen=True)
class Brought:
    """A text that was brought: its pieces, and the file it came in, if it came in one."""

    pieces: list[Piece]
    file: File | None = None
    name: str = ""


def brought(form: TextForm) -> Brought:
    """What the officer pasted or chose; refuses both at once, neither, and what cannot be read. A good file is kept as it came."""
    name, content = form.file.data.filename if form.file.data else "", b""
    if not name:
        return Brought(cut(form.text.data or ""))
    if (form.text.data or "").strip():
        raise Refused(N_("There is a pasted text and a file. Send one of the two, so that it is clear which one counts."))
    content = form.file.data.read()
    pieces = reading.read(name, content)
    kept = files.keep(content, name)
    return Brought(pieces, kept, kept.name)
