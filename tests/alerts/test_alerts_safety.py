"""Nobody reads what they may not, nobody is written to twice, and one broken thing keeps nothing else from its readers."""

import itertools
import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.alerts import actions
from consult.alerts.models import Notice
from consult.alerts.withholding import withheld
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox.checking import check
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.people import actions as people
from consult.people.models import Membership
from consult.review.models import Comment
from tests import make
from tests.alerts.post import a_round, letters, raw, work

RUNS = itertools.count()


def seat_of(who, group) -> Membership:
    """The seat of that person in that group."""
    return db.session.scalar(db.select(Membership).where(Membership.person_id == who.id, Membership.group_id == group.id))


def together(app, job, workers: int = 4) -> None:
    """Several workers do the same at the same moment."""
    ready, failed = threading.Barrier(workers), []

    def run() -> None:
        with app.app_context():
            try:
                ready.wait()
                job()
            except BaseException as error:  # told below, in the test's own thread
                failed.append(error)
                raise
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_workers_that_spread_and_write_at_once_tell_everything_once(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="at-once")
        for n in range(6):
            make.member(group, make.person(f"Member {n}", rhythm="daily" if n % 2 else "at-once"))
        for n in range(5):
            make.comment(asked, make.officer(group), "1", f"Comment {n}.")
    together(app, lambda: actions.spread(clock.now()))
    assert db.session.scalar(db.select(db.func.count()).select_from(Untold)) == 0
    pairs = db.session.execute(db.select(Notice.event_id, Notice.person_id)).all()
    assert pairs and len(pairs) == len(set(pairs))
    db.session.remove()
    together(app, lambda: actions.write_due(clock.now()))
    db.session.remove()
    travel.shift(timedelta(hours=2))
    together(app, lambda: actions.write_due(clock.now()))
    db.session.remove()
    assert {notice.state for notice in db.session.scalars(db.select(Notice))} == {"written"}
    digests = letters(kind="digest")
    assert len(digests) == len({letter.person_id for letter in digests}) == 3  # the officer did it all and hears of none of it
    assert len(letters(ada, "comment")) == 5


def poisoned(asked, author) -> Comment:
    """A comment as no verb of ours would write it: its type is no word we know."""
    made = make.comment(asked, author, "2", "The broken one.")
    db.session.execute(db.update(Comment).where(Comment.id == made.id).values(type="sarcasm"))
    return made


def test_a_comment_that_cannot_be_shown_is_left_out_and_told_to_officers_once_and_everything_else_goes(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="none")
        chosen = {"Bob": "at-once", "Cem": "daily", "Dan": "daily"}
        readers = [make.member(group, make.person(name, rhythm=rhythm)) for name, rhythm in chosen.items()]
        make.read_by_all()
        make.comment(asked, ada, "1", "The first.")
        poisoned(asked, ada)
        make.comment(asked, ada, "3", "The last.")
    travel.shift(timedelta(hours=2))
    work()
    for reader in readers:
        text = "\n".join(letter.text for letter in letters(reader))
        assert "The first." in text and "The last." in text and "The broken one." not in text
    reports = letters(kind="broken")
    assert [letter.person_id for letter in reports] == [make.officer(group).id] and "/r/1/c/2" in reports[0].text
    states = db.session.execute(db.select(Notice.state, db.func.count()).group_by(Notice.state)).all()
    assert dict(states) == {"written": 8, "failed": 4}
    assert actions.write_due(clock.now()) == 0


def test_who_left_the_group_between_the_comment_and_the_letter_gets_nothing(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="none")
        bob = make.member(group, make.person("Bob", rhythm="daily"))
        make.read_by_all()
        make.comment(asked, ada, "1", "Confidential.")
    actions.spread(clock.now())
    with transaction():
        people.end_membership(seat_of(bob, group), by=make.officer(group), door="page")
    travel.shift(timedelta(hours=2))
    work()
    assert not letters(bob)
    assert db.session.scalars(db.select(Notice.why).where(Notice.person_id == bob.id)).all() == ["may not read the group any more"]


def test_a_letter_that_waits_in_the_outbox_is_withheld_from_who_left_meanwhile(app, travel):
    with transaction():
        group, ada, asked = a_round()
        bob = make.member(group, make.person("Bob"))
        make.round(make.published(make.draft(group, "Second")))
    work()
    with transaction():
        people.end_membership(seat_of(ada, group), by=make.officer(group), door="page")
    found = withheld([outgoing(letter) for letter in letters()])
    assert set(found) == {letter.id for letter in letters(ada)} and letters(bob)


CHANGES = st.lists(st.tuples(st.sampled_from(["comment", "leave", "end"]), st.integers(0, 1), st.integers(0, 3)), max_size=10)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, data=st.data())
def test_no_letter_holds_a_word_of_a_group_its_reader_has_left(app, travel, changes, data):
    """Two groups, four people with any rhythms, leaving before, between and after; each comment carries its group's secret word."""
    tag = f"run{next(RUNS)}"
    with transaction():
        rhythms = [data.draw(st.sampled_from(["at-once", "daily", "weekly", "none"])) for _ in range(4)]
        readers = [make.person(f"Reader {n}", f"reader{n}.{tag}@env.example", rhythm=rhythm) for n, rhythm in enumerate(rhythms)]
        groups = [make.group(f"g{n}-{tag}") for n in range(2)]
        officers = [make.member(group, make.person("Olga", f"o.{group.slug}@env.example"), "officer") for group in groups]
        for group in groups:
            [make.member(group, reader) for reader in readers]
        rounds = [make.round(make.published(make.draft(group), "1. Text.")) for group in groups]
        make.read_by_all()
    gone: set[tuple[int, int]] = set()
    for verb, g, n in changes:
        with transaction():
            if verb == "comment":
                make.comment(rounds[g], officers[g], "1", f"canary-{g}-{tag}")
            elif verb == "leave" and (g, n) not in gone:
                people.end_membership(seat_of(readers[n], groups[g]), by=officers[g], door="page")
                gone.add((g, n))
            else:
                actions.spread(clock.now())
    actions.spread(clock.now())
    before = {letter.id for letter in letters()}
    travel.shift(timedelta(days=8))
    work()
    for letter in letters():
        assert raw(letter).count(b"\r\nTo: ") == 1
        for g, n in gone:
            late = letter.person_id == readers[n].id and letter.id not in before
            assert not (late and f"canary-{g}-{tag}" in letter.text)
        assert not ({f"canary-0-{tag}" in letter.text, f"canary-1-{tag}" in letter.text} == {True} and letter.group_id)


NASTY = [
    "A\r\nBcc: eve@env.example", "=?utf-8?q?a=0D=0ABcc=3Aeve?=", "\u202eevil", "名\x00前", "a" * 300, "<<>>%(x)s %s {{ 7*7 }}",
    "-- \nfooter", ".",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_whatever_people_type_only_the_expected_headers_leave(app, travel, words):
    with transaction():
        group = make.group("experts", short=words.replace("\x00", "")[:40], name=words.replace("\x00", "")[:300])
        ada = make.member(group, make.person("Ada", rhythm="at-once", form="html"))
        draft = make.draft(group, words)
        asked = make.round(make.published(draft, f"1. {words} here"), title=words, guidance=words)
        make.comment(asked, make.officer(group), "1", f"{words} and more", proposed=words, on_behalf_of=words)
    work()
    assert len(letters(ada)) >= 2
    for letter in db.session.scalars(db.select(Letter)):
        assert not check(raw(letter)), check(raw(letter))
        assert b"\r\nBcc:" not in raw(letter).split(b"\r\n\r\n")[0] and "49" not in letter.subject
