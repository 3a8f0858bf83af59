"""Which rooms there are, and how each is connected to the application."""

from flask import Flask


def connect(app: Flask) -> None:
    """Load every table, register every page, and set up what a request passes through."""
    import consult.alerts.models
    import consult.inbox.models  # noqa: F401 - loads every table
    from consult.web import transaction

    transaction.init_app(app)
