"""What the attacker's tests stand on: an application with every page there is."""

import pytest

from consult.alerts.letters import pages as letter_pages
from consult.inbox.pages import pages as desk_pages


@pytest.fixture
def app(app):
    """With the pages of letters, desk and post, wherever the house connects them."""
    for pages in (letter_pages, desk_pages):
        if pages.name not in app.blueprints:
            app.register_blueprint(pages)
    return app
