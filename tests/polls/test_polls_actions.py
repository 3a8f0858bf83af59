"""Questions are asked and answered, voices given, changed and counted, by the verbs that every door calls."""

from datetime import timedelta

import pytest

from consult.errors import Refused
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.polls import actions, queries
from consult.polls.models import Vote
from consult.review import actions as review
from consult.review import queries as reading
from tests import make
from tests.polls.conftest import post, sent, work


def events(kind: str) -> list[Event]:
    return list(db.session.scalars(db.select(Event).where(Event.kind == kind).order_by(Event.id)))


def test_questions_stand_until_somebody_has_answered(table):
    actions.ask(table.round, "Who pays?\n\nUntil when?", by=table.officer, door="page")
    actions.ask(table.round, "Who pays?\n\nFrom when?", by=table.officer, door="page")
    first, second = queries.questions(table.round.id)
    assert (first.text, second.text) == ("Who pays?", "From when?")
    actions.reply(first, "Everybody.", by=table.ada, door="page")
    with pytest.raises(Refused, match="has answered already"):
        actions.ask(table.round, "Something else?", by=table.officer, door="page")
    assert len(queries.questions(table.round.id)) == 2


def test_the_same_questions_again_change_nothing_and_write_nobody(table):
    for _ in range(2):
        actions.ask(table.round, "Who pays?", by=table.officer, door="page")
    assert len(events("questions.added")) == 1


def test_only_officers_write_questions(table):
    with pytest.raises(Refused, match="Your role"):
        actions.ask(table.round, "Who pays?", by=table.chair, door="page")


def test_an_answer_is_changed_until_the_round_closes_and_the_journal_keeps_what_it_was(table):
    (question,) = actions.ask(table.round, "Who pays?", by=table.officer, door="page")
    actions.reply(question, "Everybody.", on_behalf_of="Kenya", by=table.ada, door="page")
    actions.reply(question, "The fund.", by=table.ada, door="mail")
    (said,) = queries.answers(table.round.id)[question.id]
    assert (said.text, said.on_behalf_of, said.door) == ("The fund.", "Kenya", "mail")
    assert [event.data["before"] for event in events("question.answered")] == ["", "Everybody."]
    review.close(table.round, by=table.officer, door="page")
    with pytest.raises(Refused, match="round is closed"):
        actions.reply(question, "Nobody.", by=table.ada, door="page")
    with pytest.raises(Refused, match="round is closed"):
        actions.take_back(said, by=table.ada, door="page")


def test_only_those_asked_answer_and_officers_for_them(table):
    chosen = make.round(make.published(make.draft(table.group, "Other"), by=table.officer), people_asked=[table.ada], by=table.officer)
    (question,) = actions.ask(chosen, "Who pays?", by=table.officer, door="page")
    with pytest.raises(Refused, match="asks other people"):
        actions.reply(question, "I do.", by=table.ben, door="page")
    with pytest.raises(Refused):
        actions.reply(question, "He does.", author=table.ada, by=table.ben, door="page")
    made = actions.reply(question, "Ada said so on the phone.", author=table.ada, by=table.officer, door="page")
    assert made.person_id == table.ada.id


def test_an_answer_that_is_taken_back_stays_in_the_journal(table):
    (question,) = actions.ask(table.round, "Who pays?", by=table.officer, door="page")
    said = actions.reply(question, "Everybody.", by=table.ada, door="page")
    with pytest.raises(Refused, match="Only whoever gave"):
        actions.take_back(said, by=table.ben, door="page")
    actions.take_back(said, by=table.ada, door="page")
    assert queries.answers(table.round.id) == {} and events("question.withdrawn")[0].data["before"] == "Everybody."


def test_a_voice_is_changed_until_the_poll_closes_and_counts_once(table):
    asked = table.poll()
    actions.vote(asked, "object", "No fund.", by=table.ada, door="page")
    actions.vote(asked, "agree", by=table.ada, door="mail", verified=False)
    (voice,) = queries.votes(asked)
    assert (voice.choice, voice.reason, voice.verified) == ("agree", "", False)
    assert queries.tally(asked).counted == {"agree": 1, "can-live-with": 0, "object": 0, "abstain": 0}
    assert events("poll.voted")[1].data["before"] == "object" and events("poll.voted")[1].data["reason_before"] == "No fund."


def test_those_who_serve_the_group_and_strangers_have_no_voice(table):
    asked = table.poll()
    for who in (table.officer, make.person("Sam", staff=True), make.person("Eve")):
        with pytest.raises(Refused):
            actions.vote(asked, "agree", by=who, door="page")
    assert queries.votes(asked) == []


def test_consensus_is_agreed_when_enough_speak_and_nobody_objects(table):
    asked = table.poll()
    actions.vote(asked, "agree", by=table.ada, door="page")
    actions.vote(asked, "can-live-with", by=table.chair, door="page")
    actions.vote(asked, "object", "As an observer I object.", by=table.olaf, door="page")
    actions.close(asked, by=table.chair, door="page")
    assert asked.outcome == "agreed" and queries.tally(asked).apart["object"] == 1
    with pytest.raises(Refused, match="was not taken"):
        actions.vote(asked, "object", "Too late.", by=table.ben, door="page")
    with pytest.raises(Refused, match="closed already"):
        actions.close(asked, by=table.chair, door="page")


def test_silence_agrees_only_when_the_question_really_reached_the_quorum(table):
    now = clock.now()
    asked = table.poll("silence", quorum=2)
    (to_ada,), (to_ben,) = post(table.ada, "poll"), post(table.ben, "poll")
    sent(to_ada, to_ben)
    sent(to_ben, state="bounced")
    assert queries.tally(asked).reached == 1
    actions.opened(asked, by=table.ben, door="page")
    actions.opened(asked, by=table.ben, door="page")
    assert queries.tally(asked).reached == 2 and len(events("poll.read")) == 1
    with pytest.raises(Refused, match="until its deadline"):
        actions.close(asked, by=table.chair, door="page")
    assert actions.close_due(now + timedelta(days=8)) == 1 and actions.close_due(now + timedelta(days=8)) == 0
    assert asked.outcome == "agreed"
    make.commit()
    sent(to_ada, state="bounced")  # what became known later changes nothing any more
    assert queries.tally(asked).reached == 2


def test_silence_that_reached_too_few_agrees_to_nothing(table):
    asked = table.poll("silence", quorum=3)
    work()
    actions.close_due(clock.now() + timedelta(days=8))
    assert asked.outcome == "no-quorum"


def test_an_objection_breaks_the_silence_and_the_chair_need_not_wait(table):
    asked = table.poll("silence")
    actions.vote(asked, "object", "No fund.", by=table.ben, door="page")
    actions.close(asked, by=table.chair, door="page")
    assert asked.outcome == "not-agreed"


def test_after_the_deadline_nobody_is_heard_even_before_the_worker_came(table):
    asked = table.poll(days=1)
    later = clock.now() + timedelta(days=2)
    with pytest.raises(Refused, match="was not taken"):
        actions.vote(asked, "agree", by=table.ada, door="page", at=later)
    assert not db.session.scalars(db.select(Vote)).all()


def test_a_voice_is_taken_back(table):
    asked = table.poll()
    with pytest.raises(Refused, match="no voice in this poll"):
        actions.unvote(asked, by=table.ada, door="page")
    actions.vote(asked, "object", "No fund.", by=table.ada, door="page")
    actions.unvote(asked, by=table.ada, door="page")
    assert queries.votes(asked) == [] and events("poll.unvoted")[0].data["reason_before"] == "No fund."


def test_a_poll_is_opened_once_by_those_who_lead_on_what_belongs_to_the_round(table):
    closes = clock.now() + timedelta(days=7)
    table.poll(closes_at=closes)
    with pytest.raises(Refused, match="stands in the round already"):
        table.poll(closes_at=closes)
    with pytest.raises(Refused, match="Your role"):
        table.poll(by=table.ada)
    with pytest.raises(Refused, match="The quorum is 4, but only 3"):
        table.poll(quorum=4, title="Other")
    elsewhere = make.published(make.draft(table.group, "Other"), by=table.officer)
    with pytest.raises(Refused, match="another version"):
        table.poll(mark="", paragraph=elsewhere.paragraphs[0], title="Other")
    plain = make.comment(table.round, table.ada, "2", "Who pays?")
    with pytest.raises(Refused, match="proposes no wording"):
        table.poll(mark="", comment=plain, title="Other")


def test_a_poll_on_a_comment_asks_about_the_wording_it_proposes(table):
    said = make.comment(table.round, table.ada, "2", "Say who.", proposed="A fund of all Parties pays for it.")
    asked = table.poll(mark="", comment=said)
    assert (asked.paragraph.mark, asked.wording) == ("2", "A fund of all Parties pays for it.")


def test_whoever_has_answered_a_question_is_not_silent(table):
    (question,) = actions.ask(table.round, "Who pays?", by=table.officer, door="page")
    said = actions.reply(question, "Everybody.", by=table.ada, door="page")
    assert table.ada.id not in {each.person_id for each in reading.silent(table.round)}
    review.close(table.round, by=table.officer, door="page")
    db.session.expire_all()
    assert {each.person.name for each in table.round.invitations if each.silent_at} == {"Chidi", "Ben", "Olaf"}
    assert said.person_id == table.ada.id
