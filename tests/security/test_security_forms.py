"""Row 23: a form counts only from our own page, opened by the same person in the same browser. Everything else changes nothing."""

import pytest

from consult.people import links
from tests import make
from tests.security import world
from tests.security.browser import Browser

ONE_CLICK = "/l/stop/"
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://consult.test.evil.example"},
    {"Origin": "http://evil-consult.test"},
    {"Origin": "http://consult.test:81"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "null"},
)


@pytest.fixture
def alpha(app):
    made = world.build("alpha")
    make.commit()
    return made


def unsafe(app, room) -> list[str]:
    """Every address that changes something, apart from the one click that ends letters."""
    found = [url for rule, url, _ in world.addresses(app, room) if "POST" in rule.methods and not url.startswith(ONE_CLICK)]
    assert len(found) > 30
    return found


def whoever_may(app, room) -> Browser:
    return Browser(app, make.member(room.group, make.person("Staff", staff=True), "officer"))


def test_a_form_without_a_token_or_with_another_persons_token_changes_nothing(app, alpha):
    staff, other = whoever_may(app, alpha), Browser(app, alpha.people["member"])
    staff.token()
    tokens = {"none": None, "empty": "", "of another person": other.token(), "of a visitor": Browser(app).token(), "invented": "a" * 91}
    before = world.dump()
    for url in unsafe(app, alpha):
        for whose, token in tokens.items():
            answer, _ = staff.ask("POST", url, data={"title": "A", "name": "A"} | ({"csrf_token": token} if token is not None else {}))
            assert answer.status_code == 400, f"{url} with a token {whose}: {answer.status}"
    assert not world.changed(before), world.changed(before)


def test_a_form_from_another_site_changes_nothing_even_with_a_good_token(app, alpha):
    staff = whoever_may(app, alpha)
    token, before = staff.token(), world.dump()
    for url in unsafe(app, alpha):
        for headers in FOREIGN:
            assert staff.status("POST", url, data={"csrf_token": token, "name": "A"}, headers=headers) == 400, f"{url} {headers}"
    assert not world.changed(before), world.changed(before)


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "null"}, {"Origin": "http://consult.test"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
def test_our_own_pages_are_heard(app, alpha, headers):
    member = Browser(app, alpha.people["member"])
    url = f"/g/alpha/r/{alpha.round}/c/1/answer"
    assert member.status("POST", url, data={"csrf_token": member.token(), "answer": "Yes.", "once": "o1"}, headers=headers) == 303


def test_other_methods_and_disguised_ones_change_nothing(app, alpha):
    staff = whoever_may(app, alpha)
    token, before = staff.token(), world.dump()
    for rule, url, _ in world.addresses(app, alpha):
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            assert staff.status(method, url, headers={"X-CSRFToken": token}) in (400, 404, 405), f"{method} {url}"
        if (
            "POST" in rule.methods and "GET" in rule.methods and "arrival" not in rule.arguments
        ):  # reading a letter as it came is written down
            staff.ask(
                "GET",
                url,
                headers={"X-HTTP-Method-Override": "POST", "X-CSRFToken": token},
                query_string={"_method": "POST", "csrf_token": token},
            )
    assert not world.changed(before, but=("seen", "opening")), world.changed(before, but=("seen", "opening"))


def test_one_click_needs_neither_token_nor_cookie_and_nothing_but_its_own_secret(app, alpha):
    member = alpha.people["member"]
    secret = links.stop_link(member)
    make.commit()
    anybody = Browser(app)
    assert anybody.status("POST", f"/l/stop/{'0' * 32}", data={"List-Unsubscribe": "One-Click"}) == 404
    assert (
        anybody.status("POST", f"/l/stop/{secret}", data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
        == 200
    )
    make.db.session.expire_all()
    assert make.db.session.get(make.Person, member.id).rhythm == "none"
    assert not anybody.cookie()
