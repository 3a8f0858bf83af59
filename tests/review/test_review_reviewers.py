"""Experts from outside are invited to one round: first the terms, then the text, and never anything else of the group."""

import re

import pytest
import time_machine

from consult.errors import NotFound, Refused
from consult.outbox.models import Letter
from consult.people import queries as people
from consult.review import actions, queries
from consult.review.models import Invitation
from consult.worker import turn
from tests import make
from tests.alerts import post
from tests.inbox import letters as mails

TEXT = "1. The first paragraph speaks of seeds.\n\n2. The second one of watercanary."


@pytest.fixture
def table(app):
    """An open round; Mia has commented; Ruth, whom nobody here knows, is invited from outside and was written to."""
    group = make.group(terms="groupcanary")
    olga, mia = make.officer(group), make.member(group, make.person("Mia"))
    asked = make.round(make.published(make.draft(group, "Report"), TEXT))
    make.comment(asked, mia, "1", "membercanary")
    ruth = make.person("Ruth")
    which = actions.invite_reviewer(asked, ruth, by=olga, door="page")
    worked()
    return {"group": group, "olga": olga, "mia": mia, "ruth": ruth, "round": asked, "which": which}


def worked() -> None:
    make.commit()
    turn(leaving_out="letters")


def answered(letter: Letter, who, body: str, name: str = "m1"):
    raw = mails.mail(letter.reply_to, body, sender=f"{who.name} <{who.address}>", name=name)
    arrival = mails.arrives(raw, letter.reply_to, who.address)
    worked()
    return arrival


def accepted(table) -> None:
    actions.accept_terms(table["which"], by=table["ruth"], door="page")
    worked()


def test_the_invitation_carries_the_terms_and_not_a_word_of_the_text(table):
    (letter,) = post.letters(table["ruth"])
    assert "The draft is not public" in letter.text and "ACCEPT" in letter.text and "watercanary" not in letter.text
    for page in ("r/1", "r/1/read", "r/1/read/1", "d/report/v/1"):
        with pytest.raises(NotFound):
            people.require(table["ruth"], "group.read", table["group"].id)
        assert page
    with pytest.raises(NotFound):
        make.comment(table["round"], table["ruth"], "1")
    assert queries.progress(table["round"])["invited"] == 1 and [i.person.name for i in queries.silent(table["round"])] == []


@pytest.mark.parametrize("word", ["ACCEPT", "j'accepte", "接受", "Yes."])
def test_one_word_by_mail_accepts_and_the_text_comes(table, word):
    assert answered(post.letters(table["ruth"])[0], table["ruth"], word).state == "taken"
    assert table["which"].state == "accepted" and table["which"].terms_at
    opening = post.letters(table["ruth"], "opening")[-1]
    assert "[2] The second one of watercanary." in opening.text
    answered(opening, table["ruth"], "[2] ED: a comma.", name="m2")
    said = queries.comments(table["round"], author=table["ruth"].id)
    assert [(row.mark, row.type, row.text) for row in said] == [("2", "editorial", "a comma.")]


def test_declining_by_mail_is_noted_with_the_reason_and_no_text_goes_out(table):
    answered(post.letters(table["ruth"])[0], table["ruth"], "DECLINE\n\nI work for a seed company.\n\nRuth")
    assert (table["which"].state, table["which"].reason) == ("declined", "I work for a seed company.")
    assert not post.letters(table["ruth"], "opening") and "you do not review" in post.letters(table["ruth"])[-1].text


def test_anything_else_gets_the_two_words_told(table):
    assert answered(post.letters(table["ruth"])[0], table["ruth"], "What is it about?").state == "refused"
    assert "begins neither with ACCEPT nor with DECLINE" in post.letters(table["ruth"])[-1].text


def test_the_link_of_the_letter_shows_the_terms_and_a_button_accepts(table, client):
    link = re.search(r"http://consult.test(/l/terms/\w+)", post.letters(table["ruth"])[0].text)[1]
    client.get(link)
    assert "The draft is not public" in client.text and "watercanary" not in client.text
    assert table["which"].state == "invited"
    client.post(link, {"answer": "accept"}, follow=True)
    assert "You have accepted" in client.text and table["which"].state == "accepted"
    client.post(link, {"answer": "accept"}, follow=True)
    client.post(link, {"answer": "decline", "reason": "No time."}, follow=True)
    assert "You have declined" in client.text and table["which"].reason == "No time."


def test_signed_in_the_invitation_waits_on_the_first_page(table, client):
    client.sign_in(table["ruth"])
    client.get("/")
    assert "You are invited to review" in client.text
    client.get("/invited/2")
    client.post("/invited/2", {"answer": "accept"}, follow=True)
    client.get("/")
    assert "Waiting for your comments" in client.text
    client.sign_in(table["mia"])
    client.get("/invited/2", expect=404)


def test_a_reviewer_reads_comments_corrects_and_withdraws_and_sees_only_that(table, client):
    accepted(table)
    client.sign_in(table["ruth"])
    client.get("/g/experts/r/1", expect=303)
    client.get("/g/experts/r/1/read")
    assert "watercanary" in client.text and "For comments only, not for citation" in client.text and "membercanary" not in client.text
    client.get("/g/experts/r/1/read/1")
    assert "membercanary" not in client.text and "Mia" not in client.text
    client.post("/g/experts/r/1/read/1", {"type": "general", "text": "Mine.", "once": "a"}, follow=True)
    assert "entered as number 2" in client.text and "Mine." in client.text
    client.get("/g/experts/r/1/own/2")
    client.post("/g/experts/r/1/own/2", {"type": "general", "text": "Mine, better."}, follow=True)
    assert "Mine, better." in client.text
    client.get("/g/experts/r/1/c/2", expect=303)
    for page in ("", "members", "timeline", "d/report/", "d/report/v/1", "r/1/comments", "r/1/comments.csv", "r/1/c/1", "r/1/reviewers"):
        client.get(f"/g/experts/{page}", expect=404)
    client.get("/g/experts/r/1/own/1", expect=404)
    client.get("/g/experts/r/1/read/1")
    client.post("/g/experts/r/1/own/2/withdraw", follow=True)
    assert "withdrawn" in client.text


def test_a_reviewer_is_told_of_the_response_and_of_nothing_that_members_say(table, client):
    accepted(table)
    said = make.comment(table["round"], table["ruth"], "1", "Mine.")
    table["ruth"].rhythm = "at-once"
    make.comment(table["round"], table["mia"], "2", "secondcanary")
    worked()
    actions.respond(said, "noted", "Thank you.", turn=0, by=table["olga"], door="page")
    worked()
    assert "Thank you." in post.letters(table["ruth"])[-1].text
    assert not [letter for letter in post.letters(table["ruth"]) if "canary" in letter.text.replace("watercanary", "")]
    client.sign_in(table["ruth"])
    client.get("/g/experts/r/1/read/1")
    assert "Thank you." in client.text


def test_access_ends_when_it_is_revoked_or_the_compilation_is_out(table, client):
    accepted(table)
    client.sign_in(table["ruth"])
    client.get("/g/experts/r/1/read")
    with time_machine.travel(table["round"].closes_at + make.timedelta(hours=1)):
        client.get("/g/experts/r/1/read")
        assert "closed" in client.text
        table["round"].closed_at = table["round"].compiled_at = make.clock.now()
        make.commit()
        client.get("/g/experts/r/1/read", expect=404)
    table["round"].closed_at = table["round"].compiled_at = None
    make.commit()
    actions.revoke_reviewer(table["which"], by=table["olga"], door="page")
    make.commit()
    client.get("/g/experts/r/1/read", expect=404)
    with pytest.raises(Refused, match="taken back"):
        actions.accept_terms(table["which"], by=table["ruth"], door="page")


def test_an_officer_invites_on_a_page_sees_the_answers_and_ends_it(table, client):
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1")
    assert "External reviewers" in client.text
    client.get("/g/experts/r/1/reviewers")
    form = {"address": "zoe@uni.example", "name": "Zoe", "organization": "A university", "terms": "Keep it to yourself."}
    client.post("/g/experts/r/1/reviewers", form, follow=True)
    assert "Zoe" in client.text and table["round"].terms == "Keep it to yourself."
    client.post("/g/experts/r/1/reviewers", form, expect=422)
    assert "Zoe is invited already" in client.text
    client.post("/g/experts/r/1/reviewers", form | {"address": table["mia"].address}, expect=422)
    assert "sits in the group" in client.text
    accepted(table)
    client.post("/g/experts/r/1/reviewers", form | {"address": "yan@uni.example", "name": "Yan", "terms": "Other."}, expect=422)
    assert "can no longer be changed" in client.text and people.find_by_address("yan@uni.example") is None
    client.post(f"/g/experts/r/1/reviewers/{table['ruth'].id}/revoke", follow=True)
    assert "no longer reads this round" in client.text


def test_whoever_accepts_before_the_round_opens_is_sent_the_text_when_it_does(app):
    group = make.group()
    make.member(group, make.person("Mia"))
    opens = make.clock.now() + make.timedelta(days=2)
    asked = make.round(make.published(make.draft(group, "Report"), TEXT), opens_at=opens)
    ruth = make.person("Ruth")
    which = actions.invite_reviewer(asked, ruth, by=make.officer(group), door="page")
    actions.accept_terms(which, by=ruth, door="page")
    worked()
    assert not post.letters(ruth, "opening")
    with time_machine.travel(opens + make.timedelta(minutes=1)):
        worked()
        assert len(post.letters(ruth, "opening")) == 1


def test_members_do_not_invite_from_outside(table):
    with pytest.raises(Refused, match="Invite external reviewers"):
        actions.invite_reviewer(table["round"], make.person("Zoe"), by=table["mia"], door="page")
    assert Invitation.query.filter_by(external=True).count() == 1
