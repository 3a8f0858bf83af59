"""Long texts as packed files, for those who chose it: a short letter to read, the text beside it, and an answer that can be that file."""

import email
import gzip
import io
import zipfile
from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.extensions import db, transaction
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.outbox.checking import check
from consult.outbox.models import Letter
from consult.review.models import Answer, Comment
from tests import make
from tests.alerts.post import a_round, letters, raw, work
from tests.inbox.letters import arrives

TEXT = "\n\n".join(
    f"{number}. Paragraph {number} says what the parties share, and {'why, ' * 30}in case {number}." for number in range(1, 41)
)


def unpacked(letter: Letter) -> tuple[str, str, str]:
    """What stands in the letter, the name of the file, and its text."""
    read, file = email.message_from_bytes(raw(letter)).get_payload()
    octets, name = file.get_payload(decode=True), file.get_filename()
    if name.endswith(".gz"):
        return read.get_payload(decode=True).decode(), name, gzip.decompress(octets).decode()
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return read.get_payload(decode=True).decode(), name, archive.read(archive.namelist()[0]).decode()


def with_file(letter: Letter, name: str, octets: bytes, said: str = "") -> Arrival:
    """Ada answers with a file."""
    made = email.message.EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = "Ada <ada@env.example>", letter.reply_to, "Re", "<f1@env.example>"
    made.set_content(said)
    made.add_attachment(octets, maintype="application", subtype="octet-stream", filename=name)
    return arrives(made.as_bytes(policy=made.policy.clone(linesep="\r\n")), letter.reply_to)


@pytest.mark.parametrize("packing", ["gz", "zip"])
def test_the_text_of_a_round_comes_packed_and_comes_back_with_remarks(app, travel, packing):
    with transaction():
        a_round(TEXT, means="mail", packing=packing)
    work()
    letter = letters(kind="opening")[0]
    shown, name, text = unpacked(letter)
    assert not check(raw(letter)) and len(raw(letter)) < len(letter.text) / 2
    assert "How to answer" in shown and "Paragraph 12" not in shown and "[40] Paragraph 40" in text
    written = text.replace("in case 12.", "in case 12.\n\nSUB: Say who pays.\n").encode()
    arrival = with_file(letter, name, gzip.compress(written) if packing == "gz" else _zip(written))
    assert arrival.state == "taken", arrival.reason
    (comment,) = db.session.scalars(db.select(Comment))
    assert (comment.paragraph.mark, comment.type, comment.text) == ("12", "substantive", "Say who pays.")


def _zip(octets: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("text.txt", octets)
    return out.getvalue()


def test_a_large_digest_comes_packed_and_what_is_written_into_it_answers_the_comments(app, travel):
    with transaction():
        group, ada, asked = a_round(TEXT, means="mail", packing="gz", rhythm="daily")
        ben = make.officer(group)
        make.read_by_all()
        for number in range(1, 31):
            make.comment(asked, ben, str(number), f"Remark {number}: " + f"it is said {number} times, " * 12)
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=1))
    letter = letters(ada, "digest")[0]
    shown, name, text = unpacked(letter)
    assert "Remark 7" not in shown and "Remark 7" in text and len(raw(letter)) < len(text) / 2
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("#7 Olga")) + 3
    written = "\n".join([*lines[: at + 1], "", "We agree.", "", *lines[at + 1 :]])
    with_file(letter, name, gzip.compress(written.encode()), said="Please find attached my answers.")
    assert [(answer.comment.number, answer.text) for answer in db.session.scalars(db.select(Answer))] == [(7, "We agree.")]
    assert db.session.scalar(db.select(db.func.count()).select_from(Comment)) == 30
