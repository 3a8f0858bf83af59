"""A draft goes out on paper and comes back on a form: the code says whose it is, and rows go where their printed numbers say."""

import io
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from consult.drafts.cutting import cut
from consult.extensions import db
from consult.polls import actions as polls
from consult.polls.models import QuestionAnswer
from consult.reach import actions, codes, sheets
from consult.review.models import Comment, Round
from tests import make
from tests.polls.conftest import post

TEXT = "1. First.\n\n2. Second:\n\n(a) this;\n\n(b) that.\n\n3. Third.\n\n3 bis. Between.\n\n4. Fourth."


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.data())
def test_one_misread_digit_of_a_code_is_noticed(round_id, person_id, data):
    code = codes.code(round_id, person_id)
    assert codes.read(code) == codes.read(f" {code.lower().replace('-', ' ')} ") == (round_id, person_id)
    places = [at for at, sign in enumerate(code) if sign.isdecimal()]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[at]]))
    assert codes.read(code[:at] + other + code[at + 1 :]) is None


PARAGRAPHS = [
    SimpleNamespace(mark=mark, printed=printed, number=mark, text=f"Text of {mark}")
    for mark, printed in (
        ("1", "1."), ("12", "12."), ("12(a)", "(a)"), ("12bis", "12 bis."), ("13", "13."), ("13(a)", "(a)"), ("14", "14."), ("h1", "II."),
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("12", "12"), ("12.", "12"), ("[12]", "12"), ("para 12", "12"), ("§12", "12"), ("第12段", "12"), ("１２", "12"),
        ("12 bis", "12bis"),         ("12bis", "12bis"), ("12(a)", "12(a)"), ("12 (A)", "12(a)"),
        ("12-14", "12 13 14"), ("12 – 13", "12 13"), ("12, 14", "12 14"),
        ("II", "h1"), ("", ""), ("0", ""),
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_typed_from_paper(typed, marks):
    found = sheets.Marks(PARAGRAPHS).spot(typed)
    assert " ".join(found.marks) == marks and not found.reason


@pytest.mark.parametrize("typed", ["99", "(a)", "12-99", "twelve", "12 to the end"])
def test_a_number_that_names_nothing_or_too_much_is_refused(typed):
    assert sheets.Marks(PARAGRAPHS).spot(typed).reason


def test_endless_numbers_are_refused_without_looking_at_them():
    assert all(
        sheets.Marks(PARAGRAPHS).spot(typed).reason for typed in ("1" + " " * 100_000 + "," * 100_000, "1," * 100_000, "1(" * 100_000)
    )


@pytest.mark.parametrize(("typed", "text"), [("1（一）", "一是。"), ("1㈡", "二是。"), ("1 (i)", "一是。"), ("１", "缔约方：")])
def test_numbers_of_another_script_are_copied_as_they_are_printed(typed, text):
    pieces = cut("1. 缔约方：\n\n（一）一是。\n\n（二）二是。")
    marks = sheets.Marks(pieces)
    found = marks.spot(typed)
    assert not found.reason and marks.words[found.marks[0]] == text


def test_a_field_of_lines_is_cut_where_numbers_begin_them():
    found = sheets.rows("All is well.\r\n12: ED: a comma\nand a stop\n12 bis - no\n[13] yes\n2005 was a good year\n14: so be it")
    assert [(row.where, row.type, row.text) for row in found] == [
        ("", "", "All is well."), ("12", "editorial", "a comma\nand a stop"), ("12 bis", "", "no"), ("13", "", "yes\n2005 was a good year"),
        ("14", "", "so be it"),
    ]  # fmt: skip
    assert [row.doubtful for row in found] == ["", "", "", "2005 was a good year", ""]


def test_the_code_of_a_letter_leads_to_it():
    assert codes.letter(codes.of_letter(345)) == 345 and codes.letter(codes.of_letter(345).lower()) == 345
    assert codes.letter(codes.of_letter(345).replace("345", "346")) is None and codes.letter(codes.code(3, 45)) is None


@pytest.fixture
def room(app):
    """A round that asks two members; Ada has said where her fax stands."""
    app.config.update(FAX="+1 514 288 6588", POST_ADDRESS=["Secretariat", "Montreal"])
    group = make.group("experts", short="AHTEG", name="Expert Group")
    officer = make.officer(group)
    ada = make.member(group, make.person("Ada", zone="Africa/Dar_es_Salaam"))
    ben = make.member(group, make.person("Ben"))
    opened = make.round(make.published(make.draft(group, symbol="UNEP/X/1"), TEXT, by=officer), by=officer, title="First round")
    actions.answer(ada, {"fax": "+255 22 211 1111", "post": "P.O. Box 12\nDodoma"}, by=officer, door="phone")
    make.commit()
    return group, officer, ada, ben, opened


def words(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())


def test_an_officer_takes_a_round_and_a_letter_as_pages_with_a_form_to_answer(room, client):
    _, officer, ada, ben, opened = room
    letter = post(ada, "opening")[0]
    make.commit()
    client.sign_in(officer)
    client.get(f"/g/experts/r/{opened.id}")
    here = f"/g/experts/r/{opened.id}/fax"
    client.get(here)
    assert "+255 22 211 1111" in client.text and "silent so far" in client.text
    said = words(client.post(f"/g/experts/r/{opened.id}/fax/{ada.id}.pdf", page=here, expect=200))
    code = codes.code(opened.id, ada.id)
    for part in (
        "Ada",
        "P.O. Box 12",
        "Fax: +255 22 211 1111",
        "Montreal",
        "[2(a)]",
        "Dar es Salaam time",
        "UTC",
        "Reply form",
        code,
        "of 2",
    ):
        assert part in said, part
    told = words(client.post(f"/g/experts/letters/{letter.id}/fax.pdf", page=f"/g/experts/letters/{letter.id}", expect=200))
    assert "[3bis]" in told and code in told and "reply+" not in told.replace("reply+…", "")
    drafted = opened.version.draft.slug
    client.get(f"/g/experts/d/{drafted}/v/1/papers")
    anybody = words(client.post(f"/g/experts/d/{drafted}/v/1/fax.pdf", expect=200))
    assert "[3bis]" in anybody and "Reply form" in anybody and code not in anybody and "Ada" not in anybody
    client.post(f"/g/experts/r/{opened.id}/fax/{make.person('Stranger').id}.pdf", page=here, expect=404)


def test_a_sheet_is_checked_then_entered_whole_and_the_member_is_told(room, client):
    _, officer, ada, ben, opened = room
    code = codes.code(opened.id, ada.id)
    client.sign_in(officer)
    client.get("/g/experts/sheet?code=1-1-A")
    assert "This is no code of a sheet" in client.text
    client.get(f"/g/experts/sheet?code={code}", expect=303)
    here = f"/g/experts/r/{opened.id}/sheet"
    client.get(f"{here}?code={code}")
    typed = {name: client.select(f"string(//input[@name='{name}']/@value)") for name in ("once", "code")}
    typed |= {
        "person": "0",
        "came_by": "fax",
        "where-1": "2 (a)",
        "text-1": "Say who.",
        "type-1": "substantive",
        "where-2": "44",
        "text-2": "x",
    }
    client.post(here, typed | {"do": "enter", "lines": "3-4: Merge them."}, expect=422)
    assert "“44” is no paragraph of this text" in client.text and "Nothing is entered yet" in client.text
    assert client.select("string(//textarea[@name='text-1'])").strip() == "Say who." and "Merge them." in client.text
    typed |= {"where-2": "", "lines": "3-4: Merge them.\n3 bis: PROPOSED: 3 bis. Better.", "do": "check"}
    client.post(here, typed, expect=200)
    assert "this;" in client.text and "4 remarks of Ada, understood as shown." in client.text
    assert not db.session.scalars(db.select(Comment)).all()
    client.post(here, typed | {"do": "enter"}, follow=True)
    assert "4 remarks of Ada are entered." in client.text
    client.post(here, typed | {"do": "enter"}, follow=True)
    made = db.session.scalars(db.select(Comment).order_by(Comment.number)).all()
    assert [(each.paragraph.mark if each.paragraph else "", each.text, each.proposed, each.type) for each in made] == [
        ("2(a)", "Say who.", "", "substantive"), ("", "x", "", "general"), ("3", "[3, 4] Merge them.", "", "general"),
        ("3bis", "", "Better.", "general"),
    ]  # fmt: skip
    assert {(each.author_id, each.entered_by_id, each.door) for each in made} == {(ada.id, officer.id, "fax")}
    (letter,) = post(ada, "sheet")
    assert f"entered by {officer.name} from a fax received" in " ".join(letter.text.split()) and "1. [2(a)] Say who." in letter.text


def test_a_code_of_another_round_or_a_person_who_was_not_asked_enters_nothing(room, client):
    _, officer, ada, ben, opened = room
    here = f"/g/experts/r/{opened.id}/sheet"
    client.sign_in(officer)
    client.get(here)
    rows = {"where-1": "1", "text-1": "x", "came_by": "fax", "do": "enter", "once": "1", "received": ""}
    for wrong, reason in (
        ({"code": codes.code(opened.id + 1, ada.id), "person": "0"}, "no code of a sheet of this round"),
        ({"code": codes.code(opened.id, ada.id), "person": str(ben.id)}, "somebody else"),
        ({"code": codes.code(opened.id, make.person("Stranger").id), "person": "0"}, "neither asked"),
        ({"code": "", "person": "0"}, "no code of a sheet of this round"),
    ):
        client.post(here, rows | wrong, expect=422)
        assert reason in client.text and not db.session.scalars(db.select(Comment)).all()
    client.sign_in(ada)
    client.get(here, expect=403)
    assert db.session.get(Round, opened.id).comments_made == 0


def test_the_questions_of_a_round_stand_on_the_paper_and_are_answered_on_the_form(room, client):
    _, officer, ada, _, opened = room
    polls.ask(opened, "Who pays?\n\nUntil when?", by=officer, door="page")
    make.commit()
    client.sign_in(officer)
    said = words(client.post(f"/g/experts/r/{opened.id}/fax/{ada.id}.pdf", page=f"/g/experts/r/{opened.id}/fax", expect=200))
    assert "[Q1]" in said and "Who pays?" in said
    here = f"/g/experts/r/{opened.id}/sheet"
    typed = {"code": codes.code(opened.id, ada.id), "person": "0", "came_by": "paper", "do": "enter", "once": "a", "where-1": "Q1"}
    typed |= {"text-1": "The fund.", "lines": "3: Good."}
    client.post(here, typed | {"where-2": "Q1, Q2", "text-2": "x"}, page=here, expect=422)
    client.post(here, typed, page=here, follow=True)
    assert "2 remarks of Ada are entered." in client.text
    (answer,) = db.session.scalars(db.select(QuestionAnswer)).all()
    assert (answer.text, answer.person_id, answer.door) == ("The fund.", ada.id, "paper")
    assert [each.text for each in db.session.scalars(db.select(Comment))] == ["Good."]
    (letter,) = post(ada, "sheet")
    assert "[Q1] The fund." in letter.text and "1. [3] Good." in letter.text
