"""A team answers a round: drafters propose, officers agree and publish, one response answers what says the same."""

import pytest

from consult.errors import Conflict, NotFound, Refused
from consult.journal.models import Event
from consult.kit import clock
from consult.people import actions as people
from consult.review import actions, grouping, queries, working
from consult.review.actions import Draft
from consult.review.models import Comment, Proposal, Response
from tests import make

LONG = "The estimate of costs in this paragraph leaves out the training of customs officers, which our country pays for itself today."


@pytest.fixture
def table(app):
    """A closed round with comments by two experts, an officer, a chair, and Dora who drafts."""
    group = make.group()
    who = {name.lower(): make.member(group, make.person(name), role) for name, role in (("Olga", "officer"), ("Carl", "chair"))}
    who |= {name.lower(): make.member(group, make.person(name)) for name in ("Ada", "Ben", "Dora")}
    version = make.published(make.draft(group, by=who["olga"]), "1. First.\n\n2. Second.\n\n3. Third.", by=who["olga"])
    asked = make.round(version, by=who["olga"])
    said = [make.comment(asked, who["ada"], "2", LONG), make.comment(asked, who["ben"], "2", LONG)]
    said += [make.comment(asked, who["ada"], "1", "Agree."), make.comment(asked, who["ben"], "", "Thank you.")]
    make.commit()
    return who | {"group": group, "round": asked, "said": said}


def by(table, name="olga"):
    return {"by": table[name], "door": "page"}


def test_a_response_is_proposed_by_a_drafter_agreed_by_the_chair_and_published_by_the_officer(table):
    first = table["said"][0]
    actions.assign(table["round"], [first.id], table["dora"], **by(table))
    actions.propose(Draft(first, "accepted", "We shall add it."), **by(table, "dora"))
    assert first.response is None and not queries.comments(table["round"], disposition="accepted")
    agreed = actions.propose(Draft(first, "accepted", "We shall add it.", seen=(1, 0)), agreed=True, **by(table, "carl"))
    assert (agreed.stage, agreed.by.name) == ("agreed", "Dora")
    (given,) = actions.publish_drafts(table["round"], [Draft(first, "accepted", "We shall add it.", seen=(2, 0))], **by(table))
    assert (given.disposition, given.text) == ("accepted", "We shall add it.") and Proposal.query.count() == 0
    assert [e.kind for e in Event.query.order_by(Event.id)][-4:] == [
        "comments.assigned", "response.proposed", "response.agreed", "response.given",
    ]  # fmt: skip


def test_nobody_but_the_team_learns_from_the_timeline_what_is_being_prepared(table):
    actions.propose(Draft(table["said"][0], "accepted", "Yes."), **by(table))
    assert not Event.query.filter(Event.kind == "response.proposed", Event.group_id.is_not(None)).count()


def test_a_drafter_prepares_only_what_was_given_and_publishes_nothing(table):
    first, other = table["said"][:2]
    actions.assign(table["round"], [first.id], table["dora"], **by(table))
    with pytest.raises(Refused, match="given to somebody else"):
        actions.propose(Draft(other, "noted"), **by(table, "dora"))
    with pytest.raises(Refused, match="Respond to comments"):
        actions.propose(Draft(first, "noted"), agreed=True, **by(table, "dora"))
    with pytest.raises(Refused, match="Respond to comments"):
        actions.publish_drafts(table["round"], [Draft(first, "noted")], **by(table, "dora"))


def test_a_drafter_who_left_the_group_can_neither_be_given_comments_nor_go_on(table):
    actions.assign(table["round"], [table["said"][0].id], table["dora"], **by(table))
    seat = next(m for m in table["group"].memberships if m.person_id == table["dora"].id)
    people.end_membership(seat, **by(table))
    with pytest.raises(NotFound):
        actions.propose(Draft(table["said"][0], "noted"), **by(table, "dora"))
    with pytest.raises(Refused, match="Dora is no officer"):
        actions.assign(table["round"], [table["said"][1].id], table["dora"], **by(table))


def test_the_second_officer_sees_the_first_and_overwrites_nothing(table):
    first = table["said"][0]
    actions.propose(Draft(first, "accepted", "Olga's words."), **by(table))
    with pytest.raises(Conflict, match="colleague"):
        actions.propose(Draft(first, "noted", "Carl's words."), **by(table, "carl"))
    (refused,) = actions.publish_drafts(table["round"], [Draft(first, "noted", "Carl's words.")], **by(table, "carl"))
    assert isinstance(refused, Conflict) and Proposal.query.one().text == "Olga's words."
    actions.publish_drafts(table["round"], [Draft(first, "accepted", "Olga's words.", seen=(1, 0))], **by(table))
    with pytest.raises(Conflict, match="responded"):
        actions.propose(Draft(first, "noted", "Carl's words."), **by(table, "carl"))


def test_one_response_answers_all_that_say_the_same(table):
    first, second, *_ = table["said"]
    assert actions.group_same(table["round"], **by(table)) == 1 and second.cluster_id == first.id
    same = working.sign(grouping.followers([first.id])[first.id])
    actions.publish_drafts(table["round"], [Draft(first, "not-accepted", "It is paid elsewhere.", same=same)], **by(table))
    row = next(row for row in queries.comments(table["round"]) if row.number == 2)
    assert (row.disposition, row.see, row.response) == ("not-accepted", 1, "")


def test_a_group_that_changed_meanwhile_is_not_answered_unseen(table):
    first, second, third, _ = table["said"]
    actions.group_same(table["round"], **by(table))
    seen = working.sign(grouping.followers([first.id])[first.id])
    actions.gather([first, third], **by(table, "carl"))
    (refused,) = actions.publish_drafts(table["round"], [Draft(first, "noted", "Yes.", same=seen)], **by(table))
    assert "no longer those you saw" in str(refused) and Response.query.count() == 0
    actions.part([second], **by(table))
    assert actions.group_same(table["round"], **by(table)) == 0 and second.cluster_id == second.id


def test_when_the_first_of_a_group_is_withdrawn_the_next_keeps_the_words(table):
    first, second, third, _ = table["said"]
    actions.gather([first, second, third], **by(table))
    same = working.sign(grouping.followers([first.id])[first.id])
    actions.publish_drafts(table["round"], [Draft(first, "noted", "The words.", same=same)], **by(table))
    actions.withdraw(first, **by(table))
    rows = {row.number: row for row in queries.comments(table["round"])}
    assert (rows[2].response, rows[2].see) == ("The words.", None) and rows[3].see == 2
    assert [third.id] == [each.id for each in grouping.followers([second.id])[second.id]]


def test_a_comment_withdrawn_meanwhile_takes_no_response_and_joins_no_group(table):
    first, second, *_ = table["said"]
    actions.withdraw(first, by=table["ada"], door="page")
    with pytest.raises(Refused, match="withdrawn"):
        actions.propose(Draft(first, "noted"), **by(table))
    with pytest.raises(Refused, match="Comment 1 was withdrawn"):
        actions.gather([first, second], **by(table))
    with pytest.raises(Refused, match="at least two"):
        actions.gather([second, second], **by(table))


def test_what_is_agreed_is_published_in_one_go_and_what_is_not_says_so(table):
    first, second, third, _ = table["said"]
    actions.propose_each([Draft(first, "noted", "One."), Draft(third, "noted", "Three.")], agreed=True, **by(table))
    outcome = actions.publish_agreed(table["round"], [first, second, third], **by(table))
    assert [isinstance(each, Response) for each in outcome] == [True, False, True] and "comment 2 is agreed yet" in str(outcome[1])


def test_a_round_is_answered_only_when_every_standing_comment_has_its_response(table):
    first, second, third, fourth = table["said"]
    with pytest.raises(Refused, match="still open"):
        actions.finish_answering(table["round"], **by(table))
    actions.close(table["round"], **by(table))
    actions.withdraw(fourth, **by(table))
    actions.respond(first, "noted", "", turn=0, **by(table))
    with pytest.raises(Refused, match="response: 2. The first is comment 2"):
        actions.finish_answering(table["round"], **by(table))
    for each in (second, third):
        actions.respond(each, "noted", "", turn=0, **by(table))
    actions.finish_answering(table["round"], **by(table))
    assert table["round"].answered_at is not None
    with pytest.raises(Refused, match="already"):
        actions.finish_answering(table["round"], **by(table))
    actions.comment(table["round"], paragraph=None, text="By fax.", author=table["ada"], **by(table))
    assert table["round"].answered_at is None


def test_the_worker_groups_a_large_round_and_says_how_far_it_is(table, monkeypatch):
    monkeypatch.setattr(grouping, "AT_ONCE", 1)
    make.comment(table["round"], table["ben"], "3", LONG)
    assert actions.group_same(table["round"], **by(table)) is None
    assert grouping.progress(table["round"].id) == {"done": 0, "count": 5, "title": "First round"}
    with pytest.raises(Refused, match="already"):
        actions.group_same(table["round"], **by(table))
    make.commit()
    assert actions.group_due(clock.now()) == 1 and actions.group_due(clock.now()) == 0
    assert grouping.progress(table["round"].id) is None
    assert Comment.query.filter(Comment.cluster_id == table["said"][0].id).count() == 2


def test_the_working_view_turns_pages_from_any_place_in_reading_order(table):
    wanted = working.Wanted(table["round"].id, table["round"].version_id)
    first = working.page(wanted, size=2)
    assert [row.number for row in first.rows] == [4, 3] and first.before is None
    second = working.page(wanted, first.after, size=2)
    assert [row.number for row in second.rows] == [1, 2] and second.after is None and second.before == (-1, 4)
    assert [row.number for row in working.page(wanted, second.before, size=2).rows] == [4, 3]


def test_the_filters_of_the_working_view(table):
    first, second, third, fourth = table["said"]
    actions.assign(table["round"], [third.id], table["dora"], **by(table))
    actions.group_same(table["round"], **by(table))
    actions.propose(Draft(first, "noted"), **by(table))
    actions.propose(Draft(second, "noted"), agreed=True, **by(table))
    actions.respond(fourth, "noted", "", turn=0, **by(table))

    def shown(**more):
        wanted = working.Wanted(table["round"].id, table["round"].version_id, **more)
        assert len(working.all_ids(wanted)) == len(working.page(wanted).rows)
        return [row.number for row in working.page(wanted).rows]

    assert shown(drafter=table["dora"].id) == [3] and shown(drafter=0) == [4, 1, 2]
    assert shown(state="open") == [3, 1, 2] and shown(state="proposed") == [1] and shown(state="agreed") == [2]
    assert shown(state="published") == [4] and shown(heads=True) == [4, 3, 1] and shown(who="BEN") == [4, 2]
    assert shown(first=1, count=2) == [1, 2] and shown(type="editorial") == []


def test_comments_that_say_very_much_come_a_few_at_a_time_and_none_is_left_out(table):
    for number in range(12):
        make.comment(table["round"], table["ada"], "3", f"{number} " + "很长的意见。" * 1000)
    wanted, seen, place = working.Wanted(table["round"].id, table["round"].version_id), [], working.START
    while place:
        found = working.page(wanted, place)
        seen += [row.number for row in found.rows]
        place = found.after
        assert len(found.rows) < 12
    assert seen == [4, 3, 1, 2, *range(5, 17)]
