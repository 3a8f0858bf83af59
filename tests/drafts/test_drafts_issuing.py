"""Until a draft is issued everything that carries its text says so; afterwards nothing does."""

import pytest

from consult.drafts import actions
from consult.errors import Refused
from consult.extensions import db
from consult.journal.models import Event
from tests import make

USUAL = "For comments only, not for citation"


@pytest.fixture
def draft(app):
    of = make.group()
    make.member(of, make.person("Lucía"))
    return make.published(make.draft(of)).draft


@pytest.fixture
def here(draft) -> str:
    return f"/g/{draft.group.slug}/d/{draft.slug}"


@pytest.fixture
def officer(draft):
    return make.officer(draft.group)


@pytest.fixture
def pages(draft, here) -> list[str]:
    """Every page that shows the text of the draft or what is said about it."""
    second = make.published(draft, "1. First, and better.\n\n2. Second.")
    asked = make.round(second)
    reader = asked.invitations[0].person
    comment = make.comment(asked, reader, "1")
    round_page, version = f"/g/{draft.group.slug}/r/{asked.id}", f"{here}/v/2"
    return [
        f"{here}/", version, f"{version}?show=comments", f"{version}/p/1", f"{version}/p/whole", f"{version}/diff/1", f"{version}/papers",
        round_page, f"{round_page}/comments", f"{round_page}/c/{comment.number}", f"{round_page}/c/{comment.number}/edit",
    ]  # fmt: skip


def test_every_page_of_a_draft_says_that_it_is_for_comments_only_until_it_is_issued(client, draft, pages, officer):
    client.sign_in(officer)
    for page in pages:
        client.get(page)
        assert USUAL in client.text, page
    actions.issue(draft, by=officer, door="page")
    for page in pages:
        client.get(page)
        assert USUAL not in client.text, page


def test_the_plain_text_and_the_differences_carry_the_label(client, draft, here, pages, officer):
    client.sign_in(officer)
    for text in (f"{here}/v/2.txt", f"{here}/v/2/diff/1.txt"):
        assert USUAL in client.get(text).get_data(as_text=True)


def test_an_officer_gives_a_draft_a_label_of_its_own_and_takes_it_away_again(client, draft, here, officer):
    client.sign_in(officer)
    client.get(f"{here}/")
    client.get(client.select("//a[contains(@href, '/label')]/@href")[0])
    client.post(f"{here}/label", {"label": "Confidential: reviewers only"}, follow=True)
    assert "Confidential: reviewers only" in client.text and USUAL not in client.text
    client.post(f"{here}/label", {"label": ""}, page=f"{here}/label", follow=True)
    assert USUAL in client.text


def test_an_officer_issues_a_draft_on_a_page(client, draft, here, officer):
    client.sign_in(officer)
    client.get(f"{here}/label")
    client.post(f"{here}/issue", follow=True)
    assert "may be cited" in client.text
    assert db.session.scalar(db.select(Event).where(Event.kind == "draft.issued")).data["number"] == 1


def test_members_neither_label_nor_issue(client, draft, here):
    client.sign_in(next(m for m in db.session.scalars(db.select(make.Membership)) if m.role == "member").person)
    client.get(f"{here}/label", expect=403)
    client.post(f"{here}/issue", page="/me", expect=422)
    with pytest.raises(Refused):
        actions.issue(draft, by=make.member(draft.group, make.person("Marc")), door="page")


def test_a_draft_is_issued_once_and_only_with_a_published_version(draft, officer):
    with pytest.raises(Refused, match="no published version"):
        actions.issue(make.draft(draft.group, "Empty"), by=officer, door="page")
    actions.issue(draft, by=officer, door="page")
    with pytest.raises(Refused, match="issued already"):
        actions.issue(draft, by=officer, door="page")
    with pytest.raises(Refused, match="no label any more"):
        actions.relabel(draft, "Again", by=officer, door="page")


def test_a_label_fits_on_one_line_of_a_page(draft, officer):
    actions.relabel(draft, "One\nline\u202e only", by=officer, door="page")
    assert draft.label == "One line only"
    with pytest.raises(Refused, match="200"):
        actions.relabel(draft, "x" * 201, by=officer, door="page")
