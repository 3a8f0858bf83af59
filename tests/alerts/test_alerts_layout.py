"""Letters have short lines in every script, and are cut into parts without losing or breaking anything."""

from hypothesis import given
from hypothesis import strategies as st

from consult.alerts.layout import as_html, columns, wrapped
from consult.alerts.parts import cost, divided, octets

ARABIC = "يطلب من الأمين التنفيذي أن يواصل جمع المعلومات عن نقل التكنولوجيا والتعاون العلمي والتقني بين الأطراف كافة في هذا المجال المهم"
CHINESE = "[12] 谨建议缔约方大会要求执行秘书继续收集关于各种对需要进行评估的方法的资料，并探讨（UNEP/CBD/COP/8/19）各种备选办法。" * 3
TEXTS = st.text(st.sampled_from(list("abc déو 中文，。（）-\n\u0301")), max_size=400)


def test_lines_are_at_most_72_columns_wide_and_arabic_words_stay_whole():
    lines = wrapped(ARABIC).split("\n")
    assert len(lines) > 1 and all(columns(line) <= 72 for line in lines)
    assert " ".join(lines).split() == ARABIC.split()


def test_chinese_fills_36_characters_a_line_and_no_line_begins_with_a_closing_mark():
    lines = wrapped(CHINESE).split("\n")
    assert all(columns(line) <= 74 for line in lines) and "".join(lines).replace(" ", "") == CHINESE.replace(" ", "")
    assert not any(line[0] in "，。）" for line in lines)


def test_an_indented_item_and_a_point_of_a_list_keep_their_edge():
    assert all(line.startswith("  ") for line in wrapped("  [2(a)] " + "word " * 40).split("\n"))
    assert wrapped("- " + "word " * 20).split("\n")[1].startswith("  word")


def test_a_word_longer_than_a_line_stands_alone():
    address = "https://consult.example/" + "x" * 100
    assert address in wrapped(f"See {address} for more.").split("\n")


@given(TEXTS)
def test_wrapping_changes_nothing_but_white_space(text):
    assert "".join(wrapped(text).split()) == "".join(text.split())


@given(st.lists(st.text(st.sampled_from(list("word 中文 é.")), min_size=1, max_size=900), max_size=30), st.integers(2_000, 9_000))
def test_parts_hold_every_block_once_in_order_and_stay_below_their_room(blocks, room):
    blocks = [f"[{number}] {block}" for number, block in enumerate(blocks, 1)]
    parts = divided(["Top of the letter"], ["Top of a part"], blocks, room)
    assert all(octets(["Top of the letter", *part]) <= room for part in parts)
    if all(min(cost(block)) <= room - octets(["Top of a part"]) for block in blocks):
        assert [block for part in parts for block in part] == blocks


def test_a_paragraph_larger_than_a_part_is_cut_between_lines_and_keeps_its_mark():
    parts = divided(["Top"], ["Again"], ["[7] " + "word " * 2000], 3_000)
    assert len(parts) > 2 and all(part[0].startswith("[7] ") for part in parts)
    assert sum(part[0].count("word") for part in parts) == 2000


def test_html_escapes_everything_and_links_only_our_own_pages():
    page = as_html(["<script>alert(1)</script> & co", "See https://consult.test/g/x/r/1?a=1&b=2 and https://evil.example/"],
                   language="ar", direction="rtl", home="https://consult.test")  # fmt: skip
    assert "<script" not in page and "&lt;script&gt;" in page and page.count("<a ") == 1
    assert 'href="https://consult.test/g/x/r/1?a=1&amp;b=2"' in page and 'dir="rtl"' in page
