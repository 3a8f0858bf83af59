"""Mails of which nobody can be sure: their person is asked at their own address, and YES does what it would have done."""

from datetime import timedelta

import pytest
import time_machine

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import actions, confirming
from consult.inbox.commands.table import READING
from consult.inbox.judging import Facts
from consult.inbox.trust import Trust
from consult.inbox.words import VERBS
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.people.models import Person
from consult.review import actions as review
from tests.inbox import letters
from tests.pages import Pages

CONSULT = f"consult@{letters.DOMAIN}"


@pytest.fixture
def table(app):
    app.config["AUTHSERV_ID"] = "mx.consult.test"  # it says nothing of the mails below
    with time_machine.travel("2026-11-23 10:00:00+00:00", tick=False):
        yield letters.laid()


@pytest.fixture
def trusting(app, table):
    """Nobody is set up to vouch for senders."""
    app.config["AUTHSERV_ID"] = ""
    return table


def said(letter, word: str, name: str = "yes", sender: str = "Ada <ada@env.example>"):
    """Ada answers that letter."""
    return letters.arrives(letters.mail(letter.reply_to, word, name=name, sender=sender), letter.reply_to)


def last(table):
    return letters.letters_after(table.letter.id)[-1]


def asked(table, body: str = "[12] Say who pays."):
    """A mail that no server vouches for, and the letter that asks about it."""
    about = letters.answers(table, body)
    assert about.state == "asked" and not letters.comments()
    return about, last(table)


def test_yes_makes_the_comment_as_if_it_had_been_trusted_when_it_came(table):
    with time_machine.travel("2026-12-22 10:00:00+00:00", tick=False):
        about, question = asked(table)
    assert question.to_address == "ada@env.example" and "> [12] Say who pays." in question.text
    with time_machine.travel("2026-12-26 10:00:00+00:00", tick=False):  # the round is over: but the letter came in time
        letters.kept(lambda: review.close_due(clock.now()))
        assert said(question, "Oui").state == "taken"
    (made,) = letters.comments()
    assert (made.text, made.author_id, made.late, made.verified) == ("Say who pays.", table.ada.id, False, True)
    assert (about.state, made.received_at) == ("taken", about.received_at)
    assert last(table).kind == "receipt" and "Comment 1, [12]" in last(table).text


def test_two_weeks_later_yes_is_too_late(table):
    about, question = asked(table)
    with time_machine.travel("2026-12-08 10:00:00+00:00", tick=False):
        assert said(question, "YES").state == "refused" and about.state == "asked"


def test_a_second_yes_makes_nothing_twice(table):
    _, question = asked(table)
    assert [said(question, "YES", name=name).state for name in ("y1", "y2")] == ["taken", "refused"]
    assert len(letters.comments()) == 1


def test_no_puts_it_aside_and_says_so(table):
    about, question = asked(table)
    assert said(question, "NO").state == "taken"
    assert about.state == "settled" and "Ada says that it is not theirs." in about.reason and not letters.comments()
    assert "nothing was done" in last(table).subject


def test_another_word_is_explained_and_the_question_stands(table):
    about, question = asked(table)
    assert said(question, "Maybe").state == "refused" and about.state == "asked"
    assert "neither with YES nor with NO" in last(table).text


def test_a_yes_of_somebody_else_does_nothing_and_tells_nobody(table):
    about, question = asked(table)
    for number, sender in enumerate(("Ben <ben@env.example>", "tom@elsewhere.example")):
        assert said(question, "YES", name=f"b{number}", sender=sender).state == "held"
    assert about.state == "asked" and last(table) is question


def test_silence_hands_it_to_the_officers(table):
    about, _ = asked(table)
    assert confirming.lapse(clock.now() + timedelta(days=13)) == 0
    letters.kept(lambda: confirming.lapse(clock.now() + timedelta(days=15)))
    db.session.refresh(about)
    assert about.state == "held" and "has not answered in 14 days" in about.reason


def test_a_forger_with_many_mails_makes_five_letters_a_day(table):
    states = [letters.answers(table, f"[12] Remark {number}.", name=f"m{number}").state for number in range(8)]
    assert states == ["asked"] * 5 + ["held"] * 3 and len(letters.letters_after(table.letter.id)) == 5


def test_links_of_a_stranger_cannot_be_pressed_in_our_letter(trusting):
    raw = letters.mail(trusting.address, "[12] See http://evil.example/login now", sender="x@evil.example")
    assert letters.arrives(raw, trusting.address).state == "asked"
    assert "http://evil" not in last(trusting).text and "http: //evil.example" in last(trusting).text


def test_a_sender_whose_own_domain_denies_it_is_not_even_asked_about(app, table):
    more = "Authentication-Results: mx.consult.test; dmarc=fail header.from=env.example\n"
    assert letters.answers(table, "[12] Forged.", more=more).state == "held" and letters.letters_after(table.letter.id) == []


def test_reading_is_answered_at_once_and_changing_waits_in_the_same_letter(trusting):
    arrival = letters.arrives(letters.mail(CONSULT, "STATUS\nLIMIT 20 kB"), CONSULT)
    (answer,) = letters.letters_after(trusting.letter.id)
    assert arrival.state == "asked" and "Draft report" in answer.text and "answer this letter with the one word YES" in answer.text
    assert db.session.get(Person, trusting.ada.id).limit_bytes == 0
    assert said(answer, "да").state == "taken" and arrival.state == "taken"
    db.session.expire_all()
    assert db.session.get(Person, trusting.ada.id).limit_bytes == 20_000
    assert "LIMIT 0" in last(trusting).text and "STATUS" not in last(trusting).text


@pytest.mark.parametrize(("word", "rhythm"), [("STOP", "none"), ("DIGEST weekly", "daily")])
def test_stop_needs_no_confirmation_where_no_server_is_set_up(trusting, word, rhythm):
    letters.arrives(letters.mail(CONSULT, word), CONSULT)
    db.session.expire_all()
    assert db.session.get(Person, trusting.ada.id).rhythm == rhythm


def test_every_verb_that_changes_something_needs_confirming_where_the_server_does_not_vouch():
    weak, sure = Facts(trust=Trust("unverified", "")), Facts(trust=Trust("verified", ""))
    assert {verb for verb in VERBS if not confirming.needed(verb, weak)} == READING & set(VERBS)
    assert not any(confirming.needed(verb, sure) for verb in VERBS)


def test_the_page_says_what_waits_and_its_buttons_do_what_the_words_do(app, table):
    first, _ = asked(table)
    second = letters.answers(table, "[13] Not me.", name="m2")
    ben, ada = Pages(app), Pages(app)
    ben.sign_in(table.ben), ada.sign_in(table.ada)
    ben.get("/me/confirm"), ada.get("/me/confirm")
    assert "Say who pays" not in ben.text and "Say who pays" in ada.text and "Is this letter from you" not in ada.text
    ben.post(f"/me/confirm/{first.id}/yes", expect=404, page="/me")
    ada.post(f"/me/confirm/{first.id}/yes", page="/me"), ada.post(f"/me/confirm/{second.id}/no", page="/me")
    db.session.expire_all()
    assert (first.state, second.state, [c.text for c in letters.comments()]) == ("taken", "settled", ["Say who pays."])


def test_the_question_holds_no_secret_but_its_own(trusting):
    _, of_ben = letters.sent_to(trusting.ben, "round", trusting.round.id, trusting.group)
    db.session.commit()
    body = f"[12] Forwarded: reply+{of_ben.key}@{letters.DOMAIN} and reply+{trusting.key.key}@{letters.DOMAIN}"
    raw = letters.mail(trusting.address, body, sender="x@else.example", subject=f"reply+{of_ben.key}")
    letters.arrives(raw, trusting.address)
    question = last(trusting)
    told = f"{question.subject}\n{question.text}"
    assert question.kind == "confirm" and of_ben.key not in told and trusting.key.key not in told
    assert question.reply_to.startswith("reply+") and question.to_address == "ada@env.example"


def test_a_reply_key_that_was_passed_on_is_not_enough_for_a_new_address(trusting):
    last = letters.letters_after(0)[-1].id
    letters.answers(trusting, "ADDRESS ADD evil@attacker.example", name="taken-over")
    assert [each.to_address for each in letters.letters_after(last)] == ["ada@env.example"]
    letters.arrives(letters.mail(CONSULT, "ADDRESS ADD ada@second.example", name="own", subject=""), CONSULT)
    said(letters.letters_after(last)[-1], "YES")
    assert "ada@second.example" in [each.to_address for each in letters.letters_after(last)]


def test_a_stranger_s_mailbox_is_not_filled_with_letters_that_ask_whether_it_is_somebody_s(app, table):
    letters.vouched()
    last = letters.letters_after(0)[-1].id
    letters.arrives(
        letters.mail(CONSULT, "ADDRESS ADD victim@corp.example\nADDRESS Victim@corp.example\n" * 9, name="many", subject=""), CONSULT
    )
    assert [each.to_address for each in letters.letters_after(last)].count("victim@corp.example") <= 3


@pytest.mark.parametrize("whose", ["ben", "officer"])
def test_no_officer_has_a_letter_with_orders_carried_out_as_somebody(app, table, whose):
    letters.vouched()
    _, key = letters.sent_to(table.officer, "means", None, table.group)
    address, sender = outbox.address_of(key), table.officer.addresses[0].address
    away = letters.mail(address, "NAME Somebody Else", sender=f"Olga <{sender}>", subject="Automatic reply: away", name="away")
    arrival = letters.arrives(away, address, sender)
    with pytest.raises(Refused):
        actions.release(arrival, person=getattr(table, whose), by=table.officer, door="page")


def test_a_reply_key_that_was_passed_on_is_not_enough_to_act_for_the_secretariat(trusting):
    _, key = letters.sent_to(trusting.officer, "round", trusting.round.id, trusting.group)
    address, sender = outbox.address_of(key), trusting.officer.addresses[0].address
    letters.arrives(letters.mail(address, f"LATE R{trusting.round.id} never", sender=f"Olga <{sender}>", name="forged"), address)
    db.session.refresh(trusting.round)
    assert trusting.round.late_mail != "never"
