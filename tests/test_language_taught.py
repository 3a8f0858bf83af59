"""What letters teach people to answer in one word is understood, in every language they are written in."""

import re
from itertools import pairwise

import pytest

from consult.inbox import rules, words
from translations import catalogues

TAUGHT = {
    "If you can tell now whether you will comment, answer with the one word ACCEPT, or DECLINE and below it why.": {"ACCEPT", "DECLINE"},
    "If this was not what you meant, answer the letter about the round with ACCEPT or DECLINE again.": {"ACCEPT", "DECLINE"},
    "To accept them, answer this letter with the one word ACCEPT. The text then comes to you by e-mail, "
    "and you can comment by answering it.": {"ACCEPT"},
    "If you cannot, answer with DECLINE and, if you like, below it why.": {"DECLINE"},
    "If your Party or organization joins the comment, answer with the one word JOIN.": {"JOIN"},
    "To take this back until the round closes, answer this letter with the one word LEAVE.": {"LEAVE"},
    "To join it again until the round closes, answer this letter with the one word JOIN.": {"JOIN"},
    "If something is on the wrong paragraph, answer this letter with the one word UNDO, then send it again.": {"UNDO"},
    "You can change it until %(when)s: answer this letter with another of these words: %(words)s. "
    "Or take it back with the one word UNDO.": {"UNDO"},
    "- SUBMIT: all that is verified goes to the round, in one set": {"SUBMIT"},
    "- WITHDRAW 4: this one is left out": {"WITHDRAW"},
    "- VERIFY 3 5 or VERIFY ALL: you stand by these comments": {"VERIFY", "VERIFY ALL"},
}


def understood(said: str) -> set[str | None]:
    """What the words of a sentence mean when each is answered alone, or with a number or a word for all behind it."""
    single = re.findall(r"\w+", said)
    alone = {"UNDO" if rules.wants_undo(word) else words.answer(word) or words.standing(word)[0] for word in single}
    pairs = words.settling("\n".join([*single, *map(" ".join, pairwise(single))]))
    return alone | {f"{verb} ALL" if numbers is None else verb for _, verb, numbers in pairs}


@pytest.mark.parametrize("language", ("en", *catalogues.LANGUAGES))
@pytest.mark.parametrize("sentence", TAUGHT)
def test_the_words_that_a_letter_teaches_are_understood(language, sentence):
    said = sentence if language == "en" else catalogues.read(language).get(sentence).string
    assert TAUGHT[sentence] <= understood(said), said
