"""A file of comments on its way into a round: looked through first, entered whole, never twice."""

import io

import pytest
from sqlalchemy import func, select

from consult.drafts import queries as drafts
from consult.errors import Refused
from consult.exchange import actions, exporting, queries
from consult.extensions import db
from consult.review.models import Comment, Response
from tests import make
from tests.exchange.bring import bring, take

TEXT = "I. INTRODUCTION\n\n1. The first.\n\n2. The second.\n\n3. The third:\n\n(a) an item;\n\n(b) another item."


@pytest.fixture
def around(app):
    """A group with an officer, a member, and an open round."""
    group = make.group()
    officer, ada = make.officer(group), make.member(group, make.person("Ada"))
    on = make.round(make.published(make.draft(group), TEXT))
    make.commit()
    return on, officer, ada


def csv(*lines: str) -> bytes:
    """A CSV file with the usual heads."""
    return "\r\n".join(["paragraph,type,comment,proposed change,on behalf of,observations", *lines]).encode()


def said(on) -> list[tuple]:
    """The comments of a round: where, type, words, for whom."""
    rows = db.session.scalars(select(Comment).where(Comment.round_id == on.id).order_by(Comment.number))
    return [(c.paragraph.mark if c.paragraph else "", c.type, c.text, c.on_behalf_of) for c in rows]


FILE = csv(
    "1,ed,A comma.,,Kenya,", "3(a),te,Unclear.,an item indeed;,Brazil,Accepted. Done", "99,te,Lost.,,Chile,", ",,,,Peru,", "2,te,,,Cuba,"
)


def test_rows_are_shown_with_their_places_before_anybody_else_sees_them(around):
    on, officer, _ = around
    which = bring(on, FILE, "comments.csv", officer)
    assert which.state == "preview"
    assert [(r.number, r.state, r.mark) for r in queries.rows(which.id)] == [
        (2, "good", "1"), (3, "good", "3(a)"), (4, "doubtful", None), (6, "bad", None),
    ]  # fmt: skip
    assert said(on) == []


def test_taken_rows_are_comments_with_their_responses(around):
    on, officer, _ = around
    take(bring(on, FILE, "comments.csv", officer), officer)
    assert said(on) == [
        ("1", "editorial", "A comma.", "Kenya"), ("3(a)", "technical", "Unclear.", "Brazil"), ("", "technical", "Lost.", "Chile"),
    ]  # fmt: skip
    given = db.session.scalars(select(Response)).one()
    assert (given.disposition, given.text) == ("accepted", "Accepted. Done")
    assert [c.location for c in db.session.scalars(select(Comment).order_by(Comment.number))] == ["para. 1", "para. 3(a)", "para. 99"]


def test_the_same_file_again_adds_nothing(around):
    on, officer, _ = around
    take(bring(on, FILE, "comments.csv", officer), officer)
    again = bring(on, FILE, "comments.csv", officer)
    assert queries.counts(again.id) == {"known": 3, "bad": 1}
    with pytest.raises(Refused):
        actions.take(bring(on, csv("1,ed,A comma.,,Kenya,"), "again.csv", officer), by=officer)
    assert len(said(on)) == 3


def test_a_file_that_comes_back_with_observations_brings_the_responses(around):
    on, officer, _ = around
    take(bring(on, csv("1,ed,A comma.,,Kenya,"), "comments.csv", officer), officer)
    take(bring(on, csv("1,ed,A comma.,,Kenya,Accepted in principle: two commas"), "answered.csv", officer), officer)
    assert len(said(on)) == 1
    given = db.session.scalars(select(Response)).one()
    assert (given.disposition, given.text) == ("accepted-with-modification", "Accepted in principle: two commas")


def test_what_was_said_on_a_page_is_known_when_its_export_comes_back(around):
    on, officer, ada = around
    make.comment(on, ada, "2", "Please clarify.")
    make.comment(on, ada, "", "A good draft.")
    make.commit()
    for template, form in (("csv", "csv"), ("ipbes", "xlsx"), ("json", "json")):
        out = io.BytesIO()
        exporting.export(on, template, form, out)
        assert queries.counts(bring(on, out.getvalue(), f"c.{form}", officer).id) == {"known": 2}


def test_a_row_is_placed_by_hand_or_left_out(around):
    on, officer, _ = around
    which = bring(on, FILE, "comments.csv", officer)
    actions.place(which, 4, drafts.by_mark(on.version_id, "3(b)"), by=officer)
    actions.leave(which, 2, by=officer)
    take(which, officer)
    assert [(mark, words) for mark, _, words, _ in said(on)] == [("3(a)", "Unclear."), ("3(b)", "Lost.")]


def test_a_member_brings_their_own_comments_and_nobody_elses(around):
    on, _, ada = around
    take(bring(on, csv("1,ed,A comma.,,,Accepted"), "mine.csv", ada), ada)
    made = db.session.scalars(select(Comment)).one()
    assert (made.author_id, made.entered_by_id, made.door) == (ada.id, None, "import")
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0
    with pytest.raises(Refused):
        actions.begin(on, FILE, "c.csv", behalf="Kenya", by=ada, door="page")


def test_rows_count_for_whom_the_officer_says(around):
    on, officer, ada = around
    take(bring(on, csv("1,ed,A comma.,,,"), "ada.csv", officer, person=ada), officer)
    made = db.session.scalars(select(Comment)).one()
    assert (made.author_id, made.entered_by_id) == (ada.id, officer.id)


def test_whoever_is_known_by_address_is_the_author(around):
    on, officer, ada = around
    data = f"para,comment,e-mail,name\n1,Hello.,{ada.address},A. Obi\n2,Hello too.,new@env.example,N. Ew\n".encode()
    take(bring(on, data, "c.csv", officer), officer)
    rows = db.session.scalars(select(Comment).order_by(Comment.number)).all()
    assert [(c.author_id, c.on_behalf_of) for c in rows] == [(ada.id, ""), (officer.id, "N. Ew")]


@pytest.mark.parametrize("name, count, dispositions", [
    ("iso80000-2_DE_comments_with_observations.yaml", 55, {"accepted": 48, "clarification-needed": 2}),
    ("iso_tc171_Comments.docx", 3, {"not-accepted": 1, "accepted-with-modification": 1, "accepted": 1}),
])  # fmt: skip
def test_real_sets_come_through_whole(around, shared, name, count, dispositions):
    on, officer, _ = around
    which = bring(on, (shared / "templates" / name).read_bytes(), name, officer)
    assert (which.template, which.total) == ("iso2012", count)
    take(which, officer)
    assert queries.counts(which.id) == {"taken": count}
    found = db.session.execute(select(Response.disposition, func.count()).group_by(Response.disposition)).all()
    assert dict(map(tuple, found)) == dispositions
