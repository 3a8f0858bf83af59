"""The pages of a review, as an officer, an expert and a stranger meet them."""

from datetime import timedelta

import pytest

from consult.extensions import db
from consult.journal.models import Event, Untold
from consult.kit import clock
from consult.review import actions, queries
from consult.review.models import Comment, Round
from tests import make

TEXT = (
    "I. Introduction\n\n1. The first paragraph speaks of seeds.\n\n"
    + "2. The second speaks of water:\n\n(a) fresh;\n\n(b) salt.\n\n| A | B |\n|---|---|\n| 1 | 2 |"
)
LONG = "\n\n".join(
    f"{'I' * s}. Section {s}\n\n" + "\n\n".join(f"{n}. Paragraph {n}." for n in range(s * 15 - 14, s * 15 + 1)) for s in (1, 2, 3)
)


@pytest.fixture
def table(app):
    group = make.group()
    people = {"olga": make.member(group, make.person("Olga"), "officer"), "ada": make.member(group, make.person("Ada"))}
    people["ben"] = make.member(group, make.person("Ben"))
    draft = make.draft(group, "Report", by=people["olga"])
    version = make.published(draft, TEXT, by=people["olga"])
    asked = make.round(version, by=people["olga"])
    make.commit()
    return people | {"group": group, "draft": draft, "version": version, "round": asked, "base": f"/g/experts/d/{draft.slug}/v/1"}


def test_an_expert_reads_and_comments_on_a_paragraph(table, client):
    client.sign_in(table["ada"])
    client.get(table["base"])
    assert client.select("//table//td[.='2']") and "2 (a)" not in client.select("string(//h1)")
    client.get(f"{table['base']}/p/2(a)")
    form = {
        "type": "technical",
        "text": "**Which** water?",
        "proposed": "fresh water;",
        "quote": "",
        "on_behalf_of": "Kenya",
        "once": "abc",
    }
    client.post(f"{table['base']}/p/2(a)", form, follow=True)
    assert "Which water?" in client.text and "on behalf of Kenya" in client.text and client.select("//ins[contains(., 'water')]")
    client.get(table["base"])
    assert client.select("//a[contains(@class, 'some')]/@href") == [f"{table['base']}/p/2(a)"]


def test_a_form_sent_twice_is_one_comment(table, client):
    client.sign_in(table["ada"])
    for _ in range(2):
        client.post(f"{table['base']}/p/1", {"type": "general", "text": "Once.", "once": "same"})
    assert Comment.query.count() == 1


def test_what_is_refused_comes_back_with_the_reason_and_the_words(table, client):
    client.sign_in(table["ada"])
    client.post(f"{table['base']}/p/1", {"type": "general", "text": "My words", "quote": "not there", "once": "x"}, expect=422)
    assert (
        "do not stand in this paragraph" in client.text
        and client.select("//textarea[@id='text']/text()") == ["\r\nMy words"]
        or "My words" in client.text
    )
    assert Comment.query.count() == 0


def test_after_closing_the_page_says_so_and_takes_nothing(table, client):
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1")
    client.post("/g/experts/r/1/close", follow=True)
    assert "closed" in client.text
    client.sign_in(table["ada"])
    client.get(f"{table['base']}/p/1")
    assert "This round is closed" in client.text
    token = client.token("/me")
    client.post(f"{table['base']}/p/1", {"type": "general", "text": "Too late", "once": "x", "csrf_token": token}, expect=422)
    assert Comment.query.count() == 0


def test_strangers_and_visitors_find_nothing(table, client):
    client.get(table["base"], expect=303)
    client.sign_in(make.person("Zoe"))
    for url in (table["base"], f"{table['base']}/p/1", "/g/experts/r/1", "/g/experts/r/1/comments", "/g/experts/r/1/comments.csv"):
        client.get(url, expect=404)


def test_members_do_not_see_the_officers_buttons_and_cannot_press_them(table, client):
    make.comment(table["round"], table["ada"], "1")
    client.sign_in(table["ben"])
    client.get("/g/experts/r/1/c/1")
    assert "Response of the secretariat" not in client.text
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "accepted", "response": "", "turn": "0"}, expect=422)
    client.get(f"{table['base']}/round", expect=403)


def test_the_officer_opens_a_round_for_chosen_people_in_a_zone(table, client):
    client.sign_in(table["olga"])
    client.get(f"{table['base']}/round")
    closes = (clock.now() + timedelta(days=10)).strftime("%Y-%m-%dT17:00")
    form = {
        "title": "Second look",
        "closes": closes,
        "zone": "Africa/Nairobi",
        "who": "chosen",
        "chosen": [str(table["ada"].id)],
        "types": ["editorial"],
    }
    client.post(f"{table['base']}/round", form, follow=True)
    made = Round.query.filter_by(title="Second look").one()
    assert made.closes_at.hour == 14 and [i.person.name for i in made.invitations] == ["Ada"] and "Nairobi" in client.text
    client.post(f"{table['base']}/round", form | {"closes": "soon"}, expect=422, page=f"{table['base']}/round")
    assert "is not a date" in client.text


def test_the_officer_extends_reminds_and_sees_who_is_silent(table, client):
    make.comment(table["round"], table["ada"], "1")
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1")
    assert client.select("//section[@aria-labelledby='silent']//label//bdi/text()") == ["Ben"]
    client.post("/g/experts/r/1/remind", {"people": [str(table["ben"].id)]}, follow=True)
    assert "1 person" in client.text
    later = (table["round"].closes_at + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    client.post("/g/experts/r/1/extend", {"closes": later, "reason": ""}, expect=422)
    client.post("/g/experts/r/1/extend", {"closes": later, "reason": "Holiday season"}, follow=True)
    assert "Holiday season" in client.text and "First deadline" in client.text


def test_answering_responding_editing_moving_and_withdrawing(table, client):
    make.comment(table["round"], table["ada"], "1", "First words.")
    client.sign_in(table["ben"])
    client.get("/g/experts/r/1/c/1")
    client.post("/g/experts/r/1/c/1/answer", {"answer": "I agree.", "once": "z"}, follow=True)
    assert "I agree." in client.text
    client.sign_in(table["ada"])
    client.get("/g/experts/r/1/c/1/edit")
    client.post("/g/experts/r/1/c/1/edit", {"type": "general", "text": "Better words.", "proposed": ""}, follow=True)
    assert "Better words." in client.text and "First words." in client.text
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1/c/1")
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "not-accepted", "response": "", "turn": "0"}, expect=422)
    assert "sentence of explanation" in client.text
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "accepted", "response": "Yes.", "turn": "0"}, follow=True)
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "noted", "response": "Mine", "turn": "0"}, expect=422)
    assert "A colleague has responded" in client.text and "Mine" in client.text
    client.post("/g/experts/r/1/c/1/move", {"mark": "2"}, follow=True)
    assert queries.get_comment(1, 1).paragraph.mark == "2"
    client.post("/g/experts/r/1/c/1/move", {"mark": "99"}, expect=422)
    client.sign_in(table["ada"])
    client.get("/g/experts/r/1/c/1")
    client.post("/g/experts/r/1/c/1/withdraw", follow=True)
    assert "Withdrawn" in client.text


def test_the_table_filters_by_type_author_answer_and_door(table, client):
    make.comment(table["round"], table["ada"], "1", "One.", type="editorial", door="mail")
    make.comment(table["round"], table["ben"], "2", "Two.")
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1/comments?type=editorial")
    assert "One." in client.text and "Two." not in client.text
    client.get("/g/experts/r/1/comments?door=page&disposition=none")
    assert "Two." in client.text and "One." not in client.text
    client.get("/g/experts/r/1/comments?type=%27%3B+drop&author=99999")
    assert "No comments match" in client.text
    answer = client.get("/g/experts/r/1/comments.csv")
    assert answer.data.decode("utf-8-sig").splitlines()[1].startswith("1,1,1,Ada")
    assert len(client.get("/g/experts/r/1/comments.json").json) == 2


def test_a_second_view_of_an_unchanged_page_costs_nothing_and_a_new_comment_is_seen_at_once(table, client):
    client.sign_in(table["ada"])
    etag = client.get(table["base"]).headers["ETag"]
    client.get(table["base"], expect=304, headers={"If-None-Match": etag})
    make.comment(table["round"], table["ben"], "1")
    assert client.get(table["base"], headers={"If-None-Match": etag}).headers["ETag"] != etag
    client.sign_in(table["ben"])
    client.get(table["base"], expect=200, headers={"If-None-Match": etag})


def test_whoever_becomes_an_officer_or_changes_language_or_name_gets_the_page_anew(table, client):
    client.sign_in(table["ada"])
    etags = [client.get(table["base"]).headers["ETag"]]
    table["ada"].name = "Ada Lovelace"
    make.commit()
    etags.append(client.get(table["base"], headers={"If-None-Match": etags[-1]}).headers["ETag"])
    assert "Ada Lovelace" in client.text
    table["ada"].language = "fr"
    make.commit()
    etags.append(client.get(table["base"], headers={"If-None-Match": etags[-1]}).headers["ETag"])
    make.member(table["group"], table["ada"], "officer")
    make.commit()
    etags.append(client.get(table["base"], headers={"If-None-Match": etags[-1]}).headers["ETag"])
    assert len(set(etags)) == 4


def test_a_comment_whose_transaction_ends_after_that_of_a_newer_event_is_counted_at_once(table, client):
    client.sign_in(table["ada"])
    etag = client.get(table["base"]).headers["ETag"]
    make.comment(table["round"], table["ben"], "1")
    number = db.session.scalar(db.select(db.func.max(Event.id)))
    db.session.execute(db.delete(Untold).where(Untold.event_id == number))
    db.session.execute(db.update(Event).where(Event.id == number).values(id=number + 10))
    client.get(table["base"], headers={"If-None-Match": etag})
    assert client.select("string(//a[contains(@class, 'some')])").startswith("1 ")
    etag = client.page.headers["ETag"]
    make.comment(table["round"], table["ben"], "1")  # its number is lower than that of the newest event
    client.get(table["base"], expect=200, headers={"If-None-Match": etag})
    assert client.select("string(//a[contains(@class, 'some')])").startswith("2 ")


def test_a_long_draft_is_read_by_section_and_whole_on_request(table, client):
    version = make.published(make.draft(table["group"], "Long one", by=table["olga"]), LONG, by=table["olga"])
    asked = make.round(version, by=table["olga"])
    make.comment(asked, table["ada"], "31", "In the third section.")
    client.sign_in(table["ada"])
    base = f"/g/experts/d/{version.draft.slug}/v/1"
    client.get(base)
    assert "Paragraph 15." in client.text and "Paragraph 16." not in client.text
    client.get(f"{base}?section=3")
    assert "Paragraph 31." in client.text and "In the third section." not in client.text
    client.get(f"{base}?show=comments")
    assert "Paragraph 1." in client.text and "In the third section." in client.text


def test_reading_a_comment_on_a_page_is_remembered(table, client):
    said = make.comment(table["round"], table["ada"], "1")
    client.sign_in(table["ben"])
    client.get(f"{table['base']}/p/1")
    assert queries.seen(table["ben"].id, [said.id]) == {said.id}


def test_a_new_version_shows_carried_comments_and_lost_ones(table, client):
    make.comment(table["round"], table["ada"], "1", "On seeds.")
    make.comment(table["round"], table["ada"], "2(b)", "On salt.")
    text = TEXT.replace("seeds", "seeds and of soil").replace("(b) salt.\n\n", "")
    make.prepared(table["draft"], text, by=table["olga"])
    client.sign_in(table["olga"])
    client.get(f"/g/experts/d/{table['draft'].slug}/v/2/prepare")
    client.post(f"/g/experts/d/{table['draft'].slug}/v/2/publish", {"note": "soil"}, follow=True)
    assert "lost their paragraph" in client.text or "lost its paragraph" in client.text
    base = table["base"].replace("/v/1", "/v/2")
    client.get(f"{base}/p/1")
    assert "On seeds." in client.text and "the paragraph changed below it" in client.text
    client.get(f"{base}/p/whole")
    assert "On salt." in client.text


def test_an_arabic_draft_reads_from_right_to_left_within_an_english_page(table, client):
    version = make.published(
        make.draft(table["group"], "تقرير", "ar", by=table["olga"]), "١- الفقرة الأولى.\n\n٢- الفقرة الثانية.", by=table["olga"]
    )
    client.sign_in(table["ada"])
    client.get(f"/g/experts/d/{version.draft.slug}/v/1")
    assert client.select("//div[@lang='ar']/@dir") == ["rtl"] and client.select("/html/@dir") == ["ltr"]
    client.get(f"/g/experts/d/{version.draft.slug}/v/1?lang=ar")
    assert client.select("/html/@dir") == ["rtl"]


def test_a_comment_entered_for_somebody_is_shown_as_such(table, client):
    client.sign_in(table["olga"])
    client.get(f"{table['base']}/p/1")
    client.post(f"{table['base']}/p/1", {"type": "general", "text": "By fax.", "author": str(table["ben"].id), "once": "f"}, follow=True)
    client.get("/g/experts/r/1/c/1")
    assert "entered by Olga" in client.text and "Ben" in client.text


def test_the_export_of_a_round_is_the_same_from_the_command_line(table):
    from consult.review import exporting

    make.comment(table["round"], table["ada"], "1")
    actions.close(table["round"], by=table["olga"], door="command")
    assert exporting.rows(table["round"])[0]["door"] == "page"


def test_what_is_said_below_a_comment_is_unread_until_the_page_is_opened_again(table, client):
    said = make.comment(table["round"], table["ada"], "1")
    client.sign_in(table["ben"])
    client.get(f"{table['base']}/p/1")
    assert queries.unread(table["ben"].id, [said.id]) == []
    actions.answer(said, "One more thing.", by=table["ada"], door="page", at=clock.now() + timedelta(seconds=1))
    assert queries.unread(table["ben"].id, [said.id]) == [said.id]


def test_no_disposition_is_chosen_beforehand_so_that_nothing_is_accepted_by_pressing_too_soon(table, client):
    make.comment(table["round"], table["ada"], "1", "Seeds of what?")
    client.sign_in(table["olga"])
    client.get("/g/experts/r/1/c/1")
    assert client.select("//select[@name='disposition']/option[@selected]/@value") in ([], [""])
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "", "response": "Good point.", "turn": "0"}, expect=422)
    assert "Choose a disposition" in client.text and "Good point." in client.text
    client.post("/g/experts/r/1/c/1/respond", {"disposition": "accepted", "response": "", "turn": "0"}, follow=True)
    assert client.select("//select[@name='disposition']/option[@selected]/@value") == ["accepted"]
    assert not client.select("//select[@name='disposition']/option[@value='']")
