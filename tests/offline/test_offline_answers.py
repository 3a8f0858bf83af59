"""The file of answers: what the form saves and what people type with an editor, read back exactly, whatever happens on the way."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.offline import answers
from consult.offline.answers import Head, Said
from consult.offline.decoding import decode, looks_like_answers

MARKS = ["1", "2", "12", "12(a)", "3-2", "h1", "u4", "Q1"]
HEAD = Head(3, 2, "27-k7qx9m2d4htrb3ca", "en", "2026-11-27 10:00")
WORDS = {
    "en": ("Say who pays – and “when”.", "The Parties shall pay."),
    "fr": ("À préciser : qui paie l’« œuvre » ?", "Les Parties créent un fonds."),
    "ru": ("Уточните, кто платит.", "Стороны учреждают фонд."),
    "zh": ("请说明由谁付款。", "缔约方应设立一个基金。"),
    "ar": ("يرجى بيان من يدفع.", "تنشئ الأطراف صندوقا."),
}
HOSTILE = [
    "[12] not a mark",
    "PROPOSED: no wording",
    "SUB: no kind",
    "End: 3 00000000",
    "| a bar",
    "> a quote",
    "<< >>",
    "",
    "  indented",
    "End",
    "[*] x",
]
LINES = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=90))
TEXTS = st.lists(LINES, max_size=5).map("\n".join)
REMARKS = st.builds(
    lambda mark, kind, text, proposed: Said((mark,) if mark else (), kind, answers.tidy(text), answers.tidy(proposed)),
    st.sampled_from(["", *MARKS]), st.sampled_from(["GE", "ED", "TE", "SUB", "TR"]), TEXTS, TEXTS,
).filter(lambda said: said.text or said.proposed)  # fmt: skip


@given(st.lists(REMARKS, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_is_written_reads_back_exactly(said, end, encoding):
    data = answers.write(HEAD, said).replace("\n", end).encode(encoding)
    assert looks_like_answers(data)
    found = answers.read(decode(data), MARKS)
    assert found.said == said and found.head == HEAD
    assert not (found.changed or found.short)


@pytest.mark.parametrize("language", WORDS)
def test_an_old_editor_may_save_it_in_the_encoding_of_its_country(language):
    text, proposed = WORDS[language]
    said = [Said(("12(a)",), "SUB", text, proposed)]
    head = Head(3, 2, "27-k7qx9m2d4htrb3ca", language, "2026-11-27 10:00")
    encoding = {"en": "cp1252", "fr": "cp1252", "ru": "cp1251", "zh": "gb18030", "ar": "cp1256"}[language]
    found = answers.read(decode(answers.write(head, said).encode(encoding)), MARKS)
    assert found.said == said and not found.changed


def test_lines_that_a_mail_program_broke_are_joined_again():
    long = "The Parties shall establish a fund and pay for it every year, " * 4 + "as the Conference decides."
    said = [Said(("12",), "SUB", long, "缔约方应设立一个基金。" * 12), Said((), "GE", f"First.\n\n{long}")]
    written = answers.write(HEAD, said)
    broken = "\n".join("\n".join(textwrap.wrap(line, 72, break_long_words=True)) for line in written.split("\n"))
    found = answers.read(f"Dear all,\n\n{broken}\n\nAda", MARKS)
    assert found.said == said and not found.changed


def test_a_person_writes_one_with_any_editor():
    found = answers.read(
        "Consult answers\nround : 3\n\nGenerally fine.\n\n[1]\nSay who.\nED: a comma is missing\n\npara 2: Agreed.\nPROPOSED: The Parties\n"
        "shall pay.\n\n[12 (A)] Replace << x >>\n[h1] A better title.\n[1-2] Both.\n[99] Which?\n\nEnd\nMy signature",
        MARKS,
    )
    assert found.said == [
        Said((), "", "Generally fine."),
        Said(("1",), "", "Say who."),
        Said(("1",), "ED", "a comma is missing"),
        Said(("2",), "", "Agreed.", "The Parties\nshall pay."),
        Said(("12(a)",), "", "Replace", "x"),
        Said(("h1",), "", "A better title."),
        Said(("1", "2"), "", "Both."),
        Said((), "", "Which?", unknown="99"),
    ]
    assert not found.short and not found.changed


def test_the_form_as_text_is_filled_in_between_its_quoted_lines():
    filled = "Consult answers\nRound: R3\nCode: x\n\n> How to fill this in.\n\n> [1] The first …\n\nSay who.\n\n> [2] The second …\n\n"
    filled += "> [12] The …\nTE: Why?\n\nEnd\n"
    assert answers.read(filled, MARKS).said == [Said(("1",), "", "Say who."), Said(("12",), "TE", "Why?")]


def test_a_cut_end_and_a_changed_word_are_noticed():
    said = [Said(("1",), "SUB", "Say who pays."), Said(("2",), "GE", "Agreed, with\nthe change of 2003.")]
    written = answers.write(HEAD, said)
    assert answers.read(written[: written.index("the change")], MARKS).short
    assert answers.read(written.replace("pays", "paid"), MARKS).changed
    assert answers.read(written.replace("[1]", "[2]"), MARKS).changed
    cut = answers.write(HEAD, [Said(("1",), "GE", "付" * 100)]).encode()[:-60]
    assert answers.read(decode(cut), MARKS).short


def test_it_is_found_in_a_letter_and_the_letter_without_it_is_left():
    written = answers.write(HEAD, [Said(("1",), "GE", "Agreed.")])
    assert answers.is_answers(f"Dear all,\n{written}")
    filled, letter = answers.parted(f"Dear all,\n{written}Best, Ada")
    assert answers.read(filled, MARKS).said == [Said(("1",), "GE", "Agreed.")] and letter == "Dear all,\nBest, Ada"
    assert not answers.is_answers("My Consult answers are below.")


@pytest.mark.parametrize(
    "hostile", ["x" + " " * 60_000 + "y", "| x\n" + "y\n" * 60_000, "[" * 100_000, "SUB:\n[1]\n" * 15_000, "<<" * 60_000, "\0\n" * 9]
)
def test_no_file_takes_long(hostile):
    answers.read(f"Consult answers\n{hostile}", MARKS)  # a reading that grew with the square of it would never end
