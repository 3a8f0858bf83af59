"""Guiding questions and polls on pages: what each kind of person sees and can do there."""

import csv
import io
from datetime import timedelta

import pytest

from consult.extensions import db
from consult.kit import clock
from consult.polls import actions, queries
from consult.polls.models import Poll, Question
from consult.review.models import Round
from tests import make
from tests.polls.conftest import post

SOON = (clock.now() + timedelta(days=20)).strftime("%Y-%m-%dT12:00")


def asks(table, text: str = "Who pays?\n\nIs the date right?") -> None:
    actions.ask(table.round, text, by=table.officer, door="page")
    make.commit()


def test_an_officer_asks_questions_with_the_round_and_people_get_them_in_one_letter(app, client):
    group = make.group()
    ada = make.member(group, make.person("Ada"))
    version = make.published(make.draft(group, "Report"))
    client.sign_in(make.officer(group))
    form = {"title": "R", "closes": SOON, "zone": "UTC", "who": "all", "guidance": "G", "questions": "Who pays?\r\n\r\nUntil\r\nwhen?"}
    client.post(f"/g/experts/d/{version.draft.slug}/v/1/round", form, follow=True)
    assert [q.text for q in db.session.scalars(db.select(Question).order_by(Question.position))] == ["Who pays?", "Until when?"]
    assert "Who pays?" in client.text
    (letter,) = post(ada, "opening")
    assert "[Q2] Until when?" in letter.text and not post(ada, "questions")


def test_a_round_that_is_refused_gives_the_questions_back_and_asks_nothing(app, client):
    group = make.group()
    make.member(group, make.person("Ada"))
    version = make.published(make.draft(group, "Report"))
    client.sign_in(make.officer(group))
    form = {"title": "R", "closes": SOON, "zone": "UTC", "who": "all", "questions": "\n\n".join(["Who pays?"] * 41)}
    client.post(f"/g/experts/d/{version.draft.slug}/v/1/round", form, expect=422)
    assert "These are 41 questions" in client.text and "Who pays?" in client.select("string(//textarea[@name='questions'])")
    assert not db.session.scalars(db.select(Question)).all() and not db.session.scalars(db.select(Round)).all()


def test_a_member_answers_changes_and_empties_and_everybody_reads_it(table, client):
    asks(table)
    client.sign_in(table.ada)
    client.get(table.home)
    assert "You have answered 0 of 2" in client.text
    here = f"{table.home}/questions"
    client.post(here, {"q1": "The *fund*.", "q2": "No.", "on_behalf_of": "Kenya"}, follow=True)
    assert "Your 2 answers are entered" in client.text
    client.post(here, {"q1": "The *fund*.", "q2": "", "on_behalf_of": "Kenya"}, follow=True)
    assert "Your answer is entered" in client.text
    client.post(here, {"q1": "The *fund*.", "q2": "", "on_behalf_of": "Kenya"}, follow=True)
    assert "Nothing was changed" in client.text
    client.sign_in(table.olaf)
    client.get(here)
    assert client.select("//article//em[text()='fund']") and "on behalf of Kenya" in client.text and "No answers yet." in client.text


def test_the_text_says_how_many_questions_wait(table, client):
    asks(table)
    client.sign_in(table.ada)
    client.get(f"/g/experts/d/{table.round.version.draft.slug}/v/1")
    assert "2 guiding questions" in client.text


def test_officers_see_who_answered_what_and_take_it_along(table, client):
    asks(table)
    actions.reply(queries.questions(table.round.id)[0], "=SUM(A1)", by=table.ada, door="page")
    client.sign_in(table.officer)
    client.get(f"{table.home}/questions/table")
    rows = {row.xpath("string(th)"): [cell.strip() for cell in row.xpath("td//text()")] for row in client.select("//tbody/tr")}
    assert rows["Ada"] == ["=SUM(A1)", "–"] and rows["Ben"] == ["–", "–"] and "1 of 4" in client.text
    client.get(f"{table.home}/questions.csv")
    (line,) = list(csv.DictReader(io.StringIO(client.page.get_data(as_text=True).lstrip("\ufeff"))))
    assert (line["question"], line["person"], line["answer"], line["verified"]) == ("Q1", "Ada", "'=SUM(A1)", "yes")
    client.sign_in(table.ada)
    client.get(f"{table.home}/questions/table", expect=403)
    client.get(f"{table.home}/questions.csv", expect=403)


def test_questions_are_written_on_a_page_until_somebody_has_answered(table, client):
    client.sign_in(table.officer)
    here = f"{table.home}/questions/edit"
    client.post(here, {"questions": "Who pays?"}, follow=True)
    actions.reply(queries.questions(table.round.id)[0], "I do.", by=table.ada, door="page")
    client.post(here, {"questions": "Who else?"}, expect=422)
    assert "Somebody has answered already" in client.text and "Who else?" in client.text


def test_a_chair_asks_about_a_paragraph_from_its_page(table, client):
    client.sign_in(table.chair)
    client.get(f"/g/experts/d/{table.round.version.draft.slug}/v/1/p/2")
    (way,) = client.select("//section[@aria-labelledby='polls']//a/@href")
    client.get(way)
    assert client.select("string(//input[@name='quorum']/@value)") == "2" and "3 have a voice" in client.text
    form = {"title": "Who pays?", "kind": "silence", "wording": "A voluntary fund pays for it.", "closes": SOON, "quorum": "2"}
    client.post(way, form | {"zone": "Asia/Tokyo"}, follow=True)
    assert "The question is open" in client.text and client.select("//ins") and "lasts until its deadline" in client.text
    made = db.session.scalars(db.select(Poll)).one()
    assert (made.kind, made.quorum, made.paragraph.mark) == ("silence", 2, "2") and made.closes_at.hour == 3
    client.get(table.home)
    assert "Who pays?" in client.text and "silence procedure" in client.text


def test_a_quorum_that_cannot_be_reached_is_refused_beside_the_form(table, client):
    client.sign_in(table.chair)
    way = f"{table.home}/polls/new?paragraph=2"
    client.post(way, {"title": "Who pays?", "kind": "consensus", "closes": SOON, "zone": "UTC", "quorum": "9"}, expect=422)
    assert "The quorum is 9, but only 3 have a voice" in client.text
    client.get(f"{table.home}/polls/new?paragraph=99", expect=404)


def test_a_wording_proposed_in_a_comment_is_put_to_the_group_from_its_page(table, client):
    make.comment(table.round, table.ada, "2", "Say who.", proposed="A fund of all Parties pays for it.")
    client.sign_in(table.chair)
    client.get(f"{table.home}/c/1")
    (way,) = client.select("//section[@aria-labelledby='polls']//a/@href")
    wording = client.get(way) and client.select("string(//textarea[@name='wording'])").strip()
    client.post(way, {"title": "As Ada says?", "kind": "straw", "closes": SOON, "zone": "UTC", "wording": wording}, follow=True)
    assert "comment 1" in client.text and client.select("//ins")
    client.sign_in(table.ada)
    client.get(f"{table.home}/c/1")
    assert "As Ada says?" in client.text and not client.select("//a[contains(@href, 'polls/new')]")


def test_a_member_gives_a_voice_and_sees_only_that_until_all_is_closed(table, client):
    asked = table.poll()
    here = f"{table.home}/polls/{asked.id}"
    actions.vote(asked, "object", "Ben's secret reason.", by=table.ben, door="page")
    client.sign_in(table.ada)
    client.get("/")
    assert "Waiting for your voice" in client.text
    client.get(here)
    client.post(f"{here}/vote", {"choice": "object", "reason": ""}, expect=422)
    assert "please say why" in client.text and client.select("//input[@value='object' and @checked]")
    client.post(f"{here}/vote", {"choice": "can-live-with", "reason": "Fine."}, follow=True)
    assert "You have given your voice: can live with it" in client.text
    assert "secret" not in client.text and "gave their voice" not in client.text and "Ben" not in client.text
    client.get("/")
    assert "Waiting for your voice" not in client.text
    client.sign_in(table.chair)
    client.get(here)
    assert "2 of 3 gave their voice" in client.text and "Ben's secret reason." in client.text
    client.post(f"{here}/close", follow=True)
    assert "not agreed" in client.text
    client.sign_in(table.ada)
    client.get(here)
    assert "Ben's secret reason." in client.text and not client.select("//form[contains(@action, 'vote')]")
    client.get(table.home)
    assert "not agreed" in client.text


def test_the_numbers_are_drawn_and_said(table, client):
    asked = table.poll()
    actions.vote(asked, "agree", by=table.ada, door="page")
    actions.vote(asked, "agree", by=table.olaf, door="page")
    actions.close(asked, by=table.chair, door="page")
    client.sign_in(table.ben)
    client.get(f"{table.home}/polls/{asked.id}")
    rows = {row.xpath("string(th)"): row.xpath("td[@class='number']/text()") for row in client.select("//table[@class='voices']/tbody/tr")}
    assert rows["agree"] == ["1", "1"] and rows["object"] == ["0", "0"]
    assert client.select("//*[local-name()='rect' and @class='part']/@width")[0] == "100.0" and "Apart: observers" in client.text


def test_a_voice_is_taken_back_on_the_page(table, client):
    asked = table.poll()
    here = f"{table.home}/polls/{asked.id}"
    client.sign_in(table.ada)
    client.get(here)
    client.post(f"{here}/vote", {"choice": "agree"}, follow=True)
    client.post(f"{here}/unvote", follow=True)
    assert "taken back" in client.text and queries.votes(asked) == []


def test_opening_the_page_is_noted_once_for_those_with_a_voice(table, client):
    asked = table.poll("silence")
    for who in (table.ada, table.ada, table.officer):
        client.sign_in(who)
        client.get(f"{table.home}/polls/{asked.id}")
    assert queries.reached(asked) == {table.ada.id}


def test_an_observer_is_told_that_the_voice_is_shown_apart_and_an_officer_has_none(table, client):
    asked = table.poll()
    client.sign_in(table.olaf)
    client.get(f"{table.home}/polls/{asked.id}")
    assert "shown apart and does not count" in client.text
    client.sign_in(table.officer)
    client.get(f"{table.home}/polls/{asked.id}")
    assert not client.select("//form[contains(@action, '/vote')]")


def test_the_timeline_tells_it_in_sentences(table, client):
    asks(table)
    asked = table.poll()
    actions.vote(asked, "object", "No fund.", by=table.ada, door="page")
    actions.close(asked, by=table.chair, door="page")
    client.sign_in(table.ben)
    client.get("/g/experts/timeline")
    for sentence in (
        "asked 2 guiding questions in the open round “First round”", "Chidi asked the group, consensus call: “Who pays?”",
        "Ada gave a voice on “Who pays?”", "The question “Who pays?” is closed: not agreed",
    ):  # fmt: skip
        assert sentence in client.tree.text_content()


def test_polls_of_another_group_are_not_there(table, client):
    asked = table.poll()
    other = make.group("others")
    make.member(other, make.person("Eve"))
    there = make.round(make.published(make.draft(other)))
    eve = make.person("Zoe")
    make.member(other, eve, "chair")
    client.sign_in(eve)
    client.get(f"/g/others/r/{there.id}/polls/{asked.id}", expect=404)
    client.get(f"{table.home}/polls/{asked.id}", expect=404)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_pages_stand_in_other_scripts_too(table, client, language):
    table.ada.language = language
    asks(table)
    asked = table.poll()
    client.sign_in(table.ada)
    for page in ("/questions", f"/polls/{asked.id}", ""):
        client.get(table.home + page)
        assert client.tree.get("lang") == language
