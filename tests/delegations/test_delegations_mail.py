"""Whoever has only e-mail prepares, verifies and submits for a Party as fully as on the pages."""

import pytest
import time_machine

from consult.delegations import actions, queries
from consult.extensions import db
from consult.inbox.models import Arrival
from consult.outbox.models import Letter
from consult.review import queries as review
from consult.worker import turn
from tests import make
from tests.alerts import post
from tests.inbox import letters as mails


def worked() -> None:
    """The worker does once what is due."""
    make.commit()
    turn(leaving_out="letters")


def answered(letter: Letter, who, body: str, name: str = "m1") -> Arrival:
    """That person answers that letter from their own address."""
    raw = mails.mail(letter.reply_to, body, sender=f"{who.name} <{who.address}>", name=name)
    return mails.arrives(raw, letter.reply_to, who.address)


def last(who, kind: str = "") -> Letter:
    return post.letters(who, kind)[-1]


@pytest.fixture
def told(kenya):
    """Everybody has had their letters."""
    worked()
    return kenya


def test_everybody_of_the_delegation_is_sent_the_text_and_what_is_asked_of_them(told):
    for who, words in {told.ruth: "asks you to draft", told.dan: "deputy of Ada", told.ada: "contact point of Kenya"}.items():
        letter = last(who, "appointed")
        assert words in letter.text and "Nobody outside Kenya sees" in letter.text
    assert "[3] Paragraph 3" in last(told.ruth, "appointed").text
    assert "SUBMIT" in last(told.ada, "appointed").text and "SUBMIT" not in last(told.ruth, "appointed").text


def test_a_reviewers_answer_becomes_a_draft_and_the_receipt_says_so(told):
    arrival = answered(last(told.ruth, "appointed"), told.ruth, "[3] TE: which technology?\n\n[5] I agree.\nPROPOSED: Paragraph 5, better.")
    assert arrival.state == "taken" and arrival.group_id is None and told.comments() == []
    made = queries.contributions(told.of)
    assert [(c.paragraph.mark, c.type, c.text, c.proposed, c.state, c.door) for c in made] == [
        ("3", "technical", "which technology?", "", "pending", "mail"),
        ("5", "general", "I agree.", "Paragraph 5, better.", "pending", "mail"),
    ]  # fmt: skip
    receipt = last(told.ruth, "receipt")
    assert "Kenya prepares" in receipt.text and "MYSELF" in receipt.text and "which technology?" in receipt.text
    assert receipt.group_id is None


def test_a_member_who_drafts_answers_the_letter_of_the_round_and_it_stays_inside(told):
    answered(last(told.ben, "opening"), told.ben, "[2] Only among us.")
    assert told.comments() == [] and queries.contributions(told.of)[0].text == "Only among us."


def test_below_the_word_myself_it_is_the_persons_own_comment(told):
    arrival = answered(last(told.ben, "opening"), told.ben, "MYSELF\n\n[2] My own view.")
    assert [(c.text, c.author.name, c.on_behalf_of) for c in told.comments()] == [("My own view.", "Ben", "")]
    assert arrival.group_id == told.group.id and queries.contributions(told.of) == []
    refused = answered(last(told.ruth, "appointed"), told.ruth, "MYSELF\n\n[2] My own view.", name="m2")
    assert refused.state == "refused" and "asks other people" in last(told.ruth).text


def test_the_contact_point_verifies_and_submits_by_one_word_each(told):
    told.draft(told.ruth, "3", "Which technology?")
    told.draft(told.ben, "4", "Not this one.")
    told.ada.rhythm = "at-once"
    worked()
    letter = last(told.ada, "set")
    assert "No. 1, [3]" in letter.text and "Which technology?" in letter.text and "SUBMIT" in letter.text and letter.group_id is None
    answered(letter, told.ada, "VERIFY 1\nWITHDRAW 2\n\nBest regards,\nAda")
    assert [each.state for each in queries.contributions(told.of)] == ["verified", "withdrawn"]
    receipt = last(told.ada, "receipt")
    assert "Verified: 1" in receipt.text and "Withdrawn: 2" in receipt.text and "verified: 1" in receipt.text
    answered(receipt, told.ada, "SUBMIT", name="m2")
    assert [(c.text, c.on_behalf_of, c.door) for c in told.comments()] == [("Which technology?", "Kenya", "mail")]
    assert "as number 1" in last(told.ada, "receipt").text
    answered(receipt, told.ada, "submit", name="m3")
    assert len(told.comments()) == 1 and "nothing was sent twice" in last(told.ada, "receipt").text


@pytest.mark.parametrize("word", ["VERIFY ALL", "vérifier tout", "核实 全部", "проверено все", "verificar 1, 2", "تحقق ١ و ٢"])
def test_verifying_works_in_every_language(told, word):
    told.draft(told.ruth, "3", "One.")
    told.draft(told.ruth, "4", "Two.")
    answered(last(told.ada, "opening"), told.ada, word)
    assert {each.state for each in queries.contributions(told.of)} == {"verified"}


def test_a_deputy_who_writes_submit_learns_who_can(told):
    told.draft(told.ada, "3", "One.")
    answered(last(told.dan, "appointed"), told.dan, "SUBMIT")
    assert told.comments() == [] and "Only the contact point, Ada, submits" in last(told.dan, "receipt").text


def test_a_wrong_number_is_named_and_the_other_lines_are_done(told):
    told.draft(told.ruth, "3", "One.")
    answered(last(told.ada, "opening"), told.ada, "VERIFY 9\nVERIFY 1")
    text = last(told.ada, "receipt").text
    assert "no comment with the number 9" in text and "Verified: 1" in text


def test_words_and_remarks_can_stand_in_one_mail(told):
    told.draft(told.ruth, "3", "One.")
    answered(last(told.ada, "opening"), told.ada, "VERIFY 1\n\n[6] And this.")
    assert [(each.text, each.state) for each in queries.contributions(told.of)] == [("One.", "verified"), ("And this.", "verified")]


def test_undo_answered_to_the_receipt_withdraws_what_was_drafted(told):
    answered(last(told.ruth, "appointed"), told.ruth, "[3] Wrong.")
    answered(last(told.ruth, "receipt"), told.ruth, "UNDO", name="m2")
    assert queries.contributions(told.of)[0].state == "withdrawn" and "Withdrawn: 1" in last(told.ruth, "receipt").text


def test_after_the_own_deadline_a_reviewer_gets_the_reason_and_the_text_back(told):
    with time_machine.travel(told.of.closes_at.replace(microsecond=0) + make.timedelta(hours=1)):
        arrival = answered(last(told.ruth, "appointed"), told.ruth, "[3] Too late.")
    assert arrival.state == "refused" and arrival.group_id is None and told.comments() == []
    assert "deadline that your contact point set is over" in last(told.ruth).text and "Too late." in last(told.ruth).text


def test_the_set_comes_when_the_own_deadline_passes_before_the_round_closes_and_after(told):
    told.draft(told.ruth, "3", "Which technology?")
    told.ada.rhythm = told.dan.rhythm = "none"
    for when, words in (
        (told.of.closes_at, "has passed"), (told.round.closes_at - make.timedelta(days=1), "closes soon"),
        (told.round.closes_at, "were not submitted"),
    ):  # fmt: skip
        with time_machine.travel(when + make.timedelta(minutes=5)):
            worked()
            worked()
        for lead in (told.ada, told.dan):
            assert words in last(lead, "set").text and "Which technology?" in last(lead, "set").text
    assert len(post.letters(told.ada, "set")) == 3
    review_page = review.progress(told.round)
    assert review_page["comments"] == 0


def test_the_group_is_told_of_a_whole_set_in_one_letter(told):
    told.mia.rhythm = "at-once"
    for number in range(1, 9):
        told.draft(told.ada, str(number), f"Remark {number}.")
    actions.submit(told.of, by=told.ada, door="page")
    before = len(post.letters(told.mia))
    worked()
    (letter,) = post.letters(told.mia)[before:]
    assert all(f"Remark {number}." in letter.text for number in range(1, 9)) and "on behalf of Kenya" in letter.text
    assert db.session.query(Letter).filter(Letter.person_id == told.ben.id, Letter.kind == "comment").count() == 0


def test_a_held_answer_waits_for_the_person_alone_and_goes_to_the_set_when_confirmed(told, client):
    letter = last(told.ruth, "appointed")
    raw = mails.mail(letter.reply_to, "[3] From elsewhere.", sender="R <ruth@elsewhere.example>")
    arrival = mails.arrives(raw, letter.reply_to, "ruth@elsewhere.example")
    assert arrival.state == "asked" and arrival.group_id is None
    client.sign_in(told.olga)
    client.get("/desk")
    assert "elsewhere" not in client.text
    client.get(f"/desk/{arrival.id}", expect=404)
    client.sign_in(told.ruth)
    client.post(f"/me/confirm/{arrival.id}/yes", page="/me")
    assert queries.contributions(told.of)[0].text == "From elsewhere." and told.comments() == []


def test_an_answer_to_a_guiding_question_and_a_file_stay_inside_too(told):
    from consult.polls import actions as polls
    from consult.polls.models import QuestionAnswer

    polls.ask(told.round, "Who pays?", by=told.olga, door="page")
    worked()
    answered(last(told.ben, "opening"), told.ben, "[Q1] Nobody, between us.")
    assert db.session.query(QuestionAnswer).count() == 0
    assert "Nobody, between us." in queries.contributions(told.of)[0].text


def test_the_letter_of_the_round_says_where_an_answer_goes(told):
    assert "You draft for Kenya" not in last(told.mia, "opening").text
    assert "MYSELF" in last(told.ben, "opening").text


def test_accept_answered_to_the_round_is_an_answer_to_the_invitation(told):
    answered(last(told.ada, "opening"), told.ada, "ACCEPT")
    assert queries.contributions(told.of) == []
