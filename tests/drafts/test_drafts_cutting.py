"""A text gives the pieces that a reader of it would point at."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.drafts.cutting import cut, write
from consult.drafts.numbering import find_label, han_value, roman, roman_value

TEXTS = Path(__file__).parent / "texts"
CHINESE = Path(__file__).parents[3] / "shared" / "data" / "cop-8-19.zh.txt"


def text_of(language: str) -> str:
    return (TEXTS / f"{language}.txt").read_text(encoding="utf-8")


def numbers(pieces, kind: str) -> list[str]:
    return [piece.number for piece in pieces if piece.kind == kind and piece.number]


def outline(pieces) -> list[tuple[int, str, str]]:
    return [(piece.level, piece.number, piece.text) for piece in pieces if piece.kind == "heading"]


def paragraphs_with(*more: str) -> list[str]:
    plain = [str(number) for number in range(1, 21)]
    return sorted([*plain, *more], key=lambda number: (int(number.split()[0]), number))


@pytest.fixture(scope="module")
def chinese():
    if not CHINESE.exists():
        pytest.skip("the Chinese document lies in ../shared/data, which is not here")
    return cut(CHINESE.read_text(encoding="utf-8"))


def test_the_chinese_document_has_its_52_paragraphs(chinese):
    assert numbers(chinese, "paragraph") == [str(number) for number in range(1, 53)]


def test_the_chinese_document_has_its_four_sections_and_its_sub_headings(chinese):
    sections = [(piece.printed, piece.number) for piece in chinese if piece.kind == "heading" and piece.level == 1]
    assert sections == [("一.", "I"), ("二.", "II"), ("三.", "III"), ("四.", "IV")]
    lower = [(piece.level, piece.number) for piece in chinese if piece.kind == "heading" and piece.level > 1 and piece.number]
    assert lower == [(2, "A"), (3, "1"), (3, "2"), (2, "B"), (3, "1"), (3, "3")]
    bare = [piece.text for piece in chinese if piece.kind == "heading" and not piece.number]
    assert sum(text.startswith("活动") for text in bare) == 6
    assert sum(text.startswith("建议缔约方大会采取的行动") for text in bare) == 5


def test_the_chinese_document_has_its_items_under_the_right_paragraph(chinese):
    assert numbers(chinese, "item") == [
        "2 (a)", "2 (b)",
        "6 (a)", "6 (a) (i)", "6 (a) (ii)", "6 (a) (iii)", "6 (a) (iv)", "6 (b)",
        "28 (a)", "28 (b)", "28 (c)", "28 (d)",
        "43 (a)", "43 (b)", "43 (c)", "43 (d)", "43 (e)",
        "48 (a)", "48 (b)",
    ]  # fmt: skip
    first = next(piece for piece in chinese if piece.number == "6 (a) (i)")
    assert (first.printed, first.level, first.mark) == ("㈠", 2, "6(a)(i)")
    assert first.text.startswith("在发展中国家和发达国家促成有利的环境")


def test_enumerations_inside_a_sentence_stay_in_their_paragraph(chinese):
    paragraph = next(piece for piece in chinese if piece.number == "12")
    assert "㈠ 这些准则的范围；㈡" in paragraph.text


def test_an_english_text():
    pieces = cut(text_of("english"))
    assert numbers(pieces, "paragraph") == paragraphs_with("4 bis")
    assert numbers(pieces, "item") == [
        "2 (a)", "2 (b)", "2 (b) (i)", "2 (b) (ii)", "2 (b) (iii)", "2 (c)",
        "6 (a)", "6 (b)", "6 (b) (i)", "6 (b) (ii)",
        "13 (a)", "13 (b) (i)", "13 (b) (ii)", "15 (a)", "15 (b)",
    ]  # fmt: skip
    assert outline(pieces) == [
        (2, "", "Progress in sharing laboratory methods"), (2, "", "Note by the secretariat"),
        (1, "I", "INTRODUCTION"), (1, "II", "FINDINGS"), (2, "A", "What works"), (3, "1", "Visits"), (3, "2", "Courses"),
        (2, "B", "What does not work"), (3, "", "Action suggested"),
        (1, "III", "NEXT STEPS"), (2, "", "Action suggested"), (1, "IV", "DATES"),
    ]  # fmt: skip
    assert [piece.printed for piece in pieces if piece.kind == "list"] == ["-", "-", "-"]
    assert [piece.text for piece in pieces if piece.kind == "note"] == ["Measured six months after the visit."]
    assert [piece.text for piece in pieces if piece.kind == "table"] == [
        "Kind of help | Answers | Useful\nVisit | 14 | 12\nCourse | 20 | 9"
    ]


def test_lines_wrapped_by_hand_are_one_paragraph_again():
    first, third = (piece for piece in cut(text_of("english")) if piece.number in ("1", "3") and piece.kind == "paragraph")
    assert first.text.endswith("what would help them most.")
    assert third.text == "The examples cover the years 2019 to 2023. See also paragraph 12. They were checked by those who sent them."


def test_a_french_text():
    pieces = cut(text_of("french"))
    assert numbers(pieces, "paragraph") == paragraphs_with("4 bis", "4 ter")
    assert numbers(pieces, "item") == [
        "2 (a)", "2 (b)", "2 (b) (i)", "2 (b) (ii)", "2 (c)", "6 (a)", "6 (b)", "13 (a)", "13 (b) (i)", "13 (b) (ii)", "15 (a)", "15 (b)",
    ]  # fmt: skip
    assert [(level, number) for level, number, _ in outline(pieces)] == [
        (2, ""),
        (1, "I"),
        (1, "II"),
        (2, "A"),
        (2, "B"),
        (3, ""),
        (1, "III"),
        (1, "IV"),
    ]
    assert [(piece.printed, piece.text) for piece in pieces if piece.kind == "note"] == [("1/", "Mesuré six mois après la visite.")]
    assert next(piece.printed for piece in pieces if piece.number == "13 (b) (i)") == "b) i)"


def test_an_arabic_text():
    pieces = cut(text_of("arabic"))
    assert numbers(pieces, "paragraph") == paragraphs_with("4 bis")
    assert numbers(pieces, "item") == [
        "2 (a)",
        "2 (b)",
        "2 (b) (i)",
        "2 (b) (ii)",
        "2 (c)",
        "6 (a)",
        "6 (b)",
        "13 (a)",
        "13 (b)",
        "15 (a)",
        "15 (b)",
    ]
    assert [(level, number) for level, number, _ in outline(pieces)] == [
        (2, ""),
        (1, "I"),
        (1, "II"),
        (2, "A"),
        (2, "B"),
        (3, ""),
        (1, "III"),
        (1, "IV"),
    ]
    assert [piece.printed for piece in pieces if piece.number in ("1", "2 (c)", "17")] == ["١ -", "(ج)", "١٧."]
    assert [piece.kind for piece in pieces[-1:]] == ["note"]


def test_a_russian_text_numbers_its_items_like_everybody():
    pieces = cut(
        "1. Группа рассмотрела:\nа) примеры;\nб) расходы;\nв) сроки.\n\n1 бис. Затем она:\n(a) приняла доклад;\n(с) закрыла сессию.\n"
    )
    assert [piece.number for piece in pieces] == ["1", "1 (a)", "1 (b)", "1 (c)", "1 bis", "1 bis (a)", "1 bis (c)"]


def test_full_width_numbers():
    pieces = cut(
        "一、背景\n\n１．专家组举行了会议，并：\n\n（a）审议了文件；\n\n（一）第一份；\n\n（二）第二份；\n\n（b）通过了报告。\n\n２．会议结束。\n"
    )
    assert [piece.number for piece in pieces] == ["I", "1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)", "2"]
    assert [piece.printed for piece in pieces][:4] == ["一、", "１．", "（a）", "（一）"]


def test_markdown():
    pieces = cut("# Report\n\n## II. Findings\n\n12. We found:\n\n- one\n- two\n\n13. Then:\n\n1. first;\n2. second.\n\n14. End.\n")
    assert outline(pieces) == [(1, "", "Report"), (2, "II", "Findings")]
    assert numbers(pieces, "paragraph") == ["12", "13", "14"]
    assert [(piece.printed, piece.text) for piece in pieces if piece.kind == "list"] == [
        ("-", "one"),
        ("-", "two"),
        ("1.", "first;"),
        ("2.", "second."),
    ]


def test_an_annex_that_counts_from_one_again_has_marks_of_its_own():
    body = "\n\n".join(f"{number}. A sentence of the body." for number in range(1, 6))
    annex = "\n\n".join(f"{number}. A sentence of the annex." for number in range(1, 4))
    pieces = cut(f"{body}\n\nAnnex\n\n{annex}\n")
    assert numbers(pieces, "paragraph") == ["1", "2", "3", "4", "5", "1", "2", "3"]
    assert [piece.mark for piece in pieces if piece.kind == "paragraph"][-3:] == ["1-2", "2-2", "3-2"]


def test_the_letter_i_and_the_roman_one_are_told_by_their_neighbours():
    letters = "\n".join(f"({letter}) Thing {letter};" for letter in "abcdefghij")
    assert numbers(cut(f"1. The following:\n{letters}\n"), "item")[-2:] == ["1 (i)", "1 (j)"]
    assert numbers(cut("1. The following:\n(a) Thing:\n(i) one;\n(ii) two.\n"), "item") == ["1 (a)", "1 (a) (i)", "1 (a) (ii)"]


def test_sections_numbered_with_titles_and_plain_paragraphs_below():
    prose = "Here stands a plain sentence that is long enough to be nothing but a sentence."
    pieces = cut("\n\n".join(["1. Background", prose, "2. Methods", prose, "3. Results", prose]))
    assert [(piece.kind, piece.number) for piece in pieces[::2]] == [("heading", "1"), ("heading", "2"), ("heading", "3")]


def test_an_empty_text_has_no_pieces():
    assert cut("") == cut(" \n\n") == []


@pytest.mark.parametrize("language", ["english", "french", "arabic"])
def test_a_text_written_out_and_cut_again_is_the_same(language):
    pieces = cut(text_of(language))
    assert cut(write(pieces)) == pieces


def test_the_chinese_document_written_out_and_cut_again_is_the_same(chinese):
    assert cut(write(chinese)) == chinese


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "1. Text.",
                "2. Text",
                "(a)",
                "(i) so;",
                "㈠",
                "二、",
                "II.",
                "A. Title",
                "3 bis. More.",
                "أ) نص",
                "١٢- نص",
                "(b) (ii) x",
                "",
                "",
                "Title",
                "4. (a) x;",
            ]
        ),
        st.text(alphabet="abi vx.()12：；一二，字نص\t", max_size=30),
    ),
    max_size=30,
)


@given(LINES)
def test_no_character_is_lost_and_every_mark_is_unique(lines):
    text = "\n".join(lines)
    pieces = cut(text)
    found = "".join(piece.printed + piece.text for piece in pieces)
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", text)
    marks = [piece.mark for piece in pieces]
    assert len(set(marks)) == len(marks) and all(mark.isascii() for mark in marks)


@given(st.text(max_size=400))
def test_any_text_is_cut_without_failing(text):
    for piece in cut(text):
        assert len(piece.printed) <= 60 and len(piece.number) <= 60 and piece.mark.isascii()


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numbers_are_read_as_they_are_written(value):
    assert roman_value(roman(value)) == value


def test_chinese_numbers():
    assert [han_value(signs) for signs in ("一", "十", "十二", "二十", "九十九")] == [1, 10, 12, 20, 99]


@pytest.mark.parametrize("line", ["2.5 million people", "12-month period", "e.g. this one", "UNEP/CBD", "(see below)", "2004–2006"])
def test_what_only_looks_like_a_number_is_none(line):
    label = find_label(line)
    assert label is None or label.decimal
