"""The rules of meetings: agendas as lines, symbols in order, who could not come, calendars, and words that say yes or no."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import Refused
from consult.meetings import agenda, calendar, rules, words

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_an_agenda_is_typed_as_lines_and_comes_back_as_it_was():
    typed = "1. Opening\n2. Adoption of the agenda | the chair\n  Document 1/1.\n  And 1/1/Add.1.\nOther matters"
    found = agenda.lines(typed)
    assert [(item.number, item.title, item.presenter) for item in found] == [
        ("1", "Opening", ""), ("2", "Adoption of the agenda", "the chair"), ("3", "Other matters", "")
    ]  # fmt: skip
    assert found[1].note == "Document 1/1.\nAnd 1/1/Add.1."
    assert agenda.lines(agenda.text(found)) == found


def test_an_item_that_is_renumbered_or_reworded_stays_the_same_item():
    before = agenda.lines("1. Opening\n2. Technology\n3. Other matters")
    after = agenda.lines("1. Opening\n2. Adoption\n3. Technology\n4. Any other matters")
    pairs = {line.title: known and known.title for line, known in agenda.matched(after, before)}
    assert pairs == {"Opening": "Opening", "Adoption": None, "Technology": "Technology", "Any other matters": None}


@pytest.mark.parametrize("typed", ["1. ", "x" * 501, "\n".join(f"{n}. Item" for n in range(1, 202))])
def test_what_is_no_agenda_is_refused_with_a_reason(typed):
    with pytest.raises(Refused):
        agenda.lines(typed + "\n2. |" if typed == "1. " else typed)


@pytest.mark.parametrize(
    ("nature", "taken", "next_one"),
    [("working", [], "EG/1/1"), ("working", ["EG/1/1", "EG/1/2/Add.1", "EG/1/INF/7"], "EG/1/3"),
     ("information", ["EG/1/INF/1"], "EG/1/INF/2"),
     ("conference-room", ["EG/1/CRP.4"], "EG/1/CRP.5"), ("report", ["EG/1/3", "EG/2/9"], "EG/1/4")],
)  # fmt: skip
def test_the_next_free_number_of_each_series_is_offered(nature, taken, next_one):
    assert rules.next_symbol("EG/1", nature, taken) == next_one


def test_documents_are_listed_as_in_print():
    wanted = [
        "EG/1/1",
        "EG/1/1/Rev.1",
        "EG/1/1/Add.1",
        "EG/1/1/Add.2",
        "EG/1/1/Corr.1",
        "EG/1/2",
        "EG/1/10",
        "EG/1/L.1",
        "EG/1/CRP.1",
        "EG/1/INF/2",
    ]
    assert sorted({*wanted}, key=rules.place_in_list) == wanted


def test_presence_says_more_than_an_answer_about_who_could_not_come():
    assert rules.is_absent("attending", False) is True and rules.is_absent("apologies", True) is False
    assert rules.is_absent("apologies", None) is True and rules.is_absent("invited", None) is None


def test_a_reminder_comes_a_week_before_but_never_right_behind_the_invitation():
    assert rules.reminder_at(NOON - timedelta(days=30), NOON) == NOON - timedelta(days=7)
    assert rules.reminder_at(NOON - timedelta(days=5), NOON) == NOON - timedelta(days=3)
    assert rules.reminder_at(NOON - timedelta(days=1), NOON) is None


def test_a_meeting_must_say_where_it_is_and_end_after_it_begins():
    with pytest.raises(Refused, match="before it begins"):
        rules.check_window("online", NOON, NOON)
    with pytest.raises(Refused, match="city"):
        rules.check_where("hybrid", "", "https://meet.example")
    with pytest.raises(Refused, match="from afar"):
        rules.check_where("hybrid", "Nairobi", "")


def test_a_calendar_reads_what_we_write_line_by_line():
    entry = calendar.Entry(
        uid="u1", sequence=2, made_at=NOON, starts_at=NOON, ends_at=NOON + timedelta(hours=3), summary="Réunion; première, 会议 " + "é" * 9,
        place="Montreal", about="1. Opening\n2. End", organizer="reply+1@in.example", organizer_name='The "IAC"', attendee="ada@x.example",
        attendee_name="Ada, of Ghana",
    )  # fmt: skip
    lines = calendar.written([entry], "REQUEST").decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and lines[0] == "BEGIN:VCALENDAR" and "METHOD:REQUEST" in lines
    whole = "\r\n".join(lines).replace("\r\n ", "")
    assert "DTSTART:20261127T120000Z" in whole and "SUMMARY:Réunion\\; première\\, 会议" in whole and "1. Opening\\n2. End" in whole
    assert 'ORGANIZER;CN="The IAC":mailto:reply+1@in.example' in whole and 'CN="Ada, of Ghana"' in whole and "SEQUENCE:2" in whole


@given(st.binary(max_size=300))
def test_whatever_comes_as_a_calendar_is_read_or_is_none(content):
    assert calendar.reply(content) is None or content
    assert calendar.reply(b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\n" + content) is not None


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_each_word_that_a_letter_names_is_understood_when_it_comes_back(language):
    named = words.named(language)
    assert words.said(named["attending"]).answer == "attending" and words.said(f"> {named['apologies']}.").answer == "apologies"
    assert words.said(f"{named['alternate']}: Dr Lee") == words.Said("alternate", "Dr Lee")
    assert set(words.WORDS["attending"]) == set(words.WORDS["apologies"]) == set(words.WORDS["alternate"])


@pytest.mark.parametrize(
    "line", ["I will attend if funded", "I cannot attend the first day only", "Perhaps", "No, not sure yet", "See you there?"]
)
def test_what_is_neither_yes_nor_no_is_not_guessed(line):
    assert words.said(line) is None
