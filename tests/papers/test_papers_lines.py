"""Page and line of a PDF lead back to the paragraph: checked against what stands in the PDF itself."""

from collections import defaultdict

import pytest

from consult.errors import NotFound, Refused
from consult.papers import queries
from tests import make
from tests.papers.conftest import TEXT, reader

MARGIN = 70  # points: left of the text stand the numbers of the lines


def rows(paper) -> dict[tuple[int, int], str]:
    """What stands on each numbered line of a PDF: (page, number in the margin) → the words at its height."""
    found = {}
    for number, page in enumerate(reader(paper).pages, 1):
        words, margin = defaultdict(str), {}

        def take(text, place, *_, words=words, margin=margin):
            left, height = place[4], round(place[5])
            if not text.strip() or place[1]:  # what runs across the page is the label
                return
            if left < MARGIN and text.strip().isdigit():
                margin[height] = int(text)
            else:
                words[height] += text

        page.extract_text(visitor_text=take)
        for height, line in margin.items():
            found[number, line] = words.get(height, "") or words.get(height + 1, "") or words.get(height - 1, "")
    return found


def bare(text: str) -> str:
    """Only what is printed in ink."""
    return "".join(text.split())


def long_text() -> str:
    words = "Transfer of technology depends on people who can judge it and on money to adapt it to another place. "
    paragraphs = [f"{n}. P{n} {words * (n % 5 + 1)}" for n in range(1, 61)]
    table = "| Obstacle | Named |\n| Freight is charged by the voyage and not by the weight | 3 |"
    return "I. Beginning\n\n" + "\n\n".join([*paragraphs[:30], table, "II. End", *paragraphs[30:]])


@pytest.mark.parametrize("text", [TEXT, long_text()], ids=["short", "long"])
def test_each_paragraph_begins_on_the_line_that_the_pdf_itself_numbers(made, group, member, text):
    version = make.published(make.draft(group), text)
    paper = made(version, "pdf", member, lines=True)
    assert paper.state == "done", paper.reason
    found, paragraphs = rows(paper), {paragraph.position: paragraph for paragraph in version.paragraphs}
    assert [position for *_, position in paper.lines] == sorted(paragraphs)
    for page, line, position in paper.lines:
        paragraph = paragraphs[position]
        printed = paragraph.printed if paragraph.kind != "table" else ""
        begins = bare(printed + paragraph.text.split(" | ")[0])[:24]
        assert bare(found[page, line]).startswith(begins), (page, line, begins, found[page, line])


def test_every_line_leads_to_the_paragraph_whose_words_stand_on_it(made, group, member):
    version = make.published(make.draft(group), long_text())
    paper = made(version, "pdf", member, lines=True)
    for (page, line), words in rows(paper).items():
        paragraph = queries.paragraph_at(version, page, line)
        whole = bare(paragraph.printed + paragraph.text.replace(" | ", ""))
        above = (page, line) < tuple(paper.lines[0][:2])  # the title stands above the first paragraph, and leads to it
        assert above or bare(words) in whole, (page, line, words)


def test_the_lines_are_the_same_with_and_without_their_numbers(made, group, member):
    version = make.published(make.draft(group), long_text())
    assert made(version, "pdf", member).lines == made(version, "pdf", member, lines=True).lines


def test_a_chinese_text_keeps_its_lines(made, group, member, shared):
    version = make.published(make.draft(group, "报告", language="zh"), (shared / "cop-8-19.zh.txt").read_text())
    paper = made(version, "pdf", member, lines=True)
    found, paragraphs = rows(paper), {paragraph.position: paragraph for paragraph in version.paragraphs}
    for page, line, position in paper.lines:
        assert bare(paragraphs[position].text.split(" | ")[0])[:8] in bare(found[page, line])


def test_many_places_are_found_at_once_in_their_order(made, version, member):
    made(version, "pdf", member)
    lines = sorted(queries.lines(version.id))
    places = [(page, line) for page, line, _ in reversed(lines)]
    assert [found.position for found in queries.paragraphs_at(version, places)] == [position for *_, position in reversed(lines)]


def test_without_a_pdf_there_are_no_lines_and_a_page_too_far_is_named(made, version, member):
    with pytest.raises(Refused, match="no PDF"):
        queries.paragraph_at(version, 1, 1)
    made(version, "pdf", member)
    with pytest.raises(NotFound, match="no page 9"):
        queries.paragraph_at(version, 9, 1)


def test_on_the_page_a_reader_finds_a_paragraph_by_page_and_line(client, made, version, member):
    here = f"/g/{version.draft.group.slug}/d/{version.draft.slug}/v/1"
    client.sign_in(member)
    client.get(here)
    assert client.select("//form[@action]//input[@name='line']")
    assert "no PDF" in client.get(client.get(f"{here}/line?page=1&line=4", expect=303).location).get_data(as_text=True)
    paper = made(version, "pdf", member)
    page, line, position = paper.lines[4]
    place = client.get(f"{here}/line?page={page}&line={line}", expect=303).location
    assert place.endswith(f"/p/{version.paragraphs[position].mark}")
    client.get(place)
    for wrong in ("page=&line=", "page=one&line=2", "page=1&line=99999999", "page=-1&line=2"):
        assert "numbers" in client.get(client.get(f"{here}/line?{wrong}", expect=303).location).get_data(as_text=True)
    assert client.get(f"{here}/line?page=١&line=٤", expect=303).location.partition("/p/")[2]
