"""A draft as a PDF: what stands in it, what is told beside it."""

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
