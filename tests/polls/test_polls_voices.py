"""The one word by which somebody answers a poll, in six languages."""

import pytest

from consult.polls.rules import CHOICES
from consult.polls.voices import WORDS, named, voice

EVERY = [(choice, word) for choice, by in WORDS.items() for line in by.values() for word in line.split("|")]


@pytest.mark.parametrize(("choice", "word"), EVERY)
def test_every_word_is_understood_however_it_is_written(choice, word):
    for written in (word, word.upper(), f"  {word.capitalize()}. ", f"*{word}*", f"Re: {word}", f"{word}\n\nBest regards,\nAda"):
        assert voice(written)[0] == choice, written
    assert voice(f"Dear colleagues,\n\n{word}")[0] == choice


def test_no_word_means_two_things():
    from consult.polls.voices import _spelled

    meant = {}
    for choice, word in EVERY:
        assert meant.setdefault(_spelled(word), choice) == choice, word


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_a_letter_names_a_word_for_each_choice_in_its_language(language):
    words = named(language)
    assert set(words) == set(CHOICES)
    assert {choice: voice(word)[0] for choice, word in words.items()} == {choice: choice for choice in CHOICES}


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("OBJECT\nThe fund is missing.\nIt was agreed.", ("object", "The fund is missing.\nIt was agreed.")),
        ("OBJECT: the fund is missing", ("object", "the fund is missing")),
        ("I object because the fund is missing.", ("object", "because the fund is missing.")),
        ("反对：缺少资金", ("object", "缺少资金")),
        ("Je m'oppose, le fonds manque", ("object", "le fonds manque")),
        ("أعترض: لا يوجد صندوق", ("object", "لا يوجد صندوق")),
        ("Возражаю – нет фонда", ("object", "нет фонда")),
        ("I can live with it.\nBut say who pays.", ("can-live-with", "But say who pays.")),
        ("No objection", ("agree", "")),
        ("I do not agree.", ("object", "")),
    ],
)
def test_what_stands_after_the_word_is_the_reason(text, understood):
    assert voice(text) == understood


@pytest.mark.parametrize(
    "text",
    [
        "We agree only if the fund is named.", "I agree, provided that the fund is named.", "AGREE - but not with the date",
        "No, I have no objection.", "Yes, but", "I think this is fine.", "", "Objecting to this would be wrong.", "Agreeable text",
        "Thank you for the letter.\n\nI will be away.\n\nAGREE",
    ],
)  # fmt: skip
def test_a_condition_or_a_sentence_decides_nothing(text):
    assert voice(text) == (None, text)
