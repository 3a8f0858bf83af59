"""A packed text is the same text, small, and the same bytes each time."""

import email
import gzip
import io
import zipfile
from email.policy import default

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from consult.outbox.attaching import part
from consult.outbox.checking import check
from consult.outbox.packing import packed, travelling
from consult.outbox.writing import write
from tests.outbox.test_outbox_writing import letter

TEXT = "1. Le groupe a examiné le projet révisé. Проект. 草案.\n" * 400


def unpacked(file) -> str:
    if file.name.endswith(".gz"):
        return gzip.decompress(file.data).decode()
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        (entry,) = archive.infolist()
        return archive.read(entry).decode()


@pytest.mark.parametrize(("packing", "name"), [("gz", "AHTEG - draft 2.txt.gz"), ("zip", "AHTEG - draft 2.zip")])
def test_a_packed_text_is_the_same_text_and_the_same_bytes_at_any_time(packing, name):
    with time_machine.travel("2026-11-23T07:00Z"):
        first = packed(TEXT, "AHTEG / draft 2", packing)
    assert first.name == name and unpacked(first) == TEXT
    assert first == packed(TEXT, "AHTEG / draft 2.txt", packing)
    assert first.octets < len(TEXT.encode()) / 20


def test_without_packing_it_is_a_text():
    assert packed("Да.", "a", "").data.decode() == "Да."


@given(st.text(max_size=2000), st.sampled_from(["gz", "zip", ""]))
def test_how_large_it_travels_is_known_before(text, packing):
    file = packed(text, "x", packing)
    assert travelling(file) == len(part(file).partition(b"\r\n\r\n")[2])


def test_a_letter_whose_text_travels_packed_has_the_way_to_answer_in_it_and_the_text_in_the_file():
    text = "Please comment.\n\nThe text: draft.txt.gz\n\n" + TEXT
    raw = write(letter(text=text, html="<p>not sent", packed={"as": "gz", "name": "draft", "lines": 3}))
    assert check(raw) == [] and len(raw) < 2_500
    read = email.message_from_bytes(raw, policy=default)
    assert read.get_body(("plain",)).get_content().split() == ["Please", "comment.", "The", "text:", "draft.txt.gz"]
    (file,) = read.iter_attachments()
    assert gzip.decompress(file.get_content()).decode() == TEXT and file.get_filename() == "draft.txt.gz"
