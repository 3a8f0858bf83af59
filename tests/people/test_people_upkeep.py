"""Staff put right what is known of people and of groups."""

import pytest

from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.journal import queries as journal
from consult.people import queries, upkeep
from tests import make
from tests.pages import Pages


@pytest.fixture
def staff(app):
    visitor = Pages(app)
    visitor.person = make.person("Staff", staff=True)
    visitor.sign_in(visitor.person)
    return visitor


@pytest.fixture
def ada(app):
    person = make.person("Ada")
    make.commit()
    return person


@pytest.fixture
def group(app):
    made = make.group(name="Experts", mandate="Decision VII/29", terms="Advise.")
    make.commit()
    return made


def as_kept(**more) -> dict:
    """The form of a person as a browser would send it back."""
    kept = {"name": "Ada", "organization": "", "language": "en", "zone": "UTC", "means": "page", "rhythm": "daily", "digest_day": "0"}
    return kept | {"digest_hour": "7", "form": "text", "limit_kb": "0", "receipts": "y"} | more


def test_staff_put_right_whom_a_person_acts_for_and_how_they_are_written_to(staff, ada):
    staff.get("/people")
    assert staff.select(f"//a[@href='/people/{ada.id}']")
    staff.get(f"/people/{ada.id}")
    assert staff.select("string(//h1)") == "Ada" and "ada@env.example" in staff.text and "staff@env.example" not in staff.text
    assert {action.split("/")[2] for action in staff.select("//main//form/@action")} == {str(ada.id)}
    new = as_kept(name="Ada Lovelace", organization="Tuvalu", language="fr", zone="Pacific/Funafuti", means="mail", limit_kb="40")
    staff.post(f"/people/{ada.id}", new, follow=True)
    assert "Kept." in staff.text and staff.select("string(//input[@name='organization']/@value)") == "Tuvalu"
    assert (ada.name, ada.organization.name, ada.language, ada.zone) == ("Ada Lovelace", "Tuvalu", "fr", "Pacific/Funafuti")
    assert (ada.means, ada.limit_bytes, ada.receipts) == ("mail", 40_000, True)
    staff.post(f"/people/{ada.id}", as_kept(organization=""), follow=True)
    assert ada.organization is None


@pytest.mark.parametrize("wrong", [{"name": " "}, {"zone": "Atlantis"}, {"limit_kb": "3"}, {"rhythm": "hourly"}])
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(staff, ada, wrong):
    staff.get(f"/people/{ada.id}")
    staff.post(f"/people/{ada.id}", as_kept(organization="Nauru") | wrong, expect=422)
    assert staff.select("//div[@role='alert']") and staff.select("string(//input[@name='organization']/@value)") == "Nauru"
    assert ada.name == "Ada" and ada.organization is None


def test_staff_add_order_and_remove_the_addresses_of_a_person(staff, ada):
    staff.get(f"/people/{ada.id}")
    staff.post(f"/people/{ada.id}/addresses", {"another": "ada@home.example"}, follow=True)
    added = queries.find_address("ada@home.example")
    assert added.person_id == ada.id and ada.address == "ada@env.example"
    staff.post(f"/people/{ada.id}/addresses/{added.id}/first", follow=True)
    assert ada.address == "ada@home.example"
    staff.post(f"/people/{ada.id}/addresses", {"another": "ada@env.example"}, expect=422)
    assert "belongs to somebody already" in staff.text
    staff.post(f"/people/{ada.id}/addresses", {"another": "nonsense"}, expect=422)
    first = queries.find_address("ada@env.example")
    staff.post(f"/people/{ada.id}/addresses/{first.id}/remove", follow=True)
    assert [each.address for each in ada.addresses] == ["ada@home.example"]
    staff.post(f"/people/{ada.id}/addresses/{added.id}/remove", expect=422)
    assert "The last address cannot be removed" in staff.text


def test_an_address_of_somebody_else_is_not_there(staff, ada):
    other = make.person("Ben").addresses[0].id
    make.commit()
    for verb in ("first", "remove"):
        staff.post(f"/people/{ada.id}/addresses/{other}/{verb}", page=f"/people/{ada.id}", expect=404)


def test_staff_change_what_a_group_is_called_and_comes_from(staff, group):
    staff.get("/g/experts/")
    assert staff.select("//a[@href='/g/experts/change']")
    staff.get("/g/experts/change")
    assert staff.select("string(//textarea[@name='terms'])").strip() == "Advise."
    words = {"name": "Expert group on transfer", "short": "EGTT", "kind": "expert group", "mandate": "Decision VIII/12", "language": "en"}
    staff.post("/g/experts/change", words | {"terms": "Advise.\nReport."}, follow=True)
    assert "Expert group on transfer" in staff.text and "Decision VIII/12" in staff.text and "Report." in staff.text
    staff.post("/g/experts/change", words | {"name": " ", "terms": ""}, expect=422, page="/g/experts/change")
    staff.get("/g/experts/timeline")
    assert "Staff changed how the group presents itself" in staff.text
    assert [event.data["changed"] for event in journal.of_group(group.id)] == [["mandate", "name", "short", "terms"]]


def test_an_officer_sees_no_way_to_what_only_staff_can_do(app, group):
    visitor = Pages(app)
    visitor.sign_in(make.officer(group))
    for url in ("/g/experts/", "/g/experts/members"):
        visitor.get(url)
        assert not visitor.select("//a[contains(@href, '/change') or contains(@href, '/people/')]")
    visitor.get("/g/experts/change", expect=403)


def test_nothing_changed_is_no_event(staff, group):
    upkeep.change_group(group, by=staff.person, door="page", name="Experts", terms="Advise.")
    assert journal.of_group(group.id) == []


def test_only_staff_change_a_group_or_another_person(group, ada):
    chair = make.member(group, make.person("Kwame"), "chair")
    with pytest.raises(Refused, match="Form groups"):
        upkeep.change_group(group, by=chair, door="page", name="Mine")
    with pytest.raises(NotFound):
        upkeep.change_group(group, by=ada, door="page", name="Mine")
    with pytest.raises(Refused, match="See and add people"):
        upkeep.change_person(ada, organization="Mine", by=chair, door="page")
    with pytest.raises(Refused, match="See and add people"):
        upkeep.change_person(ada, organization="Mine", by=ada, door="page")
    db.session.rollback()
