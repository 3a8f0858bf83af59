"""Pictures of a Word file stay with the text: kept, shown to whoever may read it, told in words where nobody sees them, and carried on."""

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.shared import Cm

from consult.alerts.shelf import Shelf
from consult.drafts import actions as drafts
from consult.drafts import queries
from consult.drafts.repair import merge, relevel
from consult.drafts.word import read_docx
from consult.errors import Refused
from consult.extensions import db
from consult.office.images import known
from consult.papers.making import docx as as_docx
from tests import make


def png(width: int = 6, height: int = 4) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\0" + b"\x80" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", lines)
        + chunk(b"IEND", b"")
    )


def illustrated(alt: str = "A map of the region", picture: bytes = b"") -> bytes:
    """A Word file: a paragraph, a picture, its caption, a paragraph."""
    made = docx.Document()
    made.add_paragraph("1. The map shows where the centres are.")
    made.add_picture(io.BytesIO(picture or png()), width=Cm(4))
    made.inline_shapes[0]._inline.docPr.set("descr", alt)
    made.add_paragraph("2. Another paragraph.")
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.fixture
def group(app):
    made = make.group()
    make.officer(made)
    return made


@pytest.fixture
def version(group):
    of, by = make.draft(group), make.officer(group)
    return drafts.publish(drafts.prepare(of, read_docx(illustrated()), by=by, door="page"), by=by, door="page")


def test_a_picture_is_a_piece_with_its_own_mark_and_its_description():
    assert [(p.kind, p.mark, p.text) for p in read_docx(illustrated())] == [
        ("paragraph", "1", "The map shows where the centres are."),
        ("figure", "f1", "A map of the region"),
        ("paragraph", "2", "Another paragraph."),
    ]
    assert known(read_docx(illustrated())[1].image).kind == "png"
    assert read_docx(illustrated(""))[1].text == "[Figure]"


def test_what_is_no_picture_that_can_be_shown_leaves_a_line():
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(illustrated())) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"\x01\0\0\0 no picture" if name.startswith("word/media/") else old.read(name))
    piece = read_docx(broken.getvalue())[1]
    assert (piece.kind, piece.image) == ("figure", b"") and "Picture left out: PNG" in piece.text


def test_readers_see_it_and_others_do_not(client, group, version):
    here = f"/g/{group.slug}/d/{version.draft.slug}/v/1"
    reader = make.member(group, make.person("Ada"))
    make.commit()
    client.sign_in(reader)
    client.get(here)
    (image,) = client.select("//figure//img")
    assert (image.get("width"), image.get("height"), image.get("alt"), image.get("loading")) == ("6", "4", "A map of the region", "lazy")
    answer = client.client.get(image.get("src"))
    assert answer.data == png() and answer.mimetype == "image/png"
    assert (
        answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'" and answer.headers["X-Content-Type-Options"] == "nosniff"
    )
    client.get(f"{here}/p/f1")
    assert client.select("//figure//img")
    assert client.client.get(f"{here}/picture/1").status_code == 404
    stranger = make.person("Eve")
    make.commit()
    client.sign_in(stranger)
    assert client.client.get(image.get("src")).status_code == 404


def test_letters_and_plain_text_say_what_is_there_and_how_large(client, group, version):
    assert f"[f1] [Picture: A map of the region; PNG, 6 × 4, {len(png())} B]" in Shelf().text(version.id)[1]
    reader = make.member(group, make.person("Ada"))
    make.commit()
    client.sign_in(reader)
    assert "A map of the region; PNG" in client.client.get(f"/g/{group.slug}/d/{version.draft.slug}/v/1.txt").text


def test_it_stays_when_the_cutting_is_corrected_and_in_the_next_version(group, version):
    by = make.officer(group)
    following = drafts.prepare(version.draft, queries.pieces(version.id), by=by, door="page")
    drafts.correct(following, "renumber", 0, "7", by=by, door="page")
    db.session.expire_all()
    kept = [row.file_id for row in queries.paragraphs(version.id)]
    assert kept[1] and [row.file_id for row in queries.paragraphs(following.id)] == kept
    with pytest.raises(Refused, match="cannot be joined"):
        merge(queries.pieces(following.id), 1)
    with pytest.raises(Refused, match="stays a picture"):
        relevel(queries.pieces(following.id), 1, "paragraph", 0)


def test_the_word_file_carries_it_out_and_back(version):
    back = read_docx(as_docx(version))
    assert back == queries.pieces(version.id)
    assert back[1].image == png()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (png(30, 20), ("png", 30, 20)),
        (b"GIF89a\x05\0\x07\0rest", ("gif", 5, 7)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x10\0\x20rest", ("jpeg", 32, 16)),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x09\0\0\x04\0\0", ("webp", 10, 5)),
        (b"\x89PNG\r\n\x1a\n", None), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None), (png(30_000, 2), None),
        (b"\xff\xd8\xff", None), (b"", None),
    ],
)  # fmt: skip
def test_a_picture_is_known_by_its_bytes_alone(data, told):
    found = known(data)
    assert (found and (found.kind, found.width, found.height)) == told
