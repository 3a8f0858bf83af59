"""What people write about their means is understood, in six languages, whatever their mail program does to the form."""

import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consult.people.rules import LANGUAGES
from consult.reach import rules
from consult.reach.choices import CHOICES, KEYS
from consult.reach.reading import asks, understood, written

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "Nd", "Zs")), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
)
NUMBERS = st.from_regex(r"\+[1-9][0-9]{1,2} [0-9]{3,4} [0-9]{3,4}", fullmatch=True)
SIZES = st.sampled_from([0, 8_000, 40_000, 123_456, 5_000_000]) | st.integers(10_000, 10_000_000)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "connection": st.sampled_from(list(rules.CONNECTIONS)),
        "device": st.sampled_from(list(rules.DEVICES)),
        "limit_bytes": SIZES,
        "budget_bytes": SIZES,
        "phone": NUMBERS,
        "fax": NUMBERS,
        "post": WORDS.filter(lambda text: text.strip(" 0123456789")),
        "ways": st.lists(st.sampled_from(list(rules.WAYS)), min_size=1, unique=True).map(
            lambda ways: " ".join(way for way in rules.WAYS if way in ways)
        ),
        "note": WORDS.filter(lambda text: text.strip()),
    },
)
LETTER = (
    "Please tell us how you can take part.\n\n1. LINE – How good is your line? a) good; b) slow\n\nFill this in:\n\n"
    + written({})
    + "\n\nBye"
)


@given(said=SAID, language=st.sampled_from(list(LANGUAGES)), quoted=st.sampled_from(["", "> ", ">> ", "| "]), crlf=st.booleans())
def test_any_form_that_was_filled_in_reads_back_the_same(said, language, quoted, crlf):
    form = written(said, language)
    text = "\n".join(quoted + line for line in form.split("\n"))
    found = understood(text.replace("\n", "\r\n") if crlf else text, LETTER)
    assert found.said == said and not found.unread


@given(said=SAID, language=st.sampled_from(list(LANGUAGES)))
def test_the_words_of_the_questions_do_as_well_as_their_numbers(said, language):
    lines = [line.partition(": ")[2] for line in written(said, language).split("\n")]
    assume(not any("\n" in str(value) for value in said.values()))
    text = "\n".join(f"{KEYS[name][language][0]}: {value}" for name, value in zip(rules.QUESTIONS, lines, strict=True) if value)
    assert understood(text).said == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", CHOICES)
def test_every_word_that_we_list_is_understood(question, language):
    for code, rows in CHOICES[question].items():
        for word in rows[language]:
            assert understood(f"{list(rules.QUESTIONS).index(question) + 1}: {word}").said == {question: code}, word


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1 b", {"connection": "slow"}),
        ("1b", {"connection": "slow"}),
        ("1) slow, but works at night", {"connection": "slow"}),
        ("LINE: few kB a day", {"connection": "little"}),
        ("line slow", {"connection": "slow"}),
        ("３：40 kB", {"limit_bytes": 40_000}),
        ("٣: ٤٠ كيلوبايت", {"limit_bytes": 40_000}),
        ("LETTER: 1,5 Mo", {"limit_bytes": 1_500_000}),
        ("4. no limit", {"budget_bytes": 0}),
        ("4: 5", {"budget_bytes": 5_000_000}),
        ("2: a computer shared with others", {"device": "shared"}),
        ("Téléphone : +225 27 20 00 00", {"phone": "+225 27 20 00 00"}),
        ("5: none", {"phone": ""}),
        ("8: b, c", {"ways": "mail fax"}),
        ("8 e-mail and post", {"ways": "mail post"}),
        ("8: البريد الإلكتروني، الفاكس", {"ways": "mail fax"}),
        ("- ПИСЬМО: 40 кБ", {"limit_bytes": 40_000}),
        ("线路：慢", {"connection": "slow"}),
    ],
)
def test_answers_as_people_write_them(line, said):
    found = understood(line)
    assert found.said == said and not found.unread


@pytest.mark.parametrize(
    "line", ["Best regards, Ada", "12 Main Street", "10: slow", "1: perhaps", "5: ask my wife", "slow", "On Monday Ada wrote:"]
)
def test_a_line_that_answers_nothing_is_given_back(line):
    assert understood(line).said == {} and understood(line).unread == [line]


def test_our_own_questions_coming_back_answer_nothing_however_they_are_wrapped():
    for width in (30, 60, 72):
        back = "\n".join("> " + line for block in LETTER.split("\n") for line in (textwrap.wrap(block, width) or [""]))
        assert understood(f"Thanks\n\n{back}", LETTER).said == {}
    assert asks("3:") and asks("LINE:") and not asks("3: 40 kB")


def test_an_address_of_several_lines_is_one_answer_and_a_signature_none():
    found = understood("7: Ministry of Environment\nP.O. Box 12\n5 Independence Avenue\nDodoma\n\n--\nAda\n1: slow", LETTER)
    assert found.said == {"post": "Ministry of Environment\nP.O. Box 12\n5 Independence Avenue\nDodoma"}
