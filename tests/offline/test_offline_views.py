"""Taking a kit from the page and bringing its answers back: looked at first, entered once, reported line by line."""

import io

import pytest

from consult.extensions import db
from consult.offline import answers, codes, making
from consult.offline.answers import Head, Said
from consult.outbox.models import Letter
from tests import make
from tests.alerts.post import TEXT
from tests.inbox.letters import comments
from tests.offline.test_offline_kit import opened


@pytest.fixture
def table(app):
    """A round with Ada and Ben, and their officer."""
    group = make.group("experts", name="Expert Group")
    ada, ben, olga = make.member(group, make.person("Ada")), make.member(group, make.person("Ben")), make.officer(group)
    on = make.round(make.published(make.draft(group), TEXT))
    make.commit()
    return on, ada, ben, olga


def saved(on, who, said, **more) -> str:
    """A file as the form of that person's kit saves it."""
    return answers.write(Head(on.id, 1, codes.code_of(who.id, on.id, 1), "en", "2026-11-27T10:00Z"), said)


def brings(client, on, text: str | bytes, expect: int = 200, name: str = "comments.txt"):
    """The file is chosen on the page of the kit and looked at."""
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(f"/g/experts/r/{on.id}/kit", {"file": (io.BytesIO(data), name)}, expect, content_type="multipart/form-data")


def enters(client, on, expect: int = 200):
    """And entered as it was shown."""
    values = {name: client.select(f"//input[@name='{name}']/@value")[0] for name in ("text", "name")}
    return client.post(f"/g/experts/r/{on.id}/kit/take", values, expect)


def test_a_member_takes_the_kit_along_and_brings_the_answers_back(client, table):
    on, ada, *_ = table
    client.sign_in(ada)
    client.get(f"/g/experts/r/{on.id}")
    assert client.select(f"//a[@href='/g/experts/r/{on.id}/kit']")
    client.get(f"/g/experts/r/{on.id}/kit")
    kit = client.get(f"/g/experts/r/{on.id}/kit.zip").data
    assert kit == making.kit(on, ada)[1]
    assert b"PK" in client.get(f"/g/experts/r/{on.id}/kit.zip?bare=1").data
    assert b"Code: " in client.get(f"/g/experts/r/{on.id}/kit.txt").data
    said = [Said(("2",), "SUB", "Say who.\n\nAnd when.", "The paragraph."), Said((), "GE", "Fine."), Said(("1",), "GE", "x")]
    brings(client, on, saved(on, ada, said))
    assert "will be entered" in client.text and not comments()
    enters(client, on)
    assert "3 remarks were entered" in client.text
    assert [(c.paragraph.mark if c.paragraph else "", c.type, c.text, c.proposed) for c in comments()] == [
        ("2", "substantive", "Say who.\n\nAnd when.", "The paragraph."), ("", "general", "Fine.", ""), ("1", "general", "x", "")
    ]  # fmt: skip
    letter = db.session.scalar(db.select(Letter).where(Letter.kind == "receipt"))
    assert "[2]: entered, comment 1" in letter.text and letter.person_id == ada.id
    brings(client, on, saved(on, ada, said))
    assert "There is nothing new to enter" in client.text and client.text.count("stands there already") == 3


def test_an_officer_enters_what_a_member_handed_over_on_a_stick(client, table):
    on, ada, ben, olga = table
    client.sign_in(ben)
    assert "made for somebody else" in (brings(client, on, saved(on, ada, [Said(("1",), "GE", "x")]), 422) and client.text)
    client.sign_in(olga)
    brings(client, on, saved(on, ada, [Said(("1",), "GE", "From the stick.")]))
    assert "entered for Ada" in client.text
    enters(client, on)
    (made,) = comments()
    assert (made.author.name, made.entered_by_id, made.text) == ("Ada", olga.id, "From the stick.")
    letter = db.session.scalar(db.select(Letter).where(Letter.kind == "receipt"))
    assert letter.person_id == ada.id and olga.name in letter.text


def test_conflicts_are_told_before_and_after(client, table):
    on, ada, ben, olga = table
    make.comment(on, ada, "1", "Said on the page meanwhile.")
    make.comment(on, ada, "3", "The very same words!")
    make.published(on.version.draft, TEXT.replace("The first paragraph.", "The first paragraph, as amended."))
    text = saved(on, ada, [Said(("1",), "GE", "From the kit."), Said(("3",), "GE", "the very same words"), Said(("2(a)",), "GE", "")])
    text = text.replace("\nEnd:", "\n[99] GE: Nowhere.\n\nEnd:")
    client.sign_in(ada)
    for shows in (lambda: brings(client, on, text), lambda: enters(client, on)):
        shows()
        assert "came another way; both are kept" in client.text and "no paragraph 99" in client.text
        assert "reads differently" in client.text and "not exactly as the form saved it" in client.text
        assert client.text.count("stands there already") == 1
    assert [c.text for c in comments()] == [
        "Said on the page meanwhile.",
        "The very same words!",
        "From the kit.",
        "(In the file on [99])\nNowhere.",
    ]


def test_what_was_tampered_with_is_refused_with_the_reason(client, table):
    on, ada, ben, _ = table
    good = saved(on, ada, [Said(("1",), "GE", "x")])
    client.sign_in(ada)
    assert "do not belong together" in (brings(client, on, good.replace("Version: 1", "Version: 2"), 422) and client.text)
    assert "do not belong together" in (brings(client, on, good.replace("Round: R", "Round: R1"), 422) and client.text)
    assert "no file of answers" in (brings(client, on, "Dear all, fine.", 422) and client.text)
    other = make.round(make.published(make.draft(make.db.session.get(make.Group, on.group_id), "Another"), TEXT))
    assert "another round" in (brings(client, other, good, 422) and client.text)
    _, kit = making.kit(on, ada)
    assert "nothing in it was changed" in (brings(client, on, kit, 200, "kit.zip") and client.text)
    changed = making._packed("kit", {name: text.encode() + b" " for name, text in opened(kit).items()})
    assert "not as it was made" in (brings(client, on, changed, 422, "kit.zip") and client.text)
    assert not comments()


def test_a_closed_round_says_why_nothing_is_entered(client, table):
    on, ada, *_ = table
    make.review.close(on, by=make.officer(make.db.session.get(make.Group, on.group_id)), door="page")
    client.sign_in(ada)
    brings(client, on, saved(on, ada, [Said(("1",), "GE", "Too late?")]))
    assert "This round is closed" in client.text and "There is nothing new to enter" in client.text
