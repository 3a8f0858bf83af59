"""SECURITY D4: kill -9 while a file of comments is read and entered; it ends as if nobody had disturbed it, and is private until then."""

import io
import itertools
import json
import random
import time

import pytest
from sqlalchemy import func, select

from consult.exchange import actions, exporting, queries
from consult.exchange.models import Import
from consult.exchange.templates import TEMPLATES
from consult.extensions import db, transaction
from consult.kit import clock
from consult.review.models import Comment, Response
from tests import make
from tests.crash.conftest import LONG
from tests.exchange import files

pytestmark = pytest.mark.crash
ROWS, KILLS = 1_000, 30 if LONG else 8
chance, minutes = random.Random(4), itertools.count(1)


def sheet() -> bytes:
    """A workbook of so many comments, every third with an observation."""
    heads = [column.head for column in TEMPLATES["iso2012"].columns]
    rows = (
        [f"C{at % 50}", "", "", str(1 + at % 40), "te", f"Remark {at}.", "", "Accepted. Done" if at % 3 == 0 else ""] for at in range(ROWS)
    )
    return files.xlsx(heads, *rows)


def exported(on) -> list[dict]:
    """Everything that is known of the comments, but when they were answered."""
    out = io.BytesIO()
    exporting.export(on, "json", "json", out)
    return [{name: word for name, word in row.items() if name != "responded_at"} for row in json.loads(out.getvalue())]


def counted(model, on) -> int:
    """How many comments or responses the round has at this moment, as another process sees it."""
    db.session.rollback()
    wanted = select(func.count()).select_from(model).where(Comment.round_id == on.id)
    return db.session.scalar(wanted if model is Comment else wanted.join(Comment, Comment.id == Response.comment_id))


def worked_on(house, which: Import, kills: int) -> int:
    """Workers begin, and are killed at any moment, so many times; then one is left alone. Returns how often one was killed at work."""
    killed = 0
    for at in range(kills + 1):
        worker = house.run("tests.crash.programs:import_worker", next(minutes))
        if at == kills:
            assert worker.wait() == 0, house.log.read_text()[-2_000:]
            break
        time.sleep(chance.uniform(0.02, 1.2))
        killed += bool(worker.children()) or which.state == "wanted"
        worker.kill()
        assert counted(Comment, which.round) in (0, ROWS)
        assert counted(Response, which.round) in (0, (ROWS + 2) // 3)
    db.session.rollback()
    db.session.refresh(which)
    return killed


def test_an_import_that_is_killed_again_and_again_ends_as_if_nothing_had_happened(house):
    with transaction():
        group = make.group()
        officer, _ = make.officer(group), make.member(group)
        version = make.published(make.draft(group), "\n\n".join(f"{at}. Paragraph {at}." for at in range(1, 41)))
        disturbed, alone = make.round(version), make.round(version, title="Undisturbed")
    data, at = sheet(), clock.now()
    with transaction():
        which, other = (actions.begin(on, data, "c.xlsx", by=officer, door="page", at=at) for on in (disturbed, alone))
        other.state = "dropped"  # its turn comes later
    killed = worked_on(house, which, KILLS)
    assert which.state == "preview"
    assert queries.counts(which.id) == {"good": ROWS}
    with transaction():
        actions.take(which, by=officer)
    killed += worked_on(house, which, KILLS)
    assert which.state == "done"
    print(f"killed {killed} times at work")
    with transaction():
        other.state = "waiting"
    worked_on(house, other, 0)
    with transaction():
        actions.take(other, by=officer)
    worked_on(house, other, 0)
    assert exported(disturbed) == exported(alone)
    assert len(exported(alone)) == ROWS
