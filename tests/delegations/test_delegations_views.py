"""The pages of a delegation, as its contact point, its reviewer from outside, an officer and everybody else meet them."""

from consult.delegations import queries
from consult.people import queries as people
from tests import make

HERE = "/g/experts/r/1/delegation/1"


def test_a_reviewer_from_outside_reads_drafts_and_withdraws(kenya, client):
    client.sign_in(kenya.ruth)
    client.get("/")
    assert "You draft for a Party" in client.text and "Kenya" in client.text
    client.get(f"{HERE}/text")
    assert "Paragraph 8" in client.text
    client.get(f"{HERE}/p/3")
    client.post(f"{HERE}/p/3", {"type": "technical", "text": "Which?", "proposed": "Paragraph 3, better.", "once": "a"}, follow=True)
    assert "Nobody outside Kenya sees it" in client.text and "Which?" in client.text and client.select("//ins")
    client.post(f"{HERE}/p/3", {"type": "technical", "text": "Which?", "once": "a"})
    assert len(queries.contributions(kenya.of)) == 1
    client.get(f"{HERE}/x/1")
    client.post(f"{HERE}/x/1", {"type": "technical", "text": "Which one?"}, follow=True)
    assert "What it said before" in client.text and "Which?" in client.text
    client.get(HERE)
    client.post(f"{HERE}/do", {"chosen": "1", "verb": "verify"}, expect=422)
    assert "Only the contact point and its deputy do this" in client.text
    client.get(HERE)
    client.post(f"{HERE}/do", {"chosen": "1", "verb": "withdraw"}, follow=True)
    assert "withdrawn" in client.text


def test_a_guest_sees_the_pages_of_the_delegation_and_nothing_else_of_the_group(kenya, client):
    client.sign_in(kenya.ruth)
    for page in ("", "members", "timeline", "d/report/", "d/report/v/1", "d/report/v/1.txt", "r/1/comments", "letters", "r/1/delegations"):
        client.get(f"/g/experts/{page}", expect=404)
    client.get(HERE)
    assert not client.select("//a[contains(@href, '/members') or contains(@href, '/timeline')]")
    assert "@" not in client.text


def test_the_contact_point_verifies_merges_submits_and_settles_who_takes_part(kenya, client):
    for mark, who in (("1", kenya.ruth), ("1", kenya.ben), ("2", kenya.ben)):
        kenya.draft(who, mark, f"{who.name} on {mark}.")
    client.sign_in(kenya.ada)
    client.get("/")
    assert "3 to verify" in client.text
    client.get(HERE)
    client.post(f"{HERE}/do", {"chosen": ["1", "2"], "verb": "merge"}, follow=True)
    assert "merged into another" in client.text
    client.post(f"{HERE}/do", {"chosen": ["1", "3"], "verb": "verify"}, follow=True)
    client.get(f"{HERE}/submit")
    assert "2 verified comments go to the round" in client.text
    client.post(f"{HERE}/submit", follow=True)
    assert "2 comments of Kenya are submitted" in client.text
    client.get("/g/experts/r/1/comments")
    assert "Ruth on 1. Ben on 1." in client.text and "on behalf of Kenya" in client.text
    client.get(HERE)
    client.post(f"{HERE}/people", {"address": "sam@env.example", "name": "Sam"}, follow=True)
    assert "Take Sam off" in client.text and people.find_by_address("sam@env.example").organization.name == "Kenya"
    client.post(f"{HERE}/people", {"address": "tom@env.example", "name": "Tom"}, expect=422)
    assert "at most 3" in client.text and people.find_by_address("tom@env.example") is None
    client.post(f"{HERE}/people/{kenya.ben.id}/remove", follow=True)
    client.post(f"{HERE}/deputy", {"address": "", "name": ""}, follow=True)
    assert "Nobody stands in for you now" in client.text
    client.post(f"{HERE}/deadline", {"closes": ""}, follow=True)
    assert "no own deadline" in client.text


def test_an_officer_names_a_contact_point_who_is_new_here_and_sees_numbers(kenya, client):
    kenya.draft(kenya.ruth, "1", "Secret.")
    client.sign_in(kenya.olga)
    client.get("/g/experts/r/1")
    assert "Kenya" in client.text and "1 not submitted" in client.text
    client.get("/g/experts/r/1/delegations")
    client.post("/g/experts/r/1/delegations", {"organization": "Peru", "address": "pia@gob.example", "name": "Pia"}, follow=True)
    assert "Peru" in client.text and "Pia" in client.text and "Secret" not in client.text
    client.post("/g/experts/r/1/delegations", {"organization": "Chad", "address": "x@gov.example"}, expect=422)
    assert "A name is needed" in client.text
    client.get(HERE, expect=404)
    client.sign_in(kenya.mia)
    client.get(HERE, expect=404)
    client.get("/g/experts/r/1/delegations", expect=403)


def test_the_text_is_not_shown_before_the_round_opens(kenya, client):
    kenya.round.opened_at, kenya.round.opens_at = None, make.clock.now() + make.timedelta(days=1)
    make.commit()
    client.sign_in(kenya.ruth)
    client.get(HERE)
    client.get(f"{HERE}/text", expect=404)
    assert "not opened yet" in client.text and "Paragraph" not in client.text
    client.get(f"{HERE}/p/1", expect=404)
