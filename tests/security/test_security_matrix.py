"""Row 9: nobody sees what is not theirs. Every route times every kind of person, generated from the routes themselves."""

import re

import pytest

from consult.people.rules import PERMISSIONS
from tests import make
from tests.security import world
from tests.security.browser import Browser

GUESTS = ("delegate", "reviewer")
OUTSIDE = ("asked", "revoked")  # invited from outside, but not let in, or not any more
KINDS = ("visitor", "stranger", "other", "former", "gone", *OUTSIDE, *GUESTS, *world.ROLES, "staff")
READERS = {*world.ROLES, "staff"}
OPEN = {"public", "signed in"}


@pytest.fixture
def rooms(app):
    """Two groups, alike in everything but their words."""
    made = world.build("alpha"), world.build("beta")
    make.commit()
    return made


def person_of(kind: str, alpha: world.Room, beta: world.Room):
    """Somebody of that kind, seen from the group alpha."""
    if kind == "visitor":
        return None
    if kind == "other":
        return beta.people["officer"]
    if kind in ("stranger", "staff"):
        return make.person(f"A {kind}", staff=kind == "staff")
    return alpha.people["member" if kind == "gone" else kind]


def browser_of(app, kind: str, alpha: world.Room, beta: world.Room) -> Browser:
    person = person_of(kind, alpha, beta)
    made = Browser(app, person)
    if kind == "gone":
        person.ended_at = make.clock.now()
        make.commit()
    return made


def permission(app, rule) -> str:
    """What the page asks for."""
    declared = getattr(app.view_functions[rule.endpoint], "declares", "public" if rule.endpoint == "static" else None)
    assert declared in OPEN | set(PERMISSIONS), f"{rule.rule} does not declare who may open it"
    return declared


def role_of(kind: str) -> str:
    """What the table of permissions calls this kind of person."""
    return "guest" if kind in GUESTS else kind


def expected(declared: str, kind: str, in_group: bool, method: str) -> set[int]:
    """The statuses that answer may have."""
    if declared == "public":
        return {200, 303, 400, 404, 410, 422, 503}
    if kind in ("visitor", "gone"):
        return {303}
    if declared == "signed in":
        return {200, 303, 403, 404, 422}
    if in_group and kind in GUESTS and declared == "round.read":
        return {200, 303, 404, 422}
    if in_group and kind not in READERS:
        return {404}
    if role_of(kind) in PERMISSIONS[declared].roles:
        return {200, 303, 403, 404, 422}
    return {403} if method in ("GET", "HEAD") else {422}


def unreadable(kind: str, room: world.Room, own: bool) -> set[str]:
    """The planted words this kind of person must never be shown."""
    if kind == "staff" or own and kind == "officer":
        return room.nobody_else
    hidden = room.officers_only | room.leads_only
    if own and kind in GUESTS:
        return (hidden | room.members_only) - room.guests_too | (set() if kind == "delegate" else room.nobody_else)
    if own and kind == "asked":
        told = {f"{room.group.slug}{what}canary" for what in ("round", "group", "short")}  # as the letter says that asks them
        return (hidden | room.members_only | room.nobody_else) - told
    return room.nobody_else | _by_membership(kind, room, own)


def _by_membership(kind: str, room: world.Room, own: bool) -> set[str]:
    if own and kind in ("chair", "co-chair"):
        return room.officers_only
    hidden = room.officers_only | room.leads_only
    return hidden if own and kind in READERS else hidden | room.members_only


def banned(kind: str, alpha: world.Room, beta: world.Room) -> set[str]:
    return unreadable(kind, alpha, own=kind != "other") | (set() if kind == "other" else unreadable(kind, beta, own=False))


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_answers_each_person_as_it_declares_and_shows_no_planted_word(app, rooms, kind):
    alpha, beta = rooms
    browser = browser_of(app, kind, alpha, beta)
    words = banned(kind, alpha, beta)
    for rule, url, _ in world.addresses(app, alpha):
        declared = permission(app, rule)
        for method in sorted({"GET", "HEAD"} & rule.methods):
            answer, whole = browser.ask(method, url)
            allowed = expected(declared, kind, "group" in rule.arguments, method)
            assert answer.status_code in allowed, f"{kind} {method} {url} ({declared}): {answer.status_code}, not {allowed}"
            echoed = whole.replace(url, "")
            shown = {word for word in words if word in echoed}
            assert not shown, f"{kind} {method} {url} ({declared}) shows {shown}"
            if declared != "public" and kind in ("visitor", "gone"):
                assert answer.location.startswith("/sign-in"), answer.location


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_may_not_changes_nothing(app, rooms, kind):
    alpha, beta = rooms
    browser = browser_of(app, kind, alpha, beta)
    token, words = browser.token(), banned(kind, alpha, beta)
    for rule, url, _ in world.addresses(app, alpha):
        declared = permission(app, rule)
        if "POST" not in rule.methods or declared in OPEN or role_of(kind) in PERMISSIONS[declared].roles:
            continue
        before = world.dump()
        answer, whole = browser.ask("POST", url, data={"csrf_token": token, "text": "x", "note": "x"})
        assert answer.status_code in expected(declared, kind, "group" in rule.arguments, "POST"), f"{kind} POST {url}: {answer.status_code}"
        assert not {word for word in words if word in whole.replace(url, "")}, url
        assert not world.changed(before), f"{kind} POST {url} changed {world.changed(before)}"


@pytest.mark.parametrize("role", world.ROLES)
def test_things_of_another_group_are_not_there_under_the_address_of_ones_own(app, rooms, role):
    """The officer of one group puts the numbers and names of the other group's things into addresses of their own."""
    alpha, beta = rooms
    browser = Browser(app, alpha.people[role])
    token, words = browser.token(), beta.members_only | beta.officers_only | beta.leads_only | beta.nobody_else
    for name in ("draft", "round", "letter", "membership", "arrival", "meeting", "delegation", "task"):
        for rule, url, chosen in world.addresses(app, beta):
            if name not in rule.arguments or permission(app, rule) == "public":
                continue
            mine = url.replace("/g/beta/", "/g/alpha/")
            for method in sorted({"GET", "POST"} & rule.methods):
                before = world.dump()
                answer, whole = browser.ask(method, mine, data={"csrf_token": token} if method == "POST" else None)
                assert answer.status_code in (403, 404, 422), f"{role} {method} {mine}: {answer.status_code}"
                assert role != "officer" or answer.status_code == 404, f"{role} {method} {mine}: {answer.status_code}"
                shown = {word for word in words if word in whole.replace(mine, "").replace(chosen["draft"], "")}
                assert not shown, f"{role} {method} {mine} shows {shown}"
                assert not world.changed(before), f"{role} {method} {mine} changed {world.changed(before)}"


@pytest.mark.parametrize("kind", ["stranger", "other", "former"])
def test_a_group_one_may_not_read_cannot_be_told_from_one_that_is_not_there(app, rooms, kind):
    alpha, beta = rooms
    browser = browser_of(app, kind, alpha, beta)
    for rule, url, _ in world.addresses(app, alpha):
        if "group" in rule.arguments and "GET" in rule.methods:
            (real, first), (none, second) = browser.ask("GET", url), browser.ask("GET", url.replace("/g/alpha/", "/g/nosuc/"))
            assert (real.status_code, none.status_code) == (404, 404)
            assert first.replace("/g/alpha/", "/g/nosuc/") == second, url


def test_unpublished_versions_are_not_there_for_members_in_any_form(app, rooms):
    alpha, _ = rooms
    for role in ("member", "observer", "chair"):
        browser = Browser(app, alpha.people[role])
        here = f"/g/alpha/d/{alpha.draft}"
        for url in (
            f"{here}/v/2", f"{here}/v/2.txt", f"{here}/v/2?show=text", f"{here}/v/2/file", f"{here}/v/2/p/1", f"{here}/v/2/p/whole",
            f"{here}/v/2/diff/1", f"{here}/v/2/diff/1.txt", f"{here}/v/1/diff/2",
        ):  # fmt: skip
            answer, whole = browser.ask("GET", url)
            assert answer.status_code == 404, f"{role} {url}: {answer.status_code}"
            assert not {word for word in alpha.officers_only if word in whole}
        for url in (here + "/", "/", "/g/alpha/", "/g/alpha/timeline", f"/g/alpha/r/{alpha.round}"):
            _, whole = browser.ask("GET", url)
            assert f"{here}/v/2" not in whole and not {word for word in alpha.officers_only if word in whole}, f"{role} {url}"


def test_a_page_kept_by_a_member_is_confirmed_to_nobody_else(app, rooms):
    alpha, beta = rooms
    member = Browser(app, alpha.people["member"])
    urls = [f"/g/alpha/d/{alpha.draft}/v/1", f"/g/alpha/d/{alpha.draft}/v/1.txt"]
    tags = {url: member.ask("GET", url)[0].headers["ETag"] for url in urls}
    for url, tag in tags.items():
        assert member.ask("GET", url, headers={"If-None-Match": tag})[0].status_code == 304
    for kind, status in (("visitor", 303), ("stranger", 404), ("other", 404), ("former", 404), ("gone", 303)):
        browser = browser_of(app, kind, alpha, beta)
        for url, tag in tags.items():
            assert browser.ask("GET", url, headers={"If-None-Match": tag})[0].status_code == status, f"{kind} {url}"


def test_nobody_but_officers_and_staff_reads_the_addresses_of_others(app, rooms):
    alpha, beta = rooms
    for role in ("member", "observer", "chair", "co-chair", "alternate"):
        browser, own = Browser(app, alpha.people[role]), alpha.people[role].address
        for rule, url, _ in world.addresses(app, alpha):
            if "GET" in rule.methods and not url.startswith("/post"):
                _, whole = browser.ask("GET", url)
                found = set(re.findall(r"[\w.-]+@env\.example", whole)) - {own}
                assert not found, f"{role} {url} shows {found}"
