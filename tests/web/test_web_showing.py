"""Moments, texts and differences as people see them, in their language, zone and direction."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import render_template_string as render
from flask_babel import force_locale
from jinja2 import UndefinedError
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, validators

from consult.drafts.pieces import Piece, marked
from consult.kit import clock
from consult.people.models import Organization, Person
from consult.review.models import Answer, Comment, Response
from consult.web import filters
from consult.web.forms import Form, choices
from tests import make
from tests.pages import Pages

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PARTS = """{% extends "layout.html" %}
{% import "parts/forms.html" as forms with context %}{% import "parts/nav.html" as nav with context %}
{% import "parts/comment.html" as comments with context %}{% import "parts/draft.html" as draft with context %}
{% import "parts/table.html" as tables with context %}{% import "parts/bar.html" as bars with context %}
{% block title %}Parts{% endblock %}
{% block subnav %}{{ nav.group("experts", here="drafts") }}
{{ nav.subnav([("Here", "/a", true), ("Nowhere", None, false)]) }}{% endblock %}
{% block content %}<h1>Parts</h1>
{% for p in pieces %}{{ draft.paragraph(p, loop.index0, "/p/" ~ p.mark) }}{% endfor %}
{% for c in said %}
{% call comments.comment(c, url="/c", operations=[("same", "a "), ("del", "b"), ("ins", "c")], where="[12]") %}
{{ forms.act("/w", "Withdraw") }}{% endcall %}{% endfor %}
{% call(row) tables.table("Who", ["Name", "Share"], ["Ada"]) %}<td>{{ row }}</td><td>{{ bars.bar("Said", 3, 4) }}</td>{% endcall %}
{{ nav.turning(2, 3, turn) }}
{{ forms.whole(form, "/send", "Send", cancel="/") }}
{% endblock %}"""


class Everything(Form):
    """One field of each kind."""

    title = StringField("Title", [validators.InputRequired()], description="In one line.")
    words = TextAreaField("Words")
    kind = SelectField("Kind", choices=choices([("a", "A"), ("b", "B")]))
    asked = RadioField("Asked", choices=choices([("all", "All"), ("some", "Some")]))
    sure = BooleanField("Sure")


def comment(**more) -> Comment:
    """A comment that was never stored."""
    ada = Person(name="Ada", organization=Organization(name="Kenya"))
    facts = {"number": 12, "author": ada, "type": "editorial", "door": "mail", "received_at": NOON, "late": True, "verified": False}
    made = Comment(
        **{**facts, "on_behalf_of": "African Group", "text": "Too <short>", "html": "", "quote": "three", "proposed": "a c", **more}
    )
    made.answers = [Answer(id=made.number, author=ada, text="Yes", html="<p>Yes</p>", door="page", received_at=NOON, verified=True)]
    made.response = Response(disposition="accepted-in-part", text="See 14.", at=NOON, by=ada)
    return made


@pytest.fixture
def pages(app) -> Pages:
    """A visitor of a page that has every part."""

    def parts():
        text = [
            Piece("heading", 1, "", "II.", "Transfer"),
            Piece("paragraph", 1, "12", "12.", "Text <b>\nline"),
            Piece("table", 0, "", "", "a | b"),
        ]
        pieces = marked(text)
        said = [comment(), comment(number=13, withdrawn_at=NOON)]
        return render(PARTS, pieces=pieces, said=said, turn="/t?page={}".format, form=Everything())

    app.add_url_rule("/parts", "parts", parts, methods=["GET", "POST"])
    return Pages(app)


def test_a_moment_always_says_its_zone(app):
    with app.test_request_context():
        assert filters.instant(NOON) == '<time datetime="2026-11-23T12:00Z">23 Nov 2026, 12:00 UTC</time>'
        assert filters.instant_words(NOON, "Africa/Nairobi") == "23 Nov 2026, 15:00 Nairobi time"
        with force_locale("zh"):
            assert filters.instant_words(NOON, "Asia/Shanghai").startswith("2026年11月23日 20:00")
        with force_locale("ar"):
            assert filters.instant_words(NOON, "UTC").startswith("23 نوفمبر 2026")


def test_a_deadline_says_how_far_it_is(app):
    with app.test_request_context(), time_machine.travel(NOON, tick=False):
        assert "(in 3 days)" in filters.deadline(clock.now() + timedelta(days=3))
        assert "(2 hours ago)" in filters.deadline(clock.now() - timedelta(hours=2))


def test_a_day_is_the_readers_day(app):
    with app.test_request_context():
        assert filters.day(date(2026, 11, 3)) == '<time datetime="2026-11-03">3 November 2026</time>'
        assert "23 November 2026" in filters.day(NOON)


def test_a_text_is_shown_as_written_with_its_lines(app):
    assert filters.prose("a <b>\nc") == "a &lt;b&gt;<br>\nc"


def test_a_difference_is_marked_for_eye_and_ear(app):
    with app.test_request_context():
        shown = filters.difference([("same", "by "), ("del", "<3>"), ("ins", "six"), ("same", " months")])
    assert shown.startswith('by <del><span class="unseen">[removed: </span>&lt;3&gt;<span')
    assert '<ins><span class="unseen">[added: </span>six' in shown and shown.endswith(" months")


def test_a_mistyped_name_in_a_template_is_an_error_not_an_empty_place(app):
    with app.test_request_context(), pytest.raises(UndefinedError):
        render("{{ grupo.name }}")


def test_a_page_that_is_not_installed_has_no_address(app):
    with app.test_request_context():
        assert filters.url_if("nowhere.page", group="x") is None and filters.url_if("static", filename="a.css") == "/static/a.css"


def test_every_part_makes_a_sound_page(pages):
    pages.get("/parts")
    for words in (
        "II. Transfer",
        "2 comments on [u1]",
        "on behalf of African Group",
        "late",
        "sender not verified",
        "accepted in part",
        "3 of 4",
        "Page 2 of 3",
    ):
        assert words in pages.text, words
    assert pages.select("//nav//a[@aria-current='page']") and "Nowhere" not in pages.text
    assert pages.select("//div[@class='words']")[0].text_content() == "Too <short>"
    assert pages.select("//bdi[.='Ada']") and pages.select("//bdi[.='Kenya']")


def test_errors_stand_at_their_fields(app):
    with app.test_request_context("/", method="POST", data={"kind": "a"}):
        form = Everything(meta={"csrf": False})
        form.validate()
        shown = render('{% import "parts/forms.html" as forms with context %}{{ forms.field(form.title) }}', form=form)
    assert 'aria-describedby="title-hint title-error"' in shown and 'aria-invalid="true"' in shown and 'id="title-error"' in shown


@pytest.mark.parametrize("wish", [{"query_string": {"lang": "ar"}}, {"headers": {"Accept-Language": "ar,en;q=0.5"}}])
def test_arabic_runs_from_right_to_left(pages, wish):
    pages.get("/parts", **wish)
    assert pages.select("/html/@dir") == ["rtl"] and pages.select("/html/@lang") == ["ar"]


@pytest.mark.parametrize("wish", [{}, {"headers": {"Accept-Language": "de, tlh"}}, {"query_string": {"lang": "../../etc"}}])
def test_who_wishes_no_language_we_speak_reads_english(pages, wish):
    pages.get("/parts", **wish)
    assert pages.select("/html/@dir") == ["ltr"] and pages.select("/html/@lang") == ["en"]


def test_a_signed_in_person_reads_their_language_and_zone(pages):
    pages.sign_in(make.person("Aisha", language="ar", zone="Africa/Nairobi"))
    pages.get("/parts")
    assert pages.select("/html/@dir") == ["rtl"] and "15:00" in pages.text and "Aisha" in pages.text
    pages.get("/parts?lang=en")
    assert pages.select("/html/@dir") == ["ltr"]
