"""Letters that come back: no expert is dropped in silence, from the first failure to the telephone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from consult.extensions import db
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.people import scoring
from consult.people.models import Address, Person
from consult.reach import calling
from consult.tasks import queries as tasks
from tests.inbox import letters
from tests.inbox.test_desk_commands import returned

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
failures = st.lists(st.tuples(st.booleans(), st.integers(0, 24 * 60 - 1)), min_size=1, max_size=12)


@pytest.fixture
def table(app):
    letters.vouched()
    with time_machine.travel(START, tick=False):
        yield letters.laid()


def scored(of: list[tuple[bool, int]], at: datetime) -> float:
    """The score at that moment after these failures, each hard or soft in some minute of one day."""
    score, when = 0.0, None
    for permanent, minute in of:
        score, when = scoring.worse(score, when, permanent, START + timedelta(minutes=minute))
    return scoring.faded(score, when, at)


@given(failures, st.randoms(use_true_random=False))
def test_a_score_does_not_depend_on_the_order_in_which_reports_come(of, chance):
    later = START + timedelta(days=2)
    shuffled = list(of)
    chance.shuffle(shuffled)
    assert scored(of, later) == pytest.approx(scored(shuffled, later))


@given(failures, st.booleans(), st.integers(0, 10_000))
def test_a_score_only_grows_by_failures_and_only_fades_with_time(of, permanent, hours):
    day = START + timedelta(days=1)
    more = scored([*of, (permanent, 24 * 60 - 1)], day)
    assert more > scored(of, day)
    assert 0 < scored(of, day + timedelta(hours=hours)) <= scored(of, day)
    assert scored(of, day + scoring.HALF_LIFE) == pytest.approx(scored(of, day) / 2)


def sent(person: Person, number: int) -> Letter:
    """One more letter to that person, taken by a mail server."""
    letter = outbox.post(kind="round", person=person, subject=f"Letter {number}", text="Please answer.")
    letter.state = "sent"
    db.session.commit()
    return letter


def comes_back(letter: Letter, status: str = "5.1.1", action: str = "failed"):
    to = f"bounce+{letter.bounce_key}@{letters.DOMAIN}"
    arrival = letters.arrives(returned(to, status, action).replace(b"<r", f"<{letter.id}r".encode()), to, "")
    db.session.expire_all()
    return arrival


def ada(table) -> Person:
    return db.session.get(Person, table.ada.id)


def second(table, address: str = "ada@home.example") -> None:
    db.session.add(Address(person_id=table.ada.id, address=address, folded=address, position=1))
    db.session.commit()
    db.session.expire_all()


def test_an_expert_is_never_dropped_from_the_first_soft_failure_to_the_telephone(table):
    with time_machine.travel(START, tick=False) as travel:
        comes_back(sent(ada(table), 1), "4.2.2", "delayed")
        assert ada(table).addresses[0].score == scoring.SOFT and not tasks.open_tasks(table.group.id)
        for number in range(2, 5):
            travel.shift(timedelta(days=1))
            comes_back(sent(ada(table), number))
        failing = ada(table).addresses[0]
        assert failing.failing_since == clock.now() and failing.score > 2.5
        (task,) = tasks.open_tasks(table.group.id)
        assert (task.kind, task.person_id, task.detail["address"]) == ("failing", table.ada.id, "ada@env.example")
        kept = outbox.post(kind="round", person=ada(table), subject="Kept", text="Please answer.")
        assert kept.state == "dropped"
        travel.shift(timedelta(days=6, hours=23))
        assert calling.call_due(clock.now()) == 0
        travel.shift(timedelta(hours=2))
        assert calling.call_due(clock.now()) == 1 and calling.call_due(clock.now()) == 0
        assert [each.kind for each in tasks.open_tasks(table.group.id)] == ["failing", "telephone"]
        people.add_address(ada(table), "ada@new.example", by=None, door="command")
        db.session.commit()
        lost = db.session.scalars(db.select(Letter).where(Letter.moved_from == "ada@env.example").order_by(Letter.id)).all()
        assert [each.subject for each in lost] == ["Letter 2", "Letter 3", "Letter 4", "Kept"]
        assert {(each.to_address, each.state) for each in lost} == {("ada@new.example", "waiting")}


def test_a_letter_that_comes_back_goes_to_the_next_address_once_and_later_ones_follow(table):
    second(table)
    first = sent(ada(table), 1)
    back = first.bounce_key
    assert "sent on" in comes_back(first).reason
    assert (first.to_address, first.moved_from, first.state) == ("ada@home.example", "ada@env.example", "waiting")
    to = f"bounce+{back}@{letters.DOMAIN}"
    assert letters.arrives(returned(to, "5.1.2"), to, "").state == "ignored", "a second report about the first address counts nowhere"
    assert outbox.post(kind="round", person=ada(table), subject="Next", text="x").to_address == "ada@env.example"
    db.session.commit()
    comes_back(sent(ada(table), 2)), comes_back(sent(ada(table), 3))
    assert outbox.post(kind="round", person=ada(table), subject="Later", text="x").to_address == "ada@home.example"
    (told,) = db.session.scalars(db.select(Letter).where(Letter.kind == "moved")).all()
    assert told.to_address == "ada@home.example" and "ada@env.example come back" in told.text and not tasks.open_tasks(table.group.id)
    comes_back(first)
    assert first.state == "bounced", "it is not sent round and round"


def test_a_mail_from_the_address_or_an_answer_to_a_letter_that_went_there_makes_it_work_again(table):
    for number in range(3):
        comes_back(sent(ada(table), number))
    assert ada(table).addresses[0].failing_since
    letters.answers(table, "[12] I am here.")
    db.session.expire_all()
    row = ada(table).addresses[0]
    assert (row.failing_since, row.failures, row.score) == (None, 0, 0.0)
    assert {each.state for each in db.session.scalars(db.select(Letter).where(Letter.subject.startswith("Letter ")))} == {"waiting"}


def test_a_report_in_utf_8_names_what_failed_as_one_in_ascii(table):
    letter = sent(ada(table), 1)
    to = f"bounce+{letter.bounce_key}@{letters.DOMAIN}"
    raw = returned(to).replace(b"message/delivery-status", b"message/global-delivery-status")
    raw = raw.replace(b"rfc822; ada@env", "utf-8; ада@env".encode())
    letters.arrives(raw, to, "")
    db.session.expire_all()
    assert letter.state == "bounced" and letter.answer.startswith("5.1.1 550")


@pytest.mark.parametrize("returned", [True, False])
def test_whoever_calls_a_letter_unwanted_is_asked_by_an_officer_and_gets_no_news_if_it_came_to_the_letters_own_address(table, returned):
    letter = sent(ada(table), 1)
    to = f"bounce+{letter.bounce_key}@{letters.DOMAIN}" if returned else f"consult@{letters.DOMAIN}"
    head = f"From: <fbl@provider.example>\nTo: <{to}>\nSubject: complaint\nMessage-ID: <c@p>\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
    parts = ["text/plain\n\nA report.", "message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\nUser-Agent: X/1"]
    parts.append(f"message/rfc822\n\nMessage-ID: <{letter.message_id}>\nSubject: Letter 1\n\nPlease answer.")
    body = "".join(f"--b\nContent-Type: {part}\n\n" for part in parts) + "--b--\n"
    before, rhythm = db.session.scalar(db.select(db.func.max(Letter.id))), ada(table).rhythm
    arrival = letters.arrives((head + body).replace("\n", "\r\n").encode(), to, "")
    db.session.expire_all()
    assert arrival.state == "bounced" and "unwanted" in arrival.reason and ada(table).rhythm == ("none" if returned else rhythm)
    (task,) = tasks.open_tasks(table.group.id)
    kind = "complaint" if returned else "marked"
    assert (task.kind, task.detail["title"]) == (kind, "Letter 1") and letters.letters_after(before) == []
