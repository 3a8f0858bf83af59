"""Meetings by commands: answering by the code of a meeting, fetching its documents, and a stray apology that an officer sorts."""

import pytest

from consult.extensions import db
from consult.files import actions as files
from consult.inbox import sorting
from consult.inbox.lines import command_lines
from consult.meetings import actions as meetings
from consult.meetings import queries
from consult.outbox.models import Letter
from tests import make
from tests.inbox import letters
from tests.meetings.conftest import whole

DESK = "consult@in.consult.test"


def says(who, body: str, name: str = "c1"):
    """That person writes to the address of commands."""
    return letters.arrives(letters.mail(DESK, body, sender=f"{who.name} <{who.address}>", subject="x", name=name), DESK, who.address)


def last(who, kind: str = "commands") -> Letter:
    wanted = db.select(Letter).where(Letter.person_id == who.id, Letter.kind == kind).order_by(Letter.id.desc())
    return db.session.scalars(wanted).first()


def confirmed(who, body: str, name: str):
    """What changes something is asked for again where nobody vouches for the sender; they say yes."""
    arrival = says(who, body, name)
    asked = db.session.scalars(db.select(Letter).where(Letter.person_id == who.id).order_by(Letter.id.desc())).first()
    if arrival.state == "asked":
        letters.arrives(
            letters.mail(asked.reply_to, "YES", sender=f"{who.name} <{who.address}>", name=f"{name}y"), asked.reply_to, who.address
        )
    db.session.expire_all()


def test_apologies_and_attend_by_the_code_of_the_meeting(hall):
    hall.announce()
    confirmed(hall.ben, "APOLOGIES UNEP/EGTT/1 The ferry does not sail.\n\nI am sorry.", "a")
    row = queries.attendance(hall.meeting.id, hall.ben.id)
    assert (row.answer, row.reason) == ("apologies", "The ferry does not sail.\nI am sorry.")
    confirmed(hall.ben, "ATTEND unep/egtt/1", "b")
    db.session.refresh(row)
    assert row.answer == "attending"
    confirmed(hall.ben, "ATTEND EGTT/7", "c")
    assert "There is no meeting EGTT/7" in last(hall.ben).text and "UNEP/EGTT/1" in last(hall.ben).text


@pytest.mark.parametrize("line", ["Apologies for the late reply", "Apologies, I was ill.", "absent minded as I am"])
def test_a_sentence_that_begins_with_an_apology_is_no_command(line):
    assert command_lines(line) == ([], [line])


def test_a_meeting_document_comes_by_its_symbol_as_text_as_a_file_or_not_yet(hall):
    version = make.published(make.draft(hall.group, "Options paper"), "1. Share technology.\n\n2. A fund pays.", by=hall.officer)
    add = {"by": hall.officer, "door": "page"}
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", draft=version.draft, **add)
    kept = files.keep(b"1. Who came in 2004.\n\n2. What they said.", "inf1.txt")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/INF/1", title="Last year", nature="information", files=[("en", kept)], **add)
    drawn = files.keep(b"%PDF-1.4 " + b"x" * 4000, "map.pdf")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/INF/2", title="A map", nature="information", files=[("en", drawn)], **add)
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/3", title="Notes", **add)
    hall.announce()
    says(hall.ben, "GET UNEP/EGTT/1/2\nGET unep/egtt/1/inf/1\nGET UNEP/EGTT/1/INF/2\nGET UNEP/EGTT/1/3")
    sent = db.session.scalars(db.select(Letter).where(Letter.person_id == hall.ben.id, Letter.kind == "text").order_by(Letter.id)).all()
    assert [("[2] A fund pays." in letter.text, "[2] What they said." in letter.text) for letter in sent] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert b'filename="map.pdf"' in whole(sent[2]) and "goes along: map.pdf" in sent[2].text
    assert "“Notes”, is awaited" in last(hall.ben).text


def test_a_file_larger_than_ones_largest_letter_is_told_not_sent(hall):
    drawn = files.keep(b"%PDF-1.4 " + b"x" * 90_000, "map.pdf")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", title="A map", files=[("en", drawn)], by=hall.officer, door="page")
    hall.announce()
    says(hall.ben, "GET UNEP/EGTT/1/2")
    letter = last(hall.ben, "text")
    assert "does not fit into your largest letter of 40 kB" in " ".join(letter.text.split()) and len(whole(letter)) < 5_000


def test_a_stray_apology_that_an_officer_sorts_is_noted_for_the_meeting(hall):
    hall.announce()
    arrival = letters.arrives(
        letters.mail("experts@in.consult.test", "I have fallen ill and shall miss you all.", sender=f"Ben <{hall.ben.address}>"),
        "experts@in.consult.test", hall.ben.address,
    )  # fmt: skip
    assert arrival.state == "held"
    sorting.sort(arrival, "apology", by=hall.officer, door="page")
    make.commit()
    row = queries.attendance(hall.meeting.id, hall.ben.id)
    assert (row.answer, row.reason, row.entered_by_id) == ("apologies", "I have fallen ill and shall miss you all.", hall.officer.id)
    assert "apologies of Ben" in arrival.reason


def test_what_is_waiting_to_be_answered_stands_in_status(hall):
    hall.announce()
    says(hall.ben, "STATUS")
    assert hall.meeting.title in last(hall.ben).text and f"ATTEND {hall.meeting.code}" in last(hall.ben).text


def test_list_names_the_meeting_to_come_and_the_lines_that_fetch_its_documents(hall):
    kept = files.keep(b"1. Who came in 2004.", "inf1.txt")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/INF/1", title="Last year", files=[("en", kept)], by=hall.officer, door="page")
    hall.announce()
    says(hall.ben, "LIST")
    assert "GET UNEP/EGTT/1/INF/1" in last(hall.ben).text and "(UNEP/EGTT/1)" in last(hall.ben).text
