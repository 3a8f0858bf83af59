"""A version as a Word file: it looks as printed, opens everywhere, and comes back the same: its pieces, and the comments in its margin."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace

import docx
import pytest
from lxml import etree

from consult.drafts.cutting import cut
from consult.drafts.word import read_docx
from consult.office.annotations import read_annotations
from consult.papers.word import Remark, Said, document
from consult.papers.wordbody import Picture
from consult.review import actions as review
from tests import make
from tests.papers.conftest import content

TEXTS = {
    "en": "II. Findings\n\n1. The Parties share technology:\n\n(a) by country;\n\n(b) by language.\n\n1 bis. A later one.\n\n- a point",
    "fr": "I. Contexte\n\n1. Le comité « a examiné » cette question.\n\n2. Il porte sur :\n\na) la description ;\n\nb) l'interopérabilité.",
    "es": "I. Introducción\n\n1. ¿Quién paga? La secretaría.\n\n2. Los países:\n\na) en desarrollo;\n\nb) con economías en transición.",
    "ru": "I. Введение\n\n1. Стороны обмениваются технологиями:\n\na) по странам;\n\nb) по языкам.\n\n2. Решение вступает в силу.",
    "zh": "一、背景\n\n1. 缔约方应当分享技术：\n\n(a) 按国家；\n\n(b) 按语言。\n\n2. 本决定自通过之日起生效。",
    "ar": "أولاً. مقدمة\n\n1- تدعو الأطراف إلى تبادل التكنولوجيا وفقا للقرار VII/29:\n\n(أ) حسب البلد؛\n\n(ب) حسب اللغة.\n\n2- يبدأ النفاذ.",
}
TABLE = "1. The table follows.\n\n| Country | Answers |\n| Chad | 3 |\n\n2. Another.\n\n| A | B |\n\n- - - - -\n\n1/ Note 102.\n\n* A star."
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FACTS = {
    "title": "Report",
    "short": "Report",
    "symbol": "CBD/8/19",
    "version": ["Version 2", "1 May 2026"],
    "about": ["Experts"],
    "label": "",
}


def file(text: str, language: str = "en", remarks=(), label: str = "", **more) -> bytes:
    head = FACTS | {"language": language, "label": label, "page": "Page @page of @last", "figure": "Figure"}
    return document(head, rows(text), remarks, author="Experts", published=AT, **more)


def rows(text: str) -> list:
    return [SimpleNamespace(kind=p.kind, level=p.level, printed=p.printed, text=p.text, file_id=None) for p in cut(text)]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_comes_back_with_the_same_pieces(language):
    assert read_docx(file(TEXTS[language], language)) == cut(TEXTS[language])


def test_tables_and_notes_come_back_too():
    assert read_docx(file(TABLE)) == cut(TABLE)


def test_notes_that_word_counts_are_real_footnotes():
    piece = {"level": 0, "file_id": None}
    told = [("paragraph", "1.", "A claim."), ("note", "¹", "See it."), ("paragraph", "2.", "More.")]
    pieces = [SimpleNamespace(kind=kind, printed=printed, text=text, **piece) for kind, printed, text in told]
    data = document(FACTS | {"language": "en", "page": "", "figure": ""}, pieces)
    assert "See it." in part(data, "word/footnotes.xml") and "See it." not in part(data, "word/document.xml")
    assert [(each.kind, each.printed, each.text) for each in read_docx(data)] == [(p.kind, p.printed, p.text) for p in pieces]


def test_comments_stand_on_their_words_with_names_dates_and_replies():
    ada, olga = Said("Ada Lovelace", AT, "TE: Too strong.\n\nReally.\nPROPOSED: should share"), Said("Olga", AT, "Accepted. Thank you.")
    remarks = [
        Remark(Said("Ben", AT, "Good."), None),
        Remark(ada, 1, "share technology", (olga,)),
        Remark(Said("Ada Lovelace", AT, "All."), 2),
    ]
    found = read_annotations(file(TEXTS["en"], remarks=remarks)).remarks
    assert [(each.note.author, each.note.text, each.quote) for each in found] == [
        ("Ben", "Good.", ""), ("Ada Lovelace", ada.text, "share technology"), ("Ada Lovelace", "All.", ""),
    ]  # fmt: skip
    assert found[1].note.date == "2026-11-23T10:00:00Z" and [reply.text for reply in found[1].replies] == ["Accepted. Thank you."]
    assert 'w:initials="AL"' in part(file(TEXTS["en"], remarks=remarks), "word/comments.xml")


def test_comments_that_overlap_and_comments_in_tables_keep_their_places():
    remarks = [
        Remark(Said("A", AT, "one"), 0, "The table"),
        Remark(Said("B", AT, "two"), 0, "table follows"),
        Remark(Said("C", AT, "three"), 1, "Chad"),
    ]
    found = read_annotations(file(TABLE, remarks=[*remarks, Remark(Said("D", AT, "four"), 1)])).remarks
    assert {each.note.text: each.quote for each in found} == {"one": "The table", "two": "table follows", "three": "Chad", "four": ""}


def test_arabic_runs_from_right_to_left_and_latin_words_in_it_do_not():
    body = part(file(TEXTS["ar"], "ar"), "word/document.xml")
    root = etree.fromstring(body.encode())
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    assert all(p.find(f"{w}pPr/{w}bidi") is not None for p in root.iter(f"{w}p"))
    latin = [r for r in root.iter(f"{w}r") if "VII" in "".join(r.itertext())]
    assert latin and all(r.find(f"{w}rPr/{w}rtl") is None for r in latin)
    assert all(r.find(f"{w}rPr/{w}rtl") is not None for r in root.iter(f"{w}r") if "تبادل" in "".join(r.itertext()))


def test_the_label_stands_in_the_header_and_behind_the_text_until_the_draft_is_issued():
    data = file(TEXTS["en"], label='For "comments" only')
    header = part(data, "word/header1.xml")
    assert 'For "comments" only' in "".join(etree.fromstring(header.encode()).itertext()) and "PowerPlusWaterMark" in header
    assert all(words in header for words in ("Report", "CBD/8/19", "Version 2", "1 May 2026"))
    assert "v:shape" not in part(file(TEXTS["en"]), "word/header1.xml")


def test_the_file_says_nothing_about_anybody_but_the_group():
    core = docx.Document(io.BytesIO(file(TEXTS["en"]))).core_properties
    assert (core.author, core.title, core.last_modified_by) == ("Experts", "Report", "")
    with zipfile.ZipFile(io.BytesIO(file(TEXTS["en"]))) as package:
        assert "docProps/app.xml" not in package.namelist()


def test_signs_that_no_xml_can_hold_do_no_harm():
    piece = SimpleNamespace(kind="paragraph", level=0, printed="", text='A\x0b<b> & "q" \ud800 \x00.', file_id=None)
    head = FACTS | {"language": "en", "page": "", "figure": "", "title": "<&\x01>"}
    assert read_docx(document(head, [piece]))[0].text == 'A<b> & "q" .'


def test_a_picture_is_embedded_as_large_as_the_page_allows():
    piece = SimpleNamespace(kind="figure", level=0, printed="", text="A map", file_id=7)
    data = document(FACTS | {"language": "en", "page": "", "figure": "Figure"}, [piece], pictures={7: Picture(b"bytes", "png", 4000, 2000)})
    body = part(data, "word/document.xml")
    assert 'descr="A map"' in body and 'cx="5760000" cy="2880000"' in body
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("word/media/pic1.png") == b"bytes"


@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_libreoffice_opens_it_and_sees_every_comment(language, tmp_path):
    program = shutil.which("soffice")
    assert program, "LibreOffice (soffice) is needed to see that other programs open our files"
    pieces = cut(TEXTS[language])
    remarks = [Remark(Said("Ada", AT, f"Number {at}."), at, piece.text[:4], (Said("Ben", AT, "Yes."),)) for at, piece in enumerate(pieces)]
    (tmp_path / "text.docx").write_bytes(file(TEXTS[language], language, remarks, label="Draft"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    convert = [program, home, "--headless", "--convert-to", "odt", "--outdir", tmp_path, tmp_path / "text.docx"]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "text.odt") as package:
        text = package.read("content.xml").decode()
    assert text.count("<office:annotation ") == 2 * len(pieces)
    words = "".join(etree.fromstring(text.encode()).itertext())
    assert all(piece.text in words or piece.text[:4] in words for piece in pieces)


def test_a_reader_gets_the_version_with_every_comment_and_it_is_known_again(version, member, made):
    on = make.round(version)
    first = make.comment(on, member, "1", "Two or three?", type="technical", proposed="One limb.", quote="two limbs")
    review.respond(first, "not-accepted", "It was two.", turn=0, by=make.officer(version.draft.group), door="page")
    make.comment(on, member, "", "Good work.")
    found = read_annotations(content(made(version, "docx", member, comments=True)))
    assert [(each.note.text, each.quote) for each in found.remarks] == [
        ("Good work.", ""), ("TE: Two or three?\nPROPOSED: One limb.", "two limbs"),
    ]  # fmt: skip
    assert [(reply.author, reply.text) for reply in found.remarks[1].replies] == [(version.draft.group.name, "not accepted. It was two.")]
    assert read_annotations(content(made(version, "docx", member))).remarks == []
