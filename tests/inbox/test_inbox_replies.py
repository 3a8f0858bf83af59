"""Replies as mail programs in six languages write them: the person's own words come out, whole and alone."""

import json
from pathlib import Path

import pytest

from consult.inbox.reading import own_words

REPLIES = Path(__file__).parents[2].parent / "shared" / "data" / "mail" / "replies.json"


def replies():
    return json.loads(REPLIES.read_text(encoding="utf-8")) if REPLIES.exists() else []


@pytest.mark.skipif(not replies(), reason="the replies of ../shared/data are not here")
@pytest.mark.parametrize("reply", replies() or [{}], ids=lambda reply: reply.get("id", "absent"))
def test_only_the_own_words_are_left_when_nothing_is_known_of_what_was_sent(reply):
    found = "\n\n".join(span.text for span in own_words(reply["body"], None))
    assert found.split() == reply["expected"].split()
