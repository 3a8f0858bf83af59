"""The compilation of a round: when it is published, what it shows of whom, and the same as documents that can be read in again."""

from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.errors import NotFound, Refused
from consult.exchange import reading
from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.papers import actions
from consult.review import actions as review
from tests import make
from tests.papers.conftest import content, words


@pytest.fixture
def officer(group):
    return make.officer(group)


@pytest.fixture
def asked(version, member, officer):
    """A round with a named, an unnamed and a withheld comment, one by the extended deadline and one late; closed."""
    marc = make.member(version.draft.group, make.person("Marc Hidden"))
    of = make.round(version)
    review.extend(of, of.closes_at + timedelta(days=5), "Floods", by=officer, door="page")
    make.comment(of, member, "2", "Name the sources.", proposed="Replies named four kinds.", on_behalf_of="Argentina")
    make.comment(of, marc, "2", "Without my name please.", consent="unnamed", on_behalf_of="Hiddenland")
    make.comment(of, marc, text="Not to be published.", consent="withheld")
    extended = make.comment(of, member, "1", "By the second deadline.")
    extended.received_at = of.first_closes_at + timedelta(days=1)
    late = make.comment(of, member, "3", '=HYPERLINK("http://evil.example","late")')
    late.received_at, late.late = of.closes_at + timedelta(hours=1), True
    review.close(of, by=officer, door="page")
    return of


def answered(of, officer):
    for comment in db.session.scalars(db.select(review.Comment).where(review.Comment.round_id == of.id)):
        review.respond(comment, "accepted-in-part", f"Taken up in part, number {comment.number}.", turn=0, by=officer, door="page")


@pytest.fixture
def published(asked, officer):
    answered(asked, officer)
    actions.publish_compilation(asked, by=officer, door="page")
    return asked


def here(of) -> str:
    return f"/g/experts/r/{of.id}/compilation"


def test_a_compilation_is_published_when_the_round_is_closed_and_every_comment_answered(version, member, officer):
    of = make.round(version)
    with pytest.raises(Refused, match="still open"):
        actions.publish_compilation(of, by=officer, door="page")
    comment = make.comment(of, member, "1")
    review.close(of, by=officer, door="page")
    with pytest.raises(Refused, match="without a response yet: 1"):
        actions.publish_compilation(of, by=officer, door="page")
    review.respond(comment, "accepted", "", turn=0, by=officer, door="page")
    actions.publish_compilation(of, by=officer, door="page")
    assert of.compiled_at and of.answered_at
    with pytest.raises(Refused, match="published already"):
        actions.publish_compilation(of, by=officer, door="page")


def test_comments_as_received_may_be_published_first_and_the_responses_later(asked, officer):
    actions.publish_compilation(asked, as_received=True, by=officer, door="page")
    assert asked.compiled_at and not asked.answered_at
    first = asked.compiled_at
    answered(asked, officer)
    actions.publish_compilation(asked, by=officer, door="page")
    assert asked.compiled_at > first and asked.answered_at


def test_nobody_but_officers_publishes_and_nobody_else_reads_before(client, asked, member):
    with pytest.raises(Refused, match="Your role"):
        actions.publish_compilation(asked, as_received=True, by=member, door="page")
    with pytest.raises(NotFound):
        actions.ask(asked, "pdf", by=member, door="page")
    client.sign_in(member)
    client.get(here(asked), expect=404)
    client.post(f"{here(asked)}/take", {"form": "xlsx"}, page="/me", expect=404)


def test_an_officer_publishes_on_the_page(client, asked, officer):
    client.sign_in(officer)
    client.get(f"/g/experts/r/{asked.id}")
    client.get(client.select("//a[contains(@href, '/compilation')]/@href")[0])
    assert "Not published yet" in client.text and "5 comments have no response yet" in client.text
    client.post(f"{here(asked)}/publish", {"as-received": "1"}, follow=True)
    assert "published" in client.text and asked.compiled_at


def test_the_page_shows_comments_in_reading_order_with_responses_as_their_authors_allow(client, published, member):
    client.sign_in(member)
    client.get(here(published))
    text = client.text
    assert "Lucía, on behalf of Argentina" in text and "Name the sources." in text and "Replies named four kinds." in text
    assert "Without my name please." in text and "Name not published" in text
    assert "Marc" not in text and "Hiddenland" not in text
    assert "Not to be published." not in text and "1 comment not shown" in text
    assert (
        text.index("I. Introduction") < text.index("By the second deadline.") < text.index("Name the sources.") < text.index("II. Options")
    )
    assert "accepted in part" in text and "Taken up in part, number 1." in text
    assert not client.select("//article[contains(., 'Without my name')]//a")  # its own page names the author


def test_the_original_and_the_extended_deadline_stand_apart(client, published, member):
    client.sign_in(member)
    client.get(here(published))
    assert "2 comments by the original deadline" in client.text and "1 comment by the extended deadline" in client.text
    assert "1 comment after the deadline" in client.text
    client.get(f"{here(published)}?came=extended")
    assert "By the second deadline." in client.text and "Name the sources." not in client.text


def test_a_long_compilation_is_read_page_by_page(client, version, member, officer):
    of = make.round(version)
    for number in range(45):
        make.comment(of, member, "1", f"Remark {number}. " + "Long words. " * 400 * (number == 3))
    review.close(of, by=officer, door="page")
    actions.publish_compilation(of, as_received=True, by=officer, door="page")
    client.sign_in(member)
    client.get(here(of))
    assert len(client.select("//article")) == 20 and "Read the rest" in client.text
    assert "Page 1 of 3" in client.text
    client.get(f"{here(of)}?page=3")
    assert len(client.select("//article")) == 5 and "Remark 44." in client.text


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_compilation_comes_back_in_as_it_went_out(made, published, member, form):
    paper = made(published, form, member)
    assert paper.state == "done", paper.reason
    assert paper.file.name == f"cbd-sbstta-8-19-v1-comments-{published.id}-en.{form}"
    rows = reading.read(content(paper), paper.file.name).rows
    told = {row.comment: row for row in rows}
    assert set(told) == {
        "Name the sources.",
        "Without my name please.",
        "By the second deadline.",
        '=HYPERLINK("http://evil.example","late")',
    }
    first, unnamed = told["Name the sources."], told["Without my name please."]
    assert (first.mark, first.name, first.type, first.proposed) == ("2", "Lucía", "general", "Replies named four kinds.")
    assert tuple(first.on_behalf_of) == ("Argentina",) and first.disposition == "accepted-in-part"
    assert first.response == "Taken up in part, number 1."
    assert unnamed.name == "" and not unnamed.on_behalf_of and not unnamed.organization
    assert b"Marc" not in content(paper)


def test_the_compilation_as_pdf(made, published, member):
    paper = made(published, "pdf", member, language="en")
    assert paper.state == "done", paper.reason
    text = words(paper)
    for said in (
        "Name the sources.",
        "1. Lucía, on behalf of Argentina",
        "Name not published",
        "Taken up in part, number 1.",
        "accepted in part",
    ):
        assert said in text
    assert "I. Introduction" in text and "For comments only, not for citation" in text and "2 comments by the original deadline" in text
    assert "Marc" not in text and "Not to be published" not in text


def test_after_a_new_event_the_document_is_made_anew_and_the_old_one_is_gone(made, published, member, officer):
    first = made(published, "xlsx", member).id
    assert made(published, "xlsx", member).id == first
    comment = db.session.scalar(db.select(review.Comment).where(review.Comment.number == 2))
    review.consent(comment, "withheld", by=comment.author, door="page")
    again = made(published, "xlsx", member)
    assert again.id != first and len(reading.read(content(again), "a.xlsx").rows) == 3
    assert db.session.scalar(db.select(db.func.count()).select_from(actions.Paper)) == 1


def test_everybody_concerned_gets_a_letter_and_whoever_lives_by_mail_all_of_it(published, member):
    by_mail = make.member(published.version.draft.group, make.person("Wanjiru", means="mail"))
    make.read_by_all()
    officer = make.officer(published.version.draft.group)
    published.compiled_at = None
    actions.publish_compilation(published, by=officer, door="page")
    make.commit()
    while alerts.spread(clock.now()):
        pass
    alerts.write_due(clock.now())
    told = {letter.person_id: letter for letter in db.session.scalars(db.select(Letter).where(Letter.kind == "compiled"))}
    own, whole = (" ".join(told[person.id].text.split()) for person in (member, by_mail))
    assert "Your comments and what became of them:" in own and "Name the sources." in own and "Without my name" not in own
    assert "Without my name please." in whole and "Name not published" in whole and "Not to be published." not in whole
    assert "Marc" not in whole and f"http://consult.test{here(published)}" in whole
    assert "For comments only, not for citation" in whole


def test_authors_say_how_each_comment_is_published(client, version, member):
    of = make.round(version)
    page = f"/g/experts/d/{version.draft.slug}/v/1/p/1"
    client.sign_in(member)
    client.get(page)
    sent = {"type": "general", "text": "Quietly.", "consent": "unnamed", "author": member.id, "once": "1"}
    client.post(page, sent, follow=True)
    comment = db.session.scalar(db.select(review.Comment).where(review.Comment.round_id == of.id))
    assert comment.consent == "unnamed"
    at = f"/g/experts/r/{of.id}/c/{comment.number}"
    client.post(f"{at}/consent", {"consent": "withheld"}, page=at, follow=True)
    assert db.session.get(review.Comment, comment.id).consent == "withheld"
    client.post(f"{at}/consent", {"consent": "shouted"}, page=at, expect=422)


def test_nobody_decides_for_another_how_a_comment_is_published(client, asked, member, group):
    other = make.member(group, make.person("Omar"))
    client.sign_in(other)
    at = f"/g/experts/r/{asked.id}/c/1"
    client.get(at)
    assert "In the published compilation" not in client.text
    client.post(f"{at}/consent", {"consent": "withheld"}, expect=422)
