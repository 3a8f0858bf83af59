"""Language and time zone: each person reads pages in their own."""

import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_domain, get_locale
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from config import ROOT
from consult.errors import Refused
from consult.extensions import babel
from consult.kit import clock

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
"""The six languages of the United Nations; the first is used where nothing better is known."""

DIRECTIONS = {code: Locale.parse(code).text_direction for code in LANGUAGES}
RUNNING_LEFT = {code for code, runs in DIRECTIONS.items() if runs == "rtl"}
ARABIC = re.compile("[\u0600-\u06ff]")
SET_APART = re.compile("<bdi>.*?</bdi>")
BETWEEN_WORDS = re.compile(r"[^\W\d_][\W\d_]")


def init_app(app: Flask) -> None:
    """Let pages follow the reader's language and zone."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(ROOT / "translations"))
    babel.init_app(app, locale_selector=_language_of_reader, timezone_selector=_zone_of_reader)
    app.jinja_env.globals.update({"_": _told, "gettext": _told, "ngettext": _counted})
    app.jinja_env.globals.update(direction=direction, language=language, reader=reader, isolated=isolated)


def language() -> str:
    """The language this is being read in, as a two-letter code."""
    locale = get_locale()
    return locale.language if locale else LANGUAGES[0]


def direction(code: str | None = None) -> str:
    """How the page, or a text in that language, runs: `rtl` for Arabic, else `ltr`."""
    wanted = code or language()
    return DIRECTIONS.get(wanted) or Locale.parse(wanted).text_direction


def isolated(sentence: str) -> str:
    """A sentence that is read in English on a page that runs the other way, set apart so that its full stop and numbers stay in place."""
    if language() not in RUNNING_LEFT or not BETWEEN_WORDS.search(sentence) or ARABIC.search(SET_APART.sub("", sentence)):
        return sentence
    return type(sentence)(f"\u2066{sentence}\u2069")


@pass_eval_context
def _told(pages: EvalContext, sentence: str, **values: object) -> str:
    """A sentence of ours in the reader's language. On pages it is markup, and what is put into it is escaped."""
    told, has_gaps = _sentence(language(), str(sentence), pages.autoescape)
    return told % values if has_gaps else told


@pass_eval_context
def _counted(pages: EvalContext, one: str, many: str, num: int, **values: object) -> str:
    """The same for a sentence about so many things; it may name their number as %(num)s."""
    told, has_gaps = _count(language(), one, many, num, pages.autoescape)
    return told % ({"num": num} | values) if has_gaps else told


# A page says fifty sentences of ours, the same to every reader of a language. The language is part of what they are kept by.
@lru_cache(maxsize=5000)
def _sentence(read_in: str, sentence: str, on_page: bool) -> tuple[str, bool]:
    return _ready(get_domain().get_translations().ugettext(sentence), on_page)


@lru_cache(maxsize=5000)
def _count(read_in: str, one: str, many: str, num: int, on_page: bool) -> tuple[str, bool]:
    return _ready(get_domain().get_translations().ungettext(one, many, num), on_page)


def _ready(told: str, on_page: bool) -> tuple[str, bool]:
    """(the sentence, whether something is still to be put into it)."""
    told = Markup(isolated(told)) if on_page else told
    return (told, True) if "%(" in told else (told % {}, False)


def reader():
    """The signed-in person, or None: also outside a request and where nobody can sign in."""
    if not has_request_context() or g.get("nobody") or not hasattr(current_app, "login_manager"):
        return None
    person = current_user._get_current_object()
    return person if person.is_authenticated else None


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
