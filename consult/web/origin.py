"""Where a form was sent from: a browser says so itself, and another site is refused even with a good token."""

from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFError

from consult.web.transaction import SAFE

OTHERS = ("cross-site", "same-site")


def init_app(app: Flask) -> None:
    """Look at every request that may change something."""
    app.before_request(_refuse_other_sites)


def from_anywhere(view):
    """This page may be pressed from outside: what it needs stands in its address (RFC 8058)."""
    view.from_anywhere = True
    return view


def _refuse_other_sites() -> None:
    if request.method in SAFE or getattr(current_app.view_functions.get(request.endpoint or ""), "from_anywhere", False):
        return
    if request.headers.get("Sec-Fetch-Site") in OTHERS or _elsewhere(request.headers.get("Origin", "null")):
        raise CSRFError()


def _elsewhere(origin: str) -> bool:
    """We ask browsers to send no referrer, so they name no origin either and send `null` from our own pages."""
    return origin != "null" and urlsplit(origin).netloc not in (request.host, urlsplit(current_app.config["URL"]).netloc)
