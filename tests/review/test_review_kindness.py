"""What a newcomer must be told on the pages of a review, and what must not contradict itself."""

from datetime import timedelta

import pytest
import time_machine

from consult.kit import clock
from consult.review import actions
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
