"""Rows 7 and 10: each letter goes to one person, says what that person may read, and holds nothing of anybody else's."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.alerts import actions as alerts
from consult.demo import loading
from consult.extensions import db
from consult.kit import clock
from consult.outbox import sending
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Address, Membership, Person
from consult.review import actions as review
from tests import make
from tests.conftest import make_app

NEEDED = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type", "auto-submitted"}
ALLOWED = NEEDED | {
    "content-transfer-encoding", "reply-to", "x-auto-response-suppress", "list-id", "list-help", "list-post", "list-owner", "list-archive",
    "list-unsubscribe", "list-unsubscribe-post", "in-reply-to", "references", "x-consult-loop",
}  # fmt: skip


def check_raw(raw: bytes, letter: Letter, keys: dict[str, int], addresses: dict[str, int]) -> None:
    """One letter as bytes, by the rules of RFC 5322 and by whose it is."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    names = [line.partition(b":")[0].decode().lower() for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    assert set(names) <= ALLOWED, f"{letter.kind}: {set(names) - ALLOWED}"
    assert set(names) >= NEEDED and len(names) == len(set(names)), f"{letter.kind}: {names}"
    assert max(map(len, raw.split(b"\n"))) <= 998, letter.kind
    parsed = BytesParser(policy=policy.default).parsebytes(raw)
    assert len(parsed["to"].addresses) == len(parsed["from"].addresses) == 1
    assert parsed["to"].addresses[0].addr_spec == letter.to_address
    words = raw.decode("latin-1") + "".join(part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text")
    for key in re.findall(r"reply\+([0-9a-f]{32})", words):
        assert keys[key] == letter.person_id, f"{letter.kind}: somebody else's reply key"
    for address in re.findall(r"[\w.+-]+@[\w.-]+\.\w+", words):
        assert addresses.get(address.lower(), letter.person_id) == letter.person_id, f"{letter.kind} to {letter.to_address} names {address}"
    assert not re.search(r"/l/(sign-in|password|address)/", words) or letter.kind in ("sign-in", "password", "address")


def test_every_letter_of_the_example_is_for_one_person_only(app):
    loading.load()
    later = clock.now() + timedelta(days=9)
    for person in db.session.scalars(db.select(Person).where(Person.id % 3 == 0)):
        person.form = "html"
    make.commit()
    while alerts.spread(later):
        pass
    while alerts.write_due(later):
        pass
    letters = {letter.message_id: letter for letter in db.session.scalars(db.select(Letter))}
    keys = {key.key: key.person_id for key in db.session.scalars(db.select(ReplyKey))}
    addresses = {row.folded: row.person_id for row in db.session.scalars(db.select(Address))}
    make.commit()
    while int(sending.send_due(later)):
        pass
    sending.close()
    found = [path.read_bytes() for path in (app.config["DATA"] / "post").glob("*/*") if path.is_file()]
    assert len(found) == len(letters) > 10 and len({letter.kind for letter in letters.values()}) >= 4
    for raw in found:
        identifier = str(BytesParser(policy=policy.default).parsebytes(raw, headersonly=True)["message-id"]).strip("<>")
        check_raw(raw, letters.pop(identifier), keys, addresses)
    assert not letters


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["comment", "answer", "leave", "end", "join", "withdraw", "write", "wish"]), st.integers(0, 5), st.integers(0, 2)
    ),
    min_size=4,
    max_size=18,
)


@pytest.fixture
def fresh(tmp_path_factory, template_database):
    """A database for each example hypothesis thinks of."""
    import shutil
    from contextlib import contextmanager

    @contextmanager
    def opened():
        if not template_database:
            pytest.skip("thought through on SQLite; the rules are the same")
        folder = tmp_path_factory.mktemp("digest")
        shutil.copy(template_database, folder / "consult.db")
        app = make_app(folder)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    return opened


def may_read(person: Person, group) -> bool:
    """Told from the tables alone, not by the rules under test."""
    today = clock.now().date()
    seats = db.session.scalars(db.select(Membership).where(Membership.person_id == person.id, Membership.group_id == group.id))
    return person.ended_at is None and any(seat.starts_on <= today and (seat.ends_on is None or seat.ends_on > today) for seat in seats)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_digest_holds_what_its_reader_may_not_see(fresh, steps):
    with fresh():
        world = _world()
        now = clock.now()
        for number, step in enumerate(steps):
            _do(world, number, step)
            make.commit()
            if step[0] == "write":
                _write_and_check(world, now + timedelta(days=8 * (number + 1)))
        _write_and_check(world, now + timedelta(days=8 * (len(steps) + 1)))


def _world() -> dict:
    groups = [make.group(f"group{number}") for number in range(3)]
    people = [make.person(f"Person {number}", rhythm=["at-once", "daily", "weekly"][number % 3]) for number in range(6)]
    for number, person in enumerate(people):
        make.member(groups[number % 3], person, ["member", "observer"][number % 2])
    rounds = [make.round(make.published(make.draft(group), f"1. secretof{group.id}x text.\n\n2. Second.")) for group in groups]
    make.commit()
    return {"groups": groups, "people": people, "rounds": rounds, "checked": 0, "said": []}


def _do(world: dict, number: int, step: tuple) -> None:
    what, who, where = step
    person, group, asked = world["people"][who], world["groups"][where], world["rounds"][where]
    officer = make.officer(group)
    if what == "comment":
        said = review.comment(asked, paragraph=None, text=f"secretof{group.id}x word {number}", by=officer, door="page")
        world["said"].append(said)
    elif what == "answer" and world["said"]:
        said = world["said"][-1]
        review.answer(
            said,
            f"secretof{said.round.group_id}x answer {number}",
            by=make.officer(db.session.get(make.Group, said.round.group_id)),
            door="page",
        )
    elif what == "withdraw" and world["said"]:
        said = world["said"].pop()
        review.withdraw(said, by=make.officer(db.session.get(make.Group, said.round.group_id)), door="page")
    elif what == "leave":
        for seat in db.session.scalars(db.select(Membership).where(Membership.person_id == person.id, Membership.group_id == group.id)):
            seat.ends_on = clock.now().date()
    elif what == "end":
        person.ended_at = clock.now()
    elif what == "join" and not may_read(person, group):
        make.member(group, person)
    elif what == "wish":
        person.rhythm = ["at-once", "daily", "weekly", "none"][number % 4]


def _write_and_check(world: dict, at) -> None:
    alerts.spread(at)
    rights = {
        (person.id, group.id): may_read(person, group) for person in db.session.scalars(db.select(Person)) for group in world["groups"]
    }
    make.commit()
    alerts.write_due(at)
    for letter in db.session.scalars(db.select(Letter).where(Letter.id > world["checked"]).order_by(Letter.id)):
        world["checked"] = letter.id
        for group_id in map(int, re.findall(r"secretof(\d+)x", letter.text + letter.subject + (letter.html or ""))):
            assert rights[letter.person_id, group_id], f"{letter.kind} to person {letter.person_id} tells of group {group_id}"
            assert letter.group_id == group_id
