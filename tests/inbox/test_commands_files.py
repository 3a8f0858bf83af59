"""What others take along from the pages as a file comes by mail: in Word, in a form, as Excel; never above what a person chose unasked."""

import email
import io
import zipfile
from email.policy import default

import pytest

from consult.alerts import actions as alerts
from consult.extensions import db, transaction
from consult.inbox.models import Wish
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox.enclosing import of_letters, opened
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from tests import make
from tests.inbox import letters
from tests.inbox.test_commands_fetching import SLUG, asked


@pytest.fixture
def table(app):
    letters.vouched()
    return letters.laid()


def raw(letter: Letter) -> bytes:
    """The letter with its files, as it travels."""
    return write(opened(outgoing(letter, of_letters([letter.id]).get(letter.id, ()))))


def files(letter: Letter) -> dict[str, bytes]:
    """What travels along, by name."""
    return {part.get_filename(): part.get_content() for part in email.message_from_bytes(raw(letter), policy=default).iter_attachments()}


@pytest.mark.parametrize(
    ("line", "ending", "inside"),
    [
        ("GET R{} docx", "docx", "word/document.xml"), (f"GET {SLUG} Word", "docx", "word/document.xml"),
        (f"GET {SLUG} v1 comments docx", "docx", "word/comments.xml"), ("GET R{} iso2012 xlsx", "xlsx", "xl/workbook.xml"),
        ("GET R{} cbd", "docx", "word/document.xml"),
    ],
)  # fmt: skip
def test_a_text_and_comments_come_as_files(table, line, ending, inside):
    make.comment(table.round, table.ben, "3", "Too vague.")
    db.session.commit()
    told, (letter,) = asked(line.replace("{}", str(table.round.id)))
    ((name, data),) = files(letter).items()
    assert name.endswith(ending) and inside in zipfile.ZipFile(io.BytesIO(data)).namelist() and name in " ".join(letter.text.split())
    assert "letter of its own" in told


def test_a_file_above_the_limit_is_announced_and_comes_after_a_yes(table):
    with transaction():
        db.session.get(type(table.ada), table.ada.id).limit_bytes = 8_000
    told, came = asked(f"GET R{table.round.id} docx")
    wish = db.session.scalar(db.select(Wish))
    assert not came and f"YES {wish.id}" in told and "larger than the letters" in " ".join(told.split())
    told, (letter,) = asked(f"YES {wish.id}", name="c2")
    assert len(files(letter)) == 1 and len(raw(letter)) > 8_000


def test_nobody_gets_the_file_of_a_round_they_may_not_read(table):
    other = make.group("others")
    make.member(other, make.person("Cleo"))
    hidden = make.round(make.published(make.draft(other, "Secret plan"), "1. Nobody else reads this."))
    db.session.commit()
    told, came = asked(f"GET R{hidden.id} docx\nGET R{hidden.id} iso2012\nGET secret-plan docx\nGET R{table.round.id} compilation xlsx")
    assert not came and told.count("no round") == 2 and "Nothing here is called" in told and "not published yet" in told


@pytest.mark.parametrize(
    ("attachments", "limit", "goes"), [("under", 0, True), ("under", 8_000, False), ("links", 0, False), ("none", 0, False)]
)
def test_the_letter_of_a_round_brings_the_word_file_to_whom_it_fits_and_tells_the_others(app, attachments, limit, goes):
    with transaction():
        ada = make.member(make.group(), make.person("Ada", attachments=attachments, limit_bytes=limit))
        group = db.session.scalar(db.select(make.Group))
        db.session.execute(db.delete(Untold))
        made = make.round(make.published(make.draft(group), letters.TEXT))
    alerts.spread(clock.now())
    alerts.write_due(clock.now())
    first = db.session.scalars(db.select(Letter).where(Letter.person_id == ada.id, Letter.kind == "opening").order_by(Letter.id)).first()
    text = " ".join(first.text.split())
    assert (len(files(first)) == 1) is goes and ("The text goes along as a Word file" in text) is goes
    assert (f"write GET R{made.id} docx to consult@in.consult.test" in text) is not goes
    assert ("/papers or write" in text) is (attachments == "links" or attachments == "under" and not goes)
    assert not limit or len(raw(first)) <= limit
