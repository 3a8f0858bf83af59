"""Letters that ask, answers that come back as mails, letters that say what came of it; nobody needs a page."""

from datetime import timedelta

import pytest

from consult.extensions import db, transaction
from consult.inbox import confirmed
from consult.kit import clock
from consult.polls import actions, queries, voices
from consult.polls.models import Poll, QuestionAnswer
from tests import make
from tests.inbox import letters
from tests.polls.conftest import post, replies, work


def asks(table, text: str = "Who pays?\n\nIs the date right?") -> None:
    actions.ask(table.round, text, by=table.officer, door="page")
    make.commit()


def answers(table) -> dict[str, str]:
    """What stands below each question: `Q1 Ada`: her words."""
    return {f"Q{each.question.position} {each.person.name}": each.text for each in db.session.scalars(db.select(QuestionAnswer))}


def said(poll: Poll) -> list[tuple[str, str, str]]:
    return [(vote.person.name, vote.choice, vote.reason) for vote in queries.votes(poll)]


def test_the_letter_that_opens_a_round_carries_its_questions_after_the_guidance(app):
    group = make.group()
    ada = make.member(group, make.person("Ada"))
    opened = make.round(make.published(make.draft(group)), guidance="Mind the deadline.")
    actions.ask(opened, "Who pays?\n\nUntil when?", by=make.officer(group), door="page", at=opened.opened_at)
    make.commit()
    (letter,) = post(ada, "opening")
    assert not post(ada, "questions")
    places = [letter.text.index(part) for part in ("Mind the deadline.", "[Q1] Who pays?", "[Q2] Until when?", "[1] First.")]
    assert places == sorted(places)


def test_answers_below_the_quoted_questions_and_comments_below_paragraphs_go_where_they_belong(table):
    asks(table)
    work()
    (letter,) = post(table.ada, "opening")
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.text.split("\n"))
    body = quoted.replace("> [Q1] Who pays?", "> [Q1] Who pays?\n\nThe fund does.\nAll of it.\n")
    body = body.replace("> [2] A fund pays for it.", "> [2] A fund pays for it.\n\nED: say which.\n")
    arrival = replies(letter, body, table.ada)
    assert arrival.state == "taken", arrival.reason
    assert answers(table) == {"Q1 Ada": "The fund does.\nAll of it."}
    assert [(c.paragraph.mark, c.type, c.text) for c in letters.comments()] == [("2", "editorial", "say which.")]
    (receipt,) = post(table.ada, "receipt")
    assert "[Q1] The fund does." in receipt.text and "Comment 1, [2], editorial" in receipt.text


@pytest.mark.parametrize(
    "line", ["[Q2] Yes.", "Q2: Yes.", "q2. Yes.", "Question 2: Yes.", "Pregunta 2: Yes.", "Вопрос 2: Yes.", "问题2：Yes.", "السؤال ٢: Yes."]
)
def test_a_question_is_named_in_every_language(table, line):
    asks(table)
    (letter,) = post(table.ada, "questions")
    assert replies(letter, line, table.ada).state == "taken"
    assert answers(table) == {"Q2 Ada": "Yes."}
    assert "Received: 1 answer on" in post(table.ada, "receipt")[0].subject


def test_questions_that_come_later_come_in_a_letter_of_their_own(table):
    work()
    asks(table)
    (letter,) = post(table.ada, "questions")
    assert "[Q1] Who pays?" in letter.text and "[Q2] Is the date right?" in letter.text and "Deadline:" in letter.text
    assert letter.headers["In-Reply-To"] == f"<{post(table.ada, 'opening')[0].message_id}>"


def test_where_no_questions_are_asked_question_1_is_a_persons_own_words(table):
    (letter,) = post(table.ada, "opening")
    replies(letter, "Question 1: who pays for this?", table.ada)
    assert [c.text for c in letters.comments()] == ["Question 1: who pays for this?"]


def test_undo_takes_the_answers_back_unless_they_were_said_anew(table):
    asks(table)
    (letter,) = post(table.ada, "questions")
    replies(letter, "[Q1] The fund.\n[Q2] No.", table.ada)
    (receipt,) = post(table.ada, "receipt")
    with transaction():
        first = queries.questions(table.round.id)[0]
        actions.reply(first, "All of us.", by=table.ada, door="page")
    assert replies(receipt, "UNDO", table.ada, "m2").state == "taken"
    assert answers(table) == {"Q1 Ada": "All of us."}
    assert "Q2" in post(table.ada, "receipt")[1].subject


def test_answers_to_a_closed_round_are_refused_with_the_reason_and_given_back(table):
    asks(table)
    (letter,) = post(table.ada, "questions")
    with transaction():
        table.round.closed_at, table.round.late_mail = clock.now(), "never"
    assert replies(letter, "[Q1] The fund does.", table.ada).state == "refused"
    (refusal,) = post(table.ada, "refusal")
    assert "This round is closed, so the answer was not entered" in " ".join(refusal.text.split()) and "The fund does." in refusal.text


def test_the_question_comes_to_everybody_with_a_voice_with_the_wording_as_a_difference(table):
    table.poll("silence", wording="A voluntary fund pays for it.", quorum=2)
    for who in (table.ada, table.ben, table.chair, table.olaf):
        (letter,) = post(who, "poll")
        words = " ".join(letter.text.split())
        assert "[2] A {+voluntary +}fund pays for it." in words, words
        assert "nobody objects by the deadline and the question has reached at least 2" in words
        assert all(f"\n  {word}" in letter.text for word in voices.named("en").values())
        assert ("shown apart and does not count" in words) == (who is table.olaf)
        assert "For comments only, not for citation" in words
        assert letter.subject.startswith("[AHTEG] Silence procedure, answer by ") and "UTC" in letter.subject
    assert not post(table.officer, "poll")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
@pytest.mark.parametrize("choice", ["agree", "can-live-with", "object", "abstain"])
def test_the_word_that_the_letter_asks_for_is_understood_in_every_language(table, language, choice):
    with transaction():
        table.ada.language = language
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    word = voices.named(language)[choice]
    assert word in letter.text
    arrival = replies(letter, f"{word}\n\nBecause of the fund.", table.ada)
    assert arrival.state == "taken", arrival.reason
    assert said(asked) == [("Ada", choice, "Because of the fund.")]
    (receipt,) = post(table.ada, "receipt")
    assert "Because of the fund." in receipt.text


def test_a_voice_can_be_changed_by_answering_the_receipt_and_taken_back_by_undo(table):
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    replies(letter, "OBJECT: no fund\n\nBest regards,\nAda", table.ada)
    assert said(asked) == [("Ada", "object", "no fund")]
    (receipt,) = post(table.ada, "receipt")
    assert "Your voice: object" in receipt.subject and "> no fund" in receipt.text and "not verified" in receipt.text
    replies(receipt, "I can live with it.", table.ada, "m2")
    assert said(asked) == [("Ada", "can-live-with", "")]
    replies(post(table.ada, "receipt")[1], "UNDO", table.ada, "m3")
    assert said(asked) == [] and "taken back" in post(table.ada, "receipt")[2].subject


def test_an_objection_without_a_reason_and_a_sentence_without_a_word_are_refused_with_what_to_do(table):
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    assert replies(letter, "OBJECT", table.ada).state == "refused"
    assert replies(letter, "We agree only if the fund is named.", table.ada, "m2").state == "refused"
    bare, sentence = [" ".join(each.text.split()) for each in post(table.ada, "refusal")]
    assert "You object: please say why" in bare
    assert "AGREE, CAN LIVE WITH, OBJECT, ABSTAIN" in sentence and "We agree only if the fund is named." in sentence
    assert said(asked) == []


def test_a_voice_that_comes_too_late_is_refused_with_the_reason(table):
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    with transaction():
        actions.close(db.session.get(Poll, asked.id), by=table.chair, door="page")
    assert replies(letter, "AGREE", table.ada).state == "refused"
    assert "This poll is closed, so your voice was not taken" in " ".join(post(table.ada, "refusal")[0].text.split())


def test_a_voice_from_another_address_waits_and_is_entered_once_confirmed(table):
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    arrival = letters.arrives(letters.mail(letter.reply_to, "AGREE", sender="Eve <eve@out.example>"), letter.reply_to, "eve@out.example")
    assert arrival.state == "asked" and said(asked) == []
    with transaction():
        confirmed.confirm(arrival, by=table.ada, door="page")
    assert said(asked) == [("Ada", "agree", "")] and queries.votes(asked)[0].verified
    assert arrival.state == "taken" and arrival.round_id == table.round.id


def test_the_same_mail_again_gives_no_second_voice(table):
    asked = table.poll()
    (letter,) = post(table.ada, "poll")
    replies(letter, "AGREE", table.ada)
    replies(letter, "AGREE", table.ada)
    assert said(asked) == [("Ada", "agree", "")] and len(post(table.ada, "receipt")) == 1


def test_everybody_reads_what_came_of_it_with_numbers_and_each_objection(table):
    asked = table.poll()
    with transaction():
        poll = db.session.get(Poll, asked.id)
        actions.vote(poll, "object", "A fund is nowhere to be seen.", by=table.ben, door="page")
        actions.vote(poll, "can-live-with", "Though I would rather name it.", by=table.ada, door="page")
        actions.vote(poll, "agree", by=table.olaf, door="page")
        actions.close_due(clock.now() + timedelta(days=8))
    for who in (table.ada, table.ben, table.chair, table.olaf):
        (letter,) = post(who, "outcome")
        assert letter.subject == "[AHTEG] Not agreed: Who pays?"
        for part in (
            "2 of 3 gave their voice",
            "the quorum is 2",
            "- agree: 0 (observers: 1)",
            "- object: 1",
            "Objections:\n\nBen:\nA fund",
        ):
            assert part in letter.text, letter.text
        assert "Ada, can live with it:\nThough I would rather name it." in letter.text


def test_a_poll_that_was_closed_before_its_letters_were_written_asks_nobody(table):
    asked = table.poll()
    with transaction():
        actions.close(db.session.get(Poll, asked.id), by=table.chair, door="page")
    assert not post(table.ada, "poll") and post(table.ada, "outcome")[0].subject == "[AHTEG] No quorum: Who pays?"


def test_status_says_which_voice_is_asked(table):
    table.poll()
    letters.arrives(letters.mail("consult@in.consult.test", "STATUS"), "consult@in.consult.test")
    assert "Your voice is asked: “Who pays?”, until" in post(table.ada, "commands")[0].text
