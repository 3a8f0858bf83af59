"""What somebody brings is kept, once, and given back byte for byte."""

import pytest

from consult.errors import NotFound
from consult.files import actions, queries


def test_a_file_comes_back_as_it_was_brought(app):
    kept = actions.keep(b"PK\x03\x04 something", "Draft decision.docx")
    assert (kept.name, kept.octets) == ("Draft decision.docx", 14)
    assert queries.content(kept) == b"PK\x03\x04 something"
    assert queries.find(kept.id) is kept


def test_the_same_content_is_stored_once_under_both_names(app):
    first, second = actions.keep(b"one text", "a.txt"), actions.keep(b"one text", "b.txt")
    assert (first.name, second.name) == ("a.txt", "b.txt")
    stored = [path for path in (app.config["DATA"] / "files").rglob("*") if path.is_file()]
    assert stored == [queries.place(first.sha256)]
    assert stored[0].parent.name == first.sha256[:2]


def test_a_file_cut_short_by_a_crash_is_written_again(app):
    kept = actions.keep(b"all of it", "a.txt")
    queries.place(kept.sha256).write_bytes(b"all")
    assert queries.content(actions.keep(b"all of it", "a.txt")) == b"all of it"


def test_a_lost_file_is_told_by_its_name(app):
    kept = actions.keep(b"soon gone", "gone.txt")
    queries.place(kept.sha256).unlink()
    with pytest.raises(NotFound, match="gone.txt"):
        queries.content(kept)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Documents\\текст.docx", "текст.docx"),
        ("../../etc/passwd", "passwd"),
        ("草案.docx", "草案.docx"),
        ("two\r\nlines.txt", "two lines.txt"),
        ("safe\u202excod.exe", "safexcod.exe"),
        ("", "file"),
        ("..", "file"),
        ("a" * 300 + ".docx", "a" * 195 + ".docx"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert actions.clean_name(given) == kept
