"""Writing the next version on the words of the last one: every paragraph remembers where it came from, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.drafts import actions, queries
from consult.drafts.cutting import cut
from consult.drafts.merging import merge
from consult.drafts.pieces import Piece
from consult.drafts.repair import count, insert, remove, reword, shift
from consult.errors import Refused
from tests import make

TEXT = """I. Needs

1. Training comes before equipment.

2. Patents are hard to find:

(a) In libraries;

(b) At sea.

3. Freight to islands is dear.

4. The group will meet again.
"""


@pytest.fixture
def first(app):
    return make.published(make.draft(make.group()), TEXT)


@pytest.fixture
def olga(first):
    return make.officer(first.draft.group)


def written(first, olga, *corrections):
    """The next version with these corrections, published; what became of each old paragraph, by mark."""
    new = actions.write_on(first.draft, by=olga, door="page")
    for verb, *args in corrections:
        actions.correct(new, verb, *args, by=olga, door="page")
    actions.publish(new, by=olga, door="page")
    return new


def fates(first, new):
    old = {row.id: row.mark for row in queries.paragraphs(first.id)}
    now = {row.id: row.mark for row in queries.paragraphs(new.id)}
    return {(old.get(t.old_id), now.get(t.new_id), t.kind, t.confidence) for t in queries.ties(first.id, new.id)}


def test_a_version_written_on_without_a_change_is_the_same(first, olga):
    new = written(first, olga)
    assert {kind for _, _, kind, _ in fates(first, new)} == {"same"}
    assert queries.diff_text(first, new) == ""


def test_a_paragraph_written_anew_is_known_as_changed_however_little_is_left_of_it(first, olga):
    at = queries.by_mark(first.id, "1").position
    new = written(first, olga, ("reword", at, "Nothing of this sentence has ever been seen in that place."))
    assert ("1", "1", "changed", 1.0) in fates(first, new)


def test_what_was_put_in_is_new_and_what_was_taken_out_is_gone(first, olga):
    at = queries.by_mark(first.id, "3").position
    new = written(first, olga, ("insert", at, [Piece("paragraph", 0, "3 bis", "3 bis.", "Ports are few.")]), ("remove", at))
    assert (None, "3bis", "new", 1.0) in fates(first, new)
    assert ("3", None, "gone", 1.0) in fates(first, new)


def test_moved_split_and_merged_are_told_for_certain(first, olga):
    last = queries.by_mark(first.id, "4").position
    two = queries.by_mark(first.id, "2").position
    new = written(first, olga, ("shift", last, 0), ("split", two + 1, 8), ("merge", len(queries.pieces(first.id)) - 1))
    kinds = {(old, kind) for old, _, kind, _ in fates(first, new)}
    assert ("4", "moved") in kinds
    assert ("2", "split") in kinds
    assert len([kind for _, kind in kinds if kind == "merged"]) >= 2
    assert {sure for *_, sure in fates(first, new)} == {1.0}


def test_comments_follow_a_paragraph_that_was_written_anew(first, olga):
    from consult.review import actions as review
    from consult.review import queries as comments

    ada = make.member(first.draft.group, make.person("Ada"))
    said = make.comment(make.round(first), ada, "1")
    new = actions.write_on(first.draft, by=olga, door="page")
    actions.correct(new, "reword", 1, "Other words altogether.", by=olga, door="page")
    review.publish(new, by=olga, door="page")
    placed = comments.placements(said.id)[0]
    assert (placed.state, placed.confidence, placed.paragraph.mark) == ("changed", 1.0, "1")


def test_only_a_published_text_can_be_written_on(app):
    of = make.draft(make.group())
    with pytest.raises(Refused, match="no published version"):
        actions.write_on(of, by=make.officer(of.group), door="page")


def test_paragraphs_are_counted_anew_with_their_items():
    pieces = insert(cut(TEXT), 1, [Piece("paragraph", 0, "1 bis", "1 bis.", "Also before buildings.")])
    assert [p.number for p in count(pieces)] == ["I", "1", "2", "3", "3 (a)", "3 (b)", "4", "5"]
    assert [p.printed for p in count(pieces)] == ["I.", "1.", "2.", "3.", "(a)", "(b)", "4.", "5."]


def test_nothing_is_taken_from_or_put_into_a_place_that_is_not_there():
    pieces = cut(TEXT)
    for wrong in (
        lambda: remove(pieces, 99),
        lambda: shift(pieces, 0, 99),
        lambda: insert(pieces, 99, cut("x")),
        lambda: reword(pieces, 0, " "),
    ):
        with pytest.raises(Refused):
            wrong()


def test_two_changes_of_different_words_come_together():
    base = "Parties should provide training and equipment to islands."
    mine = "Parties shall provide training and equipment to islands."
    theirs = "Parties should provide training and equipment to small islands."
    assert merge(base, mine, theirs) == "Parties shall provide training and equipment to small islands."
    assert merge("各方应提供培训和设备。", "各方须提供培训和设备。", "各方应提供培训和新设备。") == "各方须提供培训和新设备。"


def test_two_changes_of_the_same_words_are_left_to_a_person():
    assert merge("Parties should provide training.", "Parties shall provide training.", "Parties may provide training.") is None


WORDS = ["the", "group", "met", "in", "Nairobi", "and", "agreed", "on", "training", "for", "small", "islands"]
words = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(words, words)
def test_a_change_against_no_change_is_that_change(base, mine):
    assert merge(base, mine, base) == mine
    assert merge(base, base, mine) == mine
    assert merge(base, mine, mine) == mine


@given(words, words, words)
def test_bringing_together_does_not_depend_on_who_was_first(base, mine, theirs):
    assert merge(base, mine, theirs) == merge(base, theirs, mine)
