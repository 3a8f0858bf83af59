"""An officer says what became of a paragraph; comments follow, and those placed by hand stay."""

import pytest

from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.cutting import cut
from consult.errors import Refused
from consult.journal import queries as journal
from consult.review import actions, queries
from tests import make
from tests.pages import Pages

FIRST = "1. The group met twice this year.\n\n2. A fund should be considered by the mechanism.\n\n3. Patents are hard to find."
SECOND = "1. The group met twice this year.\n\n2. Parties may wish to ask for money.\n\n3. Patents are hard to find."
HERE = "/g/experts/d/report-on-technology-transfer/v/2"


@pytest.fixture
def table(app):
    group = make.group()
    ada, officer = make.member(group), make.officer(group)
    draft = make.draft(group)
    asked = make.round(make.published(draft, FIRST))
    said = make.comment(asked, ada, "2", "Who pays?")
    waiting = make.prepared(draft, SECOND)
    make.commit()
    return {"group": group, "ada": ada, "officer": officer, "draft": draft, "said": said, "new": waiting}


def publish(table):
    actions.publish(table["new"], by=table["officer"], door="page")
    make.commit()


def retie(table, before, now, **more):
    return actions.retie(more.pop("version", table["new"]), before, now, by=more.pop("by", table["officer"]), door="page")


def stands(said) -> list[tuple]:
    found = sorted(queries.placements(said.id), key=lambda each: each.version.number)
    return [(each.version.number, each.state, each.paragraph.mark if each.paragraph else "") for each in found]


def test_a_comment_that_lost_its_paragraph_follows_the_officer(table):
    publish(table)
    assert stands(table["said"]) == [(2, "orphaned", "")] and len(queries.orphans(table["new"].id)) == 1
    assert retie(table, "2", "2") == 1
    assert stands(table["said"]) == [(2, "changed", "2")] and not queries.orphans(table["new"].id)
    told = journal.of_group(table["group"].id)[0]
    assert told.kind == "ties.corrected" and (told.data["before"], told.data["now"]) == ("[2]", "[2]")
    assert draft_queries.changes(table["new"]) == {"same": 2, "changed": 1}


def test_it_follows_on_later_versions_too(table):
    publish(table)
    third = make.published(table["draft"], SECOND.replace("money", "some money"))
    actions.carrying.carry(table["new"], third)
    assert stands(table["said"])[1] == (3, "orphaned", "")
    retie(table, "2", "2")
    assert stands(table["said"]) == [(2, "changed", "2"), (3, "changed", "2")]
    retie(table, "2", "")
    assert stands(table["said"]) == [(2, "orphaned", ""), (3, "orphaned", "")]


def test_a_comment_placed_by_hand_stays_where_it_was_put(table):
    publish(table)
    third = draft_queries.by_mark(table["new"].id, "3")
    actions.place_by_hand(table["said"], table["new"], third, by=table["officer"], door="page")
    assert retie(table, "2", "2") == 0
    assert stands(table["said"]) == [(2, "placed", "3")]


def test_said_before_publishing_it_holds_when_the_version_is_published(table):
    events = len(journal.of_group(table["group"].id))
    assert retie(table, "2", "2") == 0
    assert len(journal.of_group(table["group"].id)) == events, "what is being prepared is told to nobody"
    publish(table)
    assert stands(table["said"]) == [(2, "changed", "2")]
    assert journal.of_group(table["group"].id)[0].data["changes"] == {"same": 2, "changed": 1}


def test_a_text_that_is_cut_anew_is_compared_anew(table):
    retie(table, "2", "2")
    drafts.replace(table["new"], cut(SECOND), by=table["officer"], door="page")
    publish(table)
    assert stands(table["said"]) == [(2, "orphaned", "")]
    waiting = make.prepared(table["draft"], SECOND)
    retie(table, "1", "", version=waiting)
    drafts.delete(waiting, by=table["officer"], door="page")
    assert draft_queries.being_prepared(table["draft"]) is None


def test_the_page_of_changes_shows_it_at_once(app, table):
    publish(table)
    visitor = Pages(app)
    visitor.sign_in(table["officer"])
    visitor.get(f"{HERE}/diff/1")
    assert "[2] was deleted" in visitor.text and "[2] is new" in visitor.text
    link = visitor.select("//a[contains(., 'Correct this')]/@href")[0]
    visitor.get(link)
    assert "A fund should be considered" in visitor.text or "Parties may wish" in visitor.text
    visitor.post(f"{HERE}/became", {"before": "2", "now": "[2]"}, follow=True)
    assert "1 comment stands elsewhere now." in visitor.text
    assert "[2] changed" in visitor.text and "is new" not in visitor.text and "was deleted" not in visitor.text
    visitor.get("/g/experts/timeline")
    assert "corrected what became of paragraphs in version 2" in visitor.text


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [("99", "2", "Version 1 has no paragraph 99."), ("", "", "Name at least one"), ("1,2", "1,2", "Several paragraphs cannot")],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(app, table, before, now, reason):
    publish(table)
    visitor = Pages(app)
    visitor.sign_in(table["officer"])
    visitor.get(f"{HERE}/became")
    visitor.post(f"{HERE}/became", {"before": before, "now": now}, expect=422)
    assert reason in visitor.text and visitor.select("string(//input[@name='before']/@value)") == before


def test_likely_paragraphs_are_offered_as_links(app, table):
    drafts.replace(table["new"], cut(SECOND.replace("ask for money", "ask the mechanism for a fund")), by=table["officer"], door="page")
    retie(table, "2", "")
    publish(table)
    visitor = Pages(app)
    visitor.sign_in(table["officer"])
    visitor.get(f"{HERE}/became?before=2")
    offered = visitor.select("//ul/li/a[contains(@href, 'now=2')]/@href")
    assert offered
    visitor.get(offered[0])
    assert visitor.select("string(//input[@name='now']/@value)") == "2" and visitor.select("string(//input[@name='before']/@value)") == "2"


def test_only_officers_correct_and_the_first_version_has_nothing_before_it(app, table):
    publish(table)
    with pytest.raises(Refused, match="Correct by hand"):
        retie(table, "2", "2", by=table["ada"])
    with pytest.raises(Refused, match="is the first one"):
        retie(table, "2", "2", version=draft_queries.version(table["draft"], 1))
    visitor = Pages(app)
    visitor.sign_in(table["ada"])
    visitor.get(f"{HERE}/diff/1")
    assert not visitor.select("//a[contains(., 'Correct this')]")
    visitor.get(f"{HERE}/became", expect=403)
    visitor.sign_in(table["officer"])
    visitor.get(f"{HERE[:-1]}1/became", expect=404)
