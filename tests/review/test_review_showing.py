"""Comments and texts are made into HTML once: nobody may see an old one, or somebody else's time."""

import pytest

from consult.review import actions
from tests import make


@pytest.fixture
def table(app):
    group = make.group()
    olga = make.member(group, make.person("Olga"), "officer")
    ada, ben = make.member(group, make.person("Ada")), make.member(group, make.person("Ben", zone="Asia/Tokyo"))
    version = make.published(make.draft(group, "Report", by=olga), "1. Water is wet.\n\n2. Salt is dry.", by=olga)
    made = make.comment(make.round(version, by=olga), ada, "1", text="The old words", proposed="Water is very wet.")
    make.commit()
    page = f"/g/experts/d/{version.draft.slug}/v/1?show=comments"
    return {"olga": olga, "ada": ada, "ben": ben, "comment": made, "page": page}


def seen_by(client, person, page: str) -> str:
    client.sign_in(person)
    client.get(page)
    return client.text


def test_what_was_edited_answered_or_responded_to_is_shown_as_it_is_now(table, client):
    assert "The old words" in seen_by(client, table["ben"], table["page"])
    actions.edit(table["comment"], text="The new words", type="general", proposed="Water is so wet.", by=table["ada"], door="page")
    actions.answer(table["comment"], "Indeed.", by=table["ben"], door="page")
    actions.respond(table["comment"], "noted", "Thank you.", turn=0, by=table["olga"], door="page")
    make.commit()
    now = seen_by(client, table["ben"], table["page"])
    assert "The old words" not in now and all(words in now for words in ("The new words", "Indeed.", "Thank you.", "so"))


def test_each_reader_sees_moments_in_a_zone_of_their_own(table, client):
    assert "UTC" in seen_by(client, table["ada"], table["page"]) and "Tokyo" not in client.text
    assert "Tokyo" in seen_by(client, table["ben"], table["page"])
    assert [m.tag for m in client.select("//article//time")] == ["time"]
    assert "Tokyo" in client.select("string(//article//time)")
