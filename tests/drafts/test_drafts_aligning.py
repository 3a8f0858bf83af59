"""Each paragraph is found again in the next version, or honestly not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.drafts.aligning import Tie, align
from consult.drafts.cutting import cut
from consult.drafts.pieces import Piece, marked
from consult.drafts.placing import Quote, find_passage, place
from consult.drafts.wording import as_text, compare, compare_text, difference

WORDS = [
    "laboratory", "method", "training", "country", "group", "report", "expert", "paragraph", "meeting", "secretariat",
    "fund", "equipment", "visit", "course", "teacher", "list", "rule", "language", "month", "week", "answer",
    "question", "village", "river", "forest", "island", "farmer", "seed", "market", "price", "road", "school", "letter",
    "draft", "text", "version",
]  # fmt: skip


def sentence(seed: int, length: int = 24) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) + (str(seed) if dice.random() < 0.1 else "") for _ in range(length)) + "."


def numbered(texts: list[str]) -> list[Piece]:
    return marked(Piece("paragraph", 0, str(place), f"{place}.", text) for place, text in enumerate(texts, 1))


def of_old(ties: list[Tie], old: int) -> list[tuple[int | None, str]]:
    return [(tie.new, tie.kind) for tie in ties if tie.old == old]


TEN = [sentence(seed) for seed in range(10)]


def test_nothing_changed():
    ties = align(numbered(TEN), numbered(TEN))
    assert ties == [Tie(place, place, "same", 1.0) for place in range(10)]


def test_a_paragraph_put_in_changes_the_numbers_but_moves_nothing():
    ties = align(numbered(TEN), numbered([*TEN[:3], sentence(77), *TEN[3:]]))
    assert [tie.kind for tie in ties] == ["same"] * 3 + ["new"] + ["same"] * 7


def test_a_paragraph_that_left_is_gone():
    ties = align(numbered(TEN), numbered(TEN[:4] + TEN[5:]))
    assert of_old(ties, 4) == [(None, "gone")]


def test_a_paragraph_elsewhere_is_moved():
    ties = align(numbered(TEN), numbered([TEN[8], *TEN[:8], TEN[9]]))
    assert of_old(ties, 8) == [(0, "moved")] and of_old(ties, 0) == [(1, "same")]


def test_an_edited_paragraph_is_changed_and_sure():
    edited = TEN[5].replace("report", "note").rstrip(".") + " without delay."
    tie = next(tie for tie in align(numbered(TEN), numbered([*TEN[:5], edited, *TEN[6:]])) if tie.old == 5)
    assert (tie.new, tie.kind) == (5, "changed") and tie.confidence > 0.8


def test_a_paragraph_replaced_by_another_is_not_guessed():
    ties = align(
        numbered(TEN), numbered([*TEN[:5], "Completely different things are said at this place, namely nothing of the kind.", *TEN[6:]])
    )
    assert all(tie.confidence < 0.7 for tie in ties if tie.old == 5 and tie.new is not None)


def test_both_halves_of_a_split_are_found():
    whole = TEN[4] + " " + sentence(50)
    ties = align(numbered([*TEN[:4], whole, *TEN[5:]]), numbered([*TEN[:4], TEN[4], sentence(50), *TEN[5:]]))
    assert of_old(ties, 4) == [(4, "split"), (5, "split")]
    assert all(tie.confidence >= 0.7 for tie in ties)


def test_a_merger_is_found_from_both_sides():
    ties = align(numbered(TEN), numbered([*TEN[:4], TEN[4] + " " + TEN[5], *TEN[6:]]))
    assert of_old(ties, 4) == of_old(ties, 5) == [(4, "merged")]


def test_chinese_paragraphs_are_compared_sign_by_sign():
    old = cut("1. 专家组应在第九届会议之前审议技术转让指标的各种备选办法。\n\n2. 秘书处将把文件分发给所有成员。\n")
    new = cut("1. 秘书处将把文件分发给所有成员。\n\n2. 专家组须在第十届会议之前审议技术转让指标的备选办法。\n")
    ties = align(old, new)
    assert {(tie.old, tie.new) for tie in ties} == {(0, 1), (1, 0)}
    assert as_text(difference(old[0].text, new[1].text)).startswith("专家组[-应-]{+须+}在第")


def test_repeated_headings_stay_with_their_section():
    old = cut("I. First\n\nAction suggested\n\n1. One is done.\n\nII. Second\n\nAction suggested\n\n2. Two is done.\n")
    new = cut(
        "I. First\n\nAction suggested\n\n1. One is done.\n\nIA. Between\n\n2. New here.\n\n"
        "II. Second\n\nAction suggested\n\n3. Two is done.\n"
    )
    assert {tie.kind for tie in align(old, new) if tie.old is not None} == {"same"}


PIECES = st.lists(
    st.sampled_from(
        ["", "a", "the cat sat", "the cat sat on the mat and the dog too", TEN[0], TEN[1], TEN[0] + " " + TEN[1], "会议 结束", "1"]
    ),
    max_size=12,
)


@given(PIECES, PIECES)
def test_every_piece_of_both_versions_is_tied(old, new):
    ties = align(numbered(old), numbered(new))
    assert {tie.old for tie in ties} - {None} == set(range(len(old)))
    assert {tie.new for tie in ties} - {None} == set(range(len(new)))
    assert all(0 <= tie.confidence <= 1 for tie in ties)
    assert all((tie.kind == "new") == (tie.old is None) and (tie.kind == "gone") == (tie.new is None) for tie in ties)


TEXT = st.text(alphabet="ab cd.,\n会议ال'", max_size=60)


@given(TEXT, TEXT)
def test_a_difference_gives_both_texts_back(old, new):
    ops = difference(old, new)
    assert "".join(text for kind, text in ops if kind != "ins") == old
    assert "".join(text for kind, text in ops if kind != "del") == new
    assert all(text for _, text in ops) and all(a != b for (a, _), (b, _) in zip(ops, ops[1:], strict=False))


def test_a_difference_reads_word_by_word():
    assert as_text(difference("the cat sat on the mat.", "the dog sat on the mat today.")) == "the [-cat-]{+dog+} sat on the mat{+ today+}."


def test_a_very_long_difference_is_exact_too():
    old = " ".join(sentence(seed) for seed in range(60))
    new = " ".join(sentence(seed) for seed in range(60) if seed % 7)
    ops = difference(old, new)
    assert "".join(text for kind, text in ops if kind != "ins") == old
    assert "".join(text for kind, text in ops if kind != "del") == new


def test_a_comparison_for_letters_names_only_what_changed():
    old = numbered([*TEN[:3], "The group will meet in May and report to the next session of the council."])
    new = numbered([*TEN[:2], "The group will meet in June and report to the next session of the council.", sentence(91)])
    told = compare_text(old, new)
    assert "[4] -> [3] changed\nThe group will meet in [-May-]{+June+} and report" in told
    assert "[3] deleted" in told and "[4] new" in told and "[1]" not in told


def test_a_split_is_compared_with_its_own_half():
    whole = TEN[4] + " " + sentence(50)
    changes = compare(numbered([whole]), numbered([TEN[4], sentence(50)]))
    assert [change.ops for change in changes] == [(("same", TEN[4]),), (("same", sentence(50)),)]


def test_a_comment_follows_its_paragraph():
    ties = [
        Tie(0, 0, "same", 1.0),
        Tie(1, 3, "moved", 1.0),
        Tie(2, 1, "changed", 0.9),
        Tie(3, 2, "changed", 0.55),
        Tie(4, None, "gone", 0.8),
    ]
    states = [(place(ties, old).state, place(ties, old).new) for old in range(5)]
    assert states == [("placed", 0), ("moved", 3), ("changed", 1), ("orphaned", 2), ("orphaned", None)]


def test_quoted_words_choose_the_half_of_a_split():
    ties = [Tie(0, 0, "split", 0.95), Tie(0, 1, "split", 0.9)]
    halves = ["The group met in May in Nairobi.", "It agreed on a list of teachers willing to travel."]
    assert place(ties, 0, Quote("a list of teachers"), halves).new == 1
    assert place(ties, 0, Quote("a list of all teachers willing"), halves).new == 1
    assert place(ties, 0, None, halves).new == 0


def test_repeated_words_are_told_apart_by_what_stands_around_them():
    text = "the fund of the group and the fund of the council"
    passage = find_passage(text, Quote("the fund", prefix="group and ", suffix=" of the council"))
    assert passage is not None and passage.start == text.rindex("the fund")


@pytest.mark.parametrize("quote", [Quote("nothing of the kind whatsoever"), Quote("")])
def test_words_that_are_not_there_are_not_found(quote):
    assert find_passage("The group met in May.", quote) is None
