"""One person's letter never shows another person's address or key, whatever is pasted into it."""

import email
import re
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.extensions import db
from consult.outbox.actions import address_of, new_key, post
from consult.outbox.models import Letter, ReplyKey
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from tests import make

NAMES = ("Ada", "Ben", "Cleo")
PIECES = st.one_of(
    st.text(max_size=30),
    st.tuples(st.sampled_from(["key", "KEY", "quoted", "bounce"]), st.integers(0, 2)),
)
LETTERS = st.lists(st.tuples(st.integers(0, 2), st.lists(PIECES, max_size=6), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letters=LETTERS)
def test_whatever_is_written_into_a_letter_it_holds_its_readers_secrets_only(app, letters):
    with db.session.begin_nested() as undone:
        people = [make.person(name, f"{name.lower()}@env.example") for name in NAMES]
        old = [new_key(person, "round", 1) for person in people]
        bounce = [post(kind="round", person=each, subject="x", text="y", keys=[key]).bounce_key for each, key in zip(people, old)]
        for number, pieces, html in letters:
            check(people, number, said(pieces, old, bounce), html)
        undone.rollback()


def said(pieces, old, bounce) -> str:
    ways = {
        "key": lambda who: address_of(old[who]), "KEY": lambda who: address_of(old[who]).upper(),
        "quoted": lambda who: f"> <{address_of(old[who])}>", "bounce": lambda who: f"bounce+{bounce[who]}@in.consult.test",
    }  # fmt: skip
    return " ".join(piece if isinstance(piece, str) else ways[piece[0]](piece[1]) for piece in pieces)


def check(people, number: int, text: str, html: bool) -> None:
    reader, key = people[number], new_key(people[number], "round", 2)
    letter = post(kind="round", person=reader, subject=text[:200], text=text, html=f"<p>{text}" if html else None, keys=[key])
    raw = write(outgoing(letter))
    read = email.message_from_bytes(raw, policy=default)
    words = raw.decode("ascii") + str(read["subject"]) + "".join(p.get_content() for p in read.walk() if not p.is_multipart())
    found = {each.lower() for each in re.findall(r"reply\+([0-9a-f]{32})", words, re.IGNORECASE)}
    owners = set(db.session.scalars(db.select(ReplyKey.person_id).where(ReplyKey.key.in_(found))))
    assert owners == {reader.id} and address_of(key) == read["reply-to"]
    assert not re.search(r"bounce\+[0-9a-f]{32}", words, re.IGNORECASE)
    others = {each.address for each in people} - {reader.address}
    assert outgoing(letter).to_address == reader.address and not [other for other in others if other in words.lower()]


def test_a_key_of_somebody_else_is_never_bound_to_a_letter(app):
    ada, ben = make.person("Ada"), make.person("Ben")
    with pytest.raises(ValueError, match="somebody else"):
        post(kind="round", person=ben, subject="x", text="y", keys=[new_key(ada, "round", 1)])
    assert db.session.scalar(db.select(db.func.count(Letter.id))) == 0
