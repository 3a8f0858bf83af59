"""Reply addresses end: after a while, when their person takes them back, when the seat ends; and one person's letter holds no other's."""

from datetime import timedelta

import pytest
import time_machine

from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import ReplyKey
from consult.people import actions as people
from consult.people import seats
from consult.people.models import Membership
from tests import make
from tests.inbox import letters
from tests.pages import Pages

CONSULT = f"consult@{letters.DOMAIN}"


@pytest.fixture
def table(app):
    letters.vouched()
    with time_machine.travel("2026-11-23 10:00:00+00:00", tick=False):
        yield letters.laid()


def last(table):
    return letters.letters_after(table.letter.id)[-1]


@pytest.mark.parametrize(("days", "state", "words"), [(5, "held", "an officer decides"), (40, "refused", "STATUS")])
def test_what_comes_after_its_end_waits_for_a_month_and_then_says_how_to_get_a_fresh_one(table, days, state, words):
    letters.kept(lambda: setattr(table.key, "expires_at", clock.now() - timedelta(days=days)))
    assert letters.answers(table, "[12] Late.").state == state and not letters.comments()
    assert words in " ".join(last(table).text.split()) and "> [12] Late." in last(table).text


def test_revoke_in_answer_to_a_letter_ends_its_address_and_no_other(table):
    _, other = letters.sent_to(table.ada, "round", table.round.id, table.group)
    db.session.commit()
    assert letters.answers(table, "RÉVOQUER").state == "taken" and "withdrawn" in last(table).text
    assert letters.answers(table, "[12] Once more.", name="m2").state == "refused"
    to = f"reply+{other.key}@{letters.DOMAIN}"
    assert letters.arrives(letters.mail(to, "[12] Here.", name="m3"), to).state == "taken"


def test_revoke_all_ends_all_of_ones_own_and_nobody_elses(table):
    _, of_ben = letters.sent_to(table.ben, "round", table.round.id, table.group)
    db.session.commit()
    letters.arrives(letters.mail(CONSULT, "REVOKE ALL"), CONSULT)
    db.session.expire_all()
    assert table.key.revoked_at and of_ben.revoked_at is None


def test_the_page_lists_them_by_letter_and_takes_one_back(app, table):
    letters.answers(table, "[12] Used.")
    _, of_ben = letters.sent_to(table.ben, "round", table.round.id, table.group)
    browser = Pages(app)
    browser.sign_in(table.ada)
    browser.get("/me/keys")
    assert "Draft report" in browser.text and "used last on" in browser.text and table.key.key not in browser.page.get_data(as_text=True)
    browser.post(f"/me/keys/{of_ben.letter_id}/revoke", expect=404)
    browser.post(f"/me/keys/{table.letter.id}/revoke", page="/me/keys")
    assert table.key.revoked_at and of_ben.revoked_at is None
    browser.post("/me/keys/revoke", page="/me/keys")
    assert not browser.select("//h2")


def test_with_the_seat_the_addresses_of_the_group_end_at_once_or_on_its_last_day(table):
    other = make.group("taxonomy")
    make.member(other, table.ada)
    _, elsewhere = letters.sent_to(table.ada, "round", None, other)
    seat = db.session.scalar(db.select(Membership).where(Membership.person_id == table.ada.id, Membership.group_id == table.group.id))
    people.end_membership(seat, by=table.officer, door="page", ends_on=(clock.now() + timedelta(days=3)).date())
    assert seats.end_keys_due(clock.now()) == 0
    assert seats.end_keys_due(clock.now() + timedelta(days=3)) == 1
    db.session.expire_all()
    assert table.key.revoked_at and db.session.get(ReplyKey, elsewhere.id).revoked_at is None
