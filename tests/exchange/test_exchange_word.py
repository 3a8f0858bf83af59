"""A Word file that came back becomes rows on the paragraphs of the version it was made from, and nothing in it is lost."""

import pytest

from consult.drafts.cutting import cut as cut_text
from consult.errors import Refused
from consult.exchange.word import Known, key_of, read_word
from tests.office.paper import cut, end, extended, ins, marked, note, notes, p, package, r, start, table

TEXT = """II. Findings

1. The Parties shall share technology with every country that asks for it in writing.

2. The secretariat keeps a register of experts:

(a) by country and by region of the United Nations;

(b) by language, for all six official languages.

3. This decision takes effect on the first day of the month after its adoption."""
PIECES = cut_text(TEXT)
FIRST, REGISTER, COUNTRY, LAST = (next(p for p in PIECES if p.mark == mark) for mark in ("1", "2", "2(a)", "3"))


def line(piece, **changed: str) -> str:
    """A piece as a paragraph of the file, some of its words replaced by XML: touched("shall" → …)."""
    text, parts = f"{piece.printed} {piece.text}".strip(), []
    for words, xml in changed.items():
        before, _, text = text.partition(words.replace("_", " "))
        parts += [r(before), xml]
    return p(*parts, r(text))


def whole(**lines: str) -> str:
    """The body of the file: every piece, or what stands for it by its mark (`p1` for 1)."""
    return "".join(lines.get("p" + piece.mark.replace("(", "").replace(")", ""), line(piece)) for piece in PIECES)


def rows(body: str, **parts: str) -> list[tuple[str, str, str, str]]:
    """(mark, quote, comment, proposed) of every row."""
    found = read_word(package(body, **parts), PIECES, version=2)
    return [(each.row.mark, each.row.quote, each.row.comment, each.row.proposed) for each in found.placed]


def test_a_comment_stands_on_the_words_it_marks():
    body = whole(p1=line(FIRST, shall=start(1) + r("shall") + end(1)))
    assert rows(body, comments=notes(note(1, "Too strong."))) == [("1", "shall", "Too strong.", "")]


def test_a_comment_may_say_its_type_and_a_wording_as_in_a_mail():
    body = whole(p3=line(LAST, decision=start(1) + r("decision") + end(1)))
    found = read_word(package(body, comments=notes(note(1, "ED: Which one?", "PROPOSED: The present decision.")),), PIECES)  # fmt: skip
    row = found.placed[0].row
    assert (row.type, row.comment, row.proposed) == ("editorial", "Which one?", "The present decision.")


def test_a_tracked_change_becomes_the_whole_wording_without_the_printed_number():
    body = whole(p1=line(FIRST, shall=cut("shall") + ins("should")))
    assert rows(body) == [("1", "", "", FIRST.text.replace("shall", "should"))]


def test_a_new_paragraph_is_proposed_below_the_one_before_it():
    body = whole(p3=p(ins("2 bis. A new one."), mark=marked()) + line(LAST))
    assert rows(body) == [("2(b)", "", "New paragraph after 2 (b).", f"{PIECES[4].text}\n\n2 bis. A new one.")]


def test_a_new_paragraph_below_a_heading_does_not_change_the_heading():
    body = whole(p1=p(ins("An opening."), mark=marked()) + line(FIRST))
    assert rows(body) == [("h1", "", "New paragraph after II: “An opening.”", "")]


def test_a_paragraph_struck_out_is_a_proposal_to_delete_it():
    body = whole(p2a=p(cut(f"{COUNTRY.printed} {COUNTRY.text}"), mark=marked("del")))
    assert rows(body) == [("2(a)", "", "Proposal to delete this paragraph.", "")]


def test_two_people_have_a_row_each_that_says_who_and_one_alone_needs_none():
    body = whole(p1=line(FIRST, shall=cut("shall", "Ada") + ins("should", "Ada"), every=cut("every", "Ben") + ins("each", "Ben")))
    both = read_word(package(body), PIECES, owner="Ada Lovelace").placed
    assert [(one.row.comment, one.row.number) for one in both] == [("", 1), ("(Written in Word by Ben)", 2)]
    alone = read_word(package(whole(p1=line(FIRST, shall=cut("shall") + ins("should")))), PIECES).placed
    assert alone[0].row.comment == ""


def test_automatic_numbers_of_the_file_make_no_difference():
    body = "".join(p(r(piece.text)) for piece in PIECES if piece is not FIRST) + p(r("The Parties "), cut("shall "), r(FIRST.text[18:]))
    assert rows(body) == [("1", "", "", "The Parties " + FIRST.text[18:])]


def test_the_text_of_a_letter_put_into_word_is_known_by_its_marks():
    lines = [p(r("Dear colleague,")), *(p(r(f"[{piece.mark}] {piece.text}")) for piece in PIECES)]
    lines[2] = p(r("[1] The Parties "), cut("shall "), r(FIRST.text[18:]))
    assert rows("".join(lines)) == [("1", "", "", "The Parties " + FIRST.text[18:])]


def test_what_stands_on_no_paragraph_of_the_version_is_kept_with_its_words():
    own = p(r("A line of the covering letter, "), start(1), r("nowhere else"), end(1), r(" to be found."))
    found = read_word(package(whole() + own, comments=notes(note(1, "See this."), note(2, "And that."))), PIECES)
    assert [(each.row.mark, each.row.comment, each.how) for each in found.placed] == [
        ("", "On “nowhere else”:\nSee this.", "whole"), ("", "And that.", "whole"),
    ]  # fmt: skip


def test_replies_stay_with_their_comment_under_their_names_and_a_resolved_one_says_so():
    body = whole(p1=line(FIRST, shall=start(1) + r("shall") + end(1)))
    parts = {
        "comments": notes(note(1, "Why?"), note(2, "Because.", who="Ben")),
        "commentsExtended": extended((1, None, True), (2, 1, False)),
    }
    assert rows(body, **parts) == [("1", "shall", "Why?\nBen: Because.\n(Marked as resolved in the Word file.)", "")]


def test_comments_of_ours_are_known_again_and_a_reply_below_one_is_an_answer():
    body = whole(p1=line(FIRST, shall=start(1) + r("shall") + end(1)))
    parts = {
        "comments": notes(note(1, "Too strong.", who="Ben"), note(2, "We  agree.", who="Ada"), note(3, "Noted.", who="Olga")),
        "commentsExtended": extended((1, None, False), (2, 1, False), (3, 1, False)),
    }
    known = Known({key_of("Ben", "Too strong."): 14}, frozenset({key_of("Olga", "Noted.")}))
    found = read_word(package(body, **parts), PIECES, known=known)
    assert [(each.below, each.row.comment, each.row.mark) for each in found.placed] == [(14, "We agree.", "1")]
    assert found.known == (14,)


def test_an_answer_of_ours_is_known_where_a_program_forgot_what_it_answers():
    body = whole(p1=line(FIRST, shall=start(1) + start(2) + r("shall") + end(1) + end(2)))
    parts = {"comments": notes(note(1, "Too strong.", who="Ben"), note(2, "Noted.", who="Olga"))}
    known = Known({key_of("Ben", "Too strong."): 14}, frozenset({key_of("Olga", "Noted.")}))
    assert read_word(package(body, **parts), PIECES, known=known).placed == []


def test_a_range_over_several_paragraphs_says_how_far():
    body = whole(p1=p(start(1), r(f"1. {FIRST.text}")), p2=p(r(f"2. {REGISTER.text}"), end(1)))
    found = read_word(package(body, comments=notes(note(1, "Both."))), PIECES).placed[0].row
    assert found.mark == "1" and "(Down to paragraph 2.)" in found.comment


def test_a_change_without_tracking_is_a_proposal_too():
    body = whole(p3=p(r("3. " + LAST.text.replace("first day", "last day"))))
    assert rows(body) == [("3", "", "Changed in the file without tracking.", LAST.text.replace("first day", "last day"))]


def test_many_changes_without_tracking_are_another_state_of_the_text_and_only_told():
    pieces = cut_text(
        "\n\n".join(f"{n}. Paragraph {n} says that all of the parties share technology number {n} freely." for n in range(1, 21))
    )
    body = "".join(p(r(f"{piece.printed} {piece.text.replace('freely', 'at cost')}")) for piece in pieces)
    found = read_word(package(body), pieces)
    assert found.placed == [] and len(found.unlike) == 20


def test_a_table_is_proposed_as_a_whole():
    pieces = cut_text("1. The table follows below these words of the text.\n\n| Country | Answers |\n| Chad | 3 |")
    body = p(r("1. The table follows below these words of the text.")) + table(
        (p(r("Country")), p(r("Answers"))), (p(r("Chad")), p(cut("3"), ins("4")))
    )
    found = read_word(package(body), pieces)
    assert [(each.row.mark, each.row.proposed) for each in found.placed] == [("u1", "Country | Answers\nChad | 4")]


def test_a_file_of_another_text_is_refused():
    body = "".join(p(r(f"{number}. Quite another text about fisheries in chapter {number}.")) for number in range(9))
    with pytest.raises(Refused, match="not version 2 of the text: only 0 of its 9"):
        read_word(package(body, comments=notes(note(1, "x"))), PIECES, version=2)


def test_an_extract_of_the_text_is_taken():
    assert rows(line(LAST, decision=ins("present ") + r("decision")))[0][0] == "3"
