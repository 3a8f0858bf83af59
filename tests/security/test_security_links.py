"""Row 11: a link in a letter does one thing for one person once, only when its button is pressed, and leaves no trace in a log."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.exc import SQLAlchemyError

from consult.extensions import db
from consult.kit import clock
from consult.outbox import actions as outbox
from consult.people import actions as people
from consult.people import addresses, links
from consult.people.queries import find_group
from consult.review import actions as review
from consult.review.models import Invitation
from tests import make
from tests.security import world
from tests.security.browser import Browser

SCANNERS = (
    {}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}, {"X-Purpose": "preview"},
    {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)"}, {"Sec-Fetch-Mode": "no-cors"}, {"Range": "bytes=0-10"},
)  # fmt: skip
GONE = (404, 410)


@pytest.fixture
def ada(app):
    made = make.member(make.group(), make.person("Ada", "ada@env.example"))
    people.set_password(made, "correct horse battery")
    make.commit()
    return made


def links_of(person) -> dict[str, str]:
    """One link of each kind, by its purpose, as addresses of pages."""
    tokens = {
        purpose: links.make_link(person, purpose, "new@env.example" if purpose == "address" else "")
        for purpose in ("sign-in", "password", "address")
    }
    tokens["stop"] = links.stop_link(person)
    tokens["terms"] = links.make_link(person, "terms", str(_invitation(person)))
    make.commit()
    return {purpose: f"/l/{purpose}/{token}" for purpose, token in tokens.items()}


def _invitation(person) -> int:
    """An invitation to review from outside, made for this person the first time it is asked for."""
    known = db.session.scalar(db.select(Invitation.id).where(Invitation.person_id == person.id))
    if known is not None:
        return known
    asked = make.round(make.published(make.draft(make.group("elsewhere"))), people_asked=[make.officer(find_group("elsewhere"))])
    return review.invite_reviewer(asked, person, by=make.officer(find_group("elsewhere")), door="page").id


def press(browser: Browser, url: str) -> int:
    """Press the button of the link's page, whatever that page is."""
    fields = {"csrf_token": browser.token(), "password": "another horse battery", "again": "another horse battery", "answer": "accept"}
    return browser.status("POST", url, data=fields)


def test_every_kind_of_link_is_tried_here(app, ada):
    assert set(links_of(ada)) == set(links.PURPOSES)


@pytest.mark.parametrize("purpose", links.PURPOSES)
def test_opening_a_link_changes_nothing_however_often_and_by_whomever(app, ada, purpose):
    url, visitor = links_of(ada)[purpose], Browser(app)
    before = world.dump()
    for headers in SCANNERS:
        for method in ("HEAD", "OPTIONS", "GET"):
            assert visitor.status(method, url, headers=headers) in (200, 206), f"{method} {headers}"
    for _ in range(20):
        answer, _ = visitor.ask("GET", url)
        assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"] == "no-store"
    assert not world.changed(before), world.changed(before)
    assert not visitor.cookie()
    assert press(visitor, url) in (200, 303)


def test_a_link_opens_nothing_but_its_own_purpose(app, ada):
    made, visitor = links_of(ada), Browser(app)
    before = world.dump()
    for purpose, url in made.items():
        token = url.rpartition("/")[2]
        for other in set(made) - {purpose}:
            assert visitor.status("GET", f"/l/{other}/{token}") in GONE
            assert press(visitor, f"/l/{other}/{token}") in GONE
        visitor.client.set_cookie(app.config["SIGN_IN_COOKIE"], token, domain=app.config["SERVER_NAME"])
        assert visitor.status("GET", "/me") == 303, f"the secret of a link ({purpose}) is no session"
        visitor.client.delete_cookie(app.config["SIGN_IN_COOKIE"], domain=app.config["SERVER_NAME"])
    assert not world.changed(before), world.changed(before)


def test_reply_keys_and_sessions_are_no_links(app, ada):
    key = outbox.new_key(ada, "round", 1)
    make.commit()
    visitor, signed_in = Browser(app), Browser(app, ada)
    for secret in (key.key, signed_in.cookie()):
        for purpose in links.PURPOSES:
            assert visitor.status("GET", f"/l/{purpose}/{secret}") in GONE
            assert press(visitor, f"/l/{purpose}/{secret}") in GONE


@pytest.mark.parametrize("purpose", ["sign-in", "password", "address"])
def test_a_link_works_once(app, ada, purpose):
    url = links_of(ada)[purpose]
    assert press(Browser(app), url) == 303
    for _ in range(3):
        thief = Browser(app)
        before = world.dump()
        assert thief.status("GET", url) in GONE and press(thief, url) in GONE
        assert not world.changed(before) and not thief.cookie()


def dead(url: str, app) -> None:
    """Nothing happens at this address, by whatever method."""
    thief = Browser(app)
    before = world.dump()
    assert thief.status("GET", url) in GONE and press(thief, url) in GONE, url
    assert not world.changed(before) and not thief.cookie()


@pytest.mark.parametrize(("purpose", "hours"), links.PURPOSES.items())
def test_a_link_runs_out(app, ada, purpose, hours):
    url = links_of(ada)[purpose]
    with time_machine.travel(clock.now() + timedelta(hours=hours, seconds=1), tick=False):
        dead(url, app)


@pytest.mark.parametrize("purpose", links.PURPOSES)
def test_no_link_outlives_the_participation_of_its_person(app, ada, purpose):
    url = links_of(ada)[purpose]
    ada.ended_at = clock.now()
    make.commit()
    dead(url, app)


def test_a_new_password_and_a_lost_address_end_the_links_that_sign_in(app, ada):
    first = links_of(ada)
    people.set_password(ada, "yet another horse")
    make.commit()
    dead(first["sign-in"], app)
    dead(first["password"], app)
    people.add_address(ada, "old@env.example", by=ada, door="page")
    second = links_of(ada)
    addresses.remove_address(ada, ada.addresses[-1], by=ada, door="page")
    make.commit()
    for purpose in ("sign-in", "password", "address"):
        dead(second[purpose], app)


def test_a_link_does_not_sign_in_unless_it_is_for_that(app, ada):
    made = links_of(ada)
    for purpose in ("password", "address", "stop"):
        visitor = Browser(app)
        press(visitor, made[purpose])
        assert not visitor.cookie(), purpose


def test_the_database_holds_no_secret_of_a_link_outside_letters(app, ada):
    made = links_of(ada)
    rows = repr({name: kept for name, kept in world.dump().items() if name != "letter"})
    assert not [purpose for purpose, url in made.items() if url.rpartition("/")[2] in rows]


def test_no_secret_of_a_link_stands_in_any_log_line(app, ada, caplog):
    caplog.set_level(logging.DEBUG)
    made = links_of(ada)
    for url in made.values():
        visitor = Browser(app)
        visitor.ask("GET", url)
        visitor.ask("POST", url)
        press(visitor, url)
        press(visitor, url)
    Browser(app).send("/sign-in/link", 200, address="ada@env.example")
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    db.session.execute(db.text("ALTER TABLE link RENAME TO link_away"))
    make.commit()
    broken = {url: Browser(app).status("GET", url) for url in made.values()}
    db.session.execute(db.text("ALTER TABLE link_away RENAME TO link"))
    db.session.execute(db.text("ALTER TABLE letter RENAME COLUMN text TO words"))
    make.commit()
    with pytest.raises(SQLAlchemyError) as failed:
        Browser(app).send("/password", 200, address="ada@env.example")
    logging.getLogger("consult").exception("The letter could not be written", exc_info=failed.value)
    db.session.execute(db.text("ALTER TABLE letter RENAME COLUMN words TO text"))
    make.commit()
    assert set(broken.values()) <= {500, 503} and "failed" in caplog.text
    written = caplog.text + "".join(repr(record.args) for record in caplog.records)
    assert not [url for url in made.values() if url.rpartition("/")[2] in written]
    assert not re.search(r"/l/[a-z-]+/[0-9a-f]{32}", written)
