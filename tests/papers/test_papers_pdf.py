"""A draft as a PDF: what stands in it, what is told beside it."""

from consult.drafts import actions as drafts
from tests import make
from tests.papers.conftest import reader, words


def test_a_pdf_holds_every_word_of_the_text_as_it_is(made, version, member):
    paper = made(version, "pdf", member)
    assert paper.state == "done", paper.reason
    text = words(paper)
    for paragraph in version.paragraphs:
        for cell in paragraph.text.replace("\n", " | ").split(" | "):
            assert " ".join(cell.split()) in text
        assert paragraph.printed in text


def test_a_pdf_says_what_it_is_and_how_many_pages_it_has(made, version, member):
    paper = made(version, "pdf", member)
    assert paper.file.name == "cbd-sbstta-8-19-v1-en.pdf"
    assert reader(paper).metadata.title == "Report on technology"
    text = words(paper)
    assert "CBD/SBSTTA/8/19" in text and "Version 1" in text and "Page 1 of 1" in text


def test_a_pdf_carries_the_label_on_every_page_until_the_draft_is_issued(made, group, member):
    version = make.published(make.draft(group), "\n\n".join(f"{n}. {'Words of a paragraph. ' * 20}" for n in range(1, 60)))
    pages = reader(made(version, "pdf", member)).pages
    assert len(pages) > 2 and all(page.extract_text().count("For comments only, not for citation") == 2 for page in pages)  # and across it
    drafts.issue(version.draft, by=make.officer(group), door="page")
    assert "For comments only" not in words(made(version, "pdf", member))


def test_a_pdf_goes_about_under_the_words_the_officer_chose(made, version, member, group):
    drafts.relabel(version.draft, "Confidential: reviewers only", by=make.officer(group), door="page")
    text = words(made(version, "pdf", member))
    assert "Confidential: reviewers only" in text and "For comments only" not in text
