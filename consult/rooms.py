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

    from consult.people import connecting as people_room

    people_room.init_app(app)

    from consult.drafts import panels as draft_panels
    from consult.drafts.views import pages as draft_pages
    from consult.people import home

    app.register_blueprint(draft_pages)
    home.offer_group(draft_panels.of_group)
    _review_room(app)


def _review_room(app: Flask) -> None:
    """Review's pages, and what it shows on the pages of the rooms below it."""
    from consult.drafts import panels as draft_panels
    from consult.people import home
    from consult.review import panels, views
    from consult.web import health

    app.register_blueprint(views.pages)
    draft_panels.offer(panels.rounds_of_draft)
    home.offer(panels.waiting_for)
    home.offer_group(panels.rounds_of_group)
    health.init_app(app)
