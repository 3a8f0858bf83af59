"""Texts to be printed, and a worker that makes what is due."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from consult.extensions import db
from consult.files import queries as files
from consult.kit import clock
from consult.papers import actions, queries
from tests import make

TEXT = """I. Introduction

1. In decision VII/29 the Conference of the Parties asked for an expert group. Its task has two limbs:

(a) to prepare proposals on options, including best practices;

(b) to explore possibilities of cooperation with other processes.

2. Replies to the questionnaire named four kinds of obstacles.

| Obstacle | Named by |
| Lack of people who can judge and run a technology | 34 |
| Freight | 3 |

II. Options

3. Parties may wish to name one office. #let x = 1; $y$ <label> @ref *not bold* \\ [braces] "quotes" 'n' ~ `code`

- - - - -

1/ Notification 2004-102.
"""


@pytest.fixture
def group(app):
    """A group with an officer and a member."""
    made = make.group()
    make.officer(made)
    return made


@pytest.fixture
def member(group):
    """Somebody who reads and comments."""
    return make.member(group, make.person("Lucía"))


@pytest.fixture
def version(group):
    """A published text with headings, items, a table and a note."""
    return make.published(make.draft(group, "Report on technology", symbol="CBD/SBSTTA/8/19"), TEXT)


@pytest.fixture
def made(app):
    """Ask for a document and let the worker make it; the document."""

    def _made(of, form: str, by, **options):
        asked = actions.ask(of, form, options=options, by=by, door="page")
        make.commit()
        while actions.make_due(clock.now()):
            pass
        db.session.expire_all()
        return queries.by_key(asked.key)

    return _made


def content(paper) -> bytes:
    """The file of a document."""
    return files.content(paper.file)


def reader(paper) -> PdfReader:
    """A PDF as pypdf reads it."""
    return PdfReader(BytesIO(content(paper)))


def words(paper) -> str:
    """All text of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader(paper).pages).split())
