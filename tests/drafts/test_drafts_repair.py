"""A mistake of the cutter can be put right before publishing."""

import pytest

from consult.drafts.cutting import cut
from consult.drafts.repair import merge, relevel, renumber, split
from consult.errors import Refused

TEXT = "I. Title\n\n1. One sentence. Another sentence.\n\n2. The second.\n(a) an item.\n"


@pytest.fixture
def pieces():
    return cut(TEXT)


def test_a_piece_is_merged_with_the_one_before(pieces):
    merged = merge(pieces, 3)
    assert merged[2].text == "The second. (a) an item." and len(merged) == len(pieces) - 1


def test_a_piece_is_split_and_merged_again(pieces):
    parts = split(pieces, 1, len("One sentence."))
    assert [part.text for part in parts[1:3]] == ["One sentence.", "Another sentence."]
    assert [part.mark for part in parts] == ["h1", "1", "u1", "2", "2(a)"]
    assert merge(parts, 2) == pieces


def test_a_piece_is_renumbered_and_marked_anew(pieces):
    parts = renumber(pieces, 2, " 1  bis ")
    assert (parts[2].number, parts[2].printed, parts[2].mark) == ("1 bis", "1 bis.", "1bis")
    assert renumber(pieces, 2, "1")[2].mark == "1-2"


def test_a_heading_becomes_a_paragraph_and_back(pieces):
    down = relevel(pieces, 0, "paragraph", 3)
    assert (down[0].kind, down[0].level, down[0].mark) == ("paragraph", 0, "I")
    assert relevel(down, 0, "heading", 1) == pieces


@pytest.mark.parametrize(
    "wrong",
    [
        lambda pieces: merge(pieces, 0),
        lambda pieces: merge(pieces, 99),
        lambda pieces: split(pieces, 1, 0),
        lambda pieces: split(pieces, 1, 999),
        lambda pieces: renumber(pieces, 1, "9" * 61),
        lambda pieces: relevel(pieces, 1, "poem", 1),
        lambda pieces: relevel(pieces, 1, "heading", 7),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(pieces, wrong):
    with pytest.raises(Refused) as refused:
        wrong(pieces)
    assert str(refused.value).endswith(".")
