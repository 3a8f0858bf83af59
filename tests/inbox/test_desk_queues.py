"""The desk at full size: queues, search, the same for many letters, what a stray letter is, and reading again after a repair."""

import pytest
from sqlalchemy import select, update

from consult import desk_commands
from consult.extensions import db
from consult.inbox import queues, rereading, sorting, together
from consult.inbox.models import Arrival
from consult.journal.models import Event
from consult.review import actions as review
from tests import make
from tests.inbox import letters


@pytest.fixture
def table(app):
    return letters.laid()


def stranger(table, number: int, words: str = "[12] I think so too.") -> Arrival:
    """Ben answers with Ada's key, which waits for an officer."""
    raw = letters.mail(table.address, words, sender="Ben <ben@env.example>", name=f"s{number}", subject=f"Stray {number}")
    return letters.arrives(raw, table.address, "ben@env.example")


def states() -> list[str]:
    return list(db.session.scalars(select(Arrival.state).order_by(Arrival.id)))


def test_each_letter_stands_in_its_queue_with_its_number(client, table):
    stranger(table, 1)
    letters.answers(table, "[12] Fine.\n\n[77] But this?", name="m2")
    client.sign_in(table.officer)
    client.get("/desk")
    assert "waiting (1)" in client.text and "not placed (1)" in client.text and "everything (2)" in client.text
    client.get("/desk?queue=unplaced")
    assert "names no known paragraph" in client.text and "Stray" not in client.text
    client.get("/desk?queue=nonsense&state=%00&group=x&before=y&since=2026-99-99")
    assert "Stray 1" in client.text


def test_pages_follow_each_other_without_a_gap_and_keep_the_filter(client, table, monkeypatch):
    monkeypatch.setattr(queues, "PAGE", 3)
    for number in range(8):
        stranger(table, number)
    client.sign_in(table.officer)
    seen, address = [], "/desk?queue=waiting&words=stray"
    while address:
        client.get(address)
        seen += client.select("//td/a/text()")
        address = next(iter(client.select("//a[@rel='next']/@href")), None)
        address = f"/desk{address}" if address else None
        assert not address or "queue=waiting" in address and "words=stray" in address
    assert seen == [f"Stray {number}" for number in reversed(range(8))]
    client.get("/desk" + client.select("//a[@rel='prev']/@href")[0])
    assert client.select("//td/a/text()") == ["Stray 4", "Stray 3", "Stray 2"]


def test_a_search_finds_sender_subject_own_words_and_name_and_takes_its_signs_literally(table):
    found = stranger(table, 5, "[12] Nous refusons à 100% le Ñandú")
    other = letters.answers(table, "[3] Fine.", name="m3")

    def search(words: str) -> list[int]:
        return [row.id for row in queues.page(table.officer, queues.Wanted(words=words)).rows]

    assert search("BEN@") == search("stray 5") == search("refusons") == search("100%") == search("ñandú") == [found.id]
    assert search("ada") == [other.id]
    assert search("fine_") == search("1__%") == []


def test_members_and_officers_of_other_groups_see_only_what_is_theirs(table):
    waiting = stranger(table, 1)
    own = letters.answers(table, "[3] Fine.", name="m3")
    elsewhere = make.officer(make.group("others"))
    everything = queues.Wanted()
    assert [row.id for row in queues.page(table.ada, everything).rows] == [own.id, waiting.id]
    assert queues.counts(table.ada)[""] == 2 and queues.counts(table.ada)["waiting"] == 1
    assert [row.id for row in queues.page(table.ben, everything).rows] == [waiting.id] and not queues.page(elsewhere, everything).rows
    assert queues.counts(elsewhere)[""] == 0 and queues.chosen(elsewhere, [waiting.id]) == queues.chosen(table.ada, [waiting.id]) == []
    staff = make.person("Sam", staff=True)
    assert queues.counts(staff)[""] == 2 and len(queues.page(staff, everything).rows) == 2


def test_many_letters_are_put_aside_at_once_with_one_note_and_each_tells_what_became_of_it(client, table):
    rows = [stranger(table, 1), letters.answers(table, "[3] Fine.", name="m3"), stranger(table, 2)]
    client.sign_in(table.officer)
    form = {"letter": [str(row.id) for row in rows], "act": "aside", "note": "only spam"}
    client.post("/desk/together", form, page="/desk", expect=200)
    assert "Done for 2 of 3 letters" in client.text and client.text.count("It was put aside") == 2
    assert "does not wait any more" in client.text
    assert states() == ["settled", "taken", "settled"]
    first = db.session.get(Arrival, rows[0].id)
    assert first.settled_by_id == table.officer.id and first.settled_at and "only spam" in first.reason
    client.post("/desk/together", {"act": "aside", "note": "x"}, page="/desk", expect=422)


def test_all_that_a_filter_shows_is_entered_as_it_is(client, table):
    stranger(table, 1), stranger(table, 2, "[3] Not here."), stranger(table, 3, "[12] stray too")
    client.sign_in(table.officer)
    client.post("/desk/together?words=think", {"all": "1", "act": "release"}, page="/desk?words=think", expect=200)
    assert [comment.text for comment in letters.comments()] == ["I think so too."]
    assert states() == ["settled", "held", "held"]


def test_what_a_stray_letter_is_decides_where_it_goes_and_can_be_taken_back(client, table):
    nomination, apology, other = stranger(table, 1, "We nominate Dr Obi."), stranger(table, 2, "I cannot come."), stranger(table, 3)
    client.sign_in(table.officer)
    for row, what in ((nomination, "nomination"), (apology, "apology"), (other, "unrelated")):
        page = f"/desk/{row.id}"
        client.post(f"{page}/sort", {"sort": what, "letter": "0", "into": table.round.id}, page=page)
    assert states() == ["settled"] * 3
    client.get("/desk?queue=nominations")
    assert "Stray 1" in client.text and "Stray 2" not in client.text
    assert "apologies (1)" in client.text and "waiting (0)" in client.text
    client.post(f"/desk/{nomination.id}/back", page=f"/desk/{nomination.id}")
    row = db.session.get(Arrival, nomination.id)
    assert (row.state, row.sort, row.settled_at) == ("held", "", None)


def test_a_room_takes_apologies_from_the_desk(table, monkeypatch):
    handed = []
    monkeypatch.setitem(sorting.ROOMS, "apology", lambda arrival, by: handed.append(arrival.id) or "Noted for the meeting.")
    row = stranger(table, 2, "I cannot come.")
    sorting.sort(row, "apology", by=table.officer, door="page")
    assert handed == [row.id] and row.reason.endswith("Noted for the meeting.")


def test_a_stray_mail_is_joined_to_the_letter_it_answers_and_its_quotes_are_known_then(client, table):
    quoted = "> [12] Paragraph 12 says that the parties share technology number 12.\n\nWho pays?"
    raw = letters.mail("consult@in.consult.test", quoted, name="x")
    row = letters.arrives(raw, "consult@in.consult.test")
    assert row.state == "held"
    client.sign_in(make.person("Sam", staff=True))
    form = {"sort": "answer", "letter": table.letter.id, "into": 0}
    client.post(f"/desk/{row.id}/sort", form, page=f"/desk/{row.id}")
    (comment,) = letters.comments()
    assert (comment.paragraph.mark, comment.text, comment.author_id) == ("12", "Who pays?", table.ada.id)
    assert db.session.get(Arrival, row.id).sort == "answer"


def test_putting_back_withdraws_what_was_entered_and_it_can_be_entered_again(table):
    row = stranger(table, 1)
    together.do([row], "release", by=table.officer, door="page")
    together.do([row], "back", by=table.officer, door="page")
    (comment,) = letters.comments()
    assert comment.withdrawn_at and row.state == "held"
    (again,) = together.do([row], "release", by=table.officer, door="page")
    assert not again.refused and [c.withdrawn_at is None for c in letters.comments()] == [False, True]


def misread(table, **columns) -> Arrival:
    """A reply whose first comment was entered otherwise than the reading would do it today."""
    row = letters.answers(table, "[3] Say who pays.\n\n[12] Fine.")
    first = letters.comments()[0]
    db.session.execute(update(type(first)).where(type(first).id == first.id).values(**columns))
    db.session.commit()
    db.session.expire_all()
    return row


def test_reading_again_shows_the_difference_first_and_takes_it_over_once(client, table):
    row = misread(table, text="Say", paragraph_id=None)
    client.sign_in(table.officer)
    before = make.db.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1))
    client.get(f"/desk/{row.id}/again")
    assert "Say who pays." in client.text and "changed" in client.text
    assert make.db.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) == before
    for _ in range(2):
        client.post(f"/desk/{row.id}/again", page=f"/desk/{row.id}")
    db.session.expire_all()
    first, second = letters.comments()
    assert (first.paragraph.mark, first.text, second.text) == ("3", "Say who pays.", "Fine.")
    assert len(first.revisions) == 1 and not rereading.compare(db.session.get(Arrival, row.id)).changes


def test_reading_again_enters_what_was_missed_once_and_leaves_what_people_touched(table):
    row = letters.answers(table, "[3] Say who pays.\n\n[12] Fine.\n\n[5] No.")
    edited, withdrawn, missed = letters.comments()
    review.edit(edited, text="Say exactly who pays.", type="general", by=table.ada, door="page")
    review.withdraw(withdrawn, by=table.ada, door="page")
    db.session.commit()
    row.understood = [each for each in row.understood if each["id"] != missed.id]
    missed.once = missed.once + "gone"
    missed.withdrawn_at = missed.received_at
    db.session.commit()
    for expected in (1, 0):
        found = rereading.compare(row)
        assert rereading.take_over(found, by=table.officer, door="command") == expected
        db.session.commit()
    told = [(c.text, c.withdrawn_at is None) for c in letters.comments()]
    assert told == [("Say exactly who pays.", True), ("Fine.", False), ("No.", False), ("No.", True)]


def test_a_letter_that_was_refused_by_mistake_is_taken_when_it_is_read_again_and_its_sender_is_told(table):
    row = letters.answers(table, "[3] Say who pays.")
    (comment,) = letters.comments()
    row.state, row.reason, row.understood = "held", "It could not be read: KeyError", []
    db.session.delete(comment)
    db.session.commit()
    last = letters.letters_after(0)[-1].id
    assert together.do([row], "reread", by=table.officer, door="page")[0].refused is None
    assert row.state == "taken" and [c.text for c in letters.comments()] == ["Say who pays."]
    assert [letter.kind for letter in letters.letters_after(last)] == ["receipt"]


def test_the_page_of_a_letter_tells_its_story(client, table):
    body = "Agreed.\n\nConsult:\n> [12] Paragraph 12 says that the parties share technology number 12.\n\nWho pays?\n\n-- \nAda"
    row = letters.answers(table, body)
    client.sign_in(table.officer)
    client.get(f"/desk/{row.id}")
    for words in ("secret address of one letter", "an address of Ada", "words of our own letter", "a signature", "A letter went back"):
        assert words in client.text
    assert client.select("//a[contains(@href, '/letters/')]")


def test_the_command_shows_first_and_then_takes_over_what_a_repaired_reading_says(table, capsys):
    misread(table, text="Say")
    staff = make.person("Sam", staff=True)
    make.commit()
    for dry_run, told in ((True, "1 read again, 1 would change"), (False, "1 read again, 1 changed"), (False, "1 read again, 0 changed")):
        desk_commands._reread((), queues.Wanted(), staff, dry_run)
        assert told in capsys.readouterr().out
        db.session.expire_all()
        assert (letters.comments()[0].text == "Say") is dry_run
