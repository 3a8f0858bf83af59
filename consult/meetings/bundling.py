"""All documents of a meeting in one packed file: texts as plain text, files as they are, and an index; written to disk piece by piece, so
that memory stays small however large it is. The same documents always make the same bytes, so that a broken download can go on."""

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext

from consult.drafts import plain
from consult.drafts import queries as drafts
from consult.drafts.labels import label
from consult.drafts.pictures import in_words
from consult.files import queries as files
from consult.files.models import File
from consult.kit.text import size
from consult.meetings import queries, rules
from consult.meetings.models import Meeting

EPOCH = (1980, 1, 1, 0, 0, 0)
PACKED = ("zip", "docx", "xlsx", "pptx", "odt", "pdf", "png", "jpg", "jpeg", "gz")
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Piece:
    """One file of the bundle: its name there, what it holds (a kept file, or the version of a draft), how large it is, and its title."""

    name: str
    title: str
    octets: int
    file: File | None = None
    version: object | None = None


def pieces(of: Meeting, texts_only: bool) -> list[Piece]:
    """What goes into the bundle, in the order of the list of documents; what was replaced and what is awaited is left out."""
    found = []
    for paper in queries.shelf(of):
        document, name = paper.document, paper.document.symbol.replace("/", "_")
        if document.state not in rules.SHOWN or paper.replaced_by:
            continue
        if paper.version is not None:
            found.append(Piece(f"{name}.txt", document.title, paper.octets, version=paper.version))
        for each in document.files if not texts_only else ():
            ending = each.file.name.rpartition(".")[2].lower()[:8] if "." in each.file.name else "bin"
            found.append(Piece(f"{name}.{each.language}.{each.id}.{ending}", document.title, each.file.octets, file=each.file))
    return found


def mark(of: Meeting, found: list[Piece]) -> str:
    """By what a browser knows that the bundle is still the same."""
    said = "\n".join(f"{each.name} {each.file.sha256 if each.file else each.version.id}" for each in found)
    return hashlib.sha256(f"{of.id} {_index(of, found)} {said}".encode()).hexdigest()[:32]


def write(of: Meeting, found: list[Piece], out: Path) -> None:
    """Pack them into that file."""
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(_info("index.txt"), _index(of, found))
        for each in found:
            if each.file is None:
                packed.writestr(_info(each.name), _text(each.version))
                continue
            with files.place(each.file.sha256).open("rb") as kept, packed.open(_info(each.name), "w", force_zip64=True) as part:
                shutil.copyfileobj(kept, part, CHUNK)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_STORED if name.rpartition(".")[2] in PACKED else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _text(version) -> str:
    of = version.draft
    head = [of.title, of.symbol, gettext("Version %(number)s", number=version.number), label(of)]
    return plain.text(in_words(drafts.pieces(version.id)), [line for line in head if line])


def _index(of: Meeting, found: list[Piece]) -> str:
    lines = [of.title, of.code, ""]
    lines += [f"{each.name}  {size(each.octets)}  {each.title}" for each in found]
    return "\n".join(lines) + "\n"
