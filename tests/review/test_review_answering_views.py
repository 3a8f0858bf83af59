"""The working view as an officer, a drafter and other members meet it."""

import pytest

from consult.people.models import Organization
from consult.review import actions, queries
from consult.review.actions import Draft
from consult.review.models import Phrase, Proposal, Response
from tests import make

HERE = "/g/experts/r/1/answering"
LONG = "The estimate of costs in this paragraph leaves out the training of customs officers, which our country pays for itself today."


@pytest.fixture
def table(app):
    """A closed round with comments by two experts, an officer, and Dora who drafts."""
    group = make.group()
    who = {"olga": make.member(group, make.person("Olga"), "officer")}
    who |= {name.lower(): make.member(group, make.person(name)) for name in ("Ada", "Ben", "Dora")}
    version = make.published(make.draft(group, by=who["olga"]), "1. The first one.\n\n2. The second one.", by=who["olga"])
    asked = make.round(version, by=who["olga"])
    said = [
        make.comment(asked, who["ada"], "2", LONG, proposed="The second one, paid."),
        make.comment(asked, who["ben"], "2", LONG, proposed="The second one, paid."),
    ]
    said += [make.comment(asked, who["ada"], "1", "Agree."), make.comment(asked, who["ben"], "", "Thank you.")]
    make.commit()
    return who | {"group": group, "round": asked, "said": said}


def numbers(client) -> list[str]:
    return client.select("//article/@id")


def typed(text: str, disposition: str = "noted", act: str = "propose", **more) -> dict:
    return {"response": text, "disposition": disposition, "act": act, "proposal": "0", "turn": "0", **more}


def test_an_officer_reads_in_order_below_each_paragraph_and_publishes(table, client):
    client.sign_in(table["olga"])
    client.get(HERE)
    assert numbers(client) == ["c4", "c3", "c1", "c2"]
    assert "The second one." in client.text and client.select("//article[@id='c1']//ins[contains(., 'paid')]")
    answer = client.post(f"{HERE}/c/3", typed("We agree too.", "accepted", "publish"), page=HERE)
    assert answer.location.endswith("#c1")
    client.get(HERE)
    assert "1 of 4 answered" in client.text
    row = next(row for row in queries.comments(table["round"]) if row.number == 3)
    assert (row.disposition, row.response) == ("accepted", "We agree too.")


def test_who_speaks_for_their_own_organization_is_not_said_to_twice(table, client):
    table["ada"].organization = Organization(name="Canada", kind="party")
    make.comment(table["round"], table["ada"], "1", "Unclear.", on_behalf_of="Canada")
    make.commit()
    client.sign_in(table["olga"])
    client.get(HERE)
    assert client.select("string(//article[@id='c5']//h3)").count("Canada") == 1


def test_what_is_refused_comes_back_at_its_comment_with_the_words_and_those_of_the_colleague(table, client):
    actions.propose(Draft(table["said"][0], "accepted", "Olga was first."), by=table["olga"], door="page")
    client.sign_in(table["olga"])
    client.post(f"{HERE}/c/1", typed("My own words.", "noted", "publish"), expect=422, page=HERE)
    work = client.select("string(//article[@id='c1'])")
    assert "A colleague has worked on this response meanwhile" in work and "Olga was first." in work and "My own words." in work
    assert Response.query.count() == 0 and Proposal.query.one().text == "Olga was first."
    assert client.select("//article[@id='c1']//input[@name='proposal']/@value") == ["1"]


def test_words_for_a_comment_that_was_withdrawn_meanwhile_are_shown_again(table, client):
    client.sign_in(table["olga"])
    client.get(HERE)
    actions.withdraw(table["said"][2], by=table["ada"], door="page")
    client.post(f"{HERE}/c/3", typed("A long answer."), expect=422, page=HERE)
    assert "was withdrawn" in client.text and "A long answer." in client.text


def test_a_drafter_sees_only_what_the_team_shows_and_other_members_nothing(table, client):
    actions.propose(Draft(table["said"][0], "accepted", "Not for everybody."), by=table["olga"], door="page")
    client.sign_in(table["ben"])
    client.get(HERE)
    assert "Not for everybody." not in client.text and numbers(client) == [] and "No comments were given to you" in client.text
    client.get(f"{HERE}?drafter=none")
    assert numbers(client) == []
    actions.assign(table["round"], [table["said"][2].id], table["dora"], by=table["olga"], door="page")
    client.sign_in(table["dora"])
    client.get(HERE)
    assert numbers(client) == ["c3"] and not client.select("//button[@value='publish']")
    client.post(f"{HERE}/c/3", typed("Dora's words."), follow=True, page=HERE)
    assert "A response to comment 3 is proposed." in client.text
    client.post(f"{HERE}/c/3", typed("Dora's words.", act="publish", proposal="1"), expect=422, page=HERE)
    assert Response.query.count() == 0


def test_many_at_once(table, client):
    client.sign_in(table["olga"])
    client.get(f"{HERE}?tick=all")
    ticked = client.select("//input[@name='ticked'][@checked]/@value")
    assert len(ticked) == 4
    client.post(f"{HERE}/many", {"act": "assign", "drafter": str(table["dora"].id), "ticked": ticked[:2]}, follow=True, page=HERE)
    assert "2 comments are given to Dora." in client.text
    client.post(f"{HERE}/many", {"act": "join", "ticked": ticked[2:]}, follow=True, page=HERE)
    assert "They say the same as comment 1 now." in client.text and "1 comment says the same: #2" in client.text
    client.post(
        f"{HERE}/many", {"act": "agree", "disposition": "noted", "response": "Thanks.", "ticked": ticked[:3]}, follow=True, page=HERE
    )
    assert "Done for 3 comments." in client.text
    client.post(f"{HERE}/many", {"act": "agreed", "all": "1"}, follow=True, page=HERE)
    assert "Done for 3 comments." in client.text and "4 of 4 answered" in client.text
    client.post(
        f"{HERE}/many", {"act": "publish", "disposition": "noted", "response": "Others.", "ticked": ticked[:1]}, follow=True, page=HERE
    )
    assert "Comment 4: A colleague has responded" in client.text
    client.post(f"{HERE}/many", {"act": "agreed"}, expect=422, page=HERE)
    client.post(f"{HERE}/many", {"act": "join", "ticked": ["x"]}, expect=422, page=HERE)


def test_frequent_answers_are_kept_and_put_into_a_response(table, client):
    client.sign_in(table["olga"])
    client.get("/g/experts/phrases")
    client.post("/g/experts/phrases", {"title": "", "disposition": "", "text": "x"}, expect=422)
    client.post("/g/experts/phrases", {"title": "Scope", "disposition": "not-accepted", "text": "Out of scope."}, follow=True)
    kept = Phrase.query.one()
    client.get(HERE)
    client.post(f"{HERE}/c/3", typed("First of all:", "", "phrase", phrase=str(kept.id)), expect=200, page=HERE)
    assert client.select("string(//textarea[@id='w3'])").strip() == "First of all:\n\nOut of scope."
    assert client.select("//select[@id='d3']/option[@selected]/@value") == ["not-accepted"]
    client.get(f"/g/experts/phrases?edit={kept.id}")
    client.post(f"/g/experts/phrases?edit={kept.id}", {"title": "Scope", "disposition": "", "text": "Outside."}, follow=True)
    assert "Outside." in client.text
    client.post(f"/g/experts/phrases/{kept.id}/remove", follow=True)
    assert Phrase.query.count() == 0


def test_grouping_on_request_and_the_end_of_answering(table, client):
    client.sign_in(table["olga"])
    client.get(HERE)
    client.post(f"{HERE}/group", follow=True, page=HERE)
    assert "1 comment says the same as one before it." in client.text
    actions.close(table["round"], by=table["olga"], door="page")
    client.get(f"{HERE}/progress")
    assert "4 comments have no published response." in client.text
    answer = client.post(f"{HERE}/finish", page=HERE)
    assert answer.location.endswith("answering?at=1#c1")
    client.get(answer.location)
    assert numbers(client) == ["c1", "c2"]
    same = client.select("//article[@id='c1']//input[@name='same']/@value")[0]
    client.post(f"{HERE}/c/1", typed("It is paid.", "noted", "publish", same=same, along="1"), page=HERE)
    for number in (3, 4):
        client.post(f"{HERE}/c/{number}", typed("", "noted", "publish"), page=HERE)
    client.get(f"{HERE}/progress")
    client.post(f"{HERE}/finish", follow=True, page=HERE)
    assert "Closed as answered" in client.text and "4 of 4 answered" in client.text
    client.get("/g/experts/r/1/c/2")
    assert "see comment 1" in client.text


def test_a_long_draft_is_answered_by_section_and_page_by_page(table, client):
    text = "\n\n".join(
        f"{'I' * s}. Section {s}\n\n" + "\n\n".join(f"{n}. Paragraph {n}." for n in range(s * 15 - 14, s * 15 + 1)) for s in (1, 2)
    )
    version = make.published(make.draft(table["group"], "Long one", by=table["olga"]), text, by=table["olga"])
    asked = make.round(version, by=table["olga"])
    for number in range(1, 31):
        make.comment(asked, table["ada"], str(number), "x" * 3_000 if number == 1 else "Remark.", type="editorial")
    client.sign_in(table["olga"])
    here = f"/g/experts/r/{asked.id}/answering"
    client.get(here)
    assert len(numbers(client)) == 25 and "the whole comment" in client.text
    client.get(client.select("//a[@rel='next']/@href")[0])
    assert numbers(client) == [f"c{n}" for n in range(26, 31)] and client.select("//a[@rel='prev']")
    client.get(f"{here}?section=2&type=editorial&state=open&who=ad&heads=1&from=x")
    assert numbers(client) == [f"c{n}" for n in range(16, 31)]
    client.get(f"{here}?section=99&type=perhaps&state=x&drafter=x")
    assert len(numbers(client)) == 25
    client.post(f"{here}/many?section=2", {"act": "assign", "drafter": str(table["dora"].id), "all": "1"}, page=here, follow=True)
    assert "15 comments are given to Dora." in client.text
    client.get(f"{here}/progress")
    assert "Dora" in client.text and "II. Section 2" in client.text


def test_the_page_of_a_comment_says_that_its_response_is_being_prepared(table, client):
    actions.propose(Draft(table["said"][0], "accepted", "Not for everybody."), by=table["olga"], door="page")
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1/c/1")
    assert "The team is preparing a response" in client.text
    client.sign_in(table["ada"])
    client.get("/g/experts/r/1/c/1")
    assert "preparing a response" not in client.text and "Not for everybody." not in client.text
