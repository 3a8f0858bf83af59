"""Taking a text along by pages: asking, waiting, fetching, and who may."""

import pytest

from consult.drafts.models import Opening
from consult.extensions import db
from consult.kit import clock
from consult.papers import actions
from consult.papers.models import Paper
from consult.people import actions as people
from tests import make


@pytest.fixture
def here(version) -> str:
    return f"/g/{version.draft.group.slug}/d/{version.draft.slug}/v/1"


def asked(client, here: str, **chosen) -> str:
    """Ask for a document on the page; the address of the page on which one waits."""
    client.get(here)
    client.get(client.select("//a[contains(@href, '/papers')]/@href")[0])
    return client.post(f"{here}/papers", {"form": "pdf", **chosen}).location


def test_a_reader_asks_waits_and_gets_the_file_without_any_script(client, here, member):
    client.sign_in(member)
    waiting = asked(client, here)
    page = client.get(waiting)
    assert "being made" in client.text and page.headers["Refresh"].startswith("2; url=")
    actions.make_due(clock.now())
    page = client.get(waiting)
    assert "ready" in client.text and page.headers["Refresh"].endswith("/file")
    file = client.get(client.select("//a[contains(@href, '/file')]/@href")[0])
    assert file.data.startswith(b"%PDF") and "attachment" in file.headers["Content-Disposition"]
    assert "sandbox" in file.headers["Content-Security-Policy"]


def test_a_page_opened_later_does_not_fetch_the_file_again(client, here, member):
    client.sign_in(member)
    waiting = asked(client, here)
    actions.make_due(clock.now())
    assert "Refresh" not in client.get(waiting.partition("?")[0]).headers


def test_two_who_ask_for_the_same_wait_for_one_document(client, here, member, group):
    client.sign_in(member)
    first = asked(client, here)
    client.sign_in(make.officer(group))
    assert asked(client, here) == first
    assert asked(client, here, lines="y") != first


def test_who_fetches_a_document_is_noted_with_the_first_and_the_last_time(client, here, member):
    client.sign_in(member)
    waiting = asked(client, here)
    actions.make_due(clock.now())
    for _ in range(2):
        client.get(waiting.partition("?")[0] + "/file")
    noted = db.session.scalar(db.select(Opening).where(Opening.person_id == member.id, Opening.door == "file"))
    assert noted.times == 2 and noted.first_at <= noted.last_at


def test_rights_hold_at_the_moment_of_fetching(client, here, member, version):
    client.sign_in(member)
    waiting = asked(client, here)
    actions.make_due(clock.now())
    seat = next(m for m in db.session.scalars(db.select(people.Membership)) if m.person_id == member.id)
    people.end_membership(seat, by=make.officer(version.draft.group), door="page")
    for address in (waiting, waiting.partition("?")[0] + "/file", f"{here}/papers"):
        client.get(address, expect=404)
    stranger = make.person("Eve")
    client.sign_in(stranger)
    client.get(waiting.partition("?")[0] + "/file", expect=404)
    assert not db.session.scalar(db.select(Opening).where(Opening.door == "file"))


def test_a_document_of_another_group_is_not_there(client, here, member):
    client.sign_in(member)
    waiting = asked(client, here)
    other = make.member(make.group("others"), make.person("Omar"))
    client.sign_in(other)
    client.get(waiting.replace("/g/experts/", "/g/others/"), expect=404)


def test_a_version_being_prepared_is_printed_for_officers_only(client, version, member, group):
    waiting = make.prepared(version.draft, "1. Not yet.")
    address = f"/g/{group.slug}/d/{version.draft.slug}/v/{waiting.number}/papers"
    client.sign_in(member)
    client.get(address, expect=404)
    client.sign_in(make.officer(group))
    place = client.post(address, {"form": "pdf"}).location
    actions.make_due(clock.now())
    client.get(place)
    client.sign_in(member)
    client.get(place.partition("?")[0] + "/file", expect=403)


def test_a_form_that_is_not_offered_is_refused(client, here, member):
    client.sign_in(member)
    client.post(f"{here}/papers", {"form": "exe"}, expect=422)
    assert not db.session.scalar(db.select(Paper))
