"""Files travel along with a letter as they were given, under their names, and cost nothing where there are none."""

import email
from datetime import timedelta
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox.actions import post
from consult.outbox.attaching import Attached
from consult.outbox.checking import check
from consult.outbox.headers import clean
from consult.outbox.models import Letter
from consult.outbox.sending import claim, close, send_due
from consult.outbox.writing import write
from tests import make
from tests.outbox.sink import running
from tests.outbox.test_outbox_writing import letter as outgoing

NAMES = [
    "draft.txt", "Rapport d’étape (révisé).docx", "报告 第二稿.pdf", "تقرير.txt.gz", 'a "b" \\ c.txt', "100%.txt",
    "Rapport du groupe d’experts sur le transfert de technologie, deuxième projet révisé, pour observations.docx", "x" * 180 + ".txt",
]  # fmt: skip


@pytest.fixture
def by_smtp(app):
    yield lambda sink, now=None: app.config.update(SMTP_URL=f"smtp://127.0.0.1:{sink.port}") or send_due(now)
    close()


@pytest.mark.parametrize("html", [None, "<p>Please comment.</p>"])
def test_a_letter_with_files_is_one_letter_that_any_mail_program_takes_apart(html):
    files = tuple(Attached(name, "application/gzip", name.encode() * 40) for name in NAMES)
    raw = write(outgoing(html=html, files=files))
    assert check(raw) == [] and raw == write(outgoing(html=html, files=files))
    assert max(map(len, raw.split(b"\r\n"))) <= 90
    read = email.message_from_bytes(raw, policy=default)
    assert [(part.get_filename(), part.get_content()) for part in read.iter_attachments()] == [(f.name, f.data) for f in files]
    assert {part.get_content_disposition() for part in read.iter_attachments()} == {"attachment"}
    assert read.get_body(("plain",)).get_content().strip() == "Please comment."
    assert (read.get_body(("html",)) is not None) == bool(html)


@given(st.text(max_size=300), st.binary(max_size=300), st.text(max_size=60))
def test_whatever_a_file_is_called_it_arrives_under_that_name_and_nothing_else_is_said(name, data, media_type):
    raw = write(outgoing(files=(Attached(name, media_type, data),)))
    assert check(raw) == []
    (part,) = email.message_from_bytes(raw, policy=default).iter_attachments()
    assert part.get_payload(decode=True) == data
    assert " ".join(part.get_filename().split()) == (clean(name, 200) or "file")


def test_files_that_were_posted_arrive_as_they_were_and_are_kept_once(app, by_smtp):
    files = [
        Attached("draft.txt", "text/plain; charset=utf-8", "Проект.\n".encode() * 3000),
        Attached("b.bin", "nonsense", bytes(range(256))),
    ]
    with transaction():
        for name in ("Ada", "Ben"):
            post(kind="round", person=make.person(name), subject="x", text="y", files=files)
        post(kind="round", person=make.person("Cleo"), subject="x", text="y")
    with running() as sink:
        assert by_smtp(sink).sent == 3
    for _, _, raw in sink.taken[:2]:
        read = list(email.message_from_bytes(raw, policy=default).iter_attachments())
        assert [(part.get_filename(), part.get_payload(decode=True)) for part in read] == [(f.name, f.data) for f in files]
        assert [part.get_content_type() for part in read] == ["text/plain", "application/octet-stream"]
    assert b"multipart" not in sink.taken[2][2]
    assert len([path for path in (app.config["DATA"] / "files").rglob("*") if path.is_file()]) == 2


def test_a_letter_whose_file_was_lost_fails_with_the_reason_and_the_others_go(app, by_smtp):
    with transaction():
        lost = post(kind="round", person=make.person("Ada"), subject="x", text="y", files=[Attached("a.txt", "text/plain", b"a")]).id
        post(kind="round", person=make.person("Ben"), subject="x", text="y")
    next(path for path in (app.config["DATA"] / "files").rglob("*") if path.is_file()).unlink()
    with running() as sink:
        counts = by_smtp(sink)
    db.session.rollback()
    assert (counts.failed, counts.sent) == (1, 1)
    assert "a.txt is missing from the store" in db.session.get(Letter, lost).answer


def test_a_batch_is_asked_for_its_files_once_however_many_letters_it_has(app):
    with transaction():
        for number in range(7):
            post(kind="round", person=make.person(f"Ada {number}"), subject="x", text="y")
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(claim(clock.now() + timedelta(minutes=1), 50)) == 7
    assert len([statement for statement in asked if "letter_file" in statement]) == 1 and len(asked) <= 3
