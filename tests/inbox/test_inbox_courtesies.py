"""Greetings and names below a letter are left out of its remarks, and nothing that was meant is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.inbox.courtesies import unsigned, without_courtesies
from consult.inbox.reading import Remark

GREETINGS = [
    "Dear Ms Lindqvist,", "Dear colleagues:", "Hello all!", "Olga,", "Good morning,", "To whom it may concern:", "Chers collègues,",
    "Madame la Présidente :", "Bonjour,", "Estimados colegas:", "Buenos días,", "Уважаемые коллеги!", "Добрый день,", "Уважаемая Ольга,",
    "尊敬的各位专家：", "各位同事，", "主席先生：", "الزملاء الأعزاء،", "السيدة الرئيسة،", "السادة الخبراء:",
]  # fmt: skip
MEANT = [
    "We oppose the following paragraphs:",
    "To be deleted:",
    "Good text.",
    "Too long",
    "删除：",
    "Our delegation cannot accept any of these:",
]
SIGNED = [
    ("Ada Byron", "Ada"), ("Ada Byron", "Best regards,\nAda Byron"), ("Ada Byron", "Kind regards\n\nA. Byron"), ("Ada Byron", "BYRON, Ada"),
    ("Ada Byron", "Best, Ada"), ("Ada Byron", "Dr. Ada Byron"), ("Jean-Pierre Côté", "Cordialement,\nJ.-P. Cote"),
    ("María Núñez", "Saludos cordiales,\n\nMaría"), ("Иванова Ольга", "С уважением,\nОльга Иванова"), ("王伟", "此致\n敬礼\n\n王伟"),
    ("أحمد علي", "مع التحية،\nأحمد"), ("Hans Müller", "— Hans"),
]  # fmt: skip


@pytest.mark.parametrize("line", GREETINGS)
def test_a_lone_greeting_before_the_first_mark_is_no_comment(line):
    remark = Remark("12", "Agreed.", marks=("12",))
    assert without_courtesies([Remark(None, line), remark], "Ada") == [remark]


@pytest.mark.parametrize("line", MEANT)
def test_what_may_be_meant_stays(line):
    said = [Remark(None, line), Remark("12", "Agreed.", marks=("12",))]
    assert without_courtesies(said, "Ada") == said


@pytest.mark.parametrize(
    "said",
    [
        [Remark(None, "Dear colleagues,")],
        [Remark(None, "Dear colleagues,"), Remark(None, "All good.", "ED")],
        [Remark(None, "Dear colleagues,\n\nThe text is too long."), Remark("12", "Agreed.", marks=("12",))],
        [Remark("3", "Dear colleagues,", marks=("3",)), Remark("12", "Agreed.", marks=("12",))],
    ],
)
def test_a_greeting_stays_with_other_words_and_where_nothing_else_is_marked(said):
    assert without_courtesies(said, "Olga") == said


@pytest.mark.parametrize(("name", "signature"), SIGNED)
def test_the_senders_own_name_below_the_last_remark_is_left_out(name, signature):
    assert unsigned(f"The parties shall pay.\n\n{signature}", name) == "The parties shall pay."
    wording = [Remark("12", "", None, f"A new wording.\n\n{signature}", ("12",))]
    assert without_courtesies(wording, name)[0].proposed == "A new wording."


@pytest.mark.parametrize("closing", ["Best regards,", "Many thanks!", "Cordialement", "С уважением,", "谢谢！", "مع التحية"])
def test_a_closing_without_a_name_is_no_part_of_the_last_remark(closing):
    assert unsigned(f"The parties shall pay.\n\n{closing}", "Ada Byron") == "The parties shall pay."
    assert without_courtesies([Remark(None, closing)], "Ada Byron") == [Remark(None, closing)]


@pytest.mark.parametrize(
    "text", ["Agreed.\n\nBen", "Say who pays: Ada", "Agreed.\n\nAda shall pay.", "Ada\n\nAgreed.", "Agreed.\n\nA.", ""]
)
def test_other_names_and_names_in_sentences_stay(text):
    assert unsigned(text, "Ada Byron") == text


def test_a_name_that_stands_alone_below_the_last_paragraph_is_no_comment():
    said = [Remark("12", "Agreed.", marks=("12",)), Remark("14", "Best regards,\nAda", marks=("14",))]
    assert without_courtesies(said, "Ada Byron") == said[:1]
    assert without_courtesies(said[1:], "Ada Byron") == said[1:]


@given(st.lists(st.tuples(st.sampled_from([None, "12"]), st.text()), max_size=4), st.text())
def test_whatever_is_written_nothing_breaks_and_the_last_remark_of_a_letter_is_never_lost(said, name):
    remarks = [Remark(mark, text, marks=(mark,) if mark else ()) for mark, text in said]
    kept = without_courtesies(remarks, name)
    assert len(kept) <= len(remarks) and bool(kept) == bool(remarks)
