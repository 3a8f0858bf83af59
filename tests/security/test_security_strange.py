"""What no form of ours would send: numbers, dates and signs that no table can hold get a page, never our own mistake."""

import pytest

from tests import make
from tests.security import world
from tests.security.browser import Browser

HUGE = "9" * 25
FIELDS = ("author", "version", "turn", "position", "digest_day", "limit_kb", "round")
WORDS = (
    "text",
    "once",
    "mark",
    "address",
    "password",
    "name",
    "title",
    "slug",
    "note",
    "reason",
    "zone",
    "person",
    "answer",
    "response",
    "disposition",
    "type",
)


@pytest.fixture
def staff(app):
    alpha = world.build("alpha")
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    make.commit()
    return Browser(app, make.member(alpha.group, make.person("Staff", staff=True), "officer")), alpha


def fine(browser: Browser, method: str, url: str, **more) -> None:
    answer, _ = browser.ask(method, url, **more)
    assert answer.status_code < 500, f"{method} {url} {list(more.get('data', ()))}: {answer.status}"


def test_numbers_and_signs_beyond_every_table_in_addresses(app, staff):
    browser, alpha = staff
    for rule, url, chosen in world.addresses(app, alpha):
        if "GET" not in rule.methods or rule.endpoint == "healthz":
            continue
        for query in ("before", "author", "section", "page", "at", "show"):
            for value in (HUGE, "-" + HUGE, "%00", "%ED%A0%80"):
                fine(browser, "GET", f"{url}?{query}={value}&q=%00&mark=%00&state=%00")
        for name in rule.arguments:
            for value in (HUGE, "%00", "%ED%A0%80", "0"):
                fine(browser, "GET", url.replace(f"/{chosen[name]}", f"/{value}"))


def test_numbers_dates_and_signs_beyond_every_table_in_forms(app, staff):
    browser, alpha = staff
    token = browser.token()
    for rule, url, _ in world.addresses(app, alpha):
        if "POST" not in rule.methods or "/sign-out" in url:
            continue
        for words in ("a\x00b", "\ud83d".encode("utf-8", "surrogatepass"), "x"):
            for closes in ("0001-01-01T00:00", "9999-12-31T23:59", "2027-13-45T99:99"):
                data = dict.fromkeys(FIELDS, HUGE) | dict.fromkeys(WORDS, words) | {"closes": closes, "opens": closes, "csrf_token": token}
                fine(browser, "POST", url, data=data | {"type": "general", "language": "en"})
