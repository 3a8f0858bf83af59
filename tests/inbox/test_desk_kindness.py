"""Newcomers, hurried people and polite people: nobody's letter is met with silence, and nobody is left without a way on."""

import pytest
import time_machine

from consult.kit import clock
from consult.outbox import actions as outbox
from consult.people.models import Person
from tests.inbox import letters

CONSULT = f"consult@{letters.DOMAIN}"


@pytest.fixture
def table(app):
    with time_machine.travel("2026-11-23 10:00:00+00:00", tick=False):
        yield letters.laid()


def posted(table):
    """The letters written since Ada got hers."""
    return letters.letters_after(table.letter.id)


def withdrawn(table) -> None:
    """Answers to Ada's letter are refused from now on."""
    letters.kept(lambda: outbox.revoke(letters.db.session.merge(table.key)))


def test_every_letter_that_cannot_be_used_has_its_answer_with_its_own_text(table):
    withdrawn(table)
    for number in range(3):
        letters.answers(table, f"[12] Remark {number}.", name=f"m{number}")
    assert ["> [12] Remark 0." in posted(table)[0].text, len(posted(table))] == [True, 3]
    assert "> [12] Remark 2." in posted(table)[2].text


def test_a_waiting_letter_has_its_answer_even_if_another_waits_since_this_morning(table):
    for number in range(2):
        letters.arrives(letters.mail(CONSULT, f"May I ask something else? {number}", name=f"m{number}"), CONSULT)
    assert [letter.kind for letter in posted(table)] == ["held", "held"]


def test_the_tenth_letter_of_a_day_says_that_it_is_the_last_and_tomorrow_begins_anew(table):
    withdrawn(table)
    arrivals = [letters.answers(table, f"[12] Remark {number}.", name=f"m{number}") for number in range(12)]
    assert {arrival.state for arrival in arrivals} == {"refused"} and len(posted(table)) == 10
    assert ["tenth letter" in letter.text for letter in posted(table)] == [False] * 9 + [True]
    with time_machine.travel("2026-11-24 00:00:01+00:00", tick=False):
        letters.answers(table, "[12] Tomorrow.", name="m13")
    assert len(posted(table)) == 11


def test_the_same_mail_twice_has_one_answer(table):
    withdrawn(table)
    for _ in range(2):
        letters.answers(table, "[12] Once.")
    assert len(posted(table)) == 1


def test_whoever_has_left_hears_once_a_day_that_their_letters_cannot_be_used(table):
    withdrawn(table)
    letters.kept(lambda: setattr(letters.db.session.get(Person, table.ada.id), "ended_at", clock.now()))
    for number in range(3):
        letters.answers(table, "[12] Still here.", name=f"m{number}")
    assert len(posted(table)) == 1


def test_a_receipt_calls_comments_by_their_name(table):
    letters.answers(table, "[12] One.\n\n[13] Two.")
    (receipt,) = posted(table)
    assert "Comment 1, [12], general:" in receipt.text and "\n2." not in receipt.text
    letters.arrives(letters.mail(receipt.reply_to, "UNDO", name="m2"), receipt.reply_to)
    assert "Comment 2, [13]: Two." in letters.letters_after(receipt.id)[0].text
