"""What says the same, in six languages: better one pair too few than one too many."""

import pytest

from consult.review.likeness import Remark, groups

EN = "We suggest to mention the training of customs officers in this paragraph: it is the largest cost that our countries bear today."
LONG = (
    "The estimate of costs in this paragraph leaves out the training of customs officers, which our country pays for itself "
    "today, and the equipment of laboratories, without which no shipment can be tested before it is released to the market. "
    "Both should be mentioned here, with a reference to the study of the secretariat that the group discussed at its last "
    "meeting in some detail."
)


def same(*remarks) -> dict:
    """What repeats what, by number from 0; remarks are (place, text) or (place, text, proposed)."""
    return groups(Remark(number, *each) for number, each in enumerate(remarks))


@pytest.mark.parametrize(
    "text",
    [
        EN,
        "Nous proposons de mentionner la formation des agents des douanes dans ce paragraphe: c'est la dépense la plus lourde pour nous.",
        "Proponemos mencionar la formación de los agentes de aduanas en este párrafo, porque es el mayor gasto de nuestros países hoy.",
        "Предлагаем упомянуть в этом пункте подготовку сотрудников таможни, так как это самые большие расходы наших стран сегодня.",
        "建议在本段中提及海关人员的培训，因为这是我们各国目前承担的最大费用。",
        "نقترح ذكر تدريب موظفي الجمارك في هذه الفقرة لأنه أكبر تكلفة تتحملها بلداننا اليوم وغدا",
    ],
)
def test_word_for_word_the_same_is_found_on_any_paragraph_whatever_its_spaces_and_signs(text):
    assert same((1, text), (2, f"  {text.replace(' ', '  ')}  ".upper()), (1, text + "!")) == {1: 0, 2: 0}


def test_short_remarks_are_the_same_on_one_paragraph_only():
    assert same((1, "Please delete."), (2, "Please delete."), (1, "please delete")) == {2: 0}


def test_spelling_and_courtesy_make_no_difference():
    assert same((1, EN), (1, "Please, w" + EN[1:].replace("mention", "mension"))) == {1: 0}


@pytest.mark.parametrize(
    ("before", "after"),
    [("to mention", "not to mention"), ("largest", "smallest"), ("this paragraph", "paragraph 7"), ("our countries", "all countries")],
)
def test_a_word_that_turns_the_demand_round_or_names_something_else_keeps_remarks_apart(before, after):
    assert same((1, EN), (1, EN.replace(before, after))) == {}


def test_in_chinese_one_sign_turns_the_demand_round():
    text = "我们认为各缔约方在本段所述情况下应当向秘书处报告其采取的措施以及所需的费用。"
    assert same((1, text), (1, text.replace("应当", "不应当"))) == {}


def test_a_long_remark_may_differ_in_a_few_words_but_not_on_another_paragraph():
    other = LONG.replace("secretariat", "Ministry")
    assert same((1, LONG), (1, other)) == {1: 0} and same((1, LONG), (2, other)) == {}


def test_another_proposed_wording_is_another_demand():
    assert same((1, EN, "shall bear"), (1, EN, "should bear")) == {} and same((1, EN, "shall bear"), (1, EN, "Shall bear.")) == {1: 0}
    assert same((1, "", "The Parties shall report."), (1, "", "The Parties shall report")) == {1: 0}


def test_likeness_does_not_wander_from_remark_to_remark():
    words = LONG.split()
    steps = [" ".join(chr(97 + n) * 6 if n < step else word for n, word in enumerate(words)) for step in range(12)]
    found = same(*((1, step) for step in steps))
    assert found[1] == 0 and found.get(11) != 0 and all(head not in found for head in found.values())


def test_what_was_joined_or_parted_by_hand_stays():
    remarks = [
        Remark(0, 1, EN),
        Remark(1, 1, "Other words.", head=0),
        Remark(2, 1, EN, head=2),
        Remark(3, 2, EN),
        Remark(4, 1, "Other words."),
    ]
    assert groups(remarks) == {3: 0, 4: 0}


def test_nothing_said_is_not_the_same_as_nothing_said():
    assert same((1, ""), (1, ""), (1, "…"), (1, "!!")) == {}
