"""What an officer can do with a draft, and what nobody can do once it is published."""

import pytest
from sqlalchemy import func, select

from consult.drafts import actions, queries
from consult.drafts.cutting import cut
from consult.drafts.models import Paragraph, Tie
from consult.errors import Conflict, NotFound, Refused
from consult.extensions import db
from consult.journal import queries as journal
from tests import make

FIRST = """I. Introduction

1. The group met twice in the year and looked at the needs that Parties had reported.

2. It found that most Parties ask for training before they ask for equipment:

(a) Training of technicians who stay in the country;

(b) Exchange of manuals in all six languages.

3. Information on patents is scattered, and few national offices publish it in a form that others can search.

4. The secretariat was thanked for its help.
"""
SECOND = """I. Introduction

1. The group met twice in the year and looked at the needs that Parties had reported.

2. It found that most Parties ask for training long before they ask for equipment:

(a) Training of technicians who stay in the country;

(b) Exchange of manuals in all six languages.

3. Small islands reported that freight costs more than the equipment itself.

4. Information on patents is scattered, and few national offices publish it in a form that others can search.
"""


@pytest.fixture
def group(app):
    return make.group()


@pytest.fixture
def olga(group):
    return make.member(group, make.person("Olga"), "officer")


@pytest.fixture
def draft(group, olga):
    return actions.begin(group, "Progress report", symbol="CONSULT/1", language="en", by=olga, door="page")


def test_a_draft_gets_a_name_that_fits_in_an_address(group, olga):
    begun = [actions.begin(group, title, language="en", by=olga, door="page") for title in ("Progress: report", "Progress report")]
    assert [draft.slug for draft in begun] == ["progress-report", "progress-report-2"]


def test_a_draft_with_a_chinese_title_is_named_after_its_symbol_or_its_number(group, olga):
    symbols = ("UNEP/COP/8/19", "", "")
    begun = [actions.begin(group, "执行进度报告", symbol=symbol, language="zh", by=olga, door="page") for symbol in symbols]
    assert [draft.slug for draft in begun] == ["unep-cop-8-19", "draft-1", "draft-2"]


@pytest.mark.parametrize(("title", "language"), [(" \n ", "en"), ("A title", "de")])
def test_a_draft_needs_a_title_and_one_of_the_six_languages(group, olga, title, language):
    with pytest.raises(Refused):
        actions.begin(group, title, language=language, by=olga, door="page")


def test_only_officers_bring_in_drafts(group, draft):
    ada = make.member(group, make.person("Ada"))
    with pytest.raises(Refused, match="Your role does not include this"):
        actions.begin(group, "Mine", language="en", by=ada, door="page")
    with pytest.raises(Refused):
        actions.prepare(draft, cut(FIRST), by=ada, door="page")
    with pytest.raises(NotFound):
        actions.prepare(draft, cut(FIRST), by=make.person("Stranger"), door="page")


def test_a_version_keeps_the_printed_numbers_in_reading_order(draft, olga):
    version = actions.prepare(draft, cut(FIRST), by=olga, door="page")
    rows = queries.paragraphs(version.id)
    assert (version.number, version.published_at) == (1, None)
    assert [row.number for row in rows] == ["I", "1", "2", "2 (a)", "2 (b)", "3", "4"]
    assert [row.position for row in rows] == list(range(7))
    assert queries.by_mark(version.id, "2(A)").text.startswith("Training of technicians")


def test_an_empty_text_is_not_a_version(draft, olga):
    with pytest.raises(Refused, match="no text"):
        actions.prepare(draft, cut(" \n\n"), by=olga, door="page")


def test_one_version_is_prepared_at_a_time(draft, olga):
    actions.prepare(draft, cut(FIRST), by=olga, door="page")
    with pytest.raises(Refused, match="still being prepared"):
        actions.prepare(draft, cut(SECOND), by=olga, door="page")


def test_the_text_of_an_unpublished_version_can_be_replaced_or_deleted(draft, olga):
    version = actions.prepare(draft, cut(FIRST), by=olga, door="page")
    actions.replace(version, cut("1. Only this."), source_name="other.txt", by=olga, door="page")
    assert [row.text for row in queries.paragraphs(version.id)] == ["Only this."]
    actions.delete(version, by=olga, door="page")
    assert queries.versions(draft) == []
    assert db.session.scalar(select(func.count()).select_from(Paragraph)) == 0
    assert actions.prepare(draft, cut(FIRST), by=olga, door="page").number == 1


def test_the_cutting_is_corrected_by_position(draft, olga):
    version = actions.prepare(draft, cut("1. One.\n\nStill one.\n\n2. Two. Three."), by=olga, door="page")
    actions.correct(version, "merge", 1, by=olga, door="page")
    actions.correct(version, "split", 1, 5, by=olga, door="page")
    actions.correct(version, "renumber", 2, "3", by=olga, door="page")
    actions.correct(version, "relevel", 0, "heading", 1, by=olga, door="page")
    found = [(row.kind, row.mark, row.text) for row in queries.paragraphs(version.id)]
    assert found == [("heading", "h1", "One. Still one."), ("paragraph", "2", "Two."), ("paragraph", "3", "Three.")]


def test_a_paragraph_is_split_in_several_places_at_once(draft, olga):
    version = actions.prepare(draft, cut("1. One. Two. Three."), by=olga, door="page")
    actions.correct(version, "split", 0, 5, 10, by=olga, door="page")
    assert [row.text for row in queries.paragraphs(version.id)] == ["One.", "Two.", "Three."]


def test_a_correction_of_what_somebody_else_has_corrected_meanwhile_is_refused(draft, olga):
    version = actions.prepare(draft, cut("1. One.\n\nStill one.\n\n2. Two."), by=olga, door="page")
    seen = queries.state(version.id)
    actions.correct(version, "merge", 1, seen=seen, by=olga, door="page")
    with pytest.raises(Conflict):
        actions.correct(version, "merge", 1, seen=seen, by=olga, door="page")


@pytest.mark.parametrize(
    ("verb", "args"),
    [("merge", (0,)), ("merge", (99,)), ("split", (1, 0)), ("relevel", (1, "poem", 1)), ("sing", (1,)), ("renumber", (1, "9" * 70))],
)
def test_a_correction_that_cannot_be_says_why(draft, olga, verb, args):
    version = actions.prepare(draft, cut(FIRST), by=olga, door="page")
    with pytest.raises(Refused):
        actions.correct(version, verb, *args, by=olga, door="page")
    assert [row.number for row in queries.paragraphs(version.id)][:3] == ["I", "1", "2"]


def test_publishing_tells_the_group_in_numbers_what_became_of_the_version_before(group, draft, olga):
    actions.publish(actions.prepare(draft, cut(FIRST), by=olga, door="page"), by=olga, door="page")
    second = actions.publish(actions.prepare(draft, cut(SECOND), note="Freight added", by=olga, door="page"), by=olga, door="page")
    first = queries.version(draft, 1)
    told = {(tie.kind, _number(tie.old_id), _number(tie.new_id)) for tie in queries.ties(first.id, second.id)}
    assert {("same", "1", "1"), ("changed", "2", "2"), ("same", "3", "4"), ("new", None, "3"), ("gone", "4", None)} <= told
    counts = {"same": 5, "changed": 1, "new": 1, "gone": 1}
    assert queries.changes(second) == counts
    event = journal.of_group(group.id)[0]
    assert (event.kind, event.subject_id) == ("version.published", second.id)
    assert event.data == {"number": 2, "title": "Progress report", "paragraphs": 7, "changes": counts}
    assert queries.latest(draft) is second and second.note == "Freight added"


def _number(paragraph_id):
    return db.session.get(Paragraph, paragraph_id).number if paragraph_id else None


def test_a_published_version_never_changes(draft, olga):
    version = make.published(draft, FIRST, olga)
    before = queries.pieces(version.id)
    for verb in (
        lambda: actions.correct(version, "merge", 2, by=olga, door="page"),
        lambda: actions.replace(version, cut(SECOND), by=olga, door="page"),
        lambda: actions.delete(version, by=olga, door="page"),
        lambda: actions.publish(version, by=olga, door="page"),
    ):
        with pytest.raises(Refused, match="Version 1 is (already )?published"):
            verb()
    assert queries.pieces(version.id) == before


def test_only_officers_publish(group, draft):
    version = make.prepared(draft)
    with pytest.raises(Refused, match="Your role"):
        actions.publish(version, by=make.member(group, make.person("Ada"), "chair"), door="page")
    assert version.published_at is None


def test_what_is_being_prepared_is_not_yet_there_for_readers(draft):
    version = make.prepared(draft)
    assert queries.being_prepared(draft) is version
    assert queries.latest(draft) is None
    with pytest.raises(NotFound):
        queries.published(draft, 1)


def test_the_difference_of_two_versions_is_told_word_by_word(draft, olga):
    first, second = make.published(draft, FIRST, olga), make.published(draft, SECOND, olga)
    changed = next(change for change in queries.diff(first, second) if change.kind == "changed")
    assert ("ins", "long ") in changed.ops
    assert queries.diff(first, second) is queries.diff(first, second)


def test_versions_that_do_not_follow_each_other_are_compared_too(draft, olga):
    first = make.published(draft, FIRST, olga)
    make.published(draft, "1. Something else altogether was written here for a while.", olga)
    third = make.published(draft, SECOND, olga)
    assert queries.ties(first.id, third.id) == []
    assert [change.kind for change in queries.diff(first, third)].count("same") == 5


def test_a_draft_of_5000_paragraphs_is_published_and_published_again(draft, olga):
    text = "\n\n".join(f"{n}. Measure {n} concerns region {n % 7} and costs {n * 37} dollars." for n in range(1, 5001))
    first = make.published(draft, text, olga)
    second = make.published(draft, text.replace("2500. Measure 2500 concerns", "2500. Measure 2500 also concerns"), olga)
    assert queries.how_many(first.id) == 5000
    assert queries.changes(second) == {"same": 4999, "changed": 1}
    assert db.session.scalar(select(func.count()).select_from(Tie)) == 5000
    assert [row.number for row in queries.paragraphs(second.id, 4990, 3)] == ["4991", "4992", "4993"]


def test_what_no_keyboard_types_does_not_stop_a_draft(draft, olga):
    version = make.prepared(draft, "1. One\x00 two \x07three \ud800four.\u202e\n\n2. Two.")
    assert [(row.number, row.text) for row in queries.paragraphs(version.id)] == [("1", "One two three four."), ("2", "Two.")]
