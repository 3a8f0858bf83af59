"""Lists of people as CSV: what is taken, what is refused, by which row, and why."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Refused
from consult.people import sheet

HEAD = "name,email,role,organization,language,zone,means\n"


def read(text: str, encoding: str = "utf-8") -> sheet.Sheet:
    return sheet.read(text.encode(encoding))


def test_a_full_row_is_read_and_a_short_one_gets_what_is_usual():
    read_rows = read(HEAD + "Ada,ada@env.example,Co-Chair,Kenya,fr,Africa/Nairobi,mail\nBen,ben@env.example\n").good
    assert read_rows[0] == sheet.Row(2, "Ada", "ada@env.example", "co-chair", "Kenya", "fr", "Africa/Nairobi", "mail")
    assert read_rows[1] == sheet.Row(3, "Ben", "ben@env.example", "member", "", "en", "UTC", "page")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_names_of_all_scripts_survive_every_encoding_of_unicode(encoding):
    names = ["王小明", "أحمد علي", "Иван Петров", "Noël Peña", "Zoë"]
    text = HEAD + "".join(f"{name},p{number}@env.example\n" for number, name in enumerate(names))
    assert [row.name for row in read(text, encoding).good] == names


@pytest.mark.parametrize("names", [["René Müller", "José García"], ["François Hébert", "Élodie Côté"], ["Bjørn Åse"]])
def test_a_list_saved_by_a_western_spreadsheet_is_read(names):
    text = "name;email\r\n" + "".join(f"{name};p{number}@env.example\r\n" for number, name in enumerate(names))
    assert [row.name for row in read(text, "windows-1252").good] == names


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Иван Петров", "cp1251"),
        ("Иван Петров", "koi8-r"),
        ("王小明", "gb18030"),
        ("أحمد علي", "cp1256"),
        ("Łukasz Wałęsa", "cp1250"),
        ("René", "mac_roman"),
        ("山田太郎", "shift_jis"),
    ],
)
def test_another_encoding_is_refused_and_never_read_as_wrong_names(name, encoding):
    with pytest.raises(Refused, match="CSV UTF-8"):
        read(f"name,email\n{name},p@env.example\n", encoding)


def test_words_that_could_read_differently_are_shown_before_they_are_believed():
    assert read("name,email\nAntonín Dvořák,d@env.example\n", "cp1250").doubtful
    assert not read("name,email\nAntonín Dvořák,d@env.example\n").doubtful


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"name;role\nAda;member\n", "missing: email"),
        (b"Ada,ada@env.example\n", "missing: name, email"),
        (b"name,email,name\nA,a@env.example,B\n", "same name"),
        (b'name,email\n"Ada,ada@env.example\n', "quotation mark"),
        (b"PK\x03\x04\x14\x00\x06\x00" * 50, "CSV UTF-8"),
        (b"name,email\n" + b"x" * 2_000_001, "larger than"),
        (b"name,email\n" + b"".join(b"P,p%d@env.example\n" % n for n in range(5001)), "more than 5000 rows"),
    ],
    ids=range(9),
)
def test_what_is_no_list_is_refused_with_its_reason(raw, reason):
    with pytest.raises(Refused) as refused:
        sheet.read(raw)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",a@env.example", "name is needed"),
        ("A,", "address is needed"),
        ("A,a@env.example,king", "not a role"),
        ("A,a@env.example,,,xx", "not a language"),
        ("A,a@env.example,,,,Mars/One", "not a time zone"),
        ("A,a@env.example,,,,,fax", "not a way"),
        ("=cmd|' /C calc'!A0,a@env.example", "like a formula"),
        ("A,a@env.example,,@SUM(1),", "like a formula"),
        ("\uff1d1+1,a@env.example", "like a formula"),
        ("A,A@ENV.example,,,,,,extra", "more cells"),
        ("Ada,FIRST@env.example", "stands in row 2 already"),
    ],
)
def test_a_bad_row_is_told_by_its_number(row, reason):
    found = read(HEAD + "First,first@env.example\n\n" + row + "\nLast,last@env.example\n")
    assert [each.number for each in found.good] == [2, 5]
    ((number, refused),) = found.bad
    assert number == 4 and reason in str(refused)


def test_columns_nobody_asked_for_are_named():
    assert read("Name;E-Mail;Phone\nAda;ada@env.example;1\n").ignored == ["phone"]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw):
    with suppress(Refused):
        sheet.read(b"name,email\n" + raw)
