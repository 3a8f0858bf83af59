"""Rows 20 and 22: whose page it is stays between that person and us; links begin at our own address; cookies are closed."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from consult.extensions import db
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.people.models import SignIn
from consult.web.headers import ALWAYS, POLICY
from tests import make
from tests.conftest import make_app
from tests.security import world
from tests.security.browser import Browser

EXPECTED_POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
}  # fmt: skip
PASSWORD = "correct horse battery"
# fmt: off
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example/", "\\\\evil.example", "/\\evil.example", "\\/evil.example",
    "/\\/evil.example", "https:evil.example", "https:/evil.example", "https://evil.example", "http://evil.example/me",
    "HTTPS://EVIL.example", "ftp://evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    " javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "%2f%2fevil.example", "/%2fevil.example",
    "%5c%5cevil.example", "/%5cevil.example", "/%09/evil.example", "/\t/evil.example", "\t//evil.example", "\n//evil.example",
    "/\n/evil.example", "/\r\n/evil.example", "http://consult.test@evil.example", "//consult.test@evil.example",
    "http://consult.test.evil.example/", "//evil.example/http://consult.test/me", "/..//evil.example", "/.//evil.example",
    "/me/..//evil.example", "//evil.example%2f..", "/\u2215evil.example", "\uff0f\uff0fevil.example", "//evil\u3002example",
    "http:///evil.example", "http:\\\\evil.example", "https://consult.test:80@evil.example", "/me\r\nLocation: https://evil.example",
    "/me\r\n\r\n<script>alert(1)</script>", "//[::1]/", "//0x7f.1/", "?next=//evil.example", "#//evil.example", "mailto:a@evil.example",
    "/static/../..//evil.example", "consult.test", "me", ".", "/" * 3000, "/me\x00//evil.example",
]
# fmt: on
HOSTS = [
    "evil.example",
    "evil.example:80",
    "consult.test.evil.example",
    "evilconsult.test",
    "consult.test@evil.example",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "consult.test, evil.example",
    "CONSULT.TEST.EVIL.EXAMPLE",
]
PROXIES = ("X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "X-Original-Host", "X-HTTP-Host-Override")


@pytest.fixture
def ada(app):
    made = make.member(make.group(), make.person("Ada", "ada@env.example"))
    people.set_password(made, PASSWORD)
    make.commit()
    return made


@pytest.fixture
def alpha(app):
    made = world.build("alpha")
    make.commit()
    return made


def check_headers(url: str, answer, signed_in: bool) -> None:
    for name, value in ALWAYS.items():
        allowed = {value, "sandbox; default-src 'none'"} if name == "Content-Security-Policy" else {value}
        assert answer.headers.getlist(name) and set(answer.headers.getlist(name)) <= allowed, (
            f"{url} {answer.status}: {name} {answer.headers.get(name)}"
        )
    if url.startswith("/static/") and answer.status_code < 400:
        return
    kept = answer.headers["Cache-Control"]
    assert "no-store" in kept or "private" in kept and "no-cache" in kept, f"{url} {answer.status}: {kept}"
    assert "public" not in kept and "Cookie" in answer.headers.get("Vary", ""), f"{url} {answer.status}: {answer.headers}"
    assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain=" not in cookie, f"{url}: {cookie}"


def test_the_policy_is_the_strict_one_to_the_letter(app):
    assert {part.strip() for part in POLICY.split(";")} == EXPECTED_POLICY


@pytest.mark.parametrize("kind", ["visitor", "member", "officer"])
def test_every_route_and_status_carries_the_headers(app, alpha, kind):
    browser = Browser(app, alpha.people.get(kind))
    for rule, url, _ in world.addresses(app, alpha):
        for method in sorted(rule.methods | {"PUT"}):
            answer, _ = browser.ask(method, url)
            check_headers(url, answer, kind != "visitor")
    for url in ("/nothing", "/g/alpha/d/nothing/", "/%00", "/g/" + "x" * 5000):
        check_headers(url, browser.ask("GET", url)[0], kind != "visitor")
    check_headers("/sign-in", browser.ask("POST", "/sign-in", data=b"x" * 26 * 1024 * 1024)[0], False)


def test_our_own_mistake_and_a_wrong_host_carry_the_headers_too(app, ada):
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    browser = Browser(app, ada)
    for url, headers, status in (("/broken", {}, 500), ("/me", {"Host": "evil.example"}, 400)):
        answer, _ = browser.ask("GET", url, headers=headers)
        assert answer.status_code == status
        check_headers(url, answer, True)


class Cache:
    """A shared cache in front of everybody (RFC 9111): it keeps what it may, and hands it to whoever asks next."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple] = {}

    def ask(self, browser: Browser, url: str) -> tuple[str, bool]:
        """The answer as this browser gets it, and whether it came out of the cache."""
        varies, cookie, stored = self.kept.get(url, (False, "", ""))
        if stored and (not varies or cookie == browser.cookie()):
            return stored, True
        answer, whole = browser.ask("GET", url)
        control = answer.headers.get("Cache-Control", "")
        if answer.status_code in (200, 301, 404, 410) and not re.search("no-store|private|no-cache", control):
            self.kept[url] = ("Cookie" in answer.headers.get("Vary", ""), browser.cookie(), whole)
        return whole, False


def test_two_people_through_one_cache_never_get_each_others_pages(app, alpha):
    officer, member, visitor = Browser(app, alpha.people["officer"]), Browser(app, alpha.people["member"]), Browser(app)
    cache, served = Cache(), 0
    for url in [url for _, url, _ in world.addresses(app, alpha)] + ["/static/style/consult.css?v=1"]:
        for browser in (officer, member, officer, visitor, visitor):
            _, hit = cache.ask(browser, url)
            served += hit
            assert not hit or url.startswith("/static/"), f"{url} came out of the cache for somebody else"
    assert served, "the cache of this test keeps what may be kept"


@pytest.mark.parametrize("secure", [True, False])
def test_cookies_are_closed(tmp_path, secure, app, ada):
    other = make_app(tmp_path, CONSULT_URL="https://consult.test") if secure else app
    browser = Browser(other)
    base = {"base_url": "https://consult.test"} if secure else {}
    page, whole = browser.ask("GET", "/sign-in", **base)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', whole)[1]
    answer, _ = browser.ask("POST", "/sign-in", data={"csrf_token": token, "address": "ada@env.example", "password": PASSWORD}, **base)
    assert answer.status_code == 303
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0].removeprefix("__Host-") for cookie in cookies} == {"consult", "consult-forms"}
    for cookie in cookies:
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie, cookie
        assert ("; Secure" in cookie) == secure and cookie.startswith("__Host-") == secure, cookie
    if secure:
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        with other.app_context():
            db.engine.dispose()


def sign_in(browser: Browser, **more) -> None:
    browser.send("/sign-in", address="ada@env.example", password=PASSWORD, **more)


def test_a_sign_in_gives_a_new_secret_and_ends_the_one_before(app, ada):
    browser = Browser(app)
    browser.client.set_cookie(app.config["SIGN_IN_COOKIE"], "f" * 32, domain=app.config["SERVER_NAME"])
    sign_in(browser)
    first = browser.cookie()
    sign_in(browser)
    second = browser.cookie()
    assert len({first, second, "f" * 32}) == 3 and len(second) == 32
    thief = Browser(app)
    for secret, status in ((first, 303), ("f" * 32, 303), (second, 200)):
        thief.client.set_cookie(app.config["SIGN_IN_COOKIE"], secret, domain=app.config["SERVER_NAME"])
        assert thief.status("GET", "/me") == status


def test_signing_out_ends_the_session_on_our_side(app, ada):
    browser, thief = Browser(app, ada), Browser(app)
    thief.client.set_cookie(app.config["SIGN_IN_COOKIE"], browser.cookie(), domain=app.config["SERVER_NAME"])
    assert thief.status("GET", "/me") == 200
    browser.send("/sign-out")
    assert thief.status("GET", "/me") == 303 and not browser.cookie()
    assert not db.session.scalars(db.select(SignIn)).all()


def test_a_new_password_signs_out_everywhere_else(app, ada):
    here, there = Browser(app, ada), Browser(app, ada)
    before = here.cookie()
    here.send("/me/password", current=PASSWORD, password="another horse battery", again="another horse battery")
    assert here.status("GET", "/me") == 200 and here.cookie() != before
    assert there.status("GET", "/me") == 303


def test_the_end_of_a_participation_ends_its_sessions(app, ada):
    browser = Browser(app, ada)
    ada.ended_at = make.clock.now()
    make.commit()
    assert browser.status("GET", "/me") == 303


def test_sessions_are_kept_as_digests(app, ada):
    browser = Browser(app, ada)
    assert browser.cookie() not in repr(world.dump())


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_after_signing_in_nobody_is_led_off_our_site(app, ada, wanted):
    browser = Browser(app)
    page, whole = browser.ask("GET", "/sign-in", query_string={"next": wanted})
    assert page.status_code in (200, 414) and not re.search(r'(href|action)="[^"]*evil', whole)
    answer, _ = browser.send("/sign-in", address="ada@env.example", password=PASSWORD, next=wanted)
    (location,) = answer.headers.getlist("Location")
    assert re.fullmatch(r"/([^/\\].*)?", location) and location.isprintable(), location
    assert urljoin("http://consult.test/sign-in", location).startswith("http://consult.test/"), location


def asked_for(browser: Browser, url: str, **more) -> list[Letter]:
    """The letters that asking on this page set off."""
    newest = max(db.session.scalars(db.select(Letter.id)), default=0)
    browser.ask("POST", url, data={"csrf_token": browser.token(), "address": "ada@env.example"}, **more)
    return list(db.session.scalars(db.select(Letter).where(Letter.id > newest)))


@pytest.mark.parametrize("url", ["/sign-in/link", "/password"])
def test_no_letter_names_another_host_than_ours(app, ada, url):
    for host in HOSTS:
        assert not asked_for(Browser(app), url, headers={"Host": host}), f"{host} is answered"
    for name in PROXIES:
        db.session.execute(db.delete(world.make.db.metadata.tables["attempt"]))
        (letter,) = asked_for(
            Browser(app),
            url,
            headers={name: "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example"},
        )
        assert "http://consult.test/l/" in letter.text and "evil" not in letter.text + repr(letter.headers) and "gopher" not in letter.text


def test_what_a_proxy_claims_is_not_believed_unless_one_is_configured(app, ada):
    for number in range(12):
        browser = Browser(app)
        answer, _ = browser.ask(
            "POST", "/sign-in", headers={"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"},
            data={"csrf_token": browser.token(), "address": f"nobody{number}@env.example", "password": "wrong wrong wrong"},
        )  # fmt: skip
        assert answer.status_code == (422 if number < 10 else 429)


def test_no_template_writes_an_address_by_hand():
    """Addresses of pages come from url_for, whose base is the configured one."""
    for path in (Path(__file__).parents[2] / "templates").rglob("*"):
        if path.is_file():
            assert "request.host" not in path.read_text() and "request.url_root" not in path.read_text(), path
