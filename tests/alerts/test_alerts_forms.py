"""The three forms of a digest, as other programs read them: each comment once, nobody's own address, each to be answered, in the limit."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import pytest

from consult.alerts import actions as alerts
from consult.extensions import transaction
from consult.kit import clock
from consult.outbox.checking import check
from consult.outbox.models import Letter
from consult.review import actions as review
from tests import make
from tests.alerts.post import a_round, letters, raw

SAID = {
    "1": "Why, and since when?\n\nA second paragraph.",
    "2": "------------------------------------\nA rule stands above.",
    "3": "同意。",
}


def digests(form: str, **more) -> list[Letter]:
    """What Ada gets of three comments by Zoë, one of them answered, in that form."""
    with transaction():
        group, ada, asked = a_round(rhythm="daily", digest_form=form, **more)
        zoe = make.officer(group)
        zoe.name, zoe.addresses[0].address = "Zoë, PhD", "zoe@secret.example"
        make.read_by_all()
        for mark, text in SAID.items():
            said = make.comment(asked, zoe, mark, text)
        review.answer(said, "So do I.", by=zoe, door="page")
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=1))
    return letters(ada, "digest")


def test_rfc_1153_has_its_contents_rules_headers_and_stars(app, travel):
    (letter,) = digests("rfc1153")
    assert not check(raw(letter)) and "zoe@secret" not in letter.text
    preamble, _, rest = letter.text.partition("\n" + "-" * 70 + "\n\n")
    assert all(f"Comment {number} [{number}] (Zoë, PhD)" in preamble for number in (1, 2, 3))
    *entries, end = rest.split("\n" + "-" * 30 + "\n\n")
    assert len(entries) == 3 and end == "End of AHTEG Digest\n*******************\n"
    keys = {key.key: key for key in letter.keys}
    for entry, text in zip(entries, SAID.values(), strict=True):
        head, _, body = entry.partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.split("\n"))
        assert list(fields) == ["Date", "From", "Subject"] and parsedate_to_datetime(fields["Date"]) == clock.now()
        address = re.search(r'^"Zoë, PhD" <reply\+(\w+)@in\.consult\.test>$', fields["From"])[1]
        assert keys[address].purpose == "comment" and text.split("\n")[-1] in body


def test_a_multipart_digest_holds_messages_that_can_each_be_answered(app, travel):
    (letter,) = digests("mime")
    octets = raw(letter)
    assert not check(octets) and b"zoe@secret" not in octets
    first, digest = message_from_bytes(octets).get_payload()
    assert digest.get_content_type() == "multipart/digest" and "Comment 2 [2] (Zo" in first.get_payload(decode=True).decode()
    messages = [part.get_payload(0) for part in digest.get_payload()]
    keys = {key.key: key for key in letter.keys}
    for message, text in zip(messages, SAID.values(), strict=True):
        name, address = parseaddr(message["From"])
        assert address == "consult@in.consult.test" and str(make_header(decode_header(name))) == "Zoë, PhD"
        assert parsedate_to_datetime(message["Date"]) == clock.now()
        assert keys[re.fullmatch(r"reply\+(\w+)@in\.consult\.test", message["Reply-To"])[1]].purpose == "comment"
        assert text.replace("\n", "\r\n") in message.get_payload(decode=True).decode()
    assert len({message["Message-ID"] for message in messages}) == 3 and "So do I." in letter.text


@pytest.mark.parametrize("form", ["plain", "rfc1153", "mime"])
def test_each_form_keeps_to_the_limit_and_says_everything_once(app, travel, form):
    with transaction():
        group, ada, asked = a_round(rhythm="daily", digest_form=form, limit_bytes=8_000)
        make.read_by_all()
        for number in range(1, 31):
            make.comment(asked, make.officer(group), "1", f"Remark number {number}. " + "And a reason. " * (number * 3))
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=1))
    parts = letters(ada, "digest")
    together = "\n".join(part.text for part in parts)
    assert len(parts) > 1 and all(len(raw(part)) <= 8_000 and not check(raw(part)) for part in parts)
    assert all(together.count(f"Remark number {number}. ") == 1 for number in range(1, 31))
    names = [piece["name"] for part in parts for piece in part.pieces or [] if "name" in piece]
    assert len(set(names)) == len(names) and bool(names) == (form == "mime")


def test_a_comment_longer_than_a_letter_goes_on_in_a_message_of_its_own(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="daily", digest_form="mime", limit_bytes=6_000)
        make.read_by_all()
        make.comment(asked, make.officer(group), "1", " ".join(f"Reason {number} is given." for number in range(500)))
    alerts.spread(clock.now())
    alerts.write_due(clock.now() + timedelta(days=1))
    pieces = [piece for part in letters(ada, "digest") for piece in part.pieces or []]
    assert len(pieces) > 1 and len({piece["name"] for piece in pieces}) == len(pieces)
    assert {piece["follows"] for piece in pieces[1:]} == {pieces[0]["name"]}
    together = " ".join(" ".join(part.text.split()) for part in letters(ada, "digest"))
    assert all(f"Reason {number} is given." in together for number in (0, 250, 499))
