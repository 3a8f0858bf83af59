"""What authors do by mail with comments of their own: correct, retype, move, withdraw, and say how they are published."""

import pytest

from consult.extensions import db
from consult.inbox import lines
from consult.people import actions as people
from tests import make
from tests.inbox import letters
from tests.inbox.test_commands_fetching import asked


@pytest.fixture
def table(app):
    letters.vouched()
    made = letters.laid()
    letters.answers(made, "[3] Too vague.\n[5] ED: a comma is missing.", name="first")
    return made


def receipt() -> object:
    """The letter that told what was understood last."""
    return letters.letters_after(0)[-1]


def test_a_correction_to_the_desk_keeps_what_was_said_before(table):
    told, _ = asked("CORRECT 1: SUB: Say which technology is meant.\nPROPOSED: Parties share solar technology.\nEND\nAda")
    first = letters.comments()[0]
    assert (first.text, first.type, first.proposed) == (
        "Say which technology is meant.", "substantive", "Parties share solar technology.",
    )  # fmt: skip
    assert first.revisions[0].text == "Too vague." and "says now" in told and "CORRECT 1: …" in told


def test_a_receipt_answered_with_its_own_lines_repairs_what_went_wrong(table):
    to = receipt().reply_to
    told, _ = asked("MOVE 1 TO 4\n2 TE:\nWITHDRAW 2\n\nBest regards,\nAda", to=to)
    first, second = letters.comments()
    assert first.paragraph.mark == "4" and second.withdrawn_at is not None and second.type == "technical" and "MOVE 1 TO 3" in told


def test_corrections_among_new_remarks_are_done_and_told_together(table):
    arrival = letters.answers(table, "CORRECT 1: Far too vague.\n\n[7] A new remark.\n\nAda", name="second")
    assert [each["type"] for each in arrival.understood] == ["command", "comment"]
    assert [each.text for each in letters.comments()] == ["Far too vague.", "a comma is missing.", "A new remark."]
    assert "Far too vague." in receipt().text and "A new remark." in receipt().text


def test_nobody_touches_what_another_said(table):
    make.comment(table.round, table.ben, "3", "Ben's own.")
    db.session.commit()
    told, _ = asked("CORRECT 3: Mine now.\nWITHDRAW 3\nMOVE 3 TO 1")
    assert told.count("There is no comment 3 of yours.") == 3 and letters.comments()[2].text == "Ben's own."


def test_consent_is_given_by_number_and_the_word_may_be_in_any_language(table):
    told, _ = asked("CONSENT 1, 2 anonyme")
    assert [each.consent for each in letters.comments()] == ["unnamed", "unnamed"] and "without" in told


def test_a_number_in_two_rounds_is_asked_back_with_lines_to_copy(table):
    other = make.round(make.published(make.draft(table.group, "Second report"), letters.TEXT), title="Second")
    make.comment(other, table.ada, "1", "Elsewhere.")
    db.session.commit()
    told, _ = asked("WITHDRAW 1")
    assert f"WITHDRAW R{table.round.id}/1" in told and f"WITHDRAW R{other.id}/1" in told
    asked(f"WITHDRAW R{other.id}/1", name="c2")
    assert [each.withdrawn_at is None for each in letters.comments()] == [True, True, False]


def test_what_was_read_uncertainly_is_said_first_with_a_line_to_repair_it(table):
    people.change_preferences(table.ada, by=table.ada, door="page", means="mail")
    db.session.commit()
    letters.answers(table, "[12 bis] Add the coastal states.", name="second")
    assert letters.comments()[-1].paragraph.mark == "12"
    assert receipt().text.startswith("Please look: there is no [12 bis]") and "MOVE 3 TO …" in receipt().text


@pytest.mark.parametrize("verb", ["WITHDRAW", "CONSENT", "ASSIGN"])
@pytest.mark.parametrize("numbers", ["1" * 60, "57 R3 " * 40, "#57" * 60, "57 " * 200 + ", ,"])
def test_a_line_of_numbers_that_is_no_command_is_read_in_one_go(verb, numbers):
    """A reading that tries every way to part the numbers would not end before the year does."""
    assert lines.command(f"{verb} {numbers}?x!?") is None


@pytest.mark.parametrize(
    "named", ["57", "57 58, 59 and 60", "R3/57 R3/58", "57 R3/58", "57 OF R3", "R3 57", "#57#58", "57，58、59", "57 R3, 58 R3"]
)
def test_comments_are_named_in_every_usual_way(named):
    assert lines.command(f"WITHDRAW {named}").argument == named
