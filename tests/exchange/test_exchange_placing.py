"""Where a row wants to stand, and how sure that is: nothing is guessed without saying so."""

import pytest

from consult.drafts.cutting import cut
from consult.exchange.placing import SURE, Places
from consult.exchange.rows import Row
from consult.exchange.unpacking import Standing

TEXT = """4 Requirements

4.1 General

The first paragraph speaks of seeds and of water.

The second paragraph speaks of land.

4.2 Access

The only one.

5 Background

12. Numbered as the United Nations do:

(a) an item of twelve;

(b) another item.

13. The last, with the words “clearing-house mechanism” in it.

Table 2 – Indicators"""


def places(text: str, lines=()) -> Places:
    """The paragraphs of a text, numbered from 1 in the database."""
    pieces = cut(text)
    return Places([Standing(at + 1, at, p.kind, p.level, p.number, p.printed, p.mark, p.text) for at, p in enumerate(pieces)], lines)


@pytest.fixture(scope="module")
def here() -> Places:
    """The text above."""
    return places(TEXT)


def mark(where: Places, spot) -> str:
    """The mark of the paragraph, or what was found instead."""
    return next((each.mark for each in where.all if each.id == spot.paragraph_id), spot.how)


@pytest.mark.parametrize("said, where", [
    ({"paragraph": "12"}, "12"), ({"paragraph": "para. 12"}, "12"), ({"paragraph": "12 (a)"}, "12(a)"), ({"paragraph": "12(A)"}, "12(a)"),
    ({"paragraph": "１２（ａ）"}, "12(a)"), ({"paragraph": "§ 13"}, "13"), ({"paragraph": "[12(b)]"}, "12(b)"), ({"section": "12"}, "12"),
    ({"paragraph": "第13段"}, "13"), ({"paragraph": "пункт 13"}, "13"), ({"paragraph": "الفقرة ١٣"}, "13"), ({"mark": "12(b)"}, "12(b)"),
    ({"scope": "whole"}, "whole"), ({"page_from": "0", "line_from": "0"}, "whole"), ({"quote": "speaks of land"}, "u2"),
    ({"section": "Background", "paragraph": "12"}, "12"),
])  # fmt: skip
def test_what_is_named_is_found_surely(here, said, where):
    spot = here.find(Row(1, comment="x", **said))
    assert mark(here, spot) == where
    assert spot.certainty >= SURE and not spot.problem


@pytest.mark.parametrize("said, where, problem", [
    ({"paragraph": "12(c)"}, "12", "There is no"), ({"paragraph": "12-13"}, "12", "several paragraphs"),
    ({"paragraph": "99"}, "none", "was not found"), ({"section": "2026-01-03"}, "none", "turned the place into a date"),
    ({"page_from": "3", "line_from": "7"}, "none", "nothing is known about the lines"),
    ({"comment": "Why “clearing-house mechanism” here?", "section": "Nowhere"}, "none", "was not found"),
    ({"comment": "Strike “The last, with the words”.", "type": "technical"}, "13", "where the words it quotes stand"),
    ({"paragraph": "13", "quote": "words that are not there"}, "13", "do not stand in this version"),
    ({"type": "technical"}, "whole", "does not say where"), ({"section": "9.4", "paragraph": "13"}, "13", "is about this text and"),
    ({"section": "4.1", "paragraph": "13"}, "13", "is about this text and"),
])  # fmt: skip
def test_what_is_doubtful_says_so(here, said, where, problem):
    spot = here.find(Row(1, **{"comment": "x"} | said))
    assert mark(here, spot) == where
    assert spot.certainty < SURE and problem in spot.problem


def test_a_paragraph_of_a_clause_is_counted_from_its_heading_and_doubted():
    where = places("# 4.1 General\n\nThe first one.\n\nThe second one.\n\n# 4.2 Access\n\nThe only one.")
    spot = where.find(Row(1, section="4.1", paragraph="2", comment="x"))
    assert next(each.text for each in where.all if each.id == spot.paragraph_id) == "The second one."
    assert spot.certainty < SURE and "counted from the heading" in spot.problem


def test_a_clause_alone_is_its_heading():
    where = places("# 4.1 General\n\nThe first one.\n\n# 4.2 Access\n\nThe only one.")
    spot = where.find(Row(1, section="4.2", comment="x"))
    assert next(each.kind for each in where.all if each.id == spot.paragraph_id) == "heading"
    assert spot.certainty >= SURE


def test_a_table_is_found_by_its_label():
    where = places("1. First.\n\nTable 2 – Indicators of access\n\n2. Second.")
    spot = where.find(Row(1, figure="Table 2", comment="x"))
    assert next(each.text for each in where.all if each.id == spot.paragraph_id).startswith("Table 2")


def test_page_and_line_are_found_where_the_paper_is_known():
    where = places("1. First.\n\n2. Second.\n\n3. Third.", [(1, 5, 1), (1, 12, 2), (2, 1, 3)])
    found = [where.find(Row(1, page_from=page, line_from=line, comment="x")) for page, line in (("1", "6"), ("1", "40"), ("2", "3"))]
    assert [mark(where, spot) for spot in found] == ["1", "2", "3"]
    assert where.find(Row(1, page_from="9", line_from="1", comment="x")).how == "none"


def test_a_number_that_stands_twice_is_doubted():
    where = places("# Part one\n\n1. First.\n\n# Part two\n\n1. Again first.")
    alone = where.find(Row(1, paragraph="1", comment="x"))
    assert alone.certainty < SURE
    within = where.find(Row(1, section="Part two", paragraph="1", comment="x"))
    assert next(each.text for each in where.all if each.id == within.paragraph_id) == "Again first."
    assert within.certainty >= SURE
