"""What letters and pages teach people to answer in one word is understood, in every language they are written in."""

import re

import pytest

from consult.inbox import rules, words
from consult.polls import voices
from translations import catalogues

TAUGHT = re.compile(r"\b(ACCEPT|DECLINE|JOIN|LEAVE|UNDO|VERIFY|WITHDRAW|SUBMIT|MYSELF|AGREE|CAN LIVE WITH|OBJECT|ABSTAIN)\b")


def meanings(said: str) -> set[str | None]:
    """What an answer that says this and nothing else can mean, by the English words for it; which one, the letter answered decides."""
    choice = voices.voice(said)[0]
    named = choice and voices.named("en")[choice]
    own, undo = "MYSELF" if words.for_oneself(said) else None, "UNDO" if rules.wants_undo(said) else None
    return {words.answer(said), words.standing(said)[0], *(verb for _, verb, _ in words.settling(said)), named, own, undo}


def taught(sentence: str) -> set[str | None]:
    """Everything that words next to each other in a sentence, up to three of them, can mean as an answer."""
    single = re.findall(r"[\w’-]+", sentence)
    return set().union(*(meanings(" ".join(single[at : at + count])) for at in range(len(single)) for count in (1, 2, 3)))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_words_that_are_taught_are_understood(language):
    sentences = [message for message in catalogues.read(language) if isinstance(message.id, str) and TAUGHT.search(message.id)]
    assert len(sentences) > 8
    for message in sentences:
        wanted = set(TAUGHT.findall(message.id))
        assert wanted <= taught(message.id), message.id
        assert not message.string or wanted <= taught(message.string), message.string
