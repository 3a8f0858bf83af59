"""What a newcomer must be told on the pages of a review, and what must not contradict itself."""

from datetime import timedelta

import pytest
import time_machine

from consult.errors import Refused
from consult.kit import clock
from consult.people.models import Organization
from consult.review import actions, queries
from tests import make

TEXT = "I. Introduction\n\n1. The first paragraph speaks of seeds.\n\n2. The second speaks of water."


@pytest.fixture
def table(app):
    group = make.group()
    people = {"olga": make.member(group, make.person("Olga"), "officer"), "ada": make.member(group, make.person("Ada"))}
    people["ben"] = make.member(group, make.person("Ben"))
    draft = make.draft(group, "Report", by=people["olga"])
    version = make.published(draft, TEXT, by=people["olga"])
    asked = make.round(version, by=people["olga"])
    make.commit()
    page = f"/g/experts/r/{asked.id}"
    return people | {
        "group": group,
        "draft": draft,
        "version": version,
        "round": asked,
        "page": page,
        "base": f"/g/experts/d/{draft.slug}/v/1",
    }


def test_a_round_closed_by_hand_says_when_it_was_closed_and_never_that_it_closes_in_the_future(table, client):
    actions.close(table["round"], by=table["olga"], door="page")
    client.sign_in(table["ada"])
    for page in (table["page"], table["base"], f"{table['base']}/p/1"):
        client.get(page)
        assert "the deadline was" in client.text and "(in 2 weeks)" not in client.text
    client.get(table["page"])
    assert "Read and comment" not in client.text and client.select("//a[@class='button' and .='Read']")


def test_a_round_that_ended_at_its_deadline_says_one_moment_also_before_anybody_noted_it(table, client):
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        client.sign_in(table["ada"])
        client.get(table["page"])
        assert "the deadline was" not in client.text and client.select("//dt[.='Closed']") and not client.select("//dt[.='Closes']")


def test_closing_asks_first_and_says_how_many_are_told(table, client):
    client.sign_in(table["olga"])
    client.get(table["page"])
    client.get(client.select("//a[.='Close the round now']/@href")[0])
    assert "Close now? 2 people are told." in client.text and table["round"].closed_at is None
    client.post(f"{table['page']}/close", follow=True)
    assert table["round"].closed_at is not None
    assert "Open again until…" in client.text and "Extend or close" not in client.text
    client.get(f"{table['page']}/close", 303)
    later = (clock.now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    client.get(table["page"])
    client.post(f"{table['page']}/extend", {"closes": later, "reason": "Two were ill."}, follow=True)
    assert "open again" in client.text and client.select("//dt[.='Closes']")


def test_only_officers_are_asked_whether_to_close(table, client):
    client.sign_in(table["ada"])
    client.get(f"{table['page']}/close", 403)


def test_a_moment_is_said_once_in_each_zone(table, client):
    client.sign_in(table["ada"])
    client.get(table["page"])
    assert len(client.select("//dt[.='Closes']/following-sibling::dd[1]/time")) == 1
    table["ada"].zone = "Asia/Tokyo"
    client.get(table["page"])
    assert len(client.select("//dt[.='Closes']/following-sibling::dd[1]/time")) == 2


UNSURE = TEXT.replace("The second speaks of water.", "Of rivers and of lakes the second one speaks at length, and of water.")


def carried(table):
    """A comment on paragraph 2, whose next version is so different that it was not found again for certain."""
    said = make.comment(table["round"], table["ada"], "2", "Which water?")
    after = actions.publish(make.prepared(table["draft"], UNSURE, table["olga"]), by=table["olga"], door="page")
    placed = queries.placements(said.id)[0]
    assert (placed.state, placed.paragraph.mark) == ("orphaned", "2"), "the text of this test must be in doubt"
    make.commit()
    return said, after, table["base"].replace("/v/1", "/v/2")


def test_a_comment_in_doubt_is_offered_where_it_is_likeliest_and_counted_apart(table, client):
    _said, after, page = carried(table)
    client.sign_in(table["ada"])
    client.get(page)
    assert "1 comment perhaps about it" in client.text and not client.select("//a[contains(@class, 'some')]")
    client.get(f"{page}/p/2")
    assert "No comments yet" in client.text and "is gone" not in client.text
    assert client.select("//section[h2='Perhaps about this paragraph']//div[contains(., 'Which water?')]")
    assert "was not found again for certain (" in client.text and not client.select("//button[.='Yes, it is this one']")
    client.get(f"{page}/p/whole")
    assert client.select("//section[@id='orphans']//p[contains(., 'Perhaps it is about')]/a/@href")[0].startswith(f"{page}/p/2#")
    client.get(f"{page}?show=comments")
    assert "Perhaps it is about [2]" in client.text
    client.get(f"{table['page']}/c/1")
    assert "perhaps: its paragraph was not found again for certain" in client.text


def test_an_officer_says_yes_and_the_comment_stands_there(table, client):
    said, after, page = carried(table)
    client.sign_in(table["olga"])
    client.get(f"{page}/p/2")
    fields = {
        name: client.select(f"string(//form[button='Yes, it is this one']/input[@name='{name}']/@value)") for name in ("mark", "version")
    }
    client.post(client.select("//form[button='Yes, it is this one']/@action")[0], fields, follow=True)
    client.get(f"{page}/p/2")
    assert "1 comment" in client.text and "Perhaps about this paragraph" not in client.text
    assert queries.orphans(after.id) == [] and queries.placements(said.id)[0].by_hand


def doing(client, who, page):
    """The line below each comment as this person sees it, by the number of the comment."""
    client.sign_in(who)
    client.get(page)
    lines = client.select("//p[contains(@class, 'doing')]")
    return {line.xpath("string(a/@href)").split("/c/")[1].split("#")[0].split("/")[0]: line.xpath("a/text()") for line in lines}


def test_below_each_comment_stands_what_this_reader_can_do_and_nobody_elses_ways(table, client):
    make.comment(table["round"], table["ada"], "2", "From Ada.")
    make.comment(table["round"], table["ben"], "2", "From Ben.")
    everything, page = ["Answer", "Edit", "Withdraw"], f"{table['base']}/p/2"
    assert doing(client, table["olga"], page) == {"1": everything, "2": everything}
    assert doing(client, table["ada"], page) == {"1": everything, "2": ["Answer"]}
    assert doing(client, table["ben"], page) == {"1": ["Answer"], "2": everything}
    for address in client.select("//p[contains(@class, 'doing')]/a/@href"):
        client.get(address)
        assert "#" not in address or client.select(f"//*[@id='{address.partition('#')[2]}']")
    actions.close(table["round"], by=table["olga"], door="page")
    assert doing(client, table["ben"], page) == {"2": ["Answer"]}


def test_the_table_of_comments_shows_a_wording_alone_and_how_many_answered(table, client):
    said = make.comment(table["round"], table["ada"], "2", "", proposed="The second speaks of rain.")
    actions.answer(said, "Why rain?", by=table["ben"], door="page")
    client.sign_in(table["ben"])
    client.get(f"{table['page']}/comments")
    assert client.select("//td[@data-label='Comment' and contains(., 'speaks of rain')]")
    assert client.select("string(//td[@data-label='Answers'])") == "1"
    assert all(cell.get("data-label") for cell in client.select("//table[@class='stacked']//td"))


def test_what_was_withdrawn_is_shown_and_exported_to_officers_who_ask_for_it(table, client):
    actions.withdraw(make.comment(table["round"], table["ada"], "1", "Taken back."), by=table["ada"], door="page")
    make.comment(table["round"], table["ada"], "1", "Kept.")
    client.sign_in(table["olga"])
    client.get(f"{table['page']}/comments")
    assert "Taken back." not in client.text and "withdrawn too" in client.text
    client.get(f"{table['page']}/comments?withdrawn=1")
    assert "Taken back." in client.text and client.select("//td/span[.='withdrawn']")
    told = client.get(client.select("//a[.='JSON']/@href")[0]).json
    assert [(row["text"], bool(row["withdrawn_at"])) for row in told] == [("Taken back.", True), ("Kept.", False)]
    assert "Taken back." in client.get(f"{table['page']}/comments.csv?withdrawn=1").text
    assert "Taken back." not in client.get(f"{table['page']}/comments.csv").text
    client.sign_in(table["ben"])
    client.get(f"{table['page']}/comments?withdrawn=1")
    assert "Taken back." not in client.text and "withdrawn too" not in client.text
    assert "Taken back." not in client.get(f"{table['page']}/comments.json?withdrawn=1").text


def ways_of_the_group(client, page):
    client.get(page)
    return client.select("//nav[@class='sub'][1]//a/text()")


def test_officers_keep_their_ways_on_every_page_of_the_group_and_others_never_see_them(table, client):
    actions.publish(make.prepared(table["draft"], TEXT, table["olga"]), by=table["olga"], door="page")
    read = ["/g/experts/", "/g/experts/members", table["base"], table["page"], table["base"].replace("/v/1", "/v/2/diff/1")]
    client.sign_in(table["ada"])
    assert all(ways_of_the_group(client, page) == ["Drafts", "Members", "Meetings", "Timeline"] for page in read)
    client.sign_in(table["olga"])
    for page in [*read, "/g/experts/members/import", f"{table['base']}/round", f"{table['page']}/close"]:
        assert "Letters" in ways_of_the_group(client, page), page


def test_the_contents_of_a_long_draft_tell_how_many_comments_each_section_has(table, client):
    long = "\n\n".join(
        f"{'I' * s}. Section {s}\n\n" + "\n\n".join(f"{n}. Paragraph {n}." for n in range(s * 15 - 14, s * 15 + 1)) for s in (1, 2, 3)
    )
    version = make.published(make.draft(table["group"], "Long", by=table["olga"]), long, by=table["olga"])
    asked = make.round(version, by=table["olga"])
    for mark in ("16", "16", "30", "31", ""):
        make.comment(asked, table["ada"], mark)
    client.sign_in(table["ada"])
    client.get(f"/g/experts/d/{version.draft.slug}/v/1")
    said = [" ".join(li.text_content().split()) for li in client.select("//nav[@class='sections']//li")]
    assert said == ["I. Section 1", "II. Section 2 (3 comments)", "III. Section 3 (1 comment)"]


def test_two_people_of_one_name_are_told_apart_where_somebody_is_chosen(table, client):
    make.member(table["group"], make.person("Ada", "ada@un.example"))
    make.member(table["group"], make.person("Eva", "eva@un.example", organization=Organization(name="Kenya", kind="party")))
    expected = {"Ada <ada@env.example>", "Ada <ada@un.example>", "Ben", "Eva (Kenya)"}
    client.sign_in(table["olga"])
    client.get(f"{table['base']}/round")
    assert expected <= set(client.select("//input[@name='chosen']/following-sibling::label/text()"))
    client.get(f"{table['base']}/p/1")
    assert expected <= set(client.select("//select[@name='author']/option/text()"))


def test_nobody_is_reminded_twice_within_an_hour(table, client):
    actions.remind(table["round"], [table["ada"]], by=table["olga"], door="page")
    with pytest.raises(Refused, match="less than an hour") as refused:
        actions.remind(table["round"], [table["ada"], table["ben"]], by=table["olga"], door="page")
    assert refused.value.values["names"] == "Ada"
    client.sign_in(table["olga"])
    client.get(table["page"])
    assert client.select("//input[@name='people' and @checked]/@value") == [str(table["ben"].id)]
    client.post(f"{table['page']}/remind", {"people": [str(table["ada"].id)]}, expect=422)
    assert "less than an hour ago" in client.text
    client.post(f"{table['page']}/remind", {"people": [str(table["ben"].id)]}, follow=True)
    assert "A reminder is on its way to 1 person." in client.text
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert actions.remind(table["round"], [table["ada"], table["ben"]], by=table["olga"], door="page") == 2


def test_the_form_names_the_types_a_round_asks_for(table, client):
    client.sign_in(table["ada"])
    client.get(f"{table['base']}/p/1")
    assert "asks for comments of these types" not in client.text
    make.round(table["version"], types=["editorial", "translation"], title="Second round", by=table["olga"])
    client.get(f"{table['base']}/p/1")
    assert "This round asks for comments of these types: editorial, translation." in client.text
