"""What became of a paragraph is said by a person where the finding was wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.drafts import rules
from consult.drafts.aligning import Tie, align
from consult.drafts.pieces import Piece, marked
from consult.drafts.retying import likeliest, retied
from consult.errors import Refused

OLD = ["The group met twice.", "Training comes before equipment.", "A fund should be considered.", "Patents are hard to find."]
NEW = ["The group met twice.", "Parties may wish to ask for money.", "Training comes before equipment.", "Patents are hard to find."]


def numbered(texts: list[str]) -> list[Piece]:
    return marked(Piece("paragraph", 0, str(place), f"{place}.", text) for place, text in enumerate(texts, 1))


def told(ties: list[Tie]) -> set[tuple]:
    return {(tie.old, tie.new, tie.kind) for tie in ties}


def said(before: set[int], now: set[int], old=OLD, new=NEW, ties=None) -> set[tuple]:
    old, new = numbered(old), numbered(new)
    return told(retied(ties if ties is not None else align(old, new), before, now, old, new))


def test_what_was_thought_new_and_gone_is_one_changed_paragraph():
    found = told(align(numbered(OLD), numbered(NEW)))
    assert {(2, None, "gone"), (None, 1, "new")} <= found
    assert said({2}, {1}) == found - {(2, None, "gone"), (None, 1, "new")} | {(2, 1, "changed")}


def test_a_person_is_sure():
    old, new = numbered(OLD), numbered(NEW)
    assert next(tie for tie in retied(align(old, new), {2}, {1}, old, new) if tie.old == 2) == Tie(2, 1, "changed", 1.0)


def test_one_paragraph_became_two_and_two_became_one():
    assert {(2, 1, "split"), (2, 2, "split"), (1, None, "gone")} <= said({2}, {1, 2})
    assert {(0, 0, "merged"), (2, 0, "merged"), (None, 1, "new")} <= said({0, 2}, {0})


def test_a_paragraph_that_became_nothing_is_gone_and_its_partner_new():
    assert {(1, None, "gone"), (None, 2, "new"), (2, None, "gone")} <= said({1}, set())
    assert {(1, None, "gone"), (None, 2, "new")} <= said(set(), {2})


def test_the_part_that_is_left_of_a_split_stands_alone():
    ties = [Tie(0, 0, "split", 0.8), Tie(0, 1, "split", 0.7), Tie(1, 2, "same", 1.0)]
    found = said({1}, {1}, ["One. Two.", "Three."], ["One.", "Two.", "Three."], ties)
    assert found == {(0, 0, "changed"), (1, 1, "changed"), (None, 2, "new")}


TWO_SAME = [Tie(1, 0, "same", 1.0), Tie(2, 2, "same", 1.0), Tie(0, None, "gone", 1.0), Tie(None, 1, "new", 1.0)]


def test_the_same_words_in_another_place_have_moved():
    assert {(0, 1, "moved")} <= said({0}, {1}, ["One.", "Two.", "Three."], ["Two.", "One.", "Three."], TWO_SAME)


@pytest.mark.parametrize(("before", "now"), [(set(), set()), ({0, 1}, {0, 1})])
def test_what_cannot_be_said_at_once_is_refused(before, now):
    with pytest.raises(Refused):
        said(before, now)


@given(st.lists(st.tuples(st.sets(st.integers(0, 3), max_size=3), st.sets(st.integers(0, 3), max_size=3)), max_size=6))
def test_whatever_is_said_every_paragraph_stays_in_a_tie_and_no_kind_lies(steps):
    old, new = numbered(OLD), numbered(NEW)
    ties = align(old, new)
    for before, now in steps:
        if not before and not now or len(before) > 1 and len(now) > 1:
            continue
        ties = retied(ties, before, now, old, new)
        assert {(tie.old, tie.new) for tie in ties if tie.old in before and tie.new in now} == {(i, j) for i in before for j in now}
    assert {tie.old for tie in ties} - {None} == {tie.new for tie in ties} - {None} == {0, 1, 2, 3}
    for tie in ties:
        olds, news = [each for each in ties if each.old == tie.old], [each for each in ties if each.new == tie.new]
        if tie.kind == "split":
            assert len(olds) > 1 and tie.old is not None
        elif tie.kind == "merged":
            assert len(news) > 1 and tie.new is not None
        elif None not in (tie.old, tie.new):
            assert len(olds) == len(news) == 1 and (tie.kind == "changed") == (OLD[tie.old] != NEW[tie.new])


def test_marks_are_typed_with_or_without_brackets_and_in_any_script_s_commas():
    marks = ["1", "12(a)", "h1", "12 bis"]
    assert rules.at_marks(" [12(A)]، h1; 1，1 ", marks, 2) == [0, 1, 2]
    assert rules.at_marks("", marks, 2) == []
    with pytest.raises(Refused, match="has no paragraph"):
        rules.at_marks("1, 99", marks, 2)


def test_the_likeliest_paragraphs_are_offered_first():
    old = numbered(OLD)
    assert [piece.text for piece in likeliest([Piece("paragraph", 0, "9", "9.", "A fund should be thought of.")], old)][0] == OLD[2]
    assert likeliest([Piece("paragraph", 0, "9", "9.", "Zebras xylophone quietly.")], old) == []
