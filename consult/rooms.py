"""Which rooms there are, and how each is connected to the application."""

from flask import Flask


def connect(app: Flask) -> None:
    """Load every table, register every page, and set up what a request passes through."""
    from consult.alerts import models as _alerts  # noqa: F401 - every table must be known before the first query
    from consult.inbox import models as _inbox  # noqa: F401
    from consult.outbox import models as _outbox  # noqa: F401
    from consult.review import models as _review  # noqa: F401
    from consult.web import failures, filters, headers, locale, transaction

    transaction.init_app(app)
    locale.init_app(app)
    filters.init_app(app)
    headers.init_app(app)
    failures.init_app(app)
