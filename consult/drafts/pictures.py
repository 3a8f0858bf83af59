"""The pictures of a text: shown on pages, told in words in letters and plain text, where nobody sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import url_for
from flask_babel import gettext
from sqlalchemy import select

from consult.drafts.models import Version
from consult.drafts.pieces import Piece
from consult.extensions import db
from consult.files import queries as files
from consult.files.models import File
from consult.kit.text import size
from consult.office.images import Image, known
from consult.office.pictures import FIGURE


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it: its address, how wide and how high it is."""

    url: str
    width: int
    height: int


def pictures(version: Version, rows: Iterable) -> dict[int, Shown]:
    """The pictures of these paragraphs by the paragraph's number; what is none that browsers show is left out."""
    figures = [row for row in rows if row.file_id]
    kept, found = _files(row.file_id for row in figures), {}
    for row in figures:
        image = look(kept.get(row.file_id))
        if image:
            where = {"group": version.draft.group.slug, "draft": version.draft.slug, "number": version.number}
            found[row.id] = Shown(url_for("drafts.picture", mark=row.mark, **where), image.width, image.height)
    return found


def in_words(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a line in the place of every picture: what it shows, its kind, how wide, high and large it is."""
    kept = _files(piece.file_id for piece in pieces if piece.file_id)
    return [_told(piece, kept[piece.file_id]) if piece.file_id in kept else piece for piece in pieces]


def look(file: File | None) -> Image | None:
    """The kind and the size of a kept picture."""
    return _looked(file.sha256) if file else None


@lru_cache(maxsize=2000)
def _looked(sha256: str) -> Image | None:
    try:
        return known(files.place(sha256).read_bytes())
    except FileNotFoundError:
        return None


def _told(piece: Piece, file: File) -> Piece:
    image = look(file)
    if image is None:
        return piece
    said = {"kind": image.kind.upper(), "width": image.width, "height": image.height, "size": size(file.octets)}
    if piece.text == FIGURE:
        return replace(piece, text=gettext("[Picture: %(kind)s, %(width)s × %(height)s, %(size)s]", **said))
    return replace(piece, text=gettext("[Picture: %(shows)s; %(kind)s, %(width)s × %(height)s, %(size)s]", shows=piece.text, **said))


def _files(ids: Iterable[int]) -> dict[int, File]:
    wanted = set(ids)
    return {file.id: file for file in db.session.scalars(select(File).where(File.id.in_(wanted)))} if wanted else {}
