"""What the tests of letters stand on."""

from datetime import UTC, datetime

import pytest
import time_machine

MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def travel(app):
    """The clock, stopped at six on a Monday morning."""
    with time_machine.travel(MORNING, tick=False) as clock_of_tests:
        yield clock_of_tests
