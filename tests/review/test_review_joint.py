"""Comments that several Parties make together, and comments that came by fax, telephone or on paper."""

from datetime import timedelta

import pytest

from consult.alerts import entries
from consult.errors import Refused
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.people.actions import organization_called
from consult.review import actions, exporting, queries
from consult.review.models import Sponsor
from tests import make
from tests.alerts import post

JOINED = "on behalf of Kenya, Ghana and Iran (Islamic Republic of)"


@pytest.fixture
def table(app):
    """A round; Ada speaks for Kenya, Ben for Ghana, Cyrus for Iran, Dan for nobody; Ada has commented."""
    group = make.group()
    people = {"olga": make.officer(group)}
    for name, party in {"Ada": "Kenya", "Ben": "Ghana", "Cyrus": "Iran (Islamic Republic of)", "Dan": None}.items():
        acts_for = organization_called(party, kind="party")
        people[name.lower()] = make.member(group, make.person(name, organization=acts_for, rhythm="at-once"))
    asked = make.round(make.published(make.draft(group, "Report")))
    said = make.comment(asked, people["ada"], "1", "Seeds matter.")
    make.commit()
    return people | {"group": group, "round": asked, "said": said}


def row(table):
    return queries.comments(table["round"])[0]


def test_a_joined_comment_is_shown_on_behalf_of_all_of_them_everywhere(table, client):
    for name in ("ben", "cyrus"):
        actions.join(table["said"], by=table[name], door="page")
    assert row(table).on_behalf_of == "Kenya; Ghana; Iran (Islamic Republic of)"
    assert JOINED in entries.heading(row(table))
    assert exporting.rows(table["round"])[0]["on_behalf_of"] == "Kenya; Ghana; Iran (Islamic Republic of)"
    client.sign_in(table["dan"])
    for page in ("d/report/v/1/p/1", "d/report/v/1?show=comments", "r/1/comments", "r/1/c/1"):
        client.get(f"/g/experts/{page}")
        assert JOINED in client.text, page


def test_whoever_acts_for_a_party_joins_and_leaves_on_the_page_until_the_round_closes(table, client):
    client.sign_in(table["ben"])
    client.get("/g/experts/r/1/c/1")
    assert "Join for Ghana" in client.text
    client.post("/g/experts/r/1/c/1/join", follow=True)
    assert "Ghana has joined comment 1" in client.text and "Leave for Ghana" in client.text
    client.post("/g/experts/r/1/c/1/leave", follow=True)
    assert "Join for Ghana" in client.text and row(table).on_behalf_of == ""
    client.post("/g/experts/r/1/c/1/join")
    actions.close(table["round"], by=table["olga"], door="page")
    client.get("/g/experts/r/1/c/1")
    assert "Leave for Ghana" not in client.text
    client.post("/g/experts/r/1/c/1/leave", expect=422)
    assert "can no longer join" in client.text and row(table).on_behalf_of == "Kenya; Ghana"


def test_joining_twice_counts_once_and_those_who_cannot_join_learn_why(table):
    assert actions.join(table["said"], by=table["ben"], door="page") is actions.join(table["said"], by=table["ben"], door="mail")
    assert db.session.query(Sponsor).count() == 1 == db.session.query(Event).filter_by(kind="comment.joined").count()
    for who, why in {"ada": "speaks for Kenya already", "dan": "not known here", "olga": "were asked for comments"}.items():
        with pytest.raises(Refused, match=why):
            actions.join(table["said"], by=table[who], door="page")
    with pytest.raises(Refused, match="has not joined"):
        actions.leave(table["said"], by=table["cyrus"], door="page")
    actions.withdraw(table["said"], by=table["ada"], door="page")
    with pytest.raises(Refused, match="withdrawn"):
        actions.join(table["said"], by=table["cyrus"], door="page")


def test_an_expert_without_a_party_is_named_first_when_a_party_joins(table):
    said = make.comment(table["round"], table["dan"], "2", "Water too.")
    actions.join(said, by=table["ben"], door="page")
    assert queries.comments(table["round"])[1].on_behalf_of == "Dan; Ghana"


def test_the_author_is_told_who_joined(table):
    post.work()
    actions.join(table["said"], by=table["ben"], door="page")
    make.commit()
    post.work()
    told = post.letters(table["ada"])[-1]
    assert "Ghana joins your comment 1" in told.text and "on behalf of Kenya and Ghana" in told.text


def test_a_fax_is_entered_for_the_person_who_sent_it_and_shown_as_such(table, client):
    came = (clock.now() - timedelta(days=1)).replace(hour=14, minute=30)
    client.sign_in(table["olga"])
    client.get("/g/experts/d/report/v/1/p/1")
    said = {"type": "general", "text": "By fax.", "author": str(table["ben"].id), "once": "f", "came_by": "fax"}
    client.post("/g/experts/d/report/v/1/p/1", said | {"received": came.strftime("%Y-%m-%dT%H:%M")}, follow=True)
    made = queries.get_comment(table["round"].id, 2)
    assert (made.door, made.author.name, made.received_at.hour, made.entered_by_id) == ("fax", "Ben", 14, table["olga"].id)
    for page in ("d/report/v/1/p/1", "r/1/comments?door=fax", "r/1/c/2"):
        client.get(f"/g/experts/{page}")
        assert "entered by Olga of experts from a fax received" in client.text and "14:30" in client.text, page
    heading = entries.heading(queries.comments(table["round"], door="fax")[0])
    assert "Ben, Ghana" in heading and "entered by Olga of experts from a fax received" in heading
    exported = exporting.rows(table["round"])[1]
    assert (exported["author"], exported["door"], exported["entered_by"]) == ("Ben", "fax", "Olga of experts")


def test_what_came_in_time_by_fax_is_not_late_when_it_is_entered_later(table):
    actions.close(table["round"], by=table["olga"], door="page")
    later = table["round"].closes_at + timedelta(days=2)
    more = {"author": table["ben"], "at": later, "door": "fax"}
    kept = make.comment(table["round"], table["olga"], "1", received_at=table["round"].closes_at - timedelta(hours=1), **more)
    assert not kept.late and make.comment(table["round"], table["olga"], "1", **more).late
    with pytest.raises(Refused, match="cannot have been received later"):
        make.comment(table["round"], table["olga"], "1", received_at=later + timedelta(hours=1), **more)


def test_nobody_but_the_officer_can_say_that_a_comment_came_by_fax(table, client):
    client.sign_in(table["ben"])
    client.get("/g/experts/d/report/v/1/p/1")
    assert "Came by" not in client.text
    client.post(
        "/g/experts/d/report/v/1/p/1", {"type": "general", "text": "x", "author": str(table["ben"].id), "once": "g", "came_by": "fax"}
    )
    assert queries.get_comment(table["round"].id, 2).door == "page"
