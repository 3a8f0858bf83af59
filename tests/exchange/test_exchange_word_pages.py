"""Somebody sends back their annotated Word file on the page of the round: what was understood is shown first, then entered, never twice."""

import io
import zipfile

import pytest

from consult.errors import Refused
from consult.exchange.models import Import
from consult.extensions import db
from consult.papers.making import docx
from consult.people.models import Person
from consult.review import actions as review
from consult.review.models import Comment
from tests import make
from tests.exchange.bring import bring, take, worked
from tests.office.paper import cut, end, ins, note, notes, p, package, r, start

TEXT = "\n\n".join(f"{number}. Paragraph {number} says that the parties share technology number {number}." for number in range(1, 9))


@pytest.fixture
def on(app):
    group = make.group()
    make.officer(group)
    make.member(group, make.person("Ada"))
    made = make.round(make.published(make.draft(group), TEXT))
    make.commit()
    return made


@pytest.fixture
def ada(on) -> Person:
    return db.session.scalar(db.select(Person).where(Person.name == "Ada"))


def annotated(who: str = "A. L.", other: str = "") -> bytes:
    """A comment on "share" in 3, a change in 5, and perhaps a colleague's comment on 7."""
    lines = [p(r(line)) for line in TEXT.split("\n\n")]
    lines[2] = p(r("3. Paragraph 3 says that the parties "), start(1), r("share"), end(1), r(" technology number 3."))
    lines[4] = p(r("5. Paragraph 5 says that "), cut("the", who), ins("all", who), r(" parties share technology number 5."))
    held = [note(1, "ED: Lend, rather.", who=who)]
    if other:
        lines[6] = p(start(2), r(TEXT.split("\n\n")[6]), end(2))
        held.append(note(2, "Why seven?", who=other))
    return package("".join(lines), comments=notes(*held))


def said() -> list[tuple]:
    found = db.session.scalars(db.select(Comment).where(Comment.withdrawn_at.is_(None)).order_by(Comment.number))
    return [(c.paragraph.mark if c.paragraph else "", c.type, c.quote, c.text, c.proposed) for c in found]


OWN = [
    ("3", "editorial", "share", "Lend, rather.", ""),
    ("5", "general", "", "", "Paragraph 5 says that all parties share technology number 5."),
]


def test_a_member_sees_what_was_understood_and_enters_it(client, on, ada):
    client.sign_in(ada)
    client.get(f"/g/{on.version.draft.group.slug}/r/{on.id}")
    client.get(client.select("//a[contains(@href, 'template=word')]/@href")[0])
    assert client.select("//select[@name='template']/option[@selected]/@value") == ["word"]
    data = {"template": "word", "file": (io.BytesIO(annotated()), "comments of Ada.docx")}
    here = client.post(client.url.partition("?")[0], data, content_type="multipart/form-data").location
    (which,) = db.session.scalars(db.select(Import))
    worked(which)
    client.get(here)
    assert "[3]" in client.text and "Lend, rather." in client.text and "on “share”" in client.text
    assert client.select("//p[@class='proposed']/del") and client.select("//p[@class='proposed']/ins")
    assert said() == []
    client.post(f"{here}/take", {})
    worked(which)
    assert said() == OWN
    assert all(comment.author_id == ada.id for comment in db.session.scalars(db.select(Comment)))


def test_the_same_file_again_adds_nothing(on, ada):
    take(bring(on, annotated(), "a.docx", ada, template="word"), ada)
    again = bring(on, annotated(), "a.docx", ada)
    assert again.state in ("preview", "failed") and said() == OWN
    with pytest.raises(Refused, match="left to be entered"):
        take(again, ada)


def test_a_colleague_who_wrote_in_the_same_file_is_named(on, ada):
    take(bring(on, annotated("Ada", other="Ben"), "a.docx", ada), ada)
    assert said() == [*OWN, ("7", "general", "", "Why seven?\n(Written in Word by Ben)", "")]


def test_an_officer_sends_it_for_somebody_else(on, ada):
    olga = make.officer(on.version.draft.group)
    take(bring(on, annotated(), "a.docx", olga, person=ada), olga)
    assert {(c.author_id, c.entered_by_id) for c in db.session.scalars(db.select(Comment))} == {(ada.id, olga.id)}


def test_a_file_of_another_text_says_so(on, ada):
    other = package(
        "".join(p(r(f"{n}. Quite another text about the fisheries of region {n}.")) for n in range(9)), comments=notes(note(1, "x"))
    )
    which = bring(on, other, "other.docx", ada, template="word")
    assert which.state == "failed" and "is not version" in which.reason


def test_a_form_that_nobody_filled_in_says_that_it_is_empty(on, ada, shared):
    which = bring(on, (shared / "templates" / "iso_comment_template_2012-03.docx").read_bytes(), "form.docx", ada)
    assert which.state == "failed" and "no row of it holds a comment" in which.reason


def test_a_file_that_was_taken_along_with_comments_brings_only_what_is_new(on, ada):
    first = make.comment(on, make.officer(on.version.draft.group), "2", "Which parties?", type="technical", quote="the parties")
    review.respond(first, "noted", "All.", turn=0, by=make.officer(on.version.draft.group), door="page")
    make.commit()
    which = bring(on, with_reply(docx(on.version, True)), "taken along.docx", ada)
    take(which, ada)
    db.session.expire_all()
    assert [c.text for c in db.session.scalars(db.select(Comment))] == ["Which parties?"]
    assert [(answer.author.name, answer.text) for answer in first.answers] == [("Ada", "All of them?")]


def with_reply(data: bytes) -> bytes:
    """The file with one more reply below its first comment, as Word would write it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith((".xml", ".rels")) else old.read(name)
            if name == "word/comments.xml":
                content = content.replace("</w:comments>", note(90, "All of them?", who="Ben") + "</w:comments>")
            if name == "word/commentsExtended.xml":
                content = content.replace(
                    "</w15:commentsEx>", '<w15:commentEx w15:paraId="000005A0" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
                )
            new.writestr(name, content)
    return held.getvalue()
