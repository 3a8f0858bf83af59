"""Newcomers, hurried people and polite people: nobody's letter is met with silence, and nobody is left without a way on."""

import pytest
import time_machine

from consult.inbox import queries
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.people.models import Person
from tests import make
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


def answered(letter, body: str, name: str = "m2"):
    """Ada answers that letter."""
    quoted = "\n".join(f"> {line}" for line in letter.text.split("\n"))
    return letters.arrives(
        letters.mail(letter.reply_to, f"{body}\n\nOn Mon, 23 Nov 2026 at 10:00, Experts <{CONSULT}> wrote:\n{quoted}", name=name),
        letter.reply_to,
    )


def test_marked_remarks_in_answer_to_a_receipt_are_added_to_its_round(table):
    letters.answers(table, "[12] One.")
    (receipt,) = posted(table)
    assert "To add something, answer this letter" in receipt.text
    arrival = answered(receipt, "[13] ED: And a comma here.\n\n[14] Agreed.")
    assert (arrival.state, arrival.round_id) == ("taken", table.round.id)
    assert [(c.paragraph.mark, c.text) for c in letters.comments()] == [("12", "One."), ("13", "And a comma here."), ("14", "Agreed.")]
    (second,) = letters.letters_after(receipt.id)
    assert "Comment 2, [13], editorial:" in second.text


def test_undo_of_the_second_receipt_takes_back_what_was_added_only(table):
    letters.answers(table, "[12] One.")
    (receipt,) = posted(table)
    answered(receipt, "[13] Two.")
    answered(letters.letters_after(receipt.id)[0], "UNDO", name="m3")
    assert [bool(c.withdrawn_at) for c in letters.comments()] == [False, True]


@pytest.mark.parametrize("body", ["Thank you!", "Please also say that farmers agree.", "[99] There is no such paragraph."])
def test_an_answer_to_a_receipt_without_a_mark_waits_and_says_what_to_do(table, body):
    letters.answers(table, "[12] One.")
    (receipt,) = posted(table)
    assert answered(receipt, body).state == "held" and len(letters.comments()) == 1
    (kept,) = letters.letters_after(receipt.id)
    assert "begin each remark with its mark" in kept.text and "UNDO" in kept.text and f"> {body}" in kept.text


def test_wrong_before_a_mark_takes_back_and_adds_nothing(table):
    letters.answers(table, "[12] One.")
    answered(posted(table)[0], "Wrong!\n\n[13] It was this one.")
    assert len(letters.comments()) == 1 and letters.comments()[0].withdrawn_at


def from_elsewhere(table, name: str = "m1", **more):
    """Somebody unknown answers to Ada's reply address."""
    raw = letters.mail(table.address, "[12] From my other address.", sender="Ada <ada@home.example>", name=name, **more)
    return letters.arrives(raw, table.address, "ada@home.example")


def test_whoever_answers_from_an_unknown_address_is_asked_at_the_known_one(table):
    assert from_elsewhere(table).state == "asked"
    (told,) = posted(table)
    assert (told.person_id, told.to_address, told.headers) == (table.ada.id, "ada@env.example", {})
    assert "From: ada@home.example" in told.text and "> [12] From my other address." in told.text
    assert "http://consult.test/me" in told.text and table.officer.name in told.text and CONSULT in told.text
    assert table.key.key not in told.text


def test_nobody_is_told_of_a_sender_whom_the_mail_server_does_not_confirm(app, table):
    app.config["AUTHSERV_ID"] = "mx.consult.test"
    assert from_elsewhere(table).state == "held" and posted(table) == []


def test_nobody_is_told_of_another_member_who_answers_a_letter_passed_on_to_them(table):
    raw = letters.mail(table.address, "[12] Me too.", sender="Ben <ben@env.example>")
    assert letters.arrives(raw, table.address).state == "held" and posted(table) == []


def test_a_machine_at_an_unknown_address_makes_no_letter(table):
    from_elsewhere(table, more="Auto-Submitted: auto-replied\n")
    assert posted(table) == []


def test_a_refusal_names_the_officers_and_its_answer_reaches_their_desk(table):
    letters.closed(table)
    letters.answers(table, "[12] Too late for this?")
    (refusal,) = posted(table)
    assert f"officers of {table.group.name} ({table.officer.name})" in refusal.text and CONSULT in refusal.text
    assert table.officer.address not in refusal.text and refusal.reply_to == CONSULT
    more = f"In-Reply-To: <{refusal.message_id}>\n"
    asked = letters.arrives(letters.mail(CONSULT, "Could you still take it in?", more=more, name="m2"), CONSULT)
    assert (asked.state, asked.group_id) == ("held", table.group.id) and queries.works_desk(table.officer, asked)
    assert [letter.kind for letter in letters.letters_after(refusal.id)] == ["held"]


def test_a_free_letter_is_kept_for_the_officers_and_answered_with_what_can_be_written(table):
    arrival = letters.arrives(letters.mail(CONSULT, "Good morning, how do I say something on the draft?", subject="A question"), CONSULT)
    assert (arrival.state, arrival.group_id) == ("held", table.group.id)
    (kept,) = posted(table)
    assert kept.subject == "Kept for the secretariat: A question" and table.officer.name in kept.text
    assert "STATUS" in kept.text and "[12] I agree." in kept.text and "> Good morning" in kept.text


def test_a_free_letter_of_somebody_in_two_groups_waits_for_staff_and_names_both(table):
    other = make.group("taxonomy")
    olga = make.officer(other)
    make.member(other, table.ada)
    letters.db.session.commit()
    arrival = letters.arrives(letters.mail(CONSULT, "A question to whom it may concern."), CONSULT)
    assert arrival.group_id is None
    assert all(name in posted(table)[0].text for name in (table.officer.name, olga.name, other.name))


def test_officers_of_a_group_one_does_not_sit_in_are_not_named(table):
    other = make.group("taxonomy")
    olga = make.officer(other)
    letters.db.session.commit()
    to = f"{other.slug}@{letters.DOMAIN}"
    assert letters.arrives(letters.mail(to, "Hello."), to).state == "held"
    assert olga.name not in posted(table)[0].text and table.officer.name in posted(table)[0].text


def test_greeting_and_name_are_no_comments_and_stay_in_the_letter_at_the_desk(table):
    arrival = letters.answers(table, "Dear colleagues,\n\n[12] Say who pays.\n\n[13] Agreed.\n\nBest regards,\nAda")
    assert [(c.paragraph.mark, c.text) for c in letters.comments()] == [("12", "Say who pays."), ("13", "Agreed.")]
    assert "Dear colleagues," in arrival.own_text and "Best regards,\nAda" in arrival.own_text


@pytest.mark.parametrize("body", ["", "This message was automatically generated by Mail."])
def test_the_unsubscribe_button_of_a_mail_program_ends_the_news(table, body):
    digest = outbox.post(
        kind="digest", person=table.ada, subject="News", text="News.", list_id="experts", unsubscribe_url="http://consult.test/l/stop/x"
    )
    to, _, subject = digest.headers["List-Unsubscribe"].partition(", <mailto:")[2].rstrip(">").partition("?subject=")
    letters.db.session.commit()
    assert letters.arrives(letters.mail(to, body, subject=subject), to).state == "taken"
    letters.db.session.expire_all()
    assert letters.db.session.get(Person, table.ada.id).rhythm == "none"


def test_a_letter_whose_subject_only_begins_with_stop_stops_nothing(table):
    letters.arrives(letters.mail(CONSULT, "Please take that paragraph out.", subject="Stop the fund"), CONSULT)
    letters.db.session.expire_all()
    assert letters.db.session.get(Person, table.ada.id).rhythm == "daily"
