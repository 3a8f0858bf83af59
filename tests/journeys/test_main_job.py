"""The main job from an empty database: a draft goes out, one expert comments on the page, others by mail, the officer answers all."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from consult import worker
from tests.journeys.consulting import Consult, reply_to, text_of
from tests.journeys.documents import DOCUMENTS, Document, outlook_answer
from tests.journeys.inside import inside
from tests.journeys.reading import Reader
from tests.journeys.steps import OFFICER, PASSWORD, SLUG, first_officer, letter_with, seat, set_password

pytestmark = pytest.mark.chromium
PAGE, MAIL = "lucia@env.example", "seini@env.example"
LMTP, QUIET = "bhim@env.example", "jan@env.example"
LIST = f"""name,email,role,organization,language,zone,means
Bhim Gurung,{LMTP},member,Nepal,en,Asia/Kathmandu,mail
Jan Kowalczyk,{QUIET},member,Poland,en,Europe/Warsaw,page
"""
GROUP = "Expert group on technology transfer"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_draft_is_commented_on_from_both_doors_and_every_comment_is_answered(consult, browsing, document):
    if not document.path.exists():
        pytest.skip(f"needs {document.path.name} in ../shared/data, which is not here")
    consult.start()
    olga = first_officer(consult, browsing(consult))
    group_is_formed(consult, olga)
    publish(olga, document)
    open_round(olga)
    comment_on_pages(consult, browsing, document)
    answer_by_mail(consult, document)
    table_shows_all(olga, document)
    respond_to_all(olga)
    close(consult, olga)
    digest_has_all(consult, document)
    second_version(olga, document)
    export_has_all(consult, document)


def group_is_formed(consult: Consult, olga: Reader) -> None:
    """The group is formed, two members are added by hand and two from a list."""
    olga.open("/")
    olga.follow("Form a group")
    olga.type("Name", GROUP)
    olga.type("Short name for addresses", SLUG)
    with olga.page.expect_navigation():
        olga.page.locator("main form button[type=submit]").click()
    seat(olga, OFFICER, "", "officer", "the pages and e-mail")
    seat(olga, PAGE, "Lucía Fernández", "member", "the pages and e-mail")
    seat(olga, MAIL, "Seini Taufa", "member", "e-mail only")
    olga.follow("Add many from a CSV list")
    olga.field("CSV file").set_input_files({"name": "members.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    olga.press("Read the list")
    assert "Bhim Gurung" in olga.words and "Jan Kowalczyk" in olga.words
    consult.letter(LMTP, GROUP)


def publish(olga: Reader, document: Document) -> None:
    """The text is pasted, its cutting looked at, and version 1 published."""
    olga.open(f"/g/{SLUG}/drafts/new")
    olga.type("Title", "Progress report")
    olga.field("Language of the text").select_option(value=document.language)
    olga.type("Paste the text", document.path.read_text(encoding="utf-8"))
    olga.press("Cut it into paragraphs")
    assert f"{document.numbered} numbered paragraphs found" in olga.words
    olga.press("Publish version 1")
    assert "Version 1 is published" in olga.words
    assert olga.page.locator("nav.sections li").count() == document.sections


def open_round(olga: Reader) -> None:
    """Comments are asked for, until in a month."""
    olga.follow("Open a round of comments")
    olga.type("Title", "First round")
    olga.type("Guidance", "Is anything missing?")
    olga.type("Closes", f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT17:00}")
    olga.press("Open the round")
    assert "The round is open" in olga.words and "17:00 Zurich time" in olga.words and "UTC" in olga.words, olga.words


def comment_on_pages(consult: Consult, browsing, document: Document) -> None:
    """One expert, first in a browser without JavaScript, then in one with it."""
    without = set_password(consult, browsing(consult, script=False), PAGE)
    script = browsing(consult, script=True).sign_in(PAGE, PASSWORD)
    for reader, mark in ((without, "1"), (script, "4")):
        reader.open(f"/g/{SLUG}/d/progress-report/v/1?show=text")
        with reader.page.expect_navigation():
            reader.page.locator(f"[id='p-{mark}'] a.c").click()
        reader.type("Comment", document.remarks[mark])
        if reader is script:
            reader.page.get_by_text("Propose a wording").click()
            reader.type("Proposed wording", document.added)
        reader.press("Enter the comment")
        assert document.remarks[mark] in reader.words


def answer_by_mail(consult: Consult, document: Document) -> None:
    """Seini answers three paragraphs in Outlook, between our lines; Bhim one, and his mail server speaks LMTP."""
    for address, name, marks, lmtp in ((MAIL, "Seini Taufa", "358", False), (LMTP, "Bhim Gurung", "7", True)):
        letter = letter_with(consult, address, marks)
        answer = outlook_answer(letter, name, address, {mark: document.remarks[mark] for mark in marks}, document.language)
        consult.deliver(answer, address, reply_to(letter), lmtp=lmtp)
        receipt = text_of(consult.letter(address, "CORRECT 3" if address == MAIL else "CORRECT 6"))
        assert all(f"[{mark}]" in receipt for mark in marks)


def table_shows_all(olga: Reader, document: Document) -> None:
    """Every comment with its door and paragraph."""
    olga.open(f"/g/{SLUG}/r/1/comments")
    rows = [[cell.inner_text() for cell in row.locator("td").all()] for row in olga.page.locator("tbody tr").all()]
    found = {cells[1]: (cells[2], cells[4], cells[5].split("\n")[0]) for cells in rows}
    assert set(found) == set(document.remarks) and len(rows) == len(found)
    for mark, words in document.remarks.items():
        name, door = {"1": ("Lucía", "page"), "4": ("Lucía", "page"), "7": ("Bhim", "mail")}.get(mark, ("Seini", "mail"))
        assert name in found[mark][0] and words in found[mark][1] and door in found[mark][2], found[mark]


def respond_to_all(olga: Reader) -> None:
    """One disposition after the other, each offering the next comment without one."""
    with olga.page.expect_navigation():
        olga.page.locator("tbody tr td a").first.click()
    for number in range(6):
        olga.choose("Disposition", "accepted" if number % 2 else "noted")
        olga.type("Response", f"Response {number}.")
        olga.press("… and go to the next without one")
        assert "is given" in olga.words
    olga.open(f"/g/{SLUG}/r/1")
    assert "6 of 6" in olga.words


def close(consult: Consult, olga: Reader) -> None:
    """The round ends, and whoever was invited is told at once."""
    olga.page.get_by_text("Extend or close").click()
    olga.page.get_by_role("link", name="Close the round now").click()
    olga.press("Close the round now")
    assert "The round is closed" in olga.words
    consult.letter(QUIET, "closed")


def digest_has_all(consult: Consult, document: Document) -> None:
    """After seven by the clock of Warsaw, Jan's one letter of the day has all six comments in full."""
    with inside(consult, timedelta(hours=36)):
        worker.turn()
    digest = [text_of(letter) for letter in consult.letters(QUIET, document.remarks["8"])]
    assert len(digest) == 1
    assert all(words in " ".join(digest[0].split()) for words in document.remarks.values()), digest[0]


def second_version(olga: Reader, document: Document) -> None:
    """Paragraph 5 is changed and 8 taken out; the comments go along and say what became of their paragraphs."""
    text = document.path.read_text(encoding="utf-8")
    fifth, eighth = (re.search(rf"(?ms)^\s*{number}[.．].*?(?=\n\s*\n)", text)[0] for number in (5, 8))
    olga.open(f"/g/{SLUG}/d/progress-report/upload")
    olga.type("Paste the text", text.replace(fifth, f"{fifth} {document.added}").replace(eighth, ""))
    olga.press("Cut it into paragraphs")
    olga.press("Publish version 2")
    assert "lost its paragraph" in olga.words
    olga.open(f"/g/{SLUG}/d/progress-report/v/2/p/5")
    assert document.remarks["5"] in olga.words and "the paragraph changed below it" in olga.words
    olga.open(f"/g/{SLUG}/d/progress-report/v/2/p/3")
    assert document.remarks["3"] in olga.words and "changed below it" not in olga.words
    olga.open(f"/g/{SLUG}/d/progress-report/v/2/p/whole")
    assert document.remarks["8"] in olga.words and "paragraph is gone" in olga.words
    olga.open(f"/g/{SLUG}/d/progress-report/v/2/diff/1")
    assert olga.page.locator("ins", has_text=document.added[:8]).count()


def export_has_all(consult: Consult, document: Document) -> None:
    """One row a comment, from the command line."""
    rows = {row["mark"]: row for row in csv.DictReader(io.StringIO(consult.command("round", "export", "1").lstrip("\ufeff")))}
    assert {mark: row["text"] for mark, row in rows.items()} == document.remarks
    assert [rows[mark]["door"] for mark in ("1", "4", "3", "5", "8", "7")] == ["page", "page", "mail", "mail", "mail", "mail"]
    assert rows["4"]["proposed_text"] == document.added
    assert all(row["disposition"] and row["response"].startswith("Response") and row["late"] == "no" for row in rows.values())
