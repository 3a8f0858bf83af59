"""A packed text is the same text, small, and the same bytes each time."""

import gzip
import io
import zipfile

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from consult.outbox.attaching import part
from consult.outbox.packing import packed, travelling

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
