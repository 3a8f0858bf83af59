"""Responses given one by one or many at once: the second officer sees the first, and the same sheet twice changes nothing."""

import pytest

from consult.errors import Conflict, Refused
from consult.journal.models import Event
from consult.review import actions, exporting, queries
from consult.review.actions import Responding
from tests import make


@pytest.fixture
def table(app):
    """A round with three comments on one paragraph and one on the whole."""
    group = make.group()
    olga, ada = make.member(group, make.person("Olga"), "officer"), make.member(group, make.person("Ada"))
    version = make.published(make.draft(group, by=olga), by=olga)
    asked = make.round(version, by=olga)
    said = [make.comment(asked, ada, mark, f"Remark {number}.") for number, mark in enumerate(("1", "1", "1", ""), 1)]
    return {"group": group, "olga": olga, "ada": ada, "version": version, "round": asked, "said": said}


def test_many_are_answered_at_once_and_the_same_again_changes_nothing(table):
    said, by = table["said"], {"by": table["olga"], "door": "import"}
    wanted = [Responding(each, "noted", "Thank you.") for each in said]
    first = actions.respond_many(table["round"], wanted, **by)
    again = actions.respond_many(table["round"], wanted, **by)
    assert [each.id for each in again] == [each.id for each in first] and {each.turn for each in again} == {1}
    assert Event.query.filter_by(kind="response.given").count() == 4


def test_one_that_cannot_be_given_says_why_and_the_others_stand(table):
    said, by = table["said"], {"by": table["olga"], "door": "page"}
    actions.respond(said[0], "accepted", "Yes.", turn=0, **by)
    actions.withdraw(said[1], by=table["ada"], door="page")
    wanted = [Responding(said[0], "noted", "Other words."), Responding(said[1], "noted"), Responding(said[2], "perhaps")]
    conflict, withdrawn, unknown, given = actions.respond_many(table["round"], [*wanted, Responding(said[3], "noted")], **by)
    assert isinstance(conflict, Conflict) and "withdrawn" in str(withdrawn) and "Choose a disposition" in str(unknown)
    assert given.disposition == "noted" and said[0].response.text == "Yes."


def test_see_comment_1_is_a_response_and_follows_what_is_said_there(table):
    said, by = table["said"], {"by": table["olga"], "door": "page"}
    actions.respond(said[0], "not-accepted", "It costs too much.", turn=0, **by)
    actions.respond(said[1], "not-accepted", "", see=said[0], turn=0, **by)
    with pytest.raises(Refused, match="Comment 2 is itself answered"):
        actions.respond(said[2], "noted", "", see=said[1], turn=0, **by)
    with pytest.raises(Refused, match="when it is that comment"):
        actions.respond(said[2], "noted", "", see=said[2], turn=0, **by)
    actions.respond(said[0], "accepted", "We found the money.", turn=1, **by)
    row = next(row for row in queries.comments(table["round"]) if row.number == 2)
    assert (row.disposition, row.see) == ("accepted", 1)
    assert next(row for row in exporting.rows(table["round"]) if row["comment"] == 2)["see"] == 1


def test_members_cannot_respond_and_words_have_an_end(table):
    with pytest.raises(Refused, match="Respond to comments"):
        actions.respond_many(table["round"], [Responding(table["said"][0], "noted")], by=table["ada"], door="page")
    with pytest.raises(Refused, match="characters"):
        actions.respond(table["said"][0], "noted", "x" * 20_001, turn=0, by=table["olga"], door="page")
