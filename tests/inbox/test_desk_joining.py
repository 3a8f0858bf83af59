"""A Party joins a comment, or leaves it, by one word."""

import pytest

from consult.people.actions import organization_called
from consult.review import queries
from tests import make
from tests.inbox import letters


@pytest.fixture
def table(app):
    """Ben's comment, and the letter in which Ada, who acts for Kenya, read it."""
    table = letters.laid()
    table.ada.organization = organization_called("Kenya", kind="party")
    comment = make.comment(table.round, table.ben, "3", "Say who pays.", on_behalf_of="Ghana")
    table.letter, table.key = letters.sent_to(table.ada, "comment", comment.id, table.group)
    make.commit()
    return table


def behalf(table) -> str:
    return queries.comments(table.round)[0].on_behalf_of


@pytest.mark.parametrize("word", ["JOIN", "we support", "Nous appuyons.", "我们支持", "поддерживаем", "apoyamos", "نؤيد"])
def test_one_word_joins_in_every_language(table, word):
    assert letters.answers(table, f"{word}\n\nBest regards,\nAda").state == "taken"
    assert behalf(table) == "Ghana; Kenya" and not queries.get_comment(table.round.id, 1).answers
    (receipt,) = letters.letters_after(table.letter.id)
    assert "Kenya joins comment 1" in receipt.subject and "on behalf of Ghana and Kenya" in receipt.text


def test_leave_answered_to_the_receipt_takes_it_back(table):
    letters.answers(table, "JOIN")
    (receipt,) = letters.letters_after(table.letter.id)
    letters.arrives(letters.mail(receipt.reply_to, "LEAVE", name="m2"), receipt.reply_to)
    assert behalf(table) == "Ghana"


def test_words_below_join_are_an_answer_in_the_thread(table):
    letters.answers(table, "JOIN\n\nAnd please name the fund.")
    assert behalf(table) == "Ghana; Kenya"
    assert [a.text for a in queries.get_comment(table.round.id, 1).answers] == ["And please name the fund."]


def test_a_sentence_that_begins_with_support_is_an_answer_and_joins_nothing(table):
    letters.answers(table, "We support this only if the fund is named.")
    assert behalf(table) == "Ghana" and len(queries.get_comment(table.round.id, 1).answers) == 1


def test_whoever_cannot_join_gets_the_reason(table):
    table.ada.organization = None
    make.commit()
    assert letters.answers(table, "JOIN").state == "refused"
    assert "for which Party or organization you speak" in letters.letters_after(table.letter.id)[0].text
