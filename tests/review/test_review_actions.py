"""Rounds, comments and responses, as people use them."""

from datetime import timedelta

import pytest
import time_machine

from consult.drafts import queries as drafts
from consult.errors import Conflict, NotFound, Refused
from consult.journal.models import Event
from consult.kit import clock
from consult.review import actions, exporting, queries
from tests import make

TEXT = (
    "I. Introduction\n\n1. The first paragraph speaks of seeds.\n\n"
    + "2. The second speaks of water and of soil:\n\n(a) water;\n\n(b) soil.\n\n3. The third one ends it."
)


@pytest.fixture
def table(app):
    """A group of an officer, two members and an observer around a published text with an open round."""
    group = make.group()
    people = {"olga": make.member(group, make.person("Olga"), "officer"), "ada": make.member(group, make.person("Ada"))}
    people |= {"ben": make.member(group, make.person("Ben")), "obi": make.member(group, make.person("Obi"), "observer")}
    version = make.published(make.draft(group, by=people["olga"]), TEXT, by=people["olga"])
    return people | {"group": group, "version": version, "round": make.round(version, by=people["olga"])}


def kinds(group):
    return [e.kind for e in Event.query.filter_by(group_id=group.id).order_by(Event.id)]


def test_a_round_invites_everybody_but_the_officers_and_tells_the_journal(table):
    assert {i.person.name for i in table["round"].invitations} == {"Ada", "Ben", "Obi"}
    assert kinds(table["group"])[-2:] == ["round.planned", "round.opened"]


def test_a_round_for_chosen_people_refuses_the_comments_of_others(table):
    only_ada = make.round(table["version"], people_asked=[table["ada"]], by=table["olga"])
    make.comment(only_ada, table["ada"], "1")
    with pytest.raises(Refused, match="asks other people"):
        make.comment(only_ada, table["ben"], "1")


def test_a_person_outside_the_group_cannot_be_chosen(table):
    with pytest.raises(Refused, match="Zoe"):
        make.round(table["version"], people_asked=[make.person("Zoe")], by=table["olga"])


def test_a_round_that_closes_in_the_past_is_refused(table):
    with pytest.raises(Refused, match="past"):
        make.round(table["version"], closes_at=clock.now() - timedelta(hours=1), by=table["olga"])


def test_members_cannot_open_rounds_and_outsiders_do_not_learn_that_the_group_exists(table):
    with pytest.raises(Refused, match="Open a round"):
        make.round(table["version"], by=table["ada"])
    with pytest.raises(NotFound):
        make.round(table["version"], by=make.person("Zoe"))


def test_a_planned_round_opens_when_its_time_comes_and_only_once(table):
    planned = make.round(table["version"], opens_at=clock.now() + timedelta(days=1), by=table["olga"])
    with pytest.raises(Refused, match="not opened yet"):
        make.comment(planned, table["ada"], "1")
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        assert (actions.start_due(clock.now()), actions.start_due(clock.now())) == (1, 0)
        make.comment(planned, table["ada"], "1")


def test_a_comment_has_a_number_a_place_and_its_door(table):
    first = make.comment(table["round"], table["ada"], "2(a)", "Which water?", door="mail")
    second = make.comment(table["round"], table["ben"], "", "Well done.", type="editorial", on_behalf_of="Kenya")
    assert (first.number, first.paragraph.number, first.door, first.late) == (1, "2 (a)", "mail", False)
    assert (second.number, second.paragraph, second.on_behalf_of) == (2, None, "Kenya")


def test_the_same_submission_twice_is_one_comment(table):
    once = [make.comment(table["round"], table["ada"], "1", once="page:1:abc") for _ in range(2)]
    assert once[0].id == once[1].id and table["round"].comments_made == 1


def test_a_quotation_must_stand_in_the_paragraph_and_is_kept_with_its_surroundings(table):
    quoted = make.comment(table["round"], table["ada"], "1", quote="speaks of")
    assert (quoted.quote_before, quoted.quote, quoted.quote_after) == ("The first paragraph ", "speaks of", " seeds.")
    with pytest.raises(Refused, match="do not stand in"):
        make.comment(table["round"], table["ada"], "1", quote="speaks of fish")


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"text": "  "}, "empty"), ({"text": "x" * 20_001}, "one comment can have"), ({"type": "angry"}, "not a type")],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(table, more, reason):
    with pytest.raises(Refused, match=reason):
        make.comment(table["round"], table["ada"], "1", **more)


def test_a_round_that_asks_for_editorial_comments_refuses_others(table):
    editorial = make.round(table["version"], types=["editorial"], by=table["olga"])
    with pytest.raises(Refused, match="editorial"):
        make.comment(editorial, table["ada"], "1", type="substantive")


def test_a_closed_round_takes_no_comments_except_from_the_officer_and_those_are_late(table):
    actions.close(table["round"], by=table["olga"], door="page")
    with pytest.raises(Refused, match="closed"):
        make.comment(table["round"], table["ada"], "1")
    with time_machine.travel(table["round"].closes_at + timedelta(hours=1), tick=False):
        entered = actions.comment(table["round"], paragraph=None, text="By fax.", author=table["ada"], by=table["olga"], door="page")
    assert (entered.author.name, entered.entered_by_id, entered.late) == ("Ada", table["olga"].id, True)


def test_nobody_comments_in_another_persons_name(table):
    with pytest.raises(Refused, match="enter comments for others"):
        actions.comment(table["round"], paragraph=None, text="x", author=table["ben"], by=table["ada"], door="page")


def test_an_edited_comment_keeps_what_it_said_and_a_withdrawn_one_counts_no_more(table):
    said = make.comment(table["round"], table["ada"], "1", "First.")
    actions.edit(said, text="Second.", type="technical", by=table["ada"], door="page")
    assert (said.text, [r.text for r in said.revisions]) == ("Second.", ["First."])
    with pytest.raises(Refused, match="Only its author"):
        actions.edit(said, text="Mine.", type="technical", by=table["ben"], door="page")
    actions.withdraw(said, by=table["ada"], door="page")
    assert queries.comments(table["round"]) == [] and queries.counts_by_paragraph(table["version"].id) == {}


def test_after_closing_authors_edit_no_more_but_may_still_answer(table):
    said = make.comment(table["round"], table["ada"], "1")
    actions.close(table["round"], by=table["olga"], door="page")
    with pytest.raises(Refused, match="closed"):
        actions.edit(said, text="Late.", type="general", by=table["ada"], door="page")
    with pytest.raises(Refused, match="only the comment's author"):
        actions.answer(said, "Me too.", by=table["ben"], door="page")
    actions.answer(said, "I meant seeds.", by=table["ada"], door="mail")
    assert [a.text for a in said.answers] == ["I meant seeds."]


def test_an_extension_needs_a_reason_and_keeps_the_first_deadline(table):
    was = table["round"].closes_at
    with pytest.raises(Refused, match="why"):
        actions.extend(table["round"], was + timedelta(days=7), " ", by=table["olga"], door="page")
    actions.extend(table["round"], was + timedelta(days=7), "Holiday season", by=table["olga"], door="page")
    assert (table["round"].first_closes_at, table["round"].closes_at) == (was, was + timedelta(days=7))


def test_the_deadline_closes_a_round_once(table):
    with time_machine.travel(table["round"].closes_at + timedelta(minutes=1), tick=False):
        assert (actions.close_due(clock.now()), actions.close_due(clock.now())) == (1, 0)


def test_the_silent_are_seen_and_only_they_are_reminded(table):
    make.comment(table["round"], table["ada"], "1")
    assert {i.person.name for i in queries.silent(table["round"])} == {"Ben", "Obi"}
    assert actions.remind(table["round"], [table["ada"], table["ben"]], by=table["olga"], door="page") == 1
    with pytest.raises(Refused, match="at least one"):
        actions.remind(table["round"], [table["ada"]], by=table["olga"], door="page")


def test_two_officers_do_not_overwrite_each_other(table):
    said = make.comment(table["round"], table["ada"], "1")
    actions.respond(said, "accepted", "Yes.", turn=0, by=table["olga"], door="page")
    with pytest.raises(Conflict):
        actions.respond(said, "noted", "Hm.", turn=0, by=table["olga"], door="page")
    assert actions.respond(said, "noted", "Hm.", turn=1, by=table["olga"], door="page").turn == 2
    with pytest.raises(Refused, match="explanation"):
        actions.respond(said, "not-accepted", "", turn=2, by=table["olga"], door="page")
    with pytest.raises(Refused, match="Respond"):
        actions.respond(said, "accepted", "", turn=2, by=table["ada"], door="page")


def test_comments_follow_their_paragraph_to_the_next_version(table):
    for mark in ("1", "2", "2(a)", "3", ""):
        make.comment(table["round"], table["ada"], mark, f"on {mark or 'all'}")
    second = TEXT.replace(
        "2. The second speaks of water and of soil:", "2. A new one stands here now.\n\n3. The second speaks of clean water and of soil:"
    )
    second = second.replace("3. The third one ends it.", "").rstrip()
    new = actions.publish(make.prepared(table["version"].draft, second, by=table["olga"]), by=table["olga"], door="page")
    standing = {row.text: (row.state, drafts_mark(new, row.at_id)) for row in queries.all_on_version(new.id)}
    assert standing["on 1"] == ("placed", "1")
    assert standing["on 2"] == ("changed", "3")
    assert standing["on 2(a)"] == ("placed", "3(a)")
    assert standing["on all"] == ("placed", None)
    assert [row.text for row in queries.orphans(new.id)] == ["on 3"]


def drafts_mark(version, paragraph_id):
    return {p.id: p.mark for p in drafts.paragraphs(version.id)}.get(paragraph_id)


def test_an_orphan_is_put_back_by_hand_and_stays_where_it_was_put(table):
    lost = make.comment(table["round"], table["ada"], "3")
    draft = table["version"].draft
    new = actions.publish(
        make.prepared(draft, TEXT.replace("3. The third one ends it.", ""), by=table["olga"]), by=table["olga"], door="page"
    )
    assert [c.id for c in queries.orphans(new.id)] == [lost.id]
    actions.place_by_hand(lost, new, drafts.by_mark(new.id, "1"), by=table["olga"], door="page")
    assert queries.orphans(new.id) == []
    third = actions.publish(make.prepared(draft, TEXT.replace("seeds", "many seeds"), by=table["olga"]), by=table["olga"], door="page")
    assert [(c.id, c.state) for c in queries.comments_on_paragraph(drafts.by_mark(third.id, "1").id, third.id)] == [(lost.id, "changed")]


def test_the_export_has_one_row_a_comment_and_no_formula(table):
    said = make.comment(
        table["round"], table["ada"], "2(a)", "=HYPERLINK(1)", door="mail", on_behalf_of="Kenya", proposed="(a) clean water;"
    )
    make.comment(table["round"], table["ben"], "", "Fine.")
    actions.respond(said, "accepted", "Yes.", turn=0, by=table["olga"], door="page")
    rows = exporting.rows(table["round"])
    assert [(r["paragraph"], r["author"], r["on_behalf_of"], r["door"], r["disposition"], r["response"]) for r in rows] == [
        ("", "Ben", "", "page", "", ""),
        ("2 (a)", "Ada", "Kenya", "mail", "accepted", "Yes."),
    ]
    assert ",'=HYPERLINK(1)," in exporting.as_csv(rows)
    assert exporting.as_json(rows).count('"comment"') == 2


def test_what_was_read_is_remembered_once(table):
    said = make.comment(table["round"], table["ada"], "1")
    for _ in range(2):
        actions.saw(table["ben"].id, [said.id])
    assert queries.seen(table["ben"].id, [said.id]) == {said.id}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2. The second speaks\nof water and soil:", "The second speaks of water and soil:"),
        ("第二段讲\n水。", "第二段讲水。"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
    ],
)
def test_a_proposed_wording_is_kept_as_the_paragraph_would_stand(table, typed, kept):
    assert make.comment(table["round"], table["ada"], "2", proposed=typed).proposed == kept


def test_a_form_sent_twice_opens_one_round(table):
    closes = clock.now() + timedelta(days=9)
    make.round(table["version"], title="Once", closes_at=closes, by=table["olga"])
    with pytest.raises(Refused, match="already"):
        make.round(table["version"], title="Once", closes_at=closes, by=table["olga"])


def test_a_comment_on_a_version_that_has_just_been_replaced_stands_on_the_new_one_too(app):
    one, two = "Training comes before equipment in every country.", "Patents are hard to find in the libraries of small islands."
    changed = two.replace("hard", "very hard")
    first = make.published(make.draft(make.group()), f"1. {one}\n\n2. {two}\n\n3. This goes.")
    ada = make.member(first.draft.group, make.person("Ada"))
    asked = make.round(first)
    olga = make.officer(first.draft.group)
    for text in (f"1. {one}\n\n2. {changed}", f"1. Ports are few.\n\n2. {one}\n\n3. {changed}"):
        actions.publish(make.prepared(first.draft, text), by=olga, door="page")
    said = make.comment(asked, ada, "2"), make.comment(asked, ada, "3"), make.comment(asked, ada)
    places = [[(p.version.number, p.paragraph and p.paragraph.mark, p.state) for p in queries.placements(each.id)] for each in said]
    assert places[0] == [(2, "2", "changed"), (3, "3", "placed")]
    assert [state for _, _, state in places[1]] == ["orphaned", "orphaned"]
    assert places[2] == [(2, None, "placed"), (3, None, "placed")]
