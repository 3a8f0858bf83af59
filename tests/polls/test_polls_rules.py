"""Who has a voice, what it must hold, and what the voices come to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Refused
from consult.polls import rules

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PEOPLE = st.integers(1, 12)
VOTES = st.dictionaries(PEOPLE, st.sampled_from(list(rules.CHOICES)))
STANDINGS = st.dictionaries(PEOPLE, st.sampled_from(["counts", "apart"]))


def counted(votes: str, voices: int = 10, reached=()) -> rules.Tally:
    """The tally of voices written as a=agree, l=can live with, o=object, x=abstain; each from another member."""
    choices = {"a": "agree", "l": "can-live-with", "o": "object", "x": "abstain"}
    return rules.tally(enumerate(map(choices.get, votes)), dict.fromkeys(range(voices), "counts"), reached)


@given(VOTES, STANDINGS, st.sets(PEOPLE))
def test_every_voice_is_counted_once_where_it_belongs_and_nowhere_else(votes, standings, reached):
    tally = rules.tally(votes.items(), standings, reached)
    counts = {person for person, where in standings.items() if where == "counts"}
    assert tally.voices == len(counts)
    assert tally.spoken == len(counts & set(votes)) <= tally.reached <= tally.voices
    assert sum(tally.apart.values()) == len({p for p in votes if standings.get(p) == "apart"})
    for choice in rules.CHOICES:
        assert tally.counted[choice] == sum(votes.get(person) == choice for person in counts)


@given(VOTES, STANDINGS, st.sets(PEOPLE), st.integers(1, 12), st.sampled_from(["consensus", "silence"]))
def test_an_objection_is_never_outvoted_and_agreement_needs_the_quorum(votes, standings, reached, quorum, kind):
    tally = rules.tally(votes.items(), standings, reached)
    came = rules.outcome(kind, tally, quorum)
    assert (came == "not-agreed") == bool(tally.counted["object"])
    if came == "agreed":
        assert (tally.reached if kind == "silence" else tally.spoken) >= quorum


@given(VOTES, STANDINGS, st.sets(PEOPLE), PEOPLE, st.sampled_from(list(rules.CHOICES)), st.integers(1, 12))
def test_what_an_observer_says_changes_no_outcome(votes, standings, reached, observer, choice, quorum):
    standings = standings | {observer: "apart"}
    without = {person: said for person, said in votes.items() if person != observer}
    for kind in rules.KINDS:
        before = rules.outcome(kind, rules.tally(without.items(), standings, reached), quorum)
        assert rules.outcome(kind, rules.tally((without | {observer: choice}).items(), standings, reached), quorum) == before


@pytest.mark.parametrize(
    ("kind", "votes", "reached", "quorum", "came"),
    [
        ("straw", "oooo", (), 0, "shown"),
        ("consensus", "aalx", (), 4, "agreed"),
        ("consensus", "aalx", (), 5, "no-quorum"),
        ("consensus", "aaaaaaaaao", (), 1, "not-agreed"),
        ("silence", "", range(6), 6, "agreed"),
        ("silence", "", range(5), 6, "no-quorum"),
        ("silence", "a", range(1, 6), 6, "agreed"),  # whoever spoke has been reached
        ("silence", "o", range(10), 6, "not-agreed"),
    ],
)
def test_what_the_voices_come_to(kind, votes, reached, quorum, came):
    assert rules.outcome(kind, counted(votes, reached=reached), quorum) == came


@pytest.mark.parametrize(
    ("roles", "where"),
    [
        ({"member"}, "counts"), ({"chair"}, "counts"), ({"co-chair"}, "counts"), ({"alternate"}, "counts"), ({"observer"}, "apart"),
        ({"officer"}, ""), ({"staff"}, ""), (set(), ""), ({"officer", "member"}, "counts"), ({"observer", "member"}, "counts"),
    ],
)  # fmt: skip
def test_members_have_a_voice_observers_one_apart_and_those_who_serve_the_group_none(roles, where):
    assert rules.standing(roles) == where


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("object", " ", "counts", "open"), "please say why"),
        (("agree", "", "", "open"), "Only members and observers"),
        (("agree", "", "counts", "closed"), "was not taken"),
        (("maybe", "", "counts", "open"), "Choose one"),
        (("agree", "x" * 20_001, "counts", "open"), "20001 characters"),
    ],
)
def test_a_voice_that_is_not_taken_says_why(given, words):
    with pytest.raises(Refused, match=words):
        rules.check_voice(*given)


def test_whoever_agrees_abstains_or_objects_with_a_reason_is_heard():
    for choice in rules.CHOICES:
        rules.check_voice(choice, "Because of the fund.", "apart", "open")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("vote", "T", 1, 5, NOW + timedelta(days=1)), "Choose a straw poll"),
        (("straw", " ", 0, 5, NOW + timedelta(days=1)), "what is asked"),
        (("straw", "T", 0, 5, NOW), "past"),
        (("straw", "T", 0, 0, NOW + timedelta(days=1)), "Nobody"),
        (("silence", "T", 0, 5, NOW + timedelta(days=1)), "at least 1"),
        (("consensus", "T", 6, 5, NOW + timedelta(days=1)), "The quorum is 6, but only 5"),
    ],
)
def test_a_poll_that_cannot_be_opened_says_why(given, words):
    with pytest.raises(Refused, match=words):
        rules.check_poll(*given, NOW)


def test_silence_is_not_cut_short_but_an_objection_ends_it():
    with pytest.raises(Refused, match="until its deadline"):
        rules.check_may_close("silence", "open", False, 0)
    rules.check_may_close("silence", "open", False, 1)
    rules.check_may_close("consensus", "open", False, 0)
    with pytest.raises(Refused, match="closed already"):
        rules.check_may_close("straw", "closed", True, 0)


def test_questions_are_one_a_paragraph_however_the_lines_break():
    assert rules.questions("Who pays?\n\nIs the text\nclear?\n\n\n\nWhat else?  ") == ["Who pays?", "Is the text clear?", "What else?"]
    assert rules.questions("  \n\n ") == []
    with pytest.raises(Refused, match="41 questions"):
        rules.questions("\n\n".join("Q" for _ in range(41)))
    with pytest.raises(Refused, match="Question 2"):
        rules.questions("Q\n\n" + "x" * 2001)
