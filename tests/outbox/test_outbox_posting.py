"""What is posted is kept as it will be sent, and what comes back finds its letter."""

import pytest

from consult.errors import NotFound
from consult.extensions import db
from consult.kit import clock
from consult.outbox import queries
from consult.outbox.actions import address_of, bounced, new_key, post, revoke
from consult.outbox.checking import check
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from tests import make


def test_a_letter_of_a_group_carries_the_headers_of_its_list_and_ends_with_one_click(app):
    letter = post(
        kind="digest",
        person=make.person("Ada"),
        subject="News",
        text="x",
        group_name="Groupe d’experts",
        list_id="experts",
        unsubscribe_url="https://consult.example/l/stop/" + "a" * 200,
        headers={"In-Reply-To": "<first@in.consult.test>", "References": "<first@in.consult.test>"},
    )
    raw = write(outgoing(letter))
    assert check(raw) == []
    for line in (
        "List-Unsubscribe: <https://consult.example/l/stop/" + "a" * 200 + ">, <mailto:consult@in.consult.test?subject=STOP>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "List-Post: <mailto:experts@in.consult.test>",
        "List-Help: <http://consult.test/help/mail>, <mailto:consult@in.consult.test?subject=HELP>",
        "List-Owner: <mailto:consult@in.consult.test>",
        "List-Archive: <http://consult.test/g/experts/timeline>",
        "In-Reply-To: <first@in.consult.test>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-Consult-Loop: in.consult.test",
    ):
        assert f"\r\n{line}\r\n".encode() in raw
    assert b"<experts.in.consult.test>" in raw and b"\r\nPrecedence:" not in raw


@pytest.mark.parametrize("wrong", [{"headers": {"Bcc": "all@env.example"}}, {"headers": {"List-Id\r\nBcc": "x"}}, {"automatic": "yes"}])
def test_no_other_header_can_be_asked_for(app, wrong):
    with pytest.raises(ValueError, match="no letter has these headers"):
        post(kind="round", person=make.person(), subject="x", text="y", **wrong)


def test_an_answer_finds_what_it_answers_however_its_address_is_spelt(app):
    ada = make.person("Ada")
    key = new_key(ada, "comment", 7, expires_at=clock.now())
    letter = post(kind="round", person=ada, subject="x", text="y", keys=[new_key(ada, "round"), key], reply_to_key=1)
    assert letter.reply_to == address_of(key)
    found = queries.answered(key.key.upper())
    assert (found.person_id, found.purpose, found.subject_id, found.letter) == (ada.id, "comment", 7, letter)
    assert queries.answered("00" * 16) is None
    revoke(key)
    assert queries.answered(key.key).revoked_at


def test_a_letter_that_comes_back_for_good_is_told_from_one_that_is_late(app):
    letter = post(kind="round", person=make.person(), subject="x", text="y")
    letter.state = "sent"
    db.session.flush()
    assert queries.bounced_letter(letter.bounce_key.upper()) is letter
    assert queries.bounced_letter("00" * 16) is None
    assert bounced(letter, False, "4.4.7", "still trying").state == "sent"
    assert bounced(letter, True, "5.1.1", "no such\r\nuser").state == "bounced"
    assert letter.answer == "5.1.1 no such user"


def test_the_text_is_kept_exactly_as_it_is_sent(app):
    letter = post(kind="round", person=make.person(), subject="a\r\nb", text="one\r\ntwo\0\x07\rthree\ud800")
    assert letter.subject == "a b"
    assert queries.sent_text(letter) == "one\ntwo\nthree?"
    assert write(outgoing(letter)).partition(b"\r\n\r\n")[2] == b"one\r\ntwo\r\nthree?\r\n"


def test_letters_of_a_group_are_listed_newest_first_and_counted(app):
    group, ada = make.group(), make.person()
    first, second = (post(kind="round", person=ada, subject="x", text="y", group_id=group.id) for _ in range(2))
    second.state = "failed"
    db.session.flush()
    assert queries.letters_of_group(group.id) == [second, first]
    assert queries.letters_of_group(group.id, before=second.id) == [first]
    assert queries.letters_of_group(group.id, "failed") == [second]
    assert queries.counts(group.id)["failed"] == queries.counts()["waiting"] == 1
    with pytest.raises(NotFound):
        queries.letter_of_group(make.group("others").id, first.id)
