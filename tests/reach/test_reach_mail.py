"""Members are asked how they can take part, answer by mail, are told what was understood, and are asked again until they do."""

import re
from datetime import timedelta

import pytest

from consult.errors import Refused
from consult.extensions import db, transaction
from consult.inbox import actions as desk
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.outbox.models import Letter
from consult.reach import actions, queries
from consult.tasks import queries as tasks
from tests import make
from tests.inbox import letters
from tests.polls.conftest import post, replies


@pytest.fixture
def room(app):
    """A group with an officer and two members, one of whom reads French."""
    group = make.group("experts", short="AHTEG", name="Expert Group")
    officer = make.officer(group)
    ada, ben = make.member(group, make.person("Ada")), make.member(group, make.person("Ben", language="fr"))
    make.commit()
    return group, officer, ada, ben


def asked(room, *persons):
    group, officer, *_ = room
    actions.ask(group, list(persons), by=officer, door="page")
    make.commit()


def test_a_member_fills_in_the_quoted_form_and_is_told_what_changes(room):
    _, _, ada, _ = room
    asked(room, ada)
    (letter,) = post(ada, "means")
    assert "1. LINE – How good is your line? a) a good line; b) a slow line; c) a few kilobytes a day; d) no line of my own" in " ".join(
        letter.text.split()
    )
    body = "Dear colleagues,\n\n" + "\n".join("> " + line for line in letter.text.split("\n"))
    body = body.replace("> 1:", "> 1: few kB a day").replace("> 3:", "> 3: 40 kB").replace("> 5:", "> 5: +255 22 211 1111")
    arrival = replies(letter, body, ada)
    assert arrival.state == "taken" and [each["mark"] for each in arrival.understood] == ["1", "3", "5"]
    db.session.refresh(ada)
    assert (ada.means, ada.limit_bytes) == ("mail", 40_000)
    known = queries.latest(ada.id)
    assert (known.connection, known.limit_bytes, known.phone, known.door) == ("little", 40_000, "+255 22 211 1111", "mail")
    assert queries.asked(room[0].id, ada.id).next_at is None
    (receipt,) = post(ada, "receipt")
    assert "1. How good is your line? – a few kilobytes a day" in receipt.text
    assert "- The largest letter: 40 kB (back: 3: 0)" in receipt.text and "> Dear colleagues," in receipt.text
    replies(receipt, "1: b\n3: 0", ada, name="m2")
    now = queries.latest(ada.id)
    assert (now.connection, now.limit_bytes, now.phone) == ("slow", 0, "+255 22 211 1111")
    db.session.refresh(ada)
    assert ada.limit_bytes == 0


def test_an_answer_that_cannot_be_read_brings_the_questions_back(room):
    *_, ben = room
    asked(room, ben)
    (letter,) = post(ben, "means")
    arrival = replies(letter, "Je ne sais pas encore.", ben)
    assert arrival.state == "refused" and queries.latest(ben.id) is None
    (refusal,) = post(ben, "refusal")
    assert "1: " in refusal.text and "9: " in refusal.text and "> Je ne sais pas encore." in refusal.text
    replies(letter, "1 lente\n8: courriel, télécopie", ben, name="m2")
    assert (queries.latest(ben.id).connection, queries.latest(ben.id).ways) == ("slow", "mail fax")


def test_the_question_comes_again_by_schedule_until_an_officer_has_to_act_or_it_is_answered(room):
    group, _, ada, ben = room
    asked(room, ada, ben)
    start = clock.now()
    with transaction():
        assert actions.ask_again_due(start) == 0
    seen = []
    for week in range(1, 40):
        now = start + timedelta(weeks=week, minutes=1)
        with transaction():
            actions.ask_again_due(now)
        seen.append((queries.asked(group.id, ada.id).times, len(tasks.open_tasks(group.id))))
        if week == 3:
            with transaction():
                actions.answer(ben, {"connection": "slow"}, by=ben, door="page", at=now)
    changes = [(week, state) for week, state in enumerate(seen, 1) if week == 1 or state != seen[week - 2]]
    assert changes == [(1, (1, 0)), (2, (2, 0)), (6, (3, 0)), (8, (3, 1)), (19, (4, 1)), (32, (5, 1))]
    (task,) = tasks.open_tasks(group.id)
    assert task.kind == "means" and task.person_id == ada.id and queries.asked(group.id, ben.id).times == 2


def test_an_officer_enters_what_came_by_fax_and_only_officers_of_the_group_may(room):
    group, officer, ada, ben = room
    stranger = make.officer(make.group("others"))
    with pytest.raises(Refused):
        actions.answer(ada, {"connection": "none"}, by=ben, door="fax")
    with pytest.raises(Refused):
        actions.answer(ada, {"connection": "none"}, by=stranger, door="fax")
    with pytest.raises(Refused):
        actions.ask(group, [stranger], by=officer, door="page")
    made, before = actions.answer(ada, {"connection": "none", "ways": "fax", "fax": "+255 1 22 33"}, by=officer, door="fax")
    assert made.entered_by_id == officer.id and before["means"] == "page" and ada.means == "mail"
    with pytest.raises(Refused, match="Nothing was said"):
        actions.answer(ada, {"note": " "}, by=ada, door="page")
    with pytest.raises(Refused, match="dialled"):
        actions.answer(ada, {"fax": "ask me"}, by=ada, door="page")


def test_a_question_answered_before_its_letter_is_written_is_not_asked(room):
    _, _, ada, _ = room
    asked(room, ada)
    actions.answer(ada, {"connection": "slow"}, by=ada, door="page")
    make.commit()
    assert post(ada, "means") == [] and not db.session.scalars(db.select(Letter).where(Letter.kind == "means")).all()


def test_the_questions_come_at_any_time_by_the_command_and_a_letter_that_waited_is_released(room, client):
    group, officer, ada, _ = room
    to = f"consult@{letters.DOMAIN}"
    letters.arrives(letters.mail(to, "MEANS"), to)
    (told,) = post(ada, "commands")
    address = re.search(r"reply\+[0-9a-f]{32}@\S+?(?=,)", told.text)[0]
    body = "\n".join("> " + line for line in told.text.split("\n")).replace("> 2:", "> 2: c").replace("> 9:", "> 9: Fridays only")
    letters.arrives(letters.mail(address, body + "\n\nbest", name="m2"), address)
    known = queries.latest(ada.id)
    assert (known.device, known.note, known.limit_bytes, known.post, known.connection) == ("shared", "Fridays only", None, "", "")
    held = letters.arrives(letters.mail(address, "1: b", sender="Ada <ada@elsewhere.example>", name="m3"), address, "ada@elsewhere.example")
    assert held.state in ("held", "asked") and queries.latest(ada.id).connection == ""
    with transaction():
        desk.release(db.session.get(Arrival, held.id), by=officer, door="page")
    assert queries.latest(ada.id).connection == "slow"
    client.sign_in(officer)
    client.get(f"/desk/{held.id}")
    assert "How they can take part, answers to: 1" in client.text
