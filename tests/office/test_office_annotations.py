"""What colleagues wrote into a Word document comes back whole: comments where they stand, tracked changes as wordings."""

import pytest

from consult.errors import Refused
from consult.office.annotations import read_annotations
from tests.office.paper import SPACES, cut, end, extended, ins, marked, note, notes, p, package, r, start, strict, table


def told(*body: str, **parts: str):
    """(kind, place, author, text) of every change in a document."""
    found = read_annotations(package("".join(body), **parts))
    return [(c.kind, at, c.author, c.text) for at, passage in enumerate(found.passages) for c in passage.changes]


def remarks(*body: str, **parts: str):
    return read_annotations(package("".join(body), **parts)).remarks


def test_a_comment_keeps_its_author_its_date_all_its_paragraphs_and_the_words_it_marks():
    body = p(r("1. The Parties "), start(3), r("shall share"), end(3), r(" technology."))
    (found,) = remarks(body, comments=notes(note(3, "Too strong.", "Use should.", who="Ada Lovelace")))
    assert (found.note.author, found.note.date, found.note.text) == ("Ada Lovelace", "2026-11-23T10:00:00Z", "Too strong.\nUse should.")
    assert (found.place, found.quote) == (0, "shall share")


def test_replies_stand_below_their_comment_and_a_resolved_one_says_so():
    body = p(start(0), r("One"), end(0), start(1), end(1), r(" text."))
    parts = {
        "comments": notes(note(0, "Why?"), note(1, "Because.", who="Ben")),
        "commentsExtended": extended((0, None, True), (1, 0, False)),
    }
    (found,) = remarks(body, **parts)
    assert found.note.resolved
    assert [(reply.author, reply.text) for reply in found.replies] == [("Ben", "Because.")]


def test_a_comment_without_a_range_stands_on_the_paragraph_of_its_sign_and_one_without_a_sign_nowhere():
    found = remarks(p(r("One.")), p(r("Two."), end(1).split("/>", 1)[1]), comments=notes(note(1, "Here."), note(2, "Nowhere.")))
    assert [(each.note.text, each.place, each.quote) for each in found] == [("Here.", 1, ""), ("Nowhere.", None, "")]


def test_a_range_over_several_paragraphs_is_about_the_first_and_says_how_far_it_goes():
    (found,) = remarks(
        p(r("One "), start(1), r("begins.")), p(r("Two.")), p(r("Three"), end(1), r(" ends.")), comments=notes(note(1, "All."))
    )
    assert (found.place, found.quote, found.until) == (0, "begins.", 2)
    assert found.words == "begins. Two. Three"


def test_a_range_between_paragraphs_is_understood():
    (found,) = remarks(
        p(r("One.")), start(1), p(r("Two.")), '<w:commentRangeEnd w:id="1"/>', p(r("Three.")), comments=notes(note(1, "This."))
    )
    assert (found.place, found.quote, found.words) == (1, "", "Two.")


def test_a_comment_on_words_that_were_put_in_keeps_those_words():
    (found,) = remarks(p(r("One "), start(1), ins("new"), end(1), r(" text.")), comments=notes(note(1, "Good?")))
    assert (found.place, found.quote, found.words) == (0, "", "new")


def test_a_paragraph_reads_as_each_person_would_have_it():
    body = p(r("The Parties "), cut("shall"), ins("should"), r(" share"), ins(" all", "Ben"), r(" technology."))
    assert told(body) == [
        ("wording", 0, "Ada", "The Parties should share technology."),
        ("wording", 0, "Ben", "The Parties shall share all technology."),
    ]
    (passage,) = read_annotations(package(body)).passages
    assert passage.original == "The Parties shall share technology." and passage.accepted == "The Parties should share all technology."


def test_a_paragraph_written_anew_is_one_wording():
    assert told(p(cut("All of it."), ins("Other words."))) == [("wording", 0, "Ada", "Other words.")]


def test_changed_looks_are_no_change():
    bold = '<w:r><w:rPr><w:b/><w:rPrChange w:id="1" w:author="Ada"><w:rPr/></w:rPrChange></w:rPr><w:t>One.</w:t></w:r>'
    assert told(p(bold)) == []


def test_a_new_paragraph_typed_behind_another_stands_below_it():
    assert told(p(r("One."), mark=marked()), p(ins("And a half.")), p(r("Two."))) == [("new", 0, "Ada", "And a half.")]


def test_a_new_paragraph_put_between_two_stands_below_the_first():
    assert told(p(r("One.")), p(ins("And a half."), mark=marked()), p(r("Two."))) == [("new", 0, "Ada", "And a half.")]


def test_new_paragraphs_before_everything():
    found = read_annotations(package(p(ins("Zero."), mark=marked()) + p(r("One."))))
    assert [(change.kind, change.text) for change in found.first] == [("new", "Zero.")]


def test_a_paragraph_struck_out_whole_is_gone_and_its_neighbours_are_untouched():
    assert told(p(r("One.")), p(cut("Two."), mark=marked("del")), p(r("Three."))) == [("gone", 1, "Ada", "")]


def test_two_paragraphs_made_one_and_one_made_two():
    joined = told(p(r("One"), mark=marked("del")), p(r(" and two.")))
    assert joined == [("merged", 0, "Ada", "One and two."), ("joined", 1, "Ada", "")]
    assert told(p(r("One."), mark=marked()), p(r("Two."))) == [("split", 0, "Ada", "One.\nTwo.")]


def test_a_moved_paragraph_says_that_it_moved():
    moved = p(ins("Two.", tag="moveTo"), mark=marked("moveTo"))
    found = read_annotations(
        package(p(r("One.")) + moved + p(r("Three.")) + p(cut("Two.", tag="moveFrom"), mark=marked("moveFrom")) + p(r("Four.")))
    )
    assert [(c.kind, at, c.text, c.moved) for at, passage in enumerate(found.passages) for c in passage.changes] == [
        ("new", 0, "Two.", True), ("gone", 2, "", True),
    ]  # fmt: skip


def test_words_of_another_that_somebody_struck_out_are_not_lost():
    nested = f'<w:ins w:id="1" w:author="Ada">{cut("very ", "Ben")}{r("good ")}</w:ins>'
    assert told(p(r("A "), nested, r("text."))) == [("wording", 0, "Ada", "A very good text."), ("struck", 0, "Ben", "very")]


def test_a_table_is_one_passage_with_its_cells_as_drafts_have_them():
    nested = table((p(r("in")), p(r("side"))))
    body = table((p(r("Country")), p(r("Answers"))), (p(r("Chad")), p(cut("3"), ins("4")) + nested))
    assert told(body) == [("wording", 0, "Ada", "Country | Answers\nChad | 4 in side")]


def test_a_row_put_in_and_a_row_struck_out():
    new = f"<w:tr><w:trPr>{marked()}</w:trPr><w:tc>{p(ins('Mali'))}</w:tc><w:tc>{p(ins('7'))}</w:tc></w:tr>"
    old = f"<w:tr><w:trPr>{marked('del')}</w:trPr><w:tc>{p(cut('Peru'))}</w:tc><w:tc>{p(cut('1'))}</w:tc></w:tr>"
    body = table((p(r("Chad")), p(r("3")))).replace("</w:tbl>", f"{new}{old}</w:tbl>")
    assert told(body) == [("wording", 0, "Ada", "Chad | 3\nMali | 7")]


def test_a_frame_of_one_cell_is_no_table():
    assert [each.original for each in read_annotations(package(table((p(r("One.")) + p(r("Two.")),)))).passages] == ["One.", "Two."]


def test_footnotes_and_text_boxes_follow_their_paragraph():
    box = f"<w:r><w:pict><w:textbox><w:txbxContent>{p(r('In a '), start(1), r('box'), end(1))}</w:txbxContent></w:textbox></w:pict></w:r>"
    body = p(r("A claim."), '<w:r><w:footnoteReference w:id="2"/></w:r>', box) + p(r("Next."))
    own = p(r("See "), cut("it"), ins("them"))
    held = f'<w:footnotes {SPACES}><w:footnote w:id="2">{own}</w:footnote></w:footnotes>'
    found = read_annotations(package(body, footnotes=held, comments=notes(note(1, "Read."))))
    assert [each.original for each in found.passages] == ["A claim.", "See it", "In a box", "Next."]
    assert [(c.kind, c.text) for c in found.passages[1].changes] == [("wording", "See them")]
    assert (found.remarks[0].place, found.remarks[0].quote) == (2, "box")


def test_the_strict_dialect_is_read_too():
    data = strict(package(p(start(1), r("One"), end(1), cut(" two"), r(".")), comments=notes(note(1, "Hm."))))
    found = read_annotations(data)
    assert found.remarks[0].quote == "One" and found.passages[0].changes[0].text == "One."


def test_links_fields_and_content_controls_keep_their_words():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    link = f"<w:hyperlink>{r('here')}</w:hyperlink><w:sdt><w:sdtContent>{r(' and there')}</w:sdtContent></w:sdt>"
    assert read_annotations(package(p(r("Look "), field, link))).passages[0].original == "Look here and there"


@pytest.mark.parametrize(
    ("data", "reason"), [(b"PK\x03\x04 nothing", "damaged"), (b"words", "not a Word"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password")]
)
def test_what_is_no_word_document_is_refused(data, reason):
    with pytest.raises(Refused, match=reason):
        read_annotations(data)


def test_a_comment_that_never_ends_costs_nothing():
    (found,) = remarks(p(start(1), r("One.")), p(r("Two.")), comments=notes(note(1, "Open.")))
    assert (found.place, found.quote) == (0, "")
