"""The pages of files of comments, as an officer and a member meet them."""

import io

import pytest

from consult.exchange import actions
from consult.exchange.models import Import
from consult.exchange.templates import TEMPLATES
from consult.extensions import db
from consult.kit import clock
from tests import make
from tests.exchange.test_exchange_import import FILE, around, csv, said  # noqa: F401 - a fixture
from tests.exchange.test_exchange_round_trip import ROWS, written


@pytest.fixture
def desk(around, client):  # noqa: F811
    """The officer at the page of files."""
    on, officer, ada = around
    client.sign_in(officer)
    return on, client, f"/g/experts/r/{on.id}/imports", ada


def brought(client, url: str, data: bytes, name: str, **more) -> str:
    """The page of a file that was chosen and read."""
    client.get(url)
    answer = client.post(url, {"file": (io.BytesIO(data), name), "template": "", "person": "0", "behalf": ""} | more)
    worked()
    return answer.location


def worked() -> None:
    """The worker does its part until the newest file waits for a person."""
    while db.session.scalars(db.select(Import).order_by(Import.id.desc())).first().state in ("waiting", "wanted"):
        actions.work(clock.now())
        db.session.expire_all()


def test_an_officer_looks_at_the_rows_and_has_them_entered(desk):
    on, client, url, _ = desk
    page = brought(client, url, FILE, "comments.csv")
    client.get(page)
    assert "[1]" in client.text and "“99” was not found in this version" in client.text
    assert "The row says where (2), but neither a comment nor a proposed wording." in client.text
    client.post(f"{page}/rows/4", {"mark": "3(b)", "show": "", "page": "1"}, page=page)
    client.get(page)
    assert "[3(b)]" in client.text and "by hand" in client.text
    client.post(f"{page}/rows/2", {"mark": "1", "leave": "1"}, page=page)
    client.post(f"{page}/take", {}, page=page)
    client.get(page)
    assert client.page.headers["Refresh"]
    worked()
    client.get(page)
    assert "2 comments were entered." in client.text
    assert [row[0] for row in said(on)] == ["3(a)", "3(b)"]


def test_a_row_on_no_paragraph_stays_where_it_was(desk):
    on, client, url, _ = desk
    page = brought(client, url, FILE, "comments.csv")
    client.post(f"{page}/rows/4", {"mark": "77"}, page=page, follow=True)
    assert "This version has no paragraph 77." in client.text


def test_columns_are_named_by_hand(desk):
    _, client, url, _ = desk
    page = brought(client, url, b"para,remarkable things,comment\n1,Seeds.,x\n", "c.csv")
    client.get(page)
    assert "Columns that were not used: remarkable things." in client.text
    client.post(f"{page}/again", {"template": "", "person": "0", "behalf": "", "column-1": "proposed"}, page=page)
    worked()
    client.get(page)
    assert "wording proposed" in client.text and "not used:" not in client.text


def test_a_file_that_cannot_be_read_says_why(desk):
    _, client, url, _ = desk
    page = brought(client, url, b"PK nothing of the kind", "comments.xlsx")
    client.get(page)
    assert "This workbook is damaged" in client.text, client.text
    client.post(f"{page}/drop", {}, page=page, follow=True)
    assert "nothing of it was entered" in client.text


def test_the_label_of_the_draft_stands_where_files_come_in_and_go_out(desk):
    _, client, url, _ = desk
    for page in (url, url.replace("imports", "export")):
        client.get(page)
        assert "For comments only, not for citation" in client.text


def test_a_file_about_another_document_is_told_so(desk):
    _, client, url, _ = desk
    page = brought(client, url, b"Document: Quite different matters of fish\npara,comment\n1,Seeds.\n", "c.csv")
    client.get(page)
    assert "The file says that it is about “Quite different matters of fish”" in client.text


def test_nobody_else_sees_a_file_before_it_is_entered(desk):
    on, client, url, ada = desk
    page = brought(client, url, FILE, "comments.csv")
    client.sign_in(ada)
    client.get(url)
    assert "comments.csv" not in client.text
    client.get(page, expect=404)
    client.get(f"/g/experts/r/{on.id}/comments")
    assert "A comma." not in client.text
    client.get("/g/experts/timeline")
    assert "comments.csv" not in client.text


def test_a_member_brings_a_file_of_their_own(desk):
    on, client, url, ada = desk
    client.sign_in(ada)
    page = brought(client, url, csv("1,ed,Mine.,,,"), "mine.csv")
    client.post(f"{page}/take", {}, page=page)
    worked()
    client.get(page)
    assert "1 comment was entered." in client.text


@pytest.mark.parametrize("code, form", [(code, form) for code, template in TEMPLATES.items() for form in template.forms])
def test_every_template_is_taken_along_from_a_page(desk, code, form):
    on, client, url, ada = desk
    make.comment(on, ada, "1", "Please clarify.")
    client.get(f"/g/experts/r/{on.id}/export")
    (link,) = client.select(f"//a[contains(@href, '/export/{code}.{form}')]/@href")
    client.get(link)
    assert client.page.headers["Content-Disposition"].endswith(f"-{code}.{form}")
    assert client.page.data


def test_files_are_found_from_the_page_of_the_round(desk):
    on, client, url, _ = desk
    client.get(f"/g/experts/r/{on.id}")
    assert client.select(f"//a[@href='{url}']") and client.select(f"//a[@href='/g/experts/r/{on.id}/export']")


def test_every_template_is_looked_at(desk):
    _, client, url, _ = desk
    page = brought(client, url, written(ROWS[:6], "iso2012", "docx"), "iso.docx")
    client.get(page)
    assert "ISO, IEC and CEN commenting template" in client.text and "DE-002" in client.text


def test_an_instruction_is_not_shown_as_the_difference_to_its_paragraph(desk):
    _, client, url, _ = desk
    page = brought(client, url, csv("1,te,More.,Add “and seeds” after “first”,,", "2,te,Less.,The second one.,,"), "c.csv")
    client.get(page)
    assert client.select("//tr[@id='row-3']//ins") and not client.select("//tr[@id='row-2']//ins")
    assert "Add “and seeds” after “first”" in client.text


def test_a_file_about_another_text_warns_before_its_rows_are_entered(desk):
    on, client, url, _ = desk
    rows = [f"{number},technical,Say what paragraph {number} means.,,," for number in (1, 81, 82, 83, 84, 85)]
    client.get(brought(client, url, csv(*rows), "another.csv"))
    assert "Most rows have no certain place in this text." in client.text
    assert client.select("//input[@name='sure_only']/@checked")
    client.get(brought(client, url, csv("1,technical,Say what this means.,,,"), "ours.csv"))
    assert "Most rows have no certain place" not in client.text
