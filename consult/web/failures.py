"""When something does not work: a page that says so in plain words, with a next step. Nothing half done is kept."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from consult.errors import Conflict, NotFound, Refused
from consult.extensions import db
from consult.kit import text
from consult.web.forms import translated
from consult.web.transaction import SAFE

log = logging.getLogger(__name__)

TITLES = {
    400: lazy_gettext("This could not be understood"),
    401: lazy_gettext("Please sign in"),
    403: lazy_gettext("This is not open to you"),
    404: lazy_gettext("There is nothing here"),
    405: lazy_gettext("This cannot be done at this address"),
    409: lazy_gettext("Somebody else was faster"),
    413: lazy_gettext("This is too large"),
    422: lazy_gettext("This could not be done"),
    429: lazy_gettext("Too many tries"),
}
STEPS = {
    400: lazy_gettext("Go back, reload the page and try once more."),
    401: lazy_gettext("Sign in, then open the address again."),
    403: lazy_gettext("If you should be able to do this, ask an officer of the group."),
    404: lazy_gettext(
        "The address may have been cut or mistyped, or what stood here may be open to members only. Sign in, or begin at the first page."
    ),
    405: lazy_gettext("Go back to the page you came from and use its buttons."),
    409: lazy_gettext(
        "What you typed is shown below, so that you can copy it. Go back, reload the page, look at what stands there now and decide."
    ),
    413: lazy_gettext("Send it in smaller pieces, or without pictures."),
    422: lazy_gettext("Go back and change what the reason names. What you typed is shown below."),
    429: lazy_gettext("Wait a quarter of an hour, then try again."),
}
PASSING = (OperationalError, InterfaceError, OSError)  # the database or the disk, not the request: the same may work in a minute
SECRET = ("csrf_token", "password", "again", "current", "token", "secret")


def init_app(app: Flask) -> None:
    """Answer every failure with its page."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(IntegrityError, _there_already)
    for beyond in (DataError, OverflowError):
        app.register_error_handler(beyond, _beyond)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(500, _broken)


def page(status: int, reason: str = "", step: str = "", typed: bool = True) -> Response:
    """The page (or the plain lines) that says what went wrong and what to do now; whatever was under way is undone first."""
    db.session.rollback()
    title = TITLES.get(status, TITLES[400])
    step = step or STEPS.get(status, STEPS[400])
    if not _wants_html():
        return _plain(status, [title, reason, step])
    words = _typed() if typed and request.method not in SAFE and status != 413 else []
    body = render_template("error/failure.html", status=status, title=title, reason=reason, step=step, typed=words)
    return make_response(body, status)


def _refused(refused: Refused) -> Response:
    if isinstance(refused, NotFound):
        return page(404, translated(refused))
    if isinstance(refused, Conflict):
        return page(409, translated(refused))
    return page(403 if request.method in SAFE else 422, translated(refused))


def _forged(error: CSRFError) -> Response:
    reason = gettext(
        "We could not be sure that this came from our own page: "
        "it was open for too long, cookies are switched off, or you signed out meanwhile."
    )
    return page(400, reason, gettext("Nothing is lost: copy what you typed from below, go back, reload the page and send it again."))


def _there_already(error: IntegrityError) -> Response:
    """Two people did the same thing at the same moment, and the database let one of them. Anything else is our own mistake."""
    if "unique" not in str(error.orig).lower():
        return _broken(error)
    return page(409, gettext("Somebody did the same at the same moment, and was faster."))


def _beyond(error: Exception) -> Response:
    """A number, a date or a sign that no table can hold: nothing can be there under it."""
    log.warning("%s asked for what no table can hold", request.url_rule)
    g.nobody, g._login_user = True, AnonymousUserMixin()  # the reader may be what could not be asked for
    return page(404) if request.method in SAFE else page(400, gettext("A number, a date or a sign in it is beyond what can be kept."))


def _wrong_host(error: SecurityError) -> Response:
    return _plain(400, ["This site does not answer under that name."])


def _failed(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    if error.code == 413:
        return page(413, gettext("The most that can be sent at once is %(size)s.", size=text.size(request.max_content_length or 0)))
    reason = error.description if error.description != type(error).description else ""
    answer = page(error.code, reason or "")
    answer.headers.extend([(name, value) for name, value in error.get_headers(request.environ) if name in ("Allow", "Retry-After")])
    return answer


def _broken(error: Exception) -> Response:
    """Our own mistake, or a database or disk that is busy or full. The page asks the database nothing, since that may be what is broken."""
    original = getattr(error, "original_exception", None) or error
    status = 503 if isinstance(original, PASSING) else 500
    secret = "token" in (request.view_args or {})
    log.error("%s %s failed", request.method, request.url_rule if secret else request.path, exc_info=original)
    db.session.rollback()
    g.nobody, g._login_user = True, AnonymousUserMixin()  # Flask-Login would ask for the reader to make the page
    if not _wants_html():
        answer = _plain(status, [gettext("Something went wrong on our side."), gettext("Nothing was changed. Try again in a few minutes.")])
    else:
        answer = make_response(render_template("error/broken.html", typed=_typed()), status)
    if status == 503:
        answer.headers["Retry-After"] = "60"
    return answer


def _wants_html() -> bool:
    return request.accept_mimetypes.best_match(["text/plain", "text/html"], "text/html") == "text/html"


def _plain(status: int, lines: list) -> Response:
    return Response("\n".join(str(line) for line in lines if line) + "\n", status, mimetype="text/plain")


def _typed() -> list[str]:
    """The longer things a person had typed, to be copied; nothing secret and nothing that a click chose."""
    try:
        fields = request.form.items(multi=True)
        return [value for name, value in fields if name not in SECRET and len(value) > 15]
    except HTTPException:
        return []
