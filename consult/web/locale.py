"""Language and time zone: each person reads pages in their own."""

import re
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_domain, get_locale
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext

from config import ROOT
from consult.errors import Refused
from consult.extensions import babel
from consult.kit import clock

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
"""The six languages of the United Nations; the first is used where nothing better is known."""

RUNNING_LEFT = {code for code in LANGUAGES if Locale.parse(code).text_direction == "rtl"}
ARABIC = re.compile("[\u0600-\u06ff]")
SET_APART = re.compile("<bdi>.*?</bdi>")
BETWEEN_WORDS = re.compile(r"[^\W\d_][\W\d_]")


def init_app(app: Flask) -> None:
    """Let pages follow the reader's language and zone."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(ROOT / "translations"))
    babel.init_app(app, locale_selector=_language_of_reader, timezone_selector=_zone_of_reader)
    app.jinja_env.install_gettext_callables(_told, _counted, newstyle=True)
    app.jinja_env.globals.update(direction=direction, language=language, reader=reader, isolated=isolated)


def language() -> str:
    """The language this is being read in, as a two-letter code."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


def direction(code: str | None = None) -> str:
    """How the page, or a text in that language, runs: `rtl` for Arabic, else `ltr`."""
    return Locale.parse(code or language()).text_direction


def isolated(sentence: str) -> str:
    """A sentence that is read in English on a page that runs the other way, set apart so that its full stop and numbers stay in place."""
    if language() not in RUNNING_LEFT or not BETWEEN_WORDS.search(sentence) or ARABIC.search(SET_APART.sub("", sentence)):
        return sentence
    return type(sentence)(f"\u2066{sentence}\u2069")


@pass_eval_context
def _told(pages: EvalContext, sentence: str) -> str:
    told = get_domain().get_translations().ugettext(sentence)
    return isolated(told) if pages.autoescape else told


@pass_eval_context
def _counted(pages: EvalContext, one: str, many: str, number: int) -> str:
    told = get_domain().get_translations().ungettext(one, many, number)
    return isolated(told) if pages.autoescape else told


def reader():
    """The signed-in person, or None: also outside a request and where nobody can sign in."""
    if not has_request_context() or g.get("nobody") or not hasattr(current_app, "login_manager"):
        return None
    return current_user if current_user.is_authenticated else None


def _language_of_reader() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    wished = request.args.get("lang", "")
    if not wished and (person := reader()):
        wished = person.language
    if wished in LANGUAGES:
        return wished
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _zone_of_reader() -> ZoneInfo:
    person = reader()
    try:
        return clock.zone(person.zone if person else "UTC")
    except Refused:
        return clock.zone("UTC")
