"""Workbooks opened with suspicion: what they may hold is read, what they may do is not done."""

import io
import re
import zipfile

import pytest

from consult.errors import Refused
from consult.office.child import Child
from consult.office.sheets import write_workbook
from consult.office.workbook import read_workbook
from tests.exchange import files

MILLION = 1_048_576
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"


def sheet_of(content: bytes) -> bytes:
    """A workbook whose first sheet is this XML."""
    return files.with_parts(files.xlsx(["para", "comment"], ["1", "x"]), xl__worksheets__sheet1_dot_xml=content)


def refused(data: bytes) -> str:
    """Why it is not read."""
    with pytest.raises(Refused) as why:
        read_workbook(data)
    return str(why.value)


def cells(data: bytes) -> list[list[str]]:
    """The cells of the first sheet."""
    return [row for _, row in read_workbook(data).grids[0].rows]


def test_numbers_dates_and_truths_are_read_as_people_see_them():
    from datetime import date, datetime

    rows = [[12, 12.5, 4.1, date(2026, 1, 3), datetime(2026, 1, 3, 14, 30), True, "12", None, " x "]]
    assert cells(files.edited(rows, lambda page: None)) == [
        ["12", "12.5", "4.1", "2026-01-03", "2026-01-03 14:30:00", "TRUE", "12", "", " x "]
    ]


def test_rows_keep_the_numbers_that_excel_shows():
    assert [number for number, _ in read_workbook(files.xlsx(["a"], [], [], ["b"])).grids[0].rows] == [1, 4]


def test_a_workbook_of_a_million_rows_is_refused_at_once():
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(1, MILLION + 1))
    assert "more than 100000 rows" in refused(sheet_of(HEAD + rows + FOOT))


def test_a_million_rows_that_are_only_coloured_are_no_comments():
    said = b'<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c></row>'
    empty = b"".join(b'<row r="%d" s="3"><c r="A%d" s="3"/></row>' % (at, at) for at in range(3, MILLION // 4))
    assert cells(sheet_of(HEAD + said + empty + FOOT)) == [["1"]]


@pytest.mark.parametrize("bomb", [b"<x/>" * 60_000_000, b"\0" * 250_000_000])
def test_a_zip_bomb_is_not_unpacked(bomb):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("_rels/.rels", b"")
        package.writestr("xl/worksheets/sheet1.xml", bomb)
    assert "grows far larger" in refused(out.getvalue())


@pytest.mark.parametrize("content", [
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + b"<row><c t='str'><v>&b;</v></c></row>" + FOOT,
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + HEAD + FOOT,
    ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + (HEAD + FOOT).decode())
    .encode("utf-16"),
])  # fmt: skip
def test_declarations_are_refused_in_any_encoding(content):
    assert "declarations" in refused(sheet_of(content))


@pytest.mark.parametrize(
    "content", [HEAD + b"<row>", b"", b"<row>" * 100_000, HEAD + b'<row r="x"><c r="ZZZZ9" t="s"><v>9e9</v></c></row>', b"\xff\xfe"]
)
def test_what_is_no_sheet_is_damaged_or_empty(content):
    data = sheet_of(content)
    try:
        assert cells(data) == [] or all(not any(row) for row in cells(data))
    except Refused as why:
        assert "damaged" in str(why)


def test_strange_numbers_and_strings_that_are_not_there():
    odd = b'<c><v>1e999</v></c><c><v>nan</v></c><c t="s"><v>77</v></c><c t="s"><v>-1</v></c><c t="e"><v>#REF!</v></c><c t="n"><v>x</v></c>'
    assert cells(sheet_of(HEAD + b"<row>" + odd + b"</row>" + FOOT)) == [["1e999", "nan", "", "", "", "x"]]


def test_a_child_that_dies_is_a_refusal_and_nothing_else():
    child = Child("tests.office.test_office_workbook:hungry", memory=256 * 1024 * 1024)
    with pytest.raises(Refused) as why:
        while not child.ended:
            child.take(1)
    assert "more time or memory" in str(why.value)
    child = Child("tests.office.test_office_workbook:busy", seconds=1)
    with pytest.raises(Refused):
        while not child.ended:
            child.take(1)


def hungry() -> bytes:
    """Takes more memory than it may."""
    return b"x" * 1_000_000_000


def busy() -> None:
    """Never ends."""
    while True:
        pass


def test_rows_are_as_tall_as_their_words_also_where_the_program_does_not_measure_them():
    out = io.BytesIO()
    write_workbook(out, "Comments", [("Name", 10), ("Comment", 40)], [("Ada", "short"), ("Ada", "word " * 40), ("Ada", "a\nb\nc")])
    with zipfile.ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<row r="(\d)"[^>]*? ht="([\d.]+)"', sheet) == [("3", "75"), ("4", "45")]
