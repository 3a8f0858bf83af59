"""The worker that makes documents: killed anywhere it is followed by another, and what cannot be made says why."""

import struct
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.drafts import actions as drafts
from consult.drafts.pieces import Piece, marked
from consult.extensions import db
from consult.files import queries as files
from consult.kit import clock
from consult.papers import actions, making, queries
from consult.papers.press import fonts
from consult.papers.rules import LEASE
from tests import make
from tests.papers.conftest import content, reader, words


def png(side: int = 40, broken: bool = False) -> bytes:
    """A grey picture; `broken`: cut off after its size is said."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return head if broken else head + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * side) * side)) + chunk(b"IEND", b"")


def with_picture(group, image: bytes):
    """A published text with a figure."""
    officer = make.officer(group)
    pieces = marked([Piece("paragraph", 0, "1", "1.", "Before."), replace(Piece("figure", 0, "", "", "The flow of funds"), image=image)])
    version = drafts.prepare(make.draft(group), pieces, by=officer, door="page")
    return drafts.publish(version, by=officer, door="page")


def test_a_document_whose_worker_died_is_made_by_the_next_one_once_its_time_is_over(version, member):
    asked = actions.ask(version, "pdf", by=member, door="page")
    make.commit()
    died_at = clock.now()
    actions._claim(died_at)  # and here the worker is killed
    assert actions.make_due(died_at + timedelta(seconds=1)) == 0
    assert actions.make_due(died_at + LEASE + timedelta(seconds=1)) == 1
    db.session.expire_all()
    assert queries.by_key(asked.key).state == "done"


def test_a_worker_that_was_taken_for_dead_does_not_overwrite_what_the_next_one_made(version, member):
    actions.ask(version, "pdf", by=member, door="page")
    make.commit()
    paper, until = actions._claim(clock.now())
    late = making.make(paper, lambda done, total: None)
    actions.make_due(clock.now() + LEASE + timedelta(seconds=1))
    db.session.expire_all()
    kept = queries.by_key(paper.key).file_id
    actions._keep(paper, until, late, clock.now())
    db.session.expire_all()
    assert queries.by_key(paper.key).file_id == kept


def test_whoever_waits_sees_how_far_it_is(version, member):
    paper = actions.ask(version, "pdf", by=member, door="page")
    make.commit()
    paper, until = actions._claim(clock.now())
    steps = []
    making.make(paper, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3)]
    actions._progress(paper.id, until, 2, 3)
    db.session.expire_all()
    assert (queries.by_key(paper.key).done, queries.by_key(paper.key).total) == (2, 3)


def test_what_cannot_be_made_says_why_and_can_be_asked_for_again(made, group, member):
    version = with_picture(group, png())
    kept = next(paragraph for paragraph in version.paragraphs if paragraph.file_id)
    place = files.place(files.find(kept.file_id).sha256)
    away = place.rename(place.with_suffix(".away"))
    paper = made(version, "pdf", member)
    assert paper.state == "failed" and "missing from the store" in paper.reason
    away.rename(place)
    assert made(version, "pdf", member).state == "done"


def test_a_figure_stands_in_the_pdf_with_its_words(made, group, member):
    paper = made(with_picture(group, png(3000)), "pdf", member)
    assert paper.state == "done", paper.reason
    assert "The flow of funds" in words(paper)
    drawn = [each.get_object() for page in reader(paper).pages for each in page["/Resources"].get("/XObject", {}).values()]
    assert any(each["/Subtype"] == "/Image" for each in drawn)


def test_a_picture_that_cannot_be_read_leaves_its_words(made, group, member):
    paper = made(with_picture(group, png(broken=True)), "pdf", member)
    assert paper.state == "done", paper.reason
    assert "The flow of funds" in words(paper)


def test_a_pdf_names_nobody_who_worked_on_the_text(made, version, member, group):
    told = reader(made(version, "pdf", member))
    assert not told.metadata.author
    assert make.officer(group).name.encode() not in content(made(version, "pdf", member)) and b"Luc" not in content(
        made(version, "pdf", member)
    )


def test_a_pdf_is_tagged_for_those_who_have_it_read_to_them(made, version, member):
    root = reader(made(version, "pdf", member)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_a_script_without_a_font_is_named():
    assert fonts("Plain words", {"Noto Serif"}) == ["Noto Serif"]
    assert fonts("نقل", {"Noto Serif", "Amiri"}) == ["Noto Serif", "Amiri"]
    for text, script in (("نقل", "arabic"), ("技术", "han")):
        with pytest.raises(LookupError, match=script):
            fonts(text, {"Noto Serif"})
