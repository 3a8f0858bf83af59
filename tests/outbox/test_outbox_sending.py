"""Letters that were posted arrive once, and every answer of a mail server has its consequence."""

from datetime import timedelta

import pytest

from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox.actions import address_of, new_key, post, resend
from consult.outbox.models import Letter
from consult.outbox.sending import claim, close, send_due
from tests import make
from tests.outbox.sink import running


@pytest.fixture
def by_smtp(tmp_path, app):
    """Posts letters in `app` and sends them to a sink that behaves as told."""

    def send(sink, now=None, **more):
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        return send_due(now, **more)

    yield send
    close()


def letters(*names: str) -> list[int]:
    """Posts one letter to each of these people."""
    with transaction():
        return [post(kind="round", person=make.person(name), subject=f"To {name}", text="Please comment.").id for name in names]


def letter(number: int) -> Letter:
    db.session.rollback()
    return db.session.get(Letter, number)


def test_a_letter_reaches_its_person_and_says_so(app, by_smtp):
    (number,) = letters("Ada")
    with running() as sink:
        assert by_smtp(sink).sent == 1
        assert by_smtp(sink).total == 0
    sent = letter(number)
    assert (sent.state, sent.attempts, sent.answer) == ("sent", 1, "250 OK taken")
    assert [(taken[0], taken[1]) for taken in sink.taken] == [(f"bounce+{sent.bounce_key}@in.consult.test", "ada@env.example")]
    assert sink.ids == [f"<{sent.message_id}>"]
    assert sent.octets == len(sink.taken[0][2])


def test_lines_of_dots_end_no_letter_and_arrive_as_they_were_written(app, by_smtp):
    text = ".\n..\n.hidden\nlast\n."
    with transaction():
        post(kind="round", person=make.person(), subject="Dots", text=text)
    with running() as sink:
        assert by_smtp(sink).sent == 1
    assert sink.taken[0][2].partition(b"\r\n\r\n")[2].decode().replace("\r\n", "\n").rstrip("\n") == text


def test_many_letters_travel_on_one_connection_in_their_order(app, by_smtp):
    letters("Ada", "Ben", "Cleo")
    with running() as sink:
        assert by_smtp(sink, limit=2).sent == 2
        assert by_smtp(sink).sent == 1
    assert [taken[1] for taken in sink.taken] == ["ada@env.example", "ben@env.example", "cleo@env.example"]


def test_what_may_be_posted_once_is_posted_once(app):
    ada = make.person()
    key = new_key(ada, "digest")
    assert post(kind="digest", person=ada, subject="x", text="y", once="digest:1", keys=[key])
    assert address_of(key) == f"reply+{key.key}@in.consult.test"
    second = new_key(ada, "digest")
    assert post(kind="digest", person=ada, subject="x", text="y", once="digest:1", keys=[second]) is None
    make.commit()
    assert second not in db.session


def test_a_letter_posted_in_a_transaction_that_fails_was_never_posted(app, by_smtp):
    with pytest.raises(RuntimeError), transaction():
        post(kind="round", person=make.person(), subject="x", text="y")
        raise RuntimeError
    with running() as sink:
        assert by_smtp(sink).total == 0


def test_a_person_without_address_gets_no_letter_and_one_whose_addresses_fail_has_it_kept(app):
    ada, ben = make.person("Ada"), make.person("Ben")
    ada.addresses.clear()
    ben.addresses[0].failing_since = clock.now()
    assert post(kind="round", person=ada, subject="x", text="y") is None
    assert post(kind="round", person=ben, subject="x", text="y").state == "dropped"


def test_a_refusal_for_good_fails_that_letter_only(app, by_smtp):
    ada, ben = letters("Ada", "Ben")
    with running(on_rcpt=lambda address: "550 5.1.1 no such user" if address.startswith("ada") else "250 OK") as sink:
        counts = by_smtp(sink)
    assert (counts.sent, counts.failed) == (1, 1)
    assert (letter(ada).state, letter(ada).answer) == ("failed", "550 5.1.1 no such user")
    assert letter(ben).state == "sent"


def test_a_refusal_for_now_is_tried_again_later_and_later_until_four_days_are_over(app, by_smtp):
    (ada,) = letters("Ada")
    now, tries, waits = clock.now(), 0, []
    with running(on_rcpt=lambda address: "450 4.2.0 greylisted") as sink:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
        while letter(ada).state == "waiting":
            assert send_due(now).total == 1
            tries += 1
            waits.append(round((letter(ada).not_before - now) / timedelta(minutes=1)))
            assert send_due(now).total == 0
            now = max(now, letter(ada).not_before)
    assert waits[:6] == [1, 5, 15, 60, 180, 360]
    assert letter(ada).state == "failed" and letter(ada).answer.endswith("450 4.2.0 greylisted")
    assert timedelta(days=3, hours=12) < now - letter(ada).created_at <= timedelta(days=4, minutes=1)
    assert letter(ada).attempts == tries


def test_a_server_that_closes_after_some_letters_gets_the_rest_on_a_new_connection(app, by_smtp):
    letters("Ada", "Ben", "Cleo")
    with running() as sink:
        answers = iter(["250 OK", "421 4.7.0 enough for this connection", "250 OK", "250 OK"])
        sink.on_data = lambda address: next(answers)
        assert by_smtp(sink).sent == 3
    assert len(set(sink.ids)) == 3


def test_a_server_that_is_always_closing_keeps_letters_waiting(app, by_smtp):
    ada, ben = letters("Ada", "Ben")
    with running(on_rcpt=lambda address: "421 4.3.2 shutting down") as sink:
        assert by_smtp(sink).sent == 0
    assert letter(ada).state == letter(ben).state == "waiting"
    assert "421" in letter(ada).answer


def test_a_server_that_hangs_up_after_the_text_gets_the_letter_again_under_the_same_name(app, by_smtp):
    (ada,) = letters("Ada")
    with running(cut_after=lambda address: True) as sink:
        assert by_smtp(sink).later == 1
        assert letter(ada).state == "waiting"
        sink.cut_after = lambda address: False
        assert send_due(letter(ada).not_before).sent == 1
    assert len(sink.ids) == 2 and len(set(sink.ids)) == 1


def test_a_server_that_cannot_be_reached_makes_all_letters_wait_untouched(app):
    ada, ben = letters("Ada", "Ben")
    with running() as sink:
        pass
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
    now = clock.now()
    assert send_due(now).paused
    assert send_due(now + timedelta(seconds=30)).paused
    assert [(letter(n).state, letter(n).attempts) for n in (ada, ben)] == [("waiting", 0), ("waiting", 0)]
    assert "cannot be reached" in letter(ben).answer


def test_a_letter_whose_sender_died_is_sent_by_the_next_one(app, by_smtp):
    (ada,) = letters("Ada")
    now = clock.now()
    assert len(claim(now, 10)) == 1
    with running() as sink:
        assert by_smtp(sink, now=now + timedelta(minutes=9)).total == 0
        assert by_smtp(sink, now=now + timedelta(minutes=11)).sent == 1
    assert letter(ada).fence == 2


def test_a_lease_is_counted_from_the_moment_of_the_claim_however_long_sending_takes(app, by_smtp, monkeypatch):
    monkeypatch.setattr("consult.outbox.sending.BATCH", 1)
    ada, ben = letters("Ada", "Ben")
    now, seen = clock.now(), []
    with running() as sink:
        sink.on_data = lambda address: seen.append(leases(app, now)) or "250 OK"
        by_smtp(sink, now=now)
    assert seen[1] > seen[0]


def leases(app, now) -> float:
    """How many seconds after `now` the lease of the letter on its way ends, as another worker sees it."""
    with app.app_context():
        return (db.session.scalar(db.select(Letter.leased_until).where(Letter.state == "sending")) - now).total_seconds()


def test_a_letter_that_may_not_go_any_more_is_dropped_with_the_reason(app, by_smtp):
    ada, ben = letters("Ada", "Ben")
    with running() as sink:
        assert by_smtp(sink, withheld=lambda batch: {ada: "Ada has left the group."}).dropped == 1
    assert (letter(ada).state, letter(ada).answer) == ("dropped", "Ada has left the group.")
    assert letter(ben).state == "sent"


def test_a_letter_with_an_impossible_address_fails_with_the_reason_and_the_others_go(app, by_smtp):
    with transaction():
        bad = post(kind="round", person=make.person("Eve", "eve@env.example>\r\nBcc: all@env.example"), subject="x", text="y").id
    (ada,) = letters("Ada")
    with running() as sink:
        counts = by_smtp(sink)
    assert (counts.failed, counts.sent) == (1, 1)
    assert "exactly one e-mail address" in letter(bad).answer


def test_an_officer_can_send_a_failed_letter_again(app, by_smtp):
    (ada,) = letters("Ada")
    with running(on_rcpt=lambda address: "550 no") as sink:
        by_smtp(sink)
        sink.on_rcpt = lambda address: "250 OK"
        with transaction():
            resend(letter(ada))
        assert by_smtp(sink).sent == 1
    assert letter(ada).state == "sent"


def test_without_a_mail_server_letters_go_to_a_maildir_once_each(app):
    (ada,) = letters("Ada")
    assert send_due().sent == 1
    with transaction():
        resend(letter(ada))
    assert send_due().sent == 1
    (only,) = (app.config["DATA"] / "post" / "new").iterdir()
    assert f"Message-ID: <{letter(ada).message_id}>".encode() in only.read_bytes()
