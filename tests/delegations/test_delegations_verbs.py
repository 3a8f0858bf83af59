"""A Party prepares one set of comments: who drafts, who verifies, who submits, until when, and that nothing is lost or sent twice."""

from datetime import timedelta

import pytest
import time_machine

from consult.delegations import actions, queries
from consult.delegations.models import Delegate
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.review import actions as review
from consult.review import queries as review_queries
from tests import make


def events(kind: str) -> list[Event]:
    return db.session.query(Event).filter_by(kind=kind).all()


def test_reviewers_draft_the_contact_point_verifies_and_submits_one_set(kenya):
    first = kenya.draft(kenya.ruth, "2", "Share what?", type="technical", proposed="Paragraph 2, better.")
    kenya.draft(kenya.ben, "", "Too short.")
    own = kenya.draft(kenya.ada, "5", "Say who.")
    assert [each.state for each in queries.contributions(kenya.of)] == ["pending", "pending", "verified"]
    assert kenya.comments() == []
    actions.verify(kenya.of, [first], by=kenya.dan, door="page")
    made = actions.submit(kenya.of, by=kenya.ada, door="page")
    assert [(c.paragraph.mark, c.text, c.on_behalf_of, c.author.name, c.type) for c in made] == [
        ("2", "Share what?", "Kenya", "Ada", "technical"), ("5", "Say who.", "Kenya", "Ada", "general"),
    ]  # fmt: skip
    assert [each.state for each in queries.contributions(kenya.of)] == ["submitted", "pending", "submitted"]
    assert own.comment is made[1] and first.verified_by_id == kenya.dan.id
    (told,) = events("delegation.submitted")
    assert told.data["count"] == 2 and events("comment.made") == []


def test_submitting_twice_adds_nothing_and_what_is_verified_later_goes_with_the_next(kenya):
    kenya.draft(kenya.ada, "1", "First.")
    assert len(actions.submit(kenya.of, by=kenya.ada, door="page")) == 1
    assert actions.submit(kenya.of, by=kenya.ada, door="mail") == []
    kenya.draft(kenya.ada, "2", "Second.")
    assert len(actions.submit(kenya.of, by=kenya.ada, door="page")) == 1
    assert len(kenya.comments()) == 2 and len(events("delegation.submitted")) == 2


def test_the_deputy_does_everything_but_submit(kenya):
    one = kenya.draft(kenya.ruth, "1", "Mine.")
    actions.edit(one, text="Better.", type="editorial", by=kenya.dan, door="page")
    actions.verify(kenya.of, [one], by=kenya.dan, door="page")
    with pytest.raises(Refused, match="Only the contact point, Ada, submits"):
        actions.submit(kenya.of, by=kenya.dan, door="page")
    assert kenya.comments() == []


def test_what_was_changed_by_whom_is_kept(kenya):
    one = kenya.draft(kenya.ruth, "1", "Mine.")
    actions.edit(one, text="Ours.", type="general", by=kenya.ada, door="page")
    actions.verify(kenya.of, [one], by=kenya.ada, door="page")
    told = [(event.kind, name, event.data.get("before", {}).get("text")) for event, name in queries.history([one.id])]
    assert told == [
        ("contribution.made", "Ruth", None), ("contribution.edited", "Ada", "Mine."), ("contribution.verified", "Ada", None),
    ]  # fmt: skip


def test_several_become_one_and_can_be_parted_again(kenya):
    one = kenya.draft(kenya.ruth, "1", "Share it.", proposed="Paragraph 1, shared.")
    two = kenya.draft(kenya.ben, "1", "Who pays?", proposed="Paragraph 1, paid.")
    elsewhere = kenya.draft(kenya.ben, "2", "Elsewhere.")
    with pytest.raises(Refused, match="different paragraphs"):
        actions.merge(kenya.of, [one, elsewhere], by=kenya.ada, door="page")
    actions.merge(kenya.of, [one, two], by=kenya.ada, door="page")
    assert (one.state, two.state, two.merged_into_id) == ("pending", "withdrawn", one.id)
    assert "Share it." in one.text and "Who pays?" in one.text and "Paragraph 1, paid." in one.text
    assert one.proposed == "Paragraph 1, shared."
    actions.restore(kenya.of, [two], by=kenya.ada, door="page")
    assert (two.state, two.merged_into_id) == ("pending", None)


def test_after_the_own_deadline_only_the_contact_point_and_the_deputy_add(kenya):
    later = kenya.of.closes_at + timedelta(hours=1)
    with pytest.raises(Refused, match="deadline that your contact point set is over"):
        kenya.draft(kenya.ruth, "1", "Too late.", at=later)
    assert kenya.draft(kenya.ada, "1", "Still.", at=later).state == "verified"
    kenya.draft(kenya.dan, "1", "Still too.", at=later)
    after = kenya.round.closes_at + timedelta(hours=1)
    for act in (lambda: kenya.draft(kenya.ada, "1", "x", at=after), lambda: actions.submit(kenya.of, by=kenya.ada, door="page", at=after)):
        with pytest.raises(Refused, match="The round is closed"):
            act()


def test_after_the_set_is_submitted_reviewers_write_to_the_contact_point(kenya):
    kenya.draft(kenya.ada, "1", "First.")
    actions.submit(kenya.of, by=kenya.ada, door="page")
    with pytest.raises(Refused, match="has submitted the comments already"):
        kenya.draft(kenya.ruth, "1", "Too late.")


def test_reviewers_change_their_own_until_it_is_verified(kenya):
    one = kenya.draft(kenya.ruth, "1", "Mine.")
    with pytest.raises(Refused, match="what somebody else wrote"):
        actions.edit(one, text="x", type="general", by=kenya.ben, door="page")
    actions.edit(one, text="Mine, better.", type="general", by=kenya.ruth, door="page")
    actions.verify(kenya.of, [one], by=kenya.ada, door="page")
    with pytest.raises(Refused, match="has verified this"):
        actions.withdraw(kenya.of, [one], by=kenya.ruth, door="page")
    with pytest.raises(Refused, match="Only the contact point and its deputy do this"):
        actions.verify(kenya.of, [one], by=kenya.ruth, door="page")
    with pytest.raises(Refused, match="Only the contact point, its deputy and its own"):
        kenya.draft(kenya.mia, "1", "x")


def test_nothing_goes_out_that_nobody_verified(kenya):
    with pytest.raises(Refused, match="nothing to submit"):
        actions.submit(kenya.of, by=kenya.ada, door="page")
    kenya.draft(kenya.ruth, "1", "Mine.")
    with pytest.raises(Refused, match="Nothing is verified yet"):
        actions.submit(kenya.of, by=kenya.ada, door="page")


def test_a_set_of_which_one_cannot_be_entered_is_not_submitted_at_all(kenya):
    kenya.draft(kenya.ada, "1", "Good.")
    bad = kenya.draft(kenya.ada, "2", "Bad.", type="editorial")
    kenya.round.types = ["general"]
    make.commit()
    with pytest.raises(Refused, match="asks for"), db.session.begin_nested():
        actions.submit(kenya.of, by=kenya.ada, door="page")
    db.session.expire_all()
    assert kenya.comments() == [] and bad.state == "verified" and kenya.of.submitted_at is None


def test_a_delegation_has_three_own_reviewers_and_the_contact_point_may_be_replaced(kenya):
    actions.add_reviewer(kenya.of, make.person("Sam"), by=kenya.dan, door="page")
    with pytest.raises(Refused, match="at most 3"):
        actions.add_reviewer(kenya.of, make.person("Tom"), by=kenya.ada, door="page")
    actions.remove_reviewer(kenya.of, kenya.ben, by=kenya.ada, door="page")
    with pytest.raises(Refused, match="drafts for Kenya already"):
        actions.add_reviewer(kenya.of, kenya.ruth, by=kenya.ada, door="page")
    actions.name_contact(kenya.round, "Kenya", kenya.ruth, by=kenya.olga, door="page")
    assert queries.part(kenya.of, kenya.ruth.id) == "contact" and queries.part(kenya.of, kenya.ada.id) == ""
    assert db.session.query(Delegate).filter_by(person_id=kenya.ruth.id).count() == 0


def test_who_may_name_whom(kenya):
    with pytest.raises(Refused, match="Name the contact point"):
        actions.name_contact(kenya.round, "Peru", kenya.mia, by=kenya.mia, door="page")
    with pytest.raises(NotFound):
        actions.name_contact(kenya.round, "Peru", kenya.mia, by=kenya.ruth, door="page")
    with pytest.raises(Refused, match="Only the contact point names its deputy"):
        actions.name_deputy(kenya.of, kenya.mia, by=kenya.dan, door="page")
    with pytest.raises(Refused, match="somebody else than the contact point"):
        actions.name_deputy(kenya.of, kenya.ada, by=kenya.ada, door="page")
    with pytest.raises(Refused, match="earlier than the round's"):
        actions.set_deadline(kenya.of, kenya.round.closes_at, by=kenya.ada, door="page")


def test_the_clock_tells_of_the_own_deadline_the_closing_and_what_was_left_once_each(kenya):
    kenya.draft(kenya.ruth, "1", "Mine.")
    assert actions.remind_due(clock.now()) == 0
    assert actions.remind_due(kenya.of.closes_at + timedelta(minutes=1)) == 1
    assert actions.remind_due(kenya.of.closes_at + timedelta(hours=1)) == 0
    soon = kenya.round.closes_at - timedelta(days=1)
    assert (actions.remind_due(soon), actions.remind_due(soon + timedelta(hours=1))) == (1, 0)
    with time_machine.travel(kenya.round.closes_at + timedelta(minutes=1)):
        review.close_due(clock.now())
        assert (actions.remind_due(clock.now()), actions.remind_due(clock.now())) == (1, 0)
    assert [len(events(f"delegation.{kind}")) for kind in ("due", "reminded", "left")] == [1, 1, 1]


def test_an_expert_of_no_group_drafts_but_reads_nothing_else(kenya):
    kenya.draft(kenya.ruth, "1", "Mine.")
    with pytest.raises(NotFound):
        queries.get(kenya.round.id, kenya.of.id, kenya.mia.id)
    with pytest.raises(Refused, match="asks other people"):
        make.comment(kenya.round, kenya.ruth, "1")
    assert review_queries.progress(kenya.round)["comments"] == 0
