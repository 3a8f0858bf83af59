"""A round at full depth: comments come as an IPBES sheet, an ISO table, a Word file by mail, by page and by mail; all are answered and
compiled, and the next version shows what became of each."""

import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from consult.exchange.reading import read
from tests.exchange import files
from tests.journeys.consulting import PATIENCE, Consult, reply_to, text_of, until
from tests.journeys.documents import outlook_answer
from tests.journeys.reading import Reader
from tests.journeys.steps import OFFICER, SLUG, first_officer, letter_with, seat, set_password
from tests.office import paper

pytestmark = pytest.mark.chromium
PAGE, MAIL, WORD = "lucia@env.example", "seini@env.example", "bhim@env.example"
WORDS = {
    "1": "Training should come before equipment in every country that asks for it.",
    "2": "Patents are hard to find in the libraries of small islands.",
    "3": "Freight to islands is dear, and spare parts wait for the next voyage.",
    "4": "Each Party names one office that answers questions about technology.",
    "5": "The group meets again before the next session of the Conference.",
}
TEXT = "I. Needs\n\n" + "\n\n".join(f"{number}. {words}" for number, words in WORDS.items())
SHALL = WORDS["1"].replace("should", "shall")
EVERY = WORDS["4"].replace("one office", "at least one office")
SAME = "Say which libraries these are, and who keeps them."
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_round_goes_from_six_kinds_of_comments_to_a_compilation_and_the_next_version(consult, browsing, tmp_path):
    consult.start()
    olga = first_officer(consult, browsing(consult))
    published_and_opened(consult, olga)
    comment_on_the_page(consult, browsing)
    answer_between_the_lines(consult)
    return_a_word_file(consult)
    bring_a_sheet(consult, tmp_path)
    bring_a_table(consult, olga)
    answer_all(consult, olga)
    compile_all(consult, olga, tmp_path)
    second_version(olga)


def published_and_opened(consult: Consult, olga: Reader) -> None:
    """A group of four, a text of five paragraphs, a round."""
    olga.open("/")
    olga.follow("Form a group")
    olga.type("Name", "Expert group on technology transfer")
    olga.type("Short name for addresses", SLUG)
    with olga.page.expect_navigation():
        olga.page.locator("main form button[type=submit]").click()
    seat(olga, OFFICER, "", "officer", "the pages and e-mail")
    seat(olga, PAGE, "Lucía Fernández", "member", "the pages and e-mail")
    seat(olga, MAIL, "Seini Taufa", "member", "e-mail only")
    seat(olga, WORD, "Bhim Gurung", "member", "e-mail only")
    olga.open(f"/g/{SLUG}/drafts/new")
    olga.type("Title", "Options paper")
    olga.type("Paste the text", TEXT)
    olga.press("Cut it into paragraphs")
    olga.press("Publish version 1")
    olga.follow("Open a round of comments")
    olga.type("Title", "First round")
    olga.type("Closes", f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT17:00}")
    olga.press("Open the round")
    assert "The round is open" in olga.words


def comment_on_the_page(consult: Consult, browsing) -> None:
    """One expert proposes a wording on the page, without JavaScript."""
    lucia = set_password(consult, browsing(consult, script=False), PAGE)
    lucia.open(f"/g/{SLUG}/d/options-paper/v/1/p/1")
    lucia.page.get_by_text("Propose a wording").click()
    lucia.type("Comment", "An obligation is meant.")
    lucia.type("Proposed wording", SHALL)
    lucia.press("Enter the comment")
    assert "entered as number 1" in lucia.words


def answer_between_the_lines(consult: Consult) -> None:
    """Another answers in Outlook, below two paragraphs."""
    letter = letter_with(consult, MAIL, "23")
    remarks = {"2": SAME, "3": "Six weeks from Suva, in a good year."}
    consult.deliver(outlook_answer(letter, "Seini Taufa", MAIL, remarks, "en"), MAIL, reply_to(letter), lmtp=False)
    assert "[2]" in text_of(consult.letter(MAIL, "CORRECT 2"))


def return_a_word_file(consult: Consult) -> None:
    """A third sends the text back as a Word file with a comment and a tracked change."""
    lines = [paper.p(paper.r(line)) for line in TEXT.split("\n\n")]
    before, _, after = f"2. {WORDS['2']}".partition("libraries")
    lines[2] = paper.p(paper.r(before), paper.start(1), paper.r("libraries"), paper.end(1), paper.r(after))
    before, _, after = f"4. {WORDS['4']}".partition("one office")
    lines[4] = paper.p(paper.r(before), paper.ins("at least "), paper.r(f"one office{after}"))
    annotated = paper.package("".join(lines), comments=paper.notes(paper.note(1, SAME)))
    letter = letter_with(consult, WORD, "24")
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Bhim Gurung <{WORD}>", reply_to(letter), "Re: First round"
    made["Message-ID"], made["Date"] = "<word.1@env.example>", f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}"
    made.set_content("Please find attached my remarks.\n\nBhim Gurung")
    made.add_attachment(annotated, maintype="application", subtype=DOCX, filename="options.docx")
    consult.deliver(made, WORD, reply_to(letter), lmtp=True)
    receipt = text_of(consult.letter(WORD, "CORRECT 4"))
    assert "[2]" in receipt and "[4]" in receipt


def bring_a_sheet(consult: Consult, folder: Path) -> None:
    """The IPBES sheet of a reviewer comes in by the command line, first tried and then entered; twice adds nothing."""
    heads = ["Reviewer Name", "Chapter", "From Page (start)", "From Line (start)", "To Page (end)", "To Line (end)", "Comment"]
    sheet = folder / "review.xlsx"
    rows = [["Mei Chen", "para 5", 1, 12, 1, 12, "Which session?"], ["Mei Chen", "", 0, 0, 0, 0, "A clear paper."]]
    sheet.write_bytes(files.xlsx(heads, *rows))
    tried = consult.command("round", "import", str(sheet), "--round", "1", "--template", "ipbes", "--dry-run")
    assert "template ipbes, 2 rows" in tried and "[5]" in tried and "nothing was kept" in tried
    consult.command("round", "import", str(sheet), "--round", "1", "--template", "ipbes")
    consult.command("round", "import", str(sheet), "--round", "1", "--template", "ipbes")
    assert len(exported(consult)) == 7


def bring_a_table(consult: Consult, olga: Reader) -> None:
    """The ISO table of a member body comes in on the page: read, looked through, entered."""
    rows = ["DE", "", "3", "", "te", "The voyage is not defined.", "", ""], ["DE", "", "2", "", "ed", SAME, "", ""]
    table = files.docx(files.table(*rows))
    olga.open(f"/g/{SLUG}/r/1/imports")
    olga.field("File").set_input_files({"name": "DE comments.docx", "mimeType": f"application/{DOCX}", "buffer": table})
    olga.page.get_by_text("Say which template it is").click()
    olga.page.get_by_label("Template").select_option("iso2012")
    olga.press("Look at its rows")
    enter = "Enter 2 comments"

    def read() -> bool:
        olga.page.reload()
        return enter in olga.words

    until(read, "the table to be read", consult.said)
    olga.press(enter)

    def entered() -> bool:
        olga.page.reload()
        return "2 comments were entered" in olga.words

    until(entered, "the table to be entered", consult.said)
    assert len(exported(consult)) == 9


def exported(consult: Consult) -> list[dict]:
    """The standing comments, as the command writes them."""
    return json.loads(consult.command("round", "export", "1", "--template", "json"))


def answer_all(consult: Consult, olga: Reader) -> None:
    """What says the same is grouped and answered once, the rest in one go; then the round ends as answered."""
    here = f"/g/{SLUG}/r/1/answering"
    olga.open(here)
    olga.press("Group what says the same")

    def grouped() -> bool:
        olga.page.reload()
        return "2 comments say the same" in olga.words

    until(grouped, "the comments to be grouped", consult.said)
    head = olga.page.locator("article", has_text="2 comments say the same").first
    head.get_by_label("Response", exact=True).fill("The national libraries; a list is annexed.")
    head.get_by_label("Disposition").select_option(label="accepted")
    with olga.page.expect_navigation():
        head.get_by_role("button", name="Publish", exact=True).click()
    olga.open(f"{here}?state=open&tick=all")
    olga.page.get_by_text("With all ticked comments…").click()
    many = olga.page.locator("form#many")
    many.get_by_label("Response", exact=True).fill("Taken note of.")
    many.get_by_label("Disposition").select_option(label="noted")
    with olga.page.expect_navigation():
        many.get_by_role("button", name="Publish", exact=True).click()
    olga.open(f"/g/{SLUG}/r/1/close")
    olga.press("Close the round now")
    olga.open(f"{here}/progress")
    olga.press("Close the round as answered")
    assert "answered" in olga.words
    rows = exported(consult)
    assert all(row["disposition"] for row in rows) and len([row for row in rows if row["see"]]) == 2


def compile_all(consult: Consult, olga: Reader, folder: Path) -> None:
    """The compilation is published, and comes back from Word and from Excel exactly as it went out."""
    olga.open(f"/g/{SLUG}/r/1/compilation")
    olga.press("Publish the compilation")
    assert "everybody concerned is told" in olga.words
    consult.letter(MAIL, "compilation")
    said = ("text", "proposed_text", "type", "disposition", "response", "see")
    out = sorted((row["mark"], *(row[name] for name in said)) for row in exported(consult))
    for button, ending in (("Word", "docx"), ("Excel", "xlsx")):
        olga.open(f"/g/{SLUG}/r/1/compilation")
        with olga.page.expect_download(timeout=PATIENCE * 1000) as taking:
            olga.page.get_by_role("button", name=button, exact=True).click()
        file = folder / f"compilation.{ending}"
        taking.value.save_as(file)
        sheet = read(file.read_bytes(), file.name)
        assert not sheet.bad
        back = ((row.mark or "whole", row.comment, row.proposed, row.type, row.disposition, row.response, row.see) for row in sheet.rows)
        assert sorted(back) == out


def second_version(olga: Reader) -> None:
    """Two wordings are taken in, a paragraph goes; every comment says what became of it."""
    olga.open(f"/g/{SLUG}/d/options-paper/")
    olga.press("Write version 2 on this text")
    olga.follow("Proposed wordings to take in")
    for _ in range(2):
        olga.press("Take this wording in")
    assert "2 are in this version." in olga.words
    olga.open(f"/g/{SLUG}/d/options-paper/v/2/prepare?at=3")
    olga.page.get_by_text("Put in, move or take out").click()
    olga.press("Take this paragraph out")
    olga.press("Publish version 2")
    for mark, words, fate in (("1", SHALL, "the paragraph changed below it"), ("4", EVERY, "the paragraph changed below it")):
        olga.open(f"/g/{SLUG}/d/options-paper/v/2/p/{mark}")
        assert words in olga.words and fate in olga.words
    olga.open(f"/g/{SLUG}/d/options-paper/v/2/p/whole")
    assert olga.words.count("its paragraph is gone") == 2
    olga.open(f"/g/{SLUG}/r/1/c/1")
    assert "Its wording was taken into version 2." in olga.words
    olga.open(f"/g/{SLUG}/d/options-paper/v/2/p/5")
    assert "Which session?" in olga.words and "changed below it" not in olga.words
