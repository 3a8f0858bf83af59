"""A draft as Markdown and as one page that needs nothing else."""

import re

import html5lib
import pytest
from lxml import html as lxml_html
from markdown import markdown as rendered

from consult.drafts.cutting import cut
from consult.papers.markdown import escaped
from tests import make
from tests.papers.conftest import TEXT


@pytest.fixture
def here(version) -> str:
    return f"/g/{version.draft.group.slug}/d/{version.draft.slug}/v/1"


def test_a_draft_as_markdown_says_what_it_is_and_is_cut_into_the_same_paragraphs_when_it_comes_back(client, here, member, version):
    client.sign_in(member)
    answer = client.get(f"{here}.md")
    text = answer.get_data(as_text=True)
    assert "filename=cbd-sbstta-8-19-v1-en.md" in answer.headers["Content-Disposition"]
    head, _, body = text.partition("## I. Introduction")
    assert head.startswith("# Report on technology\n") and "For comments only, not for citation" in head and "CBD/SBSTTA/8/19" in head
    again = cut("## I. Introduction" + body)
    assert [piece.printed for piece in again] == [piece.printed for piece in version.paragraphs]
    assert [piece.kind for piece in again] == [piece.kind for piece in version.paragraphs]


@pytest.mark.parametrize(
    "words",
    [
        "a *b* c",
        "<script>alert(1)</script>",
        "# no heading",
        "[here](javascript:alert(1))",
        "`code` and _b_ and a_b_c",
        "1 \\* 2",
        "- x",
        "R&D &lt; 3",
    ],
)
def test_no_words_of_a_draft_are_read_as_markup(words):
    shown = lxml_html.fromstring(f"<div>{rendered(escaped(words))}</div>")
    assert shown.text_content().strip() == words
    assert {element.tag for element in shown.iter()} <= {"div", "p"}


def test_a_draft_as_one_page_needs_nothing_from_anywhere_and_runs_nothing(client, here, member, version):
    client.sign_in(member)
    answer = client.client.get(f"{here}.html")
    assert answer.headers["Content-Disposition"].startswith("attachment") and "sandbox" in answer.headers["Content-Security-Policy"]
    text = answer.get_data(as_text=True)
    parser = html5lib.HTMLParser()
    parser.parse(text)
    assert not parser.errors
    page = lxml_html.fromstring(text)
    assert not page.xpath("//script | //link | //iframe | //*[@style] | //@src")
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'; style-src 'sha256-")
    assert "For comments only, not for citation" in page.text_content()
    for paragraph in version.paragraphs:
        assert page.xpath(f"//*[@id='p-{paragraph.mark}']")
    assert "#let x = 1; $y$ <label> @ref *not bold*" in page.text_content()


def test_an_arabic_page_runs_from_right_to_left(client, group, member):
    arabic = make.published(make.draft(group, "تقرير", language="ar"), "١ - طُلب إلى فريق الخبراء أن ينظر.")
    client.sign_in(member)
    text = client.client.get(f"/g/{group.slug}/d/{arabic.draft.slug}/v/1.html").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in text and "طُلب إلى فريق الخبراء أن ينظر." in text


def test_a_hostile_title_stays_a_title(client, group, member):
    bad = make.published(make.draft(group, "</title><script>alert(1)</script>"), TEXT)
    client.sign_in(member)
    text = client.client.get(f"/g/{group.slug}/d/{bad.draft.slug}/v/1.html").get_data(as_text=True)
    assert not re.search("<script", text, re.IGNORECASE)
