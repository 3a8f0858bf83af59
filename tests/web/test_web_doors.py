"""Every answer carries its protection; every failure has a page with a next step; a refusal keeps nothing half done."""

from contextlib import suppress

import pytest
from flask import Response, abort, flash, make_response, request, url_for
from flask import render_template_string as render
from sqlalchemy import func, select
from sqlalchemy.exc import InternalError
from wtforms import StringField, TextAreaField

from consult.errors import Conflict, NotFound, Refused
from consult.extensions import csrf, db
from consult.kit.words import N_
from consult.people.models import Person
from consult.web.forms import Form, told
from consult.web.headers import POLICY
from tests import make
from tests.conftest import make_app
from tests.pages import Pages

PAGE = """{% extends "layout.html" %}
{% import "parts/forms.html" as forms with context %}
{% block title %}Try{% endblock %}{% block content %}<h1>Try</h1>
{% if form %}{{ forms.whole(form, "/try", "Send") }}{% endif %}{% endblock %}"""


class Words(Form):
    """A form with one long field."""

    name = StringField("Name")
    words = TextAreaField("Your comment")


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person))


def plain(words: str) -> Response:
    return Response(words, mimetype="text/plain")


def raising(error):
    def view():
        if request.method == "POST":
            make.person("Half")
        raise error

    return view


def try_form():
    form = Words()
    if form.validate_on_submit():
        make.person("Before")
        with told(form):
            make.person("Within")
            if form.words.data == "no":
                raise Refused(N_("%(name)s may not do this."), name="Ada")
        if not form.errors:
            flash("Done.")
            return Response(status=303, headers={"Location": "/try"})
    return render(PAGE, form=form), 422 if form.is_submitted() else 200


def kept_page():
    answer = make_response(render(PAGE, form=None))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag("as-it-stands", weak=True)
    return answer.make_conditional(request)


@pytest.fixture
def pages(app) -> Pages:
    """A visitor of an application with pages that go wrong in every way."""
    for name, error in {
        "refused": Refused(N_("The round is closed.")),
        "gone": NotFound(),
        "conflict": Conflict(N_("Ben changed it.")),
    }.items():
        app.add_url_rule(f"/{name}", name, raising(error), methods=["GET", "POST"])
    app.add_url_rule("/broken", "broken", raising(ZeroDivisionError("a secret detail")), methods=["GET", "POST"])
    app.add_url_rule("/slow-down", "slow", lambda: abort(429))
    app.add_url_rule("/try", "try", try_form, methods=["GET", "POST"])
    app.add_url_rule("/kept", "kept", kept_page)
    app.add_url_rule("/upload", "upload", lambda: str(len(request.files)), methods=["POST"])
    csrf.exempt(app.view_functions["upload"])
    return Pages(app)


def test_a_page_carries_every_protecting_header(pages):
    answer = pages.get("/try")
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.vary and "Strict-Transport-Security" not in answer.headers


def test_the_style_sheet_may_be_kept_for_ever_under_its_hashed_name(pages):
    pages.get("/try")
    address = pages.select("//link[@rel='stylesheet']/@href")[0]
    assert pages.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "immutable" not in pages.get("/static/style/consult.css").headers["Cache-Control"]
    assert "immutable" not in pages.get("/static/none.css?v=1", 404).headers["Cache-Control"]


def test_a_page_that_says_how_it_may_be_kept_is_not_sent_twice(pages):
    first = pages.get("/kept", headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "private, no-cache" and first.headers["Content-Encoding"] == "br"
    again = pages.get("/kept", 304, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert not again.data and again.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_text_is_sent_compressed(pages, encoding):
    answer = pages.client.get("/try", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding and {"Cookie", "Accept-Encoding"} <= set(answer.vary.as_set(preserve_casing=True))


def test_over_https_browsers_are_told_to_stay_there_and_forms_work(tmp_path):
    app = make_app(tmp_path, CONSULT_URL="https://consult.test")
    app.add_url_rule(
        "/try", "try", lambda: Words().validate_on_submit() and plain("sent") or render(PAGE, form=Words()), methods=["GET", "POST"]
    )
    with app.app_context():
        db.create_all()
        pages = Pages(app)
        assert pages.get("/try").headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert pages.post("/try", {"words": "x"}, expect=200).data == b"sent"
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("host", ["evil.example", "consult.test.evil.example", "127.0.0.1", "consult.test@evil.example"])
def test_other_names_for_this_site_are_refused(pages, host):
    answer = pages.get("/try", 400, headers={"Host": host})
    assert answer.mimetype == "text/plain" and b"<" not in answer.data


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "127.0.0.1:18000"])
def test_on_ones_own_machine_both_local_names_answer(tmp_path, host):
    app = make_app(tmp_path, CONSULT_URL="http://127.0.0.1:8000")
    with app.app_context():
        db.create_all()
        assert Pages(app).get("/static/style/consult.css", headers={"Host": host})
        Pages(app).get("/", 400, headers={"Host": "consult.test"})
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Proto": "https"}, {"Forwarded": "host=evil.example"}]
)
def test_links_begin_with_the_configured_address_whatever_a_request_claims(pages, headers):
    pages.app.add_url_rule("/address", "address", lambda: plain(url_for("try", _external=True)))
    assert pages.get("/address", headers=headers).data == b"http://consult.test/try"


@pytest.mark.parametrize(
    "path, status, words",
    [("/refused", 422, "The round is closed."), ("/gone", 404, "nothing here"), ("/conflict", 409, "Ben changed it.")],
)
def test_a_refusal_has_its_reason_gives_back_what_was_typed_and_keeps_nothing(pages, path, status, words):
    pages.get("/try")
    pages.post(path, {"words": "A long comment <b> of mine"}, expect=status)
    assert words in pages.text
    assert [area.text.strip() for area in pages.select("//main//textarea")] == ["A long comment <b> of mine"]
    assert people() == 0


def test_a_page_that_is_only_asked_for_can_change_nothing(pages):
    pages.app.add_url_rule("/careless", "careless", lambda: make.person("Nobody").name)
    with pages.app.app_context(), suppress(InternalError):  # PostgreSQL refuses it itself
        pages.client.get("/careless")
    assert people() == 0


def test_a_page_one_may_not_see_says_why(pages):
    pages.get("/refused", 403)
    assert "The round is closed." in pages.text


def test_a_form_without_its_token_is_not_taken_and_nothing_typed_is_lost(pages):
    answer = pages.post(
        "/try", {"csrf_token": "wrong", "words": "Two hours of work\nin two lines", "password": "a long secret password"}, expect=400
    )
    assert [area.text.strip() for area in pages.select("//main//textarea")] == ["Two hours of work\nin two lines"]
    assert b"secret" not in answer.data and people() == 0


def test_an_unknown_address_and_a_wrong_method_have_pages(pages):
    pages.get("/nowhere", 404)
    assert "nothing here" in pages.text
    pages.get("/upload", 405)
    assert "POST" in pages.page.headers["Allow"]
    pages.get("/slow-down", 429)


def test_programs_get_plain_words(pages):
    answer = pages.get("/nowhere", 404, headers={"Accept": "text/plain"})
    assert answer.mimetype == "text/plain" and b"nothing here" in answer.data


def test_an_upload_that_is_too_large_is_told_the_limit(pages):
    pages.app.config["MAX_CONTENT_LENGTH"] = 2_000_000
    pages.client.application.view_functions["upload"] = lambda: str(len(request.form))
    pages.post("/upload", {"csrf_token": "", "words": "x" * 2_100_000}, expect=413)
    assert "2.0 MB" in pages.text


def test_our_own_mistake_shows_no_detail_keeps_nothing_and_is_logged(pages, caplog):
    pages.app.config["PROPAGATE_EXCEPTIONS"] = False
    pages.get("/try")
    answer = pages.post("/broken", {"words": "An afternoon of work"}, expect=500)
    assert b"a secret detail" not in answer.data and "An afternoon of work" in pages.text
    assert people() == 0 and "a secret detail" in caplog.text


def test_a_verb_that_is_refused_tells_why_beside_the_form(pages):
    pages.post("/try", {"words": "no"}, expect=422)
    assert "Ada may not do this." in pages.text
    assert pages.select("//div[@role='alert']") and pages.select("//textarea")[0].text.strip() == "no"
    assert people() == 0


def test_a_verb_that_is_done_is_kept_and_said(pages):
    pages.post("/try", {"words": "yes"}, follow=True)
    assert "Done." in pages.text and people() == 2
