"""Rows 21, 24: guessing ends after ten tries, nobody learns who has an account, and secrets are shown nowhere."""

import re

import pytest

from consult.extensions import db
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.people.models import Attempt
from tests import make
from tests.security import world
from tests.security.browser import Browser

PASSWORD = "correct horse plantedsecret"


@pytest.fixture
def ada(app):
    made = make.member(make.group(), make.person("Ada", "ada@env.example"))
    people.set_password(made, PASSWORD)
    make.commit()
    return made


def guess(browser: Browser, address: str, password: str, **more) -> int:
    return browser.status("POST", "/sign-in", data={"csrf_token": browser.token(), "address": address, "password": password}, **more)


def from_place(number: int) -> dict:
    return {"environ_base": {"REMOTE_ADDR": f"203.0.113.{number % 250}"}}


def test_a_hundred_guesses_at_one_account_from_many_places_end_after_ten(app, ada):
    browser = Browser(app)
    found = [guess(browser, "ada@env.example", f"wrong guess {number}", **from_place(number)) for number in range(100)]
    assert found == [422] * 10 + [429] * 90
    assert guess(browser, "ADA@env.example", PASSWORD, **from_place(200)) == 429, "not even the right one is looked at any more"
    assert not browser.cookie()


def test_a_hundred_accounts_tried_from_one_place_end_after_ten(app, ada):
    browser = Browser(app)
    found = [guess(browser, f"person{number}@env.example", "wrong guess") for number in range(100)]
    assert found == [422] * 10 + [429] * 90


def test_a_hundred_guesses_at_the_current_password_end_after_ten(app, ada):
    browser = Browser(app, ada)
    fields = {"password": "another horse battery", "again": "another horse battery"}
    for number in range(30):
        browser.send("/me/password", 422, current=f"wrong guess {number}", **fields)
    browser.send("/me/password", 422, current=PASSWORD, **fields)


def test_locking_a_made_up_account_tells_nothing_about_a_real_one(app, ada):
    """Whoever types a number for an address must not reach the counter of the person with that number."""
    browser = Browser(app)
    for number in range(12):
        guess(browser, str(ada.id), "wrong guess", **from_place(number))
    assert guess(browser, "ada@env.example", "wrong guess", **from_place(100)) == 422


@pytest.mark.parametrize(("url", "fields", "status"), [
    ("/sign-in", {"password": "wrong guess, quite wrong"}, 422), ("/sign-in/link", {}, 200), ("/password", {}, 200),
])  # fmt: skip
def test_a_known_and_an_unknown_address_get_the_same_bytes(app, ada, url, fields, status):
    ended = make.person("Gone", "eve@env.example", ended_at=make.clock.now())
    people.set_password(ended, PASSWORD)
    make.person("No password", "kim@env.example")
    make.commit()
    pages = []
    for address in ("ada@env.example", "nob@env.example", "eve@env.example", "kim@env.example"):
        answer, whole = Browser(app).send(url, status, address=address, **fields)
        steady = re.sub(r'(name="csrf_token"[^>]*value=")[^"]+|(forms=)[^;]+', r"\1", whole).replace(address, "address")
        pages.append(re.sub(r"Content-Length: \d+", "", steady) if "forms=" in whole else steady)
    assert len(set(pages)) == 1


def test_adding_an_address_does_not_tell_whose_it_is(app, ada):
    make.person("Ben", "ben@env.example")
    make.commit()
    pages = []
    for address in ("ben@env.example", "nob@env.example"):
        browser = Browser(app, ada)
        browser.send("/me/addresses", address=address)
        pages.append(re.sub(r"<[^>]+>", "", browser.ask("GET", "/me")[1].partition("\n\n")[2]).replace(address, "address"))
        db.session.execute(db.delete(Attempt))
    assert pages[0] == pages[1]
    assert [letter.to_address for letter in db.session.scalars(db.select(Letter))] == ["nob@env.example"]


def test_no_secret_is_shown_on_a_page_in_a_file_or_in_the_log(app, caplog):
    caplog.set_level("DEBUG")
    app.config.update(SMTP_URL="smtp://plantedsecret:plantedsecret@relay.example", IMAP_URL="imaps://plantedsecret@mail.example")
    alpha = world.build("alpha")
    people.set_password(alpha.people["officer"], PASSWORD)
    make.commit()
    staff = Browser(app, make.member(alpha.group, make.person("Staff", staff=True), "officer"))
    hashes = {row.password_hash for row in db.session.scalars(db.select(make.Person)) if row.password_hash}
    keys = set(db.session.scalars(db.text("SELECT key FROM reply_key"))) | set(db.session.scalars(db.text("SELECT bounce_key FROM letter")))
    secrets = {"plantedsecret", app.config["SECRET_KEY"], staff.cookie()} | hashes | keys
    assert len(keys) > 5 and hashes
    urls = [url for rule, url, _ in world.addresses(app, alpha) if "GET" in rule.methods]
    for letter in db.session.scalars(db.select(Letter.id).where(Letter.group_id == alpha.group.id)).all():
        urls.append(f"/g/alpha/letters/{letter}")
    for url in urls:
        answer, _ = staff.ask("GET", url)
        body = answer.get_data().decode("utf-8", "replace")  # packed files as well
        assert not [secret for secret in secrets if secret in body], url
        assert not re.search(r"/l/[a-z-]+/[0-9a-f]{32}", body), url
    assert not [secret for secret in secrets if secret in caplog.text]


def test_what_was_typed_comes_back_without_passwords(app, ada):
    browser = Browser(app, ada)
    fields = {"current": PASSWORD, "password": PASSWORD + "2", "again": PASSWORD + "2"}
    for url in ("/me/password", "/sign-in", "/password"):
        answer, whole = browser.ask("POST", url, data=fields | {"csrf_token": "not ours", "text": "words worth keeping"})
        assert answer.status_code == 400 and "plantedsecret" not in whole and "words worth keeping" in whole
