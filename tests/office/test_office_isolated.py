"""A file is read in a child of its own: what it says or why it is refused comes back, and what would take the house with it is stopped."""

import pytest

from consult.errors import Refused
from consult.office import isolated
from consult.office.isolated import apart
from tests.office.paper import note, notes, p, package, r, start

READ = "consult.office.annotations:read_annotations"


def test_what_the_file_says_comes_back():
    read = apart(READ, package(p(start(1), r("One.")), comments=notes(note(1, "Hm."))))
    assert [each.note.text for each in read.remarks] == ["Hm."]


def test_a_refusal_comes_back_with_its_reason():
    with pytest.raises(Refused, match="not a Word document"):
        apart(READ, b"no file at all")


def test_a_child_that_dies_is_a_refusal():
    with pytest.raises(Refused, match="memory"):
        apart("consult.kit.tokens:digest", 5)  # it falls over


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(isolated, "WALL_SECONDS", 0.001)
    with pytest.raises(Refused, match="too long"):
        apart(READ, package(p(r("One."))))


def test_only_work_of_ours_is_done():
    with pytest.raises(Refused):
        apart("os:getcwd")
