"""The pages of people and groups, as each person sees them."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from consult.extensions import db
from consult.journal.actions import record
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.people import home, queries, rules
from consult.people.models import Group, Membership, Person
from tests import make
from tests.pages import Pages


@pytest.fixture
def pages(app):
    return Pages(app)


@pytest.fixture
def table(app):
    """A group with an officer, a chair, a member and an observer, and somebody outside; as a name to person mapping."""
    group = make.group("experts", name="Experts on technology", mandate="Decision VII/29, paragraph 7", terms="Advise.\nReport.")
    people = {role: make.member(group, make.person(role.title()), role) for role in ("officer", "chair", "member", "observer", "alternate")}
    people |= {"outsider": make.person("Outsider"), "staff": make.person("Staff", staff=True)}
    make.commit()
    return people


PAGES = {
    "/": "*",
    "/me": "*",
    "/help/roles": "*",
    "/people": "staff",
    "/people/new": "staff",
    "/groups/new": "staff",
    "/g/experts/": "officer chair member observer alternate staff",
    "/g/experts/members": "officer chair member observer alternate staff",
    "/g/experts/timeline": "officer chair member observer alternate staff",
    "/g/experts/members/import": "officer staff",
}


@pytest.mark.parametrize("who", ["officer", "chair", "member", "observer", "alternate", "outsider", "staff"])
def test_each_person_sees_their_pages_and_no_others(pages, table, who):
    pages.sign_in(table[who])
    for url, allowed in PAGES.items():
        inside = "group.read" if who != "outsider" else ""
        refused = 404 if url.startswith("/g/") and not inside else 403
        pages.get(url, expect=200 if allowed == "*" or who in allowed.split() else refused)


@pytest.mark.parametrize("url", [url for url in PAGES if url not in ("/", "/help/roles")])
def test_a_visitor_is_asked_to_sign_in_and_learns_nothing(pages, table, url):
    answer = pages.get(url, expect=303)
    assert answer.location.startswith("/sign-in?next=")
    unknown = pages.get("/g/no-such-group/", expect=303)
    assert unknown.location.startswith("/sign-in?next=")


POSTS = {
    "/people/new": "staff",
    "/groups/new": "staff",
    "/g/experts/members": "officer staff",
    "/g/experts/members/import": "officer staff",
    "/g/experts/members/1/end": "officer staff",
}


@pytest.mark.parametrize("who", ["chair", "member", "observer", "alternate", "outsider"])
def test_whoever_may_not_act_cannot_by_sending_the_form(pages, table, who):
    pages.sign_in(table[who])
    before = counts()
    for url in POSTS:
        pages.tree = None
        token = pages.token("/me")
        answer = pages.client.post(
            url, data={"csrf_token": token, "address": "new@env.example", "name": "New", "slug": "new", "role": "officer"}
        )
        assert answer.status_code == (404 if who == "outsider" and url.startswith("/g/") else 422), url
    assert counts() == before


def counts() -> list[int]:
    tables = (Person, Group, Membership, Event)
    return [db.session.scalar(select(func.count()).select_from(each)) for each in tables] + [
        db.session.scalar(select(func.count()).select_from(Membership).where(Membership.ends_on.is_not(None)))
    ]


def test_staff_form_a_group_and_its_officer_fills_it(pages, table):
    pages.sign_in(table["staff"])
    group = {
        "name": "Advisory <b>committee</b>",
        "slug": "iac",
        "short": "IAC",
        "kind": "advisory committee",
        "mandate": "VII/23",
        "language": "fr",
    }
    assert pages.post("/groups/new", group).location == "/g/iac/members"
    pages.get("/g/iac/members")
    member = {
        "address": "nadia@env.example",
        "name": "Nadia",
        "role": "officer",
        "organization": "Tunisia",
        "language": "fr",
        "means": "page",
    }
    pages.post("/g/iac/members", member | {"zone": "Africa/Tunis"}, follow=True)
    assert "Nadia is in the group now." in pages.text and "Tunisia" in pages.text
    pages.post("/g/iac/members", member | {"zone": "Africa/Tunis"}, expect=422)
    assert "Nadia is in the group already, as officer." in pages.text
    pages.post("/g/iac/members", member | {"address": "new@env.example", "name": "", "zone": "UTC"}, expect=422)
    assert "A name is needed." in pages.text
    pages.post("/g/iac/members", member | {"address": "new@env.example", "zone": "Nowhere"}, expect=422)
    assert queries.find_by_address("new@env.example") is None


def test_staff_add_people_and_find_them(pages, table):
    pages.sign_in(table["staff"])
    new = {
        "name": "Zoë <script>",
        "address": "zoe@env.example",
        "language": "es",
        "zone": "America/Lima",
        "means": "mail",
        "organization": "",
    }
    pages.post("/people/new", new, follow=True)
    pages.get("/people?q=ZOE@")
    assert "Zoë <script>" in pages.text and "Officer" not in pages.text
    pages.get("/people/new")
    pages.post("/people/new", new, expect=422)
    assert "belongs to somebody already" in pages.text


def test_a_person_settles_how_letters_come(pages, table):
    ada = table["member"]
    pages.sign_in(ada)
    chosen = {"name": "Member", "language": "ar", "zone": "Africa/Cairo", "rhythm": "weekly", "digest_day": "4", "digest_hour": "18"}
    pages.post("/me", chosen | {"form": "html", "limit_kb": "40"}, follow=True)
    assert (ada.language, ada.zone, ada.rhythm, ada.digest_day, ada.digest_hour) == ("ar", "Africa/Cairo", "weekly", 4, 18)
    assert (ada.form, ada.limit_bytes, ada.receipts) == ("html", 40_000, False)
    assert pages.tree.get("dir") == "rtl"
    for wrong in ({"zone": "Atlantis"}, {"limit_kb": "3"}, {"rhythm": "hourly"}, {"digest_hour": "25"}, {"name": " "}):
        pages.post("/me", chosen | {"form": "html", "limit_kb": "40"} | wrong, expect=422)
    db.session.expire_all()
    assert ada.zone == "Africa/Cairo" and ada.limit_bytes == 40_000


def test_a_further_address_is_taken_when_its_link_is_pressed(pages, table):
    ada = table["member"]
    pages.sign_in(ada)
    for address in ("second@env.example", "officer@env.example"):
        pages.get("/me")
        pages.post("/me/addresses", {"address": address}).close()
    letter = db.session.scalars(select(Letter)).one()
    assert letter.to_address == "second@env.example" and "second@env.example is theirs" in letter.text
    link = re.search(r"http://consult\.test(/l/\S+)", letter.text)[1]
    assert queries.find_by_address("second@env.example") is None
    pages.get(link)
    pages.post(link, follow=True)
    assert queries.find_by_address("second@env.example") == ada and "second@env.example" in pages.text
    added = queries.find_address("second@env.example")
    pages.post(f"/me/addresses/{added.id}/first")
    assert ada.address == "second@env.example"
    pages.post(f"/me/addresses/{added.id}/remove", page="/me")
    assert ada.address == "member@env.example"
    other = queries.find_address("officer@env.example")
    pages.post(f"/me/addresses/{other.id}/remove", expect=404, page="/me")


def test_whoever_finds_a_browser_open_cannot_change_the_password(pages, table):
    ada = table["member"]
    pages.sign_in(ada)
    pages.post("/me/password", {"password": "a long enough one", "again": "a long enough one"}, page="/me")
    pages.get("/me")
    new = {"password": "something else now", "again": "something else now"}
    pages.post("/me/password", new | {"current": "a wrong guess"}, expect=422)
    other = Pages(pages.app)
    other.sign_in(ada)
    pages.get("/me")
    pages.post("/me/password", new | {"current": "a long enough one"}, follow=True)
    assert "signed out" in pages.text
    other.get("/me", expect=303)


def upload(pages, raw: bytes, expect: int = 303, **ticks):
    data = {"sheet": (BytesIO(raw), "people.csv"), **ticks}
    return pages.post(
        "/g/experts/members/import", data, expect=expect, page="/g/experts/members/import", content_type="multipart/form-data"
    )


def test_an_officer_takes_people_from_a_list(pages, table):
    pages.sign_in(table["officer"])
    upload(pages, b"name,email\nBen,ben@env.example\nCleo,=1+1\n", expect=422)
    assert (
        "Good rows: 1; others: 1." in pages.text and "like a formula" in pages.text and queries.find_by_address("ben@env.example") is None
    )
    upload(pages, b"name,email,phone\nBen,ben@env.example\nCleo,=1+1\n", expect=200, take_good="y")
    assert "1 person joined" in pages.text and "phone" in pages.text and queries.find_by_address("ben@env.example") is not None
    upload(pages, b"name,email\nBen,ben@env.example\n")
    upload(pages, "name,email\nИван,i@env.example\n".encode("koi8-r"), expect=422)
    assert "CSV UTF-8" in pages.text
    upload(pages, "name,email\nAntonín Dvořák,d@env.example\n".encode("cp1250"), expect=422)
    assert "Dvoøák" in pages.text and pages.select("//input[@name='names_right']")
    pages.post("/g/experts/members/import", {}, expect=422, page="/g/experts/members/import")
    assert "Choose a file." in pages.text


def test_the_officer_ends_a_seat_after_being_asked(pages, table):
    pages.sign_in(table["officer"])
    seat = next(seat for seat in queries.members(queries.get_group("experts").id) if seat.person.name == "Member")
    url = f"/g/experts/members/{seat.id}/end"
    pages.get(url)
    assert seat.ends_on is None
    pages.post(url, follow=True)
    assert "Member is not in the group any more." in pages.text
    pages.sign_in(table["member"])
    pages.get("/g/experts/", expect=404)
    other = make.member(make.group("others"), make.person("Else"))
    foreign = queries.members(queries.get_group("others").id)[0]
    pages.sign_in(table["officer"])
    pages.get(f"/g/experts/members/{foreign.id}/end", expect=404)
    assert foreign.person == other


def test_the_timeline_tells_what_happened_newest_first_and_officers_more(pages, table):
    group = queries.get_group("experts")
    for number in range(60):
        record("comment.made", door="mail", actor=table["member"], group_id=group.id, place=f"[{number}]")
    record("address.failing", door="mail", group_id=group.id, name="Observer <b>")
    record("version.published", door="page", actor=table["officer"], group_id=group.id)
    pages.sign_in(table["member"])
    pages.get("/g/experts/timeline")
    assert pages.text.index("[59]") < pages.text.index("[30]") and "come back" not in pages.text
    assert "Officer published version … of “…”" in " ".join(pages.select("string(//ul[@class='cards']/li[1])").split())
    assert "by e-mail" in pages.text
    pages.get(pages.select("//a[@rel='next']/@href")[0])
    assert "Member commented on [0]" in pages.text
    pages.sign_in(table["officer"])
    pages.get("/g/experts/timeline")
    assert "Letters to Observer <b> come back" in pages.text


def test_members_stand_in_their_usual_order_and_addresses_are_for_officers(pages, table):
    pages.sign_in(table["member"])
    pages.get("/g/experts/members")
    assert pages.select("//tbody/tr/td[1]/bdi/text()") == ["Officer", "Chair", "Member", "Alternate", "Observer"]
    assert "@env.example" not in pages.text and not pages.select("//main//form")
    pages.sign_in(table["officer"])
    pages.get("/g/experts/members")
    assert "observer@env.example" in pages.text


def test_the_first_page_shows_what_other_rooms_offer(pages, table, monkeypatch):
    monkeypatch.setattr(home, "_panels", [lambda person: f"<p>Waiting for {person.name}</p>", lambda person: ""])
    monkeypatch.setattr(home, "_group_panels", [lambda group, person: f"<p>{group.slug} for {person.name}</p>"])
    pages.get("/")
    assert "Waiting" not in pages.text
    pages.sign_in(table["member"])
    pages.get("/")
    assert "Waiting for Member" in pages.text and "Experts on technology" in pages.text
    pages.get("/g/experts/")
    assert "experts for Member" in pages.text and "Decision VII/29" in pages.text


def test_whoever_has_only_mail_finds_how_it_works(pages):
    pages.get("/help/mail")
    assert "consult@in.consult.test" in pages.text and "[12] ED:" in pages.text


def test_the_help_page_shows_the_table_itself(pages):
    pages.get("/help/roles")
    rows = {row.xpath("string(th)"): [cell.text for cell in row.xpath("td")] for row in pages.select("//tbody/tr")}
    roles = [*rules.ROLES, rules.GUEST, "staff"]
    for permission in rules.PERMISSIONS.values():
        assert rows[permission.sentence] == ["yes" if role in permission.roles else "–" for role in roles]
