"""How the room of people is connected to the application: sessions first, then its pages."""

from flask import Flask

from consult.people import (  # noqa: F401 - they add their pages
    absence_views,
    bytes_views,
    group_views,
    me_views,
    sessions,
    signing_views,
    upkeep_views,
)
from consult.people.guard import may_here
from consult.people.redaction import Redact
from consult.people.views import pages


def init_app(app: Flask) -> None:
    """Know who is asking, and answer the pages of people and groups."""
    app.logger.addFilter(Redact())
    sessions.init_app(app)
    app.jinja_env.globals["may"] = may_here
    app.register_blueprint(pages)
