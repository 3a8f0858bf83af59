"""Bringing files of comments in tests, as the doors and the worker do it."""

from consult.exchange import actions
from consult.exchange.models import Import
from consult.extensions import db
from consult.kit import clock


def bring(on, data: bytes, name: str, by, **more) -> Import:
    """A file brought and read."""
    made = actions.begin(on, data, name, by=by, door="page", **more)
    db.session.commit()
    worked(made)
    return made


def take(which: Import, by) -> Import:
    """Its rows entered."""
    actions.take(which, by=by)
    db.session.commit()
    worked(which)
    return which


def worked(which: Import) -> None:
    """The worker does its part until the file waits for a person."""
    while which.state in ("waiting", "wanted"):
        actions.work(clock.now())
        db.session.refresh(which)
