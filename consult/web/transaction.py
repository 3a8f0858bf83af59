"""The page door's transaction: a request that changes something is kept whole, or not at all."""

from collections.abc import Callable

from flask import Flask, Response, g, request

from consult.extensions import as_before, db, reading, transaction, writing

SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Begin before each request, commit after a good answer, roll back after any other."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def afterwards(work: Callable[[], None]) -> None:
    """Do this in a transaction of its own once the page has been made (such as noting what was read)."""
    if "afterwards" not in g:
        g.afterwards = []
    g.afterwards.append(work)


def _begin() -> None:
    g.purpose = reading() if request.method in SAFE else writing()


def _end(response: Response) -> Response:
    if request.method in SAFE or response.status_code >= 400:
        db.session.rollback()
    else:
        db.session.commit()
    for work in g.pop("afterwards", []) if response.status_code < 400 else []:
        with transaction():
            work()
    return response


def _forget(error: BaseException | None) -> None:
    token = g.pop("purpose", None)
    if token is not None:
        as_before(token)
