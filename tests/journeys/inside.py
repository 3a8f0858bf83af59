"""The same installation seen from inside: an application on its database, with a clock that can be ahead."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine

from config import settings
from consult import create_app
from consult.extensions import db
from consult.keeping import migrate
from tests.journeys.consulting import Consult


@contextmanager
def inside(consult: Consult, ahead: timedelta = timedelta()):
    """What a process of this installation does now, or will do then."""
    app = create_app(settings(consult.environment))
    with app.app_context(), time_machine.travel(datetime.now(UTC) + ahead, tick=True):
        try:
            migrate(app)
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
