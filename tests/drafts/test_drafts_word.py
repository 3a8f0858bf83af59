"""A Word document is read as its author sees it printed; what is none is refused with a reason."""

import io
import struct
import zipfile

import docx
import pytest

from consult.drafts.reading import decode, read
from consult.drafts.word import read_docx
from consult.drafts.wordlists import shown
from consult.errors import Refused

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def package(body: str, **parts: str) -> bytes:
    """A .docx from hand-written XML: the body, and other parts by their name in the folder word."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_rels/.rels", RELS)
        made.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return held.getvalue()


def p(text: str, list_id: int = 0, depth: int = 0, more: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    return f"<w:p><w:pPr>{more}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbering(*levels: tuple[str, str], more: str = "", nums: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for depth, (format_, text) in enumerate(levels)
    )
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    return f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>{nums}</w:numbering>'


def printed(data: bytes) -> list[str]:
    return [f"{piece.printed} {piece.text}".strip() for piece in read_docx(data)]


def saved(document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_automatic_numbers_are_counted_as_word_prints_them():
    body = p("First.", 1) + p("one;", 1, 1) + p("deep;", 1, 2) + p("two;", 1, 1) + p("Second.", 1) + p("again;", 1, 1)
    pieces = read_docx(package(body, numbering=numbering(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))))
    assert [piece.number for piece in pieces] == ["1", "1 (a)", "1 (a) (i)", "1 (b)", "2", "2 (a)"]
    assert [piece.printed for piece in pieces][:3] == ["1.", "(a)", "(i)"]


def test_a_list_of_its_own_starts_again_and_a_shared_one_goes_on():
    own = '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    nums = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>' + own
    body = p("A.", 1) + p("B.", 3) + p("C.", 2) + p("D.", 2)
    assert printed(package(body, numbering=numbering(("decimal", "%1."), nums=nums))) == ["1. A.", "2. B.", "5. C.", "6. D."]


def test_a_level_may_keep_counting_below_a_new_one():
    body = p("A.", 1) + p("x.", 1, 1) + p("B.", 1) + p("y.", 1, 1)
    levels = numbering(("upperRoman", "%1."), ("decimal", "%2."), more='<w:lvlRestart w:val="0"/>')
    assert printed(package(body, numbering=levels)) == ["I. A.", "1. x.", "II. B.", "2. y."]


@pytest.mark.parametrize(
    ("format_", "third"),
    [
        ("decimal", "3"), ("decimalZero", "03"), ("lowerLetter", "c"), ("upperLetter", "C"), ("lowerRoman", "iii"), ("upperRoman", "III"),
        ("chineseCounting", "三"), ("ideographDigital", "三"), ("arabicAbjad", "ج"), ("arabicAlpha", "ت"),
        ("russianLower", "в"), ("ordinal", "3rd"),
        ("decimalFullWidth", "３"), ("decimalEnclosedCircle", "③"), ("none", ""), ("neverHeardOf", "3"),
    ],
)  # fmt: skip
def test_number_formats(format_, third):
    assert shown(3, format_) == third


def test_chinese_counting():
    assert [shown(count, "chineseCounting") for count in (10, 12, 20, 101, 110)] == ["十", "十二", "二十", "一百〇一", "一百一十"]


def test_headings_are_known_by_style_and_by_outline_level():
    document = docx.Document()
    document.add_heading("II. Findings", 1)
    document.add_heading("What works", 2)
    document.add_paragraph("12. The group met.")
    pieces = read_docx(saved(document))
    assert [(piece.kind, piece.level, piece.number) for piece in pieces] == [
        ("heading", 1, "II"),
        ("heading", 2, ""),
        ("paragraph", 0, "12"),
    ]
    outlined = read_docx(package(p("Findings", more='<w:outlineLvl w:val="2"/>') + p("1. Text.")))
    assert (outlined[0].kind, outlined[0].level) == ("heading", 3)


def test_typed_numbers_are_cut_like_plain_text():
    pieces = read_docx(package(p("一、背景") + p("１．会议：") + p("（a）审议；") + p("㈠ 第一；") + p("２．结束。")))
    assert [piece.number for piece in pieces] == ["I", "1", "1 (a)", "1 (a) (i)", "2"]


def test_a_typed_number_alone_in_its_paragraph_belongs_to_the_next_one():
    pieces = read_docx(package(p("1. It asked:") + p("(a)") + p("for a list;") + p("二.") + p("结果") + p("- - - - -") + p("* A note.")))
    assert [(piece.kind, piece.number, piece.text) for piece in pieces] == [
        ("paragraph", "1", "It asked:"), ("item", "1 (a)", "for a list;"), ("heading", "II", "结果"), ("note", "", "A note."),
    ]  # fmt: skip


def test_tables_keep_their_rows():
    document = docx.Document()
    document.add_paragraph("1. The table follows.")
    table = document.add_table(2, 2)
    for cell, text in zip([*table.row_cells(0), *table.row_cells(1)], ["Country", "Answers", "Chad", "3"], strict=True):
        cell.text = text
    assert [(piece.kind, piece.text) for piece in read_docx(saved(document))][1:] == [("table", "Country | Answers\nChad | 3")]


def test_bullets_are_list_points():
    document = docx.Document()
    document.add_paragraph("A list follows the present words:")
    document.add_paragraph("a point", style="List Bullet")
    assert [(piece.kind, piece.printed, piece.text) for piece in read_docx(saved(document))][1:] == [("list", "•", "a point")]


def test_tracked_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>1. The </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom><w:r><w:t>text.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>2. Joined</w:t></w:r></w:p>" + p("to this one.")
    )
    assert printed(package(body)) == ["1. The new text.", "2. Joined to this one."]


def test_hidden_text_and_text_of_fields_are_left_out():
    body = (
        "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert printed(package(body)) == ["Seen."]


def test_footnotes_stand_after_their_paragraph():
    own = f'<w:footnote w:id="2">{p("See the report.")}</w:footnote>'
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>{own}</w:footnotes>'
    body = '<w:p><w:r><w:t>1. A claim.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("2. Another.")
    pieces = read_docx(package(body, footnotes=notes))
    assert [(piece.kind, piece.printed, piece.text) for piece in pieces] == [
        ("paragraph", "1.", "A claim."), ("note", "¹", "See the report."), ("paragraph", "2.", "Another."),
    ]  # fmt: skip


def test_the_strict_dialect_is_read_too():
    data = package(p("1. Text."))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(name, content)
    assert printed(held.getvalue()) == ["1. Text."]


def zipped(**entries: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return held.getvalue()


def encrypted() -> bytes:
    data = bytearray(package(p("x")))
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(sign)
        struct.pack_into("<H", data, at + offset, 1)
    return bytes(data)


def declaring(encoding: str) -> bytes:
    document = f'<!DOCTYPE d [<!ENTITY a "b">]><w:document {SPACE}><w:body>{p("&a;")}</w:body></w:document>'
    return zipped(**{"_rels/.rels": RELS.encode(), "word/document.xml": document.encode(encoding)})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"just some words", "not a Word document"),
        (zipped(hello=b"world"), "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "password"),
        (package(p("x"))[:200], "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (zipped(**{"word/document.xml": b"<open>"}), "damaged"),
        (zipped(**{"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}), "damaged"),
        (zipped(**{"word/document.xml": b" " * 30_000_000}), "unpacked"),
        (zipped(**{f"part{number}": b"" for number in range(2001)}), "unpacked"),
        (declaring("utf-8"), "declarations"),
        (declaring("utf-16"), "declarations"),
        (encrypted(), "password"),
    ],
)
def test_a_file_that_is_no_harmless_word_document_is_refused(data, reason):
    with pytest.raises(Refused) as refused:
        read("draft.docx", data)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("draft.txt", b"", "no text"),
        ("draft.md", b"\n \n", "no text"),
        ("draft.docx", b"", "no text"),
        ("draft.txt", b"ab\0cd", "not a text"),
        ("draft.txt", b"PK\x03\x04rest", "not a text"),
        ("draft.pdf", b"%PDF-1.7", "not a text"),
        ("draft", b"words", "not a text"),
        ("draft.doc", b"words", ".docx"),
        ("draft.docm", package(p("1. Text.")), "macros"),
        ("draft.txt", b"a" * 2_000_001, "2 MB"),
        ("draft.docx", b"a" * 50_000_001, "50 MB"),
        ("draft.docx", package(""), "no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name, data, reason):
    with pytest.raises(Refused) as refused:
        read(name, data)
    assert reason in str(refused.value)


RUSSIAN = "Группа экспертов рассмотрела предложения секретариата и приняла доклад о работе своего совещания. "
CHINESE = "专家组审议了秘书处编写的提议和指导意见，并通过了会议报告。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"), (RUSSIAN, "utf-8-sig"), (RUSSIAN, "utf-16"), (RUSSIAN * 3, "koi8-r"), (RUSSIAN * 3, "cp1251"),
        (CHINESE * 3, "gb18030"), (CHINESE * 3, "utf-16"), ("Les règles où l’on répète déjà été vérifiées à Genève. " * 4, "cp1252"),
    ],
)  # fmt: skip
def test_text_in_the_encodings_people_use(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_text_file_gives_its_pieces():
    assert [piece.number for piece in read("Draft.TXT", b"1. One.\r\n\r\n2. Two.\r\n")] == ["1", "2"]
