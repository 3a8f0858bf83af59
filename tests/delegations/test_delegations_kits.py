"""The offline kit of whoever drafts for a Party: what they write goes to its set and is seen by nobody outside, by page and by mail."""

import io

import pytest

from consult.delegations import queries
from consult.extensions import db
from consult.offline import answers, codes
from consult.offline.answers import Head, Said
from consult.outbox.models import Letter
from tests import make
from tests.inbox import letters
from tests.offline.test_offline_kit import opened
from tests.offline.test_offline_mail import attached


def saved(kenya, who, words: str) -> bytes:
    head = Head(kenya.round.id, 1, codes.code_of(who.id, kenya.round.id, 1), "en", "2026-11-27T10:00Z")
    return answers.write(head, [Said(("3",), "TE", words)]).encode()


def drafted(kenya) -> list[tuple]:
    return [(each.paragraph.mark, each.type, each.text, each.author.name) for each in queries.contributions(kenya.of)]


@pytest.mark.parametrize("who", ["ben", "ruth", "ada"])
def test_answers_that_come_by_mail_go_to_the_set(kenya, who):
    person, to = getattr(kenya, who), f"consult@{letters.DOMAIN}"
    raw = attached(to, saved(kenya, person, "Which one?"), sender=f"{person.name} <{person.addresses[0].address}>")
    arrival = letters.arrives(raw, to, person.addresses[0].address)
    assert (arrival.state, arrival.group_id) == ("taken", None) and not kenya.comments()
    assert drafted(kenya) == [("3", "technical", "Which one?", person.name)]
    receipt = db.session.scalar(db.select(Letter).where(Letter.kind == "receipt"))
    assert receipt.group_id is None and "Which one?" in receipt.text


def test_answers_brought_to_the_page_go_to_the_set(client, kenya):
    make.comment(kenya.round, kenya.mia, "2", "Only for the group.")
    make.commit()
    client.sign_in(kenya.ruth)
    here = f"/g/{kenya.group.slug}/r/{kenya.round.id}/kit"
    client.get(here)
    held = opened(client.get(f"{here}.zip").data)
    assert "Only for the group." not in held["draft.html"] and "Kenya" in held["start.html"]
    file = (io.BytesIO(saved(kenya, kenya.ruth, "From the page.")), "c.txt")
    client.post(here, {"file": file}, 200, content_type="multipart/form-data")
    assert "go to the set" in client.text and not drafted(kenya)
    values = {name: client.select(f"//input[@name='{name}']/@value")[0] for name in ("text", "name")}
    client.post(f"{here}/take", values, 200)
    assert drafted(kenya) == [("3", "technical", "From the page.", "Ruth")] and len(kenya.comments()) == 1


def test_an_officer_cannot_put_into_the_round_what_was_written_for_a_set(client, kenya):
    client.sign_in(kenya.olga)
    file = (io.BytesIO(saved(kenya, kenya.ben, "For Kenya alone.")), "c.txt")
    client.post(f"/g/{kenya.group.slug}/r/{kenya.round.id}/kit", {"file": file}, 422, content_type="multipart/form-data")
    assert "drafts for a Party" in client.text and not kenya.comments()
