"""Proposed wordings go into the next version one by one, and the comment keeps the credit."""

import pytest

from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.errors import Conflict, Refused
from consult.review import actions, adopting, queries
from tests import make
from tests.pages import Pages

TEXT = "1. Parties should provide training.\n\n2. Patents are hard to find.\n\n3. Freight is dear."


@pytest.fixture
def first(app):
    return make.published(make.draft(make.group(), "Report"), TEXT)


@pytest.fixture
def olga(first):
    return make.officer(first.draft.group)


@pytest.fixture
def ada(first, olga):
    return make.member(first.draft.group, make.person("Ada"))


@pytest.fixture
def asked(first, ada):
    return make.round(first)


def now(version, mark="1"):
    return draft_queries.by_mark(version.id, mark).text


def test_a_wording_is_taken_in_and_credited(asked, ada, olga, first):
    said = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    adopting.adopt(said, second, by=olga, door="page")
    assert now(second) == "Parties shall provide training."
    assert adopting.credited_in(said.id) == []  # nobody hears of it before the version is published
    actions.publish(second, by=olga, door="page")
    assert [tuple(row) for row in adopting.credited_in(said.id)] == [(2, False)]
    assert [(row.number, row.author, row.changed) for row in adopting.credits(second.id)] == [(said.number, "Ada", False)]
    assert queries.placements(said.id)[0].state == "changed"


def test_two_wordings_of_one_paragraph_come_together_where_they_touch_different_words(asked, ada, olga, first):
    shall = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    more = make.comment(asked, ada, "1", proposed="Parties should provide training to small islands.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    adopting.adopt(shall, second, by=olga, door="page")
    adopting.adopt(more, second, by=olga, door="page")
    assert now(second) == "Parties shall provide training to small islands."
    assert [row.changed for row in adopting.credits(second.id)] == [False, False]


def test_two_wordings_of_the_same_words_are_brought_together_by_hand(asked, ada, olga, first):
    shall = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    may = make.comment(asked, ada, "1", proposed="Parties may provide training.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    adopting.adopt(shall, second, by=olga, door="page")
    with pytest.raises(Conflict, match="Bring the two together"):
        adopting.adopt(may, second, by=olga, door="page")
    assert now(second) == "Parties shall provide training."
    adopting.adopt(may, second, "Parties are invited to provide training.", by=olga, door="page")
    assert now(second) == "Parties are invited to provide training."
    assert [row.changed for row in adopting.credits(second.id)] == [False, True]


def test_a_wording_can_be_taken_out_again_and_not_put_in_twice(asked, ada, olga, first):
    said = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    adopting.adopt(said, second, by=olga, door="page")
    with pytest.raises(Refused, match="already"):
        adopting.adopt(said, second, by=olga, door="page")
    adopting.let_go(said, second, by=olga, door="page")
    assert now(second) == "Parties should provide training." and adopting.credits(second.id) == []


def test_wordings_of_withdrawn_comments_lost_paragraphs_and_published_versions_are_refused(asked, ada, olga, first):
    gone = make.comment(asked, ada, "3", proposed="Freight to islands is dear.")
    taken_back = make.comment(asked, ada, "2", proposed="Patents are easy to find.")
    actions.withdraw(taken_back, by=ada, door="page")
    second = drafts.write_on(first.draft, by=olga, door="page")
    drafts.correct(second, "remove", 2, by=olga, door="page")
    with pytest.raises(Refused, match="does not stand"):
        adopting.adopt(gone, second, by=olga, door="page")
    with pytest.raises(Refused, match="withdrawn"):
        adopting.adopt(taken_back, second, by=olga, door="page")
    actions.publish(second, by=olga, door="page")
    with pytest.raises(Refused, match="never changes"):
        adopting.adopt(gone, second, by=olga, door="page")
    with pytest.raises(Refused, match="[Yy]our role"):
        adopting.adopt(gone, second, by=ada, door="page")


def test_a_wording_made_two_versions_ago_still_fits_where_its_words_stand(asked, ada, olga, first):
    said = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    drafts.correct(second, "reword", 0, "Parties should provide training every year.", by=olga, door="page")
    actions.publish(second, by=olga, door="page")
    third = drafts.write_on(first.draft, by=olga, door="page")
    adopting.adopt(said, third, by=olga, door="page")
    assert now(third) == "Parties shall provide training every year."


def test_an_officer_takes_wordings_in_on_a_page(app, asked, ada, olga, first):
    shall = make.comment(asked, ada, "1", proposed="Parties shall provide training.")
    may = make.comment(asked, ada, "1", proposed="Parties may provide training.")
    second = drafts.write_on(first.draft, by=olga, door="page")
    at = f"/g/experts/d/{first.draft.slug}/v/2/wordings"
    visitor = Pages(app)
    visitor.sign_in(olga)
    visitor.get(at)
    assert "2 comments propose wordings; 0 are in this version." in visitor.text
    visitor.post(f"{at}/{asked.id}/{shall.number}", {}, follow=True)
    assert "1 is in this version." in visitor.text and "touched the same words" in visitor.text
    visitor.post(f"{at}/{asked.id}/{may.number}", {}, expect=422)
    assert "Bring the two together" in visitor.text
    visitor.post(f"{at}/{asked.id}/{may.number}", {"words": "Parties are invited to provide training."}, follow=True)
    assert now(second) == "Parties are invited to provide training."
    visitor.post(f"{at}/{asked.id}/{may.number}", {"out": "1"}, follow=True)
    assert "is out again" in visitor.text
    actions.publish(second, by=olga, door="page")
    reader = Pages(app)
    reader.sign_in(ada)
    reader.get(f"/g/experts/r/{asked.id}/c/{shall.number}")
    assert "Its wording was taken into version 2." in reader.text
    reader.get(f"/g/experts/d/{first.draft.slug}/")
    assert "Wordings taken from comments Version 2: #1 Ada" in reader.text
    reader.get(at, expect=403)
