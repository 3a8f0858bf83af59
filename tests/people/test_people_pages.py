"""The pages of people and groups, as each person sees them."""

import pytest

from consult.people import sessions
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
