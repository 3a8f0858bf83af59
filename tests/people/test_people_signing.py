"""Signing in and out, links in letters, guessing, and what nobody can find out."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, func, select

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people import actions, links, passwords, queries, sessions, throttle
from consult.people.models import Attempt, Link, Person, SignIn
from tests import make
from tests.conftest import make_app
from tests.pages import Pages

SECRET = "a long enough one"


@pytest.fixture
def pages(app):
    return Pages(app)


@pytest.fixture
def ada(app):
    person = make.person("Ada", "Ada@env.example")
    actions.set_password(person, SECRET)
    make.commit()
    return person


def cookie(pages) -> str | None:
    kept = pages.client.get_cookie("consult", domain="consult.test")
    return kept and kept.value


def sign_in(pages, address="ada@env.example", password=SECRET, expect=303, **more):
    return pages.post("/sign-in", {"address": address, "password": password, **more}, expect=expect, page="/sign-in")


def ask(pages, address, url="/sign-in/link", expect=200):
    pages.tree = None
    answer = pages.post(url, {"address": address}, expect=expect)
    body = answer.get_data(as_text=True)
    answer.close()
    db.session.rollback()
    return body


def last_link(kind: str) -> str:
    letter = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc())).first()
    return re.search(r"http://consult\.test(/l/\S+)", letter.text)[1]


def dump() -> dict:
    """Everything that is kept."""
    db.session.rollback()
    return {name: [tuple(row) for row in db.session.execute(table.select())] for name, table in db.metadata.tables.items()}


def test_address_in_any_case_and_password_open_the_door(pages, ada):
    assert sign_in(pages, "ADA@ENV.EXAMPLE").location == "/"
    assert "Ada" in pages.get("/").get_data(as_text=True)
    pages.get("/sign-out")
    pages.post("/sign-out", expect=303)
    assert pages.get("/me", expect=303).location.startswith("/sign-in")
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_the_cookie_is_for_our_server_only_and_new_each_time(pages, ada):
    answer = sign_in(pages)
    line = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("consult="))
    assert "HttpOnly" in line and "SameSite=Lax" in line and "Path=/" in line and "Domain" not in line
    first = cookie(pages)
    sign_in(pages)
    assert cookie(pages) != first and sessions.person_of(first) is None


def test_over_tls_the_cookies_are_secure_and_bound_to_the_host(tmp_path):
    app = make_app(tmp_path, CONSULT_URL="https://consult.test")
    assert app.config["SIGN_IN_COOKIE"] == "__Host-consult" and app.config["SESSION_COOKIE_NAME"] == "__Host-consult-forms"
    with app.test_request_context():
        answer = app.make_response("")
        db.create_all()
        person = make.person("Ada")
        line = sessions.sign_in(answer, person).headers["Set-Cookie"]
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
    assert line.startswith("__Host-consult=") and "Secure" in line and "Path=/" in line


def test_a_cookie_planted_before_signing_in_is_worth_nothing_after(pages, ada):
    pages.client.set_cookie("consult", "0" * 32, domain="consult.test")
    sign_in(pages)
    assert sessions.person_of("0" * 32) is None


def test_who_is_asking_is_known_by_one_query(app, ada):
    secret = sessions.begin(ada)
    make.commit()
    db.session.expunge_all()
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert sessions.person_of(secret).name == "Ada"
    assert len([asked for asked in seen if asked != "BEGIN"]) == 1


def test_a_session_ends_by_time_and_with_the_person(app, ada):
    secret = sessions.begin(ada)
    make.commit()
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert sessions.person_of(secret) is None
    assert sessions.person_of(secret) is ada
    ada.ended_at = clock.now()
    make.commit()
    assert sessions.person_of(secret) is None
    assert queries.password_of("ada@env.example")[1] is None


def test_after_signing_in_people_are_where_they_wanted_to_be(pages, ada):
    make.member(make.group("experts"), ada)
    wanted = pages.get("/g/experts/timeline?before=5", expect=303).location
    pages.get(wanted)
    field = pages.select("//input[@name='next']/@value")[0]
    assert sign_in(pages, next=field).location == "/g/experts/timeline?before=5"


@pytest.mark.parametrize(
    "next",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/no/such/page",
        "///evil.example/me",
        "/\tme",
    ],
)
def test_nobody_is_sent_elsewhere_by_signing_in(pages, ada, next):
    assert sign_in(pages, next=next).location == "/"


@pytest.mark.parametrize("address", ["ada@env.example", "nobody@env.example", "link-only@env.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(pages, ada, address):
    make.person("Link", "link-only@env.example")
    body = sign_in(pages, address, "wrong wrong wrong", expect=422).get_data(as_text=True).replace(address, "X")
    other = (
        sign_in(pages, "somebody@env.example", "wrong wrong wrong", expect=422).get_data(as_text=True).replace("somebody@env.example", "X")
    )
    token = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')
    assert token.sub("", body) == token.sub("", other)
    assert cookie(pages) is None


def test_the_same_work_is_done_for_an_unknown_address(pages, ada, monkeypatch):
    done = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, typed: done.append(kept is None) or real(kept, typed))
    sign_in(pages, "ada@env.example", "wrong wrong", expect=422)
    sign_in(pages, "nobody@env.example", "wrong wrong", expect=422)
    assert done == [False, True]


@pytest.mark.parametrize("address", ["ada@env.example", "nobody@env.example"])
def test_the_eleventh_guess_is_not_heard_even_if_right(pages, ada, address):
    for _ in range(10):
        sign_in(pages, address, "wrong wrong", expect=422)
    answer = sign_in(pages, address, SECRET, expect=429)
    assert "too many wrong tries" in answer.get_data(as_text=True).lower()
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        sign_in(pages)


def test_an_account_guessed_from_many_networks_is_locked_and_a_network_that_tries_many_accounts_too(app):
    for number in range(10):
        throttle.take_guess("7", f"192.0.2.{number}")
        throttle.take_guess(f"account-{number}", f"2001:db8:1:2::{number}")
    with pytest.raises(Refused):
        throttle.take_guess("7", "198.51.100.1")
    with pytest.raises(Refused):
        throttle.take_guess("another", "2001:db8:1:2:ffff::1")
    throttle.take_guess("another", "2001:db8:1:3::1")


def test_a_right_password_takes_its_own_try_back(pages, ada):
    for _ in range(3):
        for _ in range(5):
            sign_in(pages, password="wrong wrong", expect=422)
        sign_in(pages)
        db.session.execute(Attempt.__table__.delete().where(Attempt.what.startswith("network")))
        make.commit()
    assert db.session.scalar(select(func.count()).select_from(Attempt).where(Attempt.what.startswith("account"))) == 0


def test_a_link_in_a_letter_signs_in_once(pages, ada):
    ask(pages, "ADA@env.example")
    link = last_link("sign-in")
    letter = db.session.scalars(select(Letter)).one()
    assert letter.to_address == "Ada@env.example" and letter.person_id == ada.id
    assert db.session.scalars(select(Link)).one().digest not in link
    assert pages.post(link, expect=303).location == "/"
    pages.get("/me")
    pages.get(link, expect=410)
    other = Pages(pages.app)
    other.get(link, expect=410)


def test_a_link_goes_to_the_address_it_was_asked_for_also_when_letters_came_back(pages, ada):
    second = actions.add_address(ada, "ada@second.example", by=ada, door="page")
    second.failing_since = clock.now()
    make.commit()
    ask(pages, "ada@second.example")
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to_address, letter.state) == ("ada@second.example", "waiting")


def test_a_forgotten_password_is_set_anew_by_a_link(pages, ada):
    ask(pages, "ada@env.example", "/password")
    link = last_link("password")
    pages.tree = None
    pages.post(link, {"password": "another long one", "again": "another one"}, expect=422)
    pages.post(link, {"password": "short", "again": "short"}, expect=422)
    pages.post(link, {"password": "another long one", "again": "another long one"})
    sign_in(pages, expect=422)
    sign_in(pages, password="another long one")


@pytest.mark.parametrize("url", ["/sign-in/link", "/password"])
def test_asking_for_a_link_reads_the_same_whether_or_not_anybody_is_there(pages, ada, url):
    known, unknown = ask(pages, "ada@env.example", url), ask(pages, "nobody@env.example", url)
    assert known == unknown
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_nobody_is_flooded_with_letters_they_did_not_ask_for(pages, ada):
    for url in ("/sign-in/link", "/password", "/sign-in/link"):
        ask(pages, "ada@env.example", url)
        ask(pages, "nobody@env.example", url)
    for address in ("ADA@env.example", "nobody@env.example"):
        assert "Three letters" in ask(pages, address, "/password", expect=422)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 3
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        ask(pages, "ada@env.example")


def test_letters_with_links_speak_the_language_of_the_person_and_name_our_own_address_only(app, ada):
    pages = Pages(app)
    page = pages.get("/sign-in/link")
    token = pages.token("/sign-in/link")
    answer = pages.client.post(
        "/sign-in/link",
        data={"csrf_token": token, "address": "ada@env.example"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    answer.close()
    assert page.status_code == 200 and answer.status_code == 400
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


@pytest.mark.parametrize("purpose", ["sign-in", "password", "address", "stop"])
def test_opening_a_link_changes_nothing_however_often(pages, ada, purpose):
    token = links.make_link(ada, purpose, "ada@second.example" if purpose == "address" else "")
    make.commit()
    before = dump()
    for method in ["GET", "HEAD", "OPTIONS"] + ["GET"] * 20:
        pages.client.open(f"/l/{purpose}/{token}", method=method, headers={"Purpose": "prefetch", "Sec-Purpose": "prefetch"})
    assert dump() == before and cookie(pages) is None


def test_a_link_serves_its_own_purpose_only(pages, ada):
    tokens = {purpose: links.make_link(ada, purpose) for purpose in links.PURPOSES}
    make.commit()
    for made, token in tokens.items():
        for purpose in set(links.PURPOSES) - {made}:
            pages.get(f"/l/{purpose}/{token}", expect=404 if purpose == "stop" else 410)
            with pytest.raises(Refused):
                links.use_link(token, purpose)


def test_links_run_out(app, ada):
    token = links.make_link(ada, "sign-in")
    with time_machine.travel(clock.now() + timedelta(minutes=31)), pytest.raises(Refused):
        links.use_link(token, "sign-in")
    links.use_link(token, "sign-in")
    with pytest.raises(Refused):
        links.use_link(token, "sign-in")


def test_letters_stop_by_one_post_without_cookie_or_form(app, ada):
    token = links.stop_link(ada)
    assert links.stop_link(ada) == token and db.session.scalar(select(func.count()).select_from(Link)) == 1
    make.commit()
    for _ in range(2):
        answer = app.test_client(use_cookies=False).post(f"/l/stop/{token}", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        db.session.expire_all()
        assert db.session.get(Person, ada.id).rhythm == "none"
    assert app.test_client().post("/l/stop/" + "0" * 32).status_code == 404


def test_the_stop_page_has_a_button_that_works(pages, ada):
    token = links.stop_link(ada)
    pages.get(f"/l/stop/{token}")
    pages.post(f"/l/stop/{token}", expect=200)
    assert "No more letters" in pages.text


FORMS = "/sign-in /sign-in/link /password /sign-out /me /me/password /me/addresses /people/new /groups/new /g/experts/members"
FORMS += " /g/experts/members/import /g/experts/members/1/end"


@pytest.mark.parametrize("url", FORMS.split())
def test_no_form_is_taken_without_its_own_token(app, ada, url):
    ada.staff = True
    make.member(make.group("experts"), ada, "officer")
    make.commit()
    foreign = Pages(app)
    foreign.get("/sign-in")
    pages = Pages(app)
    pages.sign_in(ada)
    before = dump()
    for token in ("", "x", foreign.token("/sign-in")):
        assert (
            pages.client.post(url, data={"csrf_token": token, "address": "x@env.example", "name": "X", "password": SECRET}).status_code
            == 400
        )
    assert dump() == before
