"""What people ask for by mail, and letters that come back."""

from datetime import date

import pytest

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import asking
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.people.models import Person
from tests.inbox import letters

CONSULT = f"consult@{letters.DOMAIN}"


@pytest.fixture
def table(app):
    letters.vouched()
    return letters.laid()


def asked(table, body: str, subject: str = "", **more) -> str:
    """The text of the one letter that answers."""
    arrival = letters.arrives(letters.mail(CONSULT, body, subject=subject, **more), CONSULT)
    assert arrival.state == "taken", arrival.reason
    (answer,) = letters.letters_after(table.letter.id)
    return answer.text


def ada(table) -> Person:
    """Ada as she stands in the database now."""
    db.session.expire_all()
    return db.session.get(Person, table.ada.id)


def test_status_tells_how_one_is_written_to_and_what_waits(table):
    text = asked(table, "STATUS")
    assert "ada@env.example" in text and "Draft report" in text and "UTC" in text


def test_several_commands_change_several_things_and_say_how_to_go_back(table):
    text = asked(table, "DIGEST weekly\nLIMIT 40 kB\nFORMAT html\n--\nAda Byron")
    person = ada(table)
    assert (person.rhythm, person.limit_bytes, person.form) == ("weekly", 40_000, "html")
    assert "DIGEST daily" in text and "LIMIT 0" in text and "FORMAT text" in text


def test_a_command_in_the_subject_and_another_language(table):
    asked(table, "", subject="Re: язык французский")
    assert ada(table).language == "fr"


def test_stop_ends_letters_and_says_how_to_begin_again(table):
    assert "DIGEST daily" in asked(table, "arrêter")
    assert ada(table).rhythm == "none"


def test_lines_that_are_no_command_are_shown_back_and_the_others_run(table):
    text = asked(table, "LIST\nmake me a sandwich")
    assert "Report on technology transfer" in text and "> make me a sandwich" in text


def test_a_wrong_word_after_a_command_gets_its_own_answer(table):
    assert "DIGEST weekly" in asked(table, "DIGEST sometimes")
    assert ada(table).rhythm == "daily"


def test_help_says_how_to_take_part(table):
    assert "[12]" in asked(table, "AIDE")


def test_which_names_the_letter_that_is_answered(table):
    assert "Draft report" in asked(table, "WHICH", more=f"In-Reply-To: <{table.letter.message_id}>\n")


def test_what_is_accepted_must_be_there(table):
    assert "no round R12" in asked(table, "aceptar la designación 12")


def test_twenty_commands_are_run_and_the_rest_named(table):
    text = asked(table, "\n".join(f"LIMIT {number} kB" for number in range(10, 40)))
    assert "10 were left out" in text and ada(table).limit_bytes == 29_000


def test_a_stranger_gets_no_answer_to_commands(table):
    arrival = letters.arrives(letters.mail(CONSULT, "LIST", sender="tom@elsewhere.example"), CONSULT)
    assert arrival.state == "refused" and letters.letters_after(table.letter.id) == []


@pytest.mark.parametrize(
    ("words", "octets"),
    [("40", 40_000), ("40 kB", 40_000), ("1.5 MB", 1_500_000), ("٤٠", 40_000), ("0", 0), ("50000", 50_000), ("aucun", 0)],
)
def test_sizes_as_people_write_them(words, octets):
    assert asking.limit(words) == octets


@pytest.mark.parametrize("words", ["", "big", "-1", "4e9", "1 2"])
def test_sizes_that_are_none(words):
    with pytest.raises(Refused):
        asking.limit(words)


def returned(to: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery report as servers send it."""
    report = f"Reporting-MTA: dns; mx.env.example\n\nFinal-Recipient: rfc822; ada@env.example\nAction: {action}\nStatus: {status}\n"
    report += f"Diagnostic-Code: smtp; 550 {status} no such user\n"
    head = f"From: MAILER-DAEMON@mx.env.example\nTo: <{to}>\nSubject: Undelivered\nMessage-ID: <r{status}@mx>\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    body = f"--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{report}\n--b--\n"
    return (head + body).replace("\n", "\r\n").encode()


def test_a_returned_letter_is_noted_on_the_letter_and_the_address(table):
    to = f"bounce+{table.letter.bounce_key}@{letters.DOMAIN}"
    arrival = letters.arrives(returned(to), to, "")
    assert arrival.state == "bounced" and arrival.group_id == table.group.id
    db.session.expire_all()
    assert db.session.get(Letter, table.letter.id).state == "bounced"
    assert ada(table).addresses[0].failures == 1
    letters.arrives(returned(to, "5.1.2"), to, "")
    assert ada(table).addresses[0].failures == 1
    assert letters.letters_after(table.letter.id) == []


def test_a_letter_that_is_only_delayed_counts_as_sent(table):
    to = f"bounce+{table.letter.bounce_key}@{letters.DOMAIN}"
    assert letters.arrives(returned(to, "4.4.1", "delayed"), to, "").state == "bounced"
    db.session.expire_all()
    assert db.session.get(Letter, table.letter.id).state == "waiting"


def test_a_report_without_a_true_return_address_changes_nothing(table):
    to = f"bounce+{'0' * 32}@{letters.DOMAIN}"
    assert letters.arrives(returned(to), to, "").state == "ignored"
    assert ada(table).addresses[0].failures == 0


def test_days_away_are_told_and_taken_back_by_mail(table):
    text = asked(table, "AWAY 2099-12-20 2099-12-31")
    assert "20 December 2099" in text and "not reminded" in text
    assert len(people.absences(table.ada.id, date(2099, 12, 21))) == 1
    arrival = letters.arrives(letters.mail(CONSULT, "AWAY", name="m2"), CONSULT)
    assert arrival.state == "taken" and not people.absences(table.ada.id, date(2099, 12, 21))


@pytest.mark.parametrize("written", ["AWAY next week", "AWAY 2026-13-45", "AWAY 2099-12-31 2099-12-20"])
def test_days_that_cannot_be_meant_say_how_to_write_them(table, written):
    text = asked(table, written)
    assert "AWAY 2026-12-20 2027-01-05" in text or "before the first one" in text


def test_one_word_accepts_an_invitation_and_a_reason_may_stand_below_a_refusal(table):
    arrival = letters.answers(table, "ACCEPT")
    assert arrival.state == "taken" and arrival.understood == [{"type": "accept", "id": table.round.id, "mark": ""}]
    letters.answers(table, "Je refuse\n\nJe suis en mission.\n\nAda", name="m2")
    asked = table.round.invitations[0]
    db.session.refresh(asked)
    assert (asked.state, asked.reason) == ("declined", "Je suis en mission.")
    assert "Your reason" in letters.letters_after(table.letter.id)[-1].text


def test_comments_below_the_word_are_comments(table):
    arrival = letters.answers(table, "Accept\n\n[3] Please say which technology.")
    assert [each["type"] for each in arrival.understood].count("comment") >= 1
    assert any(comment.text == "Please say which technology." for comment in letters.comments())
