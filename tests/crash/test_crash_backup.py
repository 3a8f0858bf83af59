"""Backups made while everything is being written can each be restored, and what was restored writes to nobody by itself."""

import base64
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from consult import keeping
from consult.errors import Refused
from consult.extensions import db, transaction
from consult.files.models import File
from consult.files.queries import content
from consult.inbox import spool
from consult.inbox.models import Arrival
from consult.journal.models import Event
from consult.outbox.actions import post
from consult.outbox.attaching import Attached
from consult.outbox.models import Letter
from consult.outbox.sending import send_due
from consult.review.models import Comment, Round
from tests import make
from tests.crash.conftest import LONG, house_at
from tests.outbox.waiting import waits_for

pytestmark = pytest.mark.crash
BACKUPS = 50 if LONG else 20


def a_round() -> None:
    """A round in which Ada may comment; everybody has heard of it."""
    group = make.group()
    make.member(group, make.person("Ada"))
    make.round(make.published(make.draft(group)))
    make.read_by_all()
    make.commit()


def written() -> int:
    """How many comments there are by now."""
    db.session.rollback()
    return db.session.query(Comment).count()


@contextmanager
def inside(house):
    """The application of a house, and its database let go afterwards."""
    app = house.app()
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def busy_house(empty_house):
    """A house whose database the migrations made, with a round."""
    assert empty_house.start("migrate").wait() == 0
    with inside(empty_house):
        a_round()
    return empty_house


def test_each_backup_of_a_busy_house_is_whole(busy_house, tmp_path, nursery, new_database):
    with inside(busy_house) as app:
        busy_house.run("tests.crash.busy:write_on")
        archives: dict[Path, int] = {}
        for number in range(BACKUPS):
            so_far = max(archives.values(), default=0)
            waits_for(lambda so_far=so_far: written() > so_far)
            archive = tmp_path / f"backup{number}.tar.gz"
            archives[archive] = written()
            keeping.backup(app, archive)
            assert archive.stat().st_mode & 0o077 == 0
        nursery.clear()
        db.session.rollback()
        later = {each.number: each.text for each in db.session.query(Comment)}
    counts = []
    for archive, at_least in archives.items():
        with inside(house_at(tmp_path / f"new-{archive.name}", nursery, new_database())) as app:
            counts.append(look(app, keeping.restore(app, archive), later, at_least))
    assert counts == sorted(counts)
    print(f"{BACKUPS} backups whole, of {counts[0]} to {counts[-1]} comments")


def look(app, held: int, later: dict[int, str], at_least: int) -> int:
    """Sound, a beginning of what was written later, with all its files; nothing of it goes out."""
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    comments = {each.number: each.text for each in db.session.query(Comment)}
    assert comments == {number: later[number] for number in range(1, len(comments) + 1)}
    assert db.session.query(Round).one().comments_made == len(comments)
    assert db.session.query(Event).filter(Event.kind == "comment.made").count() == len(comments)
    assert [content(each).decode() for each in db.session.query(File).order_by(File.id)] == [comments[n] for n in sorted(comments)]
    mails = [spool.raw_of(each.raw, app.config["DATA"]) for each in db.session.query(Arrival)]
    numbers = sorted(int(raw.rpartition(b"Hello ")[2]) for raw in mails)
    assert len(comments) >= at_least
    assert numbers == list(range(len(numbers)))
    assert len(numbers) >= at_least - 1
    assert held >= len(comments)
    assert send_due().total == 0
    assert {each.state for each in db.session.query(Letter)} == {"held"}
    return len(comments)


def test_letters_that_waited_are_kept_back_named_and_sent_by_hand(busy_house, tmp_path, nursery, new_database):
    archive = tmp_path / "backup.tar.gz"
    with inside(busy_house) as app:
        with transaction():
            files = [Attached("kit.txt", "text/plain", b"The kit")]
            post(kind="round", person=make.person("Ben"), subject="About the round", text="Hello", files=files)
        keeping.backup(app, archive)
        assert send_due().sent == 1
    new = house_at(tmp_path / "new", nursery, new_database())
    assert new.start("restore", str(archive)).wait() == 0
    assert new.start("doctor").wait() == 1
    assert new.start("kept-back").wait() == 0
    told = new.log.read_text()
    assert "1 letters that were waiting are kept back" in told
    assert "LOOK 1 letters kept back" in told
    assert "ben@env.example\tAbout the round" in told
    with inside(new):
        assert send_due().total == 0
        staff()
    assert new.start("kept-back", "--send").wait() == 0
    with inside(new) as app:
        assert send_due().sent == 1
        (sent,) = (app.config["DATA"] / "post" / "new").iterdir()
        assert b'filename="kit.txt"' in sent.read_bytes() and base64.b64encode(b"The kit") in sent.read_bytes()


def staff() -> None:
    """Somebody on whose authority the command line acts."""
    make.person("Ines", staff=True)
    make.commit()


def test_nothing_is_restored_over_what_is_there(busy_house, tmp_path, nursery, new_database):
    archive = tmp_path / "backup.tar.gz"
    with inside(busy_house) as app:
        staff()
        keeping.backup(app, archive)
        with pytest.raises(Refused, match="database"):
            keeping.restore(app, archive)
        assert db.session.query(Round).count() == 1
    damaged = house_at(tmp_path / "damaged", nursery, new_database())
    (tmp_path / "half.tar.gz").write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with inside(damaged) as app:
        with pytest.raises(Refused, match="not a backup"):
            keeping.restore(app, tmp_path / "half.tar.gz")
        keeping.restore(app, archive)
        assert db.session.query(Round).count() == 1
