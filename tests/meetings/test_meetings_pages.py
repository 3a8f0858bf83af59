"""Meetings on pages: planned by an officer, announced, answered, held, and reported on; and what each kind of person sees."""

import io
from datetime import timedelta

from consult.extensions import db
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.meetings import queries
from consult.meetings.models import Meeting
from consult.review.models import Round
from tests import make
from tests.meetings.conftest import post

LOCAL = "%Y-%m-%dT%H:%M"


def test_an_officer_plans_writes_the_agenda_puts_a_document_and_announces(app, client):
    group = make.group()
    ada = make.member(group, make.person("Ada"))
    version = make.published(make.draft(group, "Options paper"))
    client.sign_in(make.officer(group))
    starts = clock.now() + timedelta(days=30)
    form = {"title": "Second meeting", "code": "egtt/2", "kind": "online", "starts": starts.strftime(LOCAL), "zone": "UTC",
            "ends": (starts + timedelta(hours=2)).strftime(LOCAL), "languages": ["en", "fr"]}  # fmt: skip
    client.post("/g/experts/meetings/new", form, expect=422)
    assert "how people join from afar" in client.text and "Second meeting" in client.select("string(//input[@name='title']/@value)")
    client.post("/g/experts/meetings/new", form | {"link": "https://meet.example/x"}, follow=True)
    (made,) = db.session.scalars(db.select(Meeting))
    here = f"/g/experts/meetings/{made.id}"
    assert "Only officers see this meeting" in client.text and "EGTT/2" in client.text
    client.post(f"{here}/agenda", {"agenda": "1. Opening\r\n2. Options | Ada\r\n  Look at both."}, follow=True)
    assert "Look at both." in client.text
    client.get(f"{here}/documents/new")
    assert client.select("string(//input[@name='symbol']/@value)") == "EGTT/2/1"
    item = made.items[1].id
    document = {"nature": "working", "symbol": "EGTT/2/1", "draft": version.draft_id, "item": item, "state": "posted", "language": "en"}
    client.post(f"{here}/documents/new", document, follow=True)
    assert "Options paper" in client.text and "item 2" in client.text
    paper = {"nature": "information", "symbol": "EGTT/2/INF/1", "draft": 0, "item": 0, "state": "posted", "language": "fr",
             "title": "Carte", "file": (io.BytesIO(b"%PDF-1.4 a map"), "carte.pdf")}  # fmt: skip
    client.post(f"{here}/documents/new", paper, follow=True)
    assert "carte.pdf" in client.text
    client.sign_in(ada)
    client.get(here, expect=404)
    for shown in ("/g/experts/timeline", "/g/experts/meetings", "/g/experts/", "/"):
        client.get(shown)
        assert "Second meeting" not in client.text and "EGTT/2" not in client.text, shown
    client.sign_in(make.officer(group))
    client.post(f"{here}/announce", page=here, follow=True)
    (letter,) = post(ada, "meeting")
    assert "GET EGTT/2/INF/1" in letter.text and "https://meet.example/x" in letter.text
    client.sign_in(ada)
    client.get("/")
    assert "Will you attend?" in client.text and "Second meeting" in client.text
    client.get("/g/experts/")
    assert "waits for your answer" in client.text
    client.get(here)
    href = client.select("string(//a[contains(@href, '/file/')]/@href)")
    assert client.get(href).data == b"%PDF-1.4 a map"


def test_a_member_answers_on_the_page_changes_their_mind_and_others_see_who_comes(hall, client):
    hall.announce()
    client.sign_in(hall.ada)
    client.post(f"{hall.home}/answer", {"answer": "apologies", "reason": "No flight."}, page=hall.home, follow=True)
    assert "Noted: cannot attend" in client.text
    client.post(f"{hall.home}/answer", {"answer": "alternate", "alternate": ""}, page=hall.home, expect=422)
    assert "Say who comes in your place." in client.text
    client.post(f"{hall.home}/unanswer", page=hall.home, follow=True)
    assert "Your answer is taken back." in client.text and queries.attendance(hall.meeting.id, hall.ada.id).answer == "invited"
    client.post(f"{hall.home}/answer", {"answer": "apologies", "reason": "No flight."}, page=hall.home, follow=True)
    client.sign_in(hall.ben)
    client.get(hall.home)
    assert "1 cannot come" in client.text and "No flight." not in client.text
    client.sign_in(hall.officer)
    client.get(hall.home)
    assert "No flight." in client.text
    form = {"person": hall.ben.id, "came_by": "phone", "answer": "attending", "reason": "", "alternate": ""}
    client.post(f"{hall.home}/behalf", form, follow=True)
    row = queries.attendance(hall.meeting.id, hall.ben.id)
    assert (row.answer, row.door, row.entered_by_id) == ("attending", "phone", hall.officer.id)


def test_the_calendar_file_opens_in_calendars(hall, client):
    hall.announce()
    client.sign_in(hall.ada)
    answer = client.get(f"{hall.home}.ics")
    text = answer.get_data(as_text=True)
    assert answer.content_type == "text/calendar; charset=utf-8" and "METHOD:PUBLISH" in text and f"UID:{hall.meeting.uid}" in text
    assert hall.meeting.starts_at.strftime("DTSTART:%Y%m%dT%H%M%SZ") in text


def test_changed_and_cancelled_on_the_page_with_a_reason(hall, client):
    hall.announce()
    client.sign_in(hall.officer)
    client.get(f"{hall.home}/edit")
    typed = {i.get("name"): i.get("value") for i in client.select("//form//input[@type='text' or @type='datetime-local']")}
    client.post(f"{hall.home}/edit", typed | {"kind": "in-person", "place": "Nairobi", "reason": "Visas", "languages": ["en"]}, follow=True)
    assert "Nairobi" in client.text
    client.post(f"{hall.home}/cancel", {"reason": ""}, expect=422)
    assert "Say why" in client.text
    client.post(f"{hall.home}/cancel", {"reason": "A storm"}, follow=True)
    assert "does not take place: A storm" in client.text
    assert "A storm" in post(hall.ada, "meeting cancelled")[0].text and not post(hall.ada, "meeting change")  # nobody packs in between


def test_presence_the_report_its_round_and_the_mark_on_a_comment_of_one_who_could_not_come(hall, client):
    hall.announce()
    meetings.answer(hall.meeting, "apologies", by=hall.ben, door="page")
    hall.past()
    version = make.published(make.draft(hall.group, "Report of the meeting"), "1. Opened.\n\n2. Agreed.", by=hall.officer)
    make.commit()
    client.sign_in(hall.officer)
    client.get(f"{hall.home}/presence")
    client.post(f"{hall.home}/presence", {"present": [hall.ada.id, hall.chair.id, hall.officer.id]}, follow=True)
    assert "3 people were there" in client.text
    closes = (clock.now() + timedelta(days=10)).strftime(LOCAL)
    client.post(f"{hall.home}/report", {"draft": version.draft_id, "symbol": "UNEP/EGTT/1/L.1", "closes": closes}, follow=True)
    assert "Those who could not come" in client.text and "Ben" in client.text
    made = queries.report(hall.meeting)
    assert made.symbol == "UNEP/EGTT/1/L.1" and made.nature == "report"
    (on,) = db.session.scalars(db.select(Round))
    make.comment(on, hall.ben, "2", "I sent a third option in October.")
    make.comment(on, hall.ada, "2", "Yes.")
    make.commit()
    client.get(f"/g/experts/r/{on.id}/c/1")
    assert "could not come to the meeting" in client.text
    client.get(f"/g/experts/r/{on.id}/c/2")
    assert "could not come to the meeting" not in client.text


def test_documents_are_found_by_symbol_only_by_who_may_read_them(hall, client):
    version = make.published(make.draft(hall.group, "Options paper"), by=hall.officer)
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", draft=version.draft, by=hall.officer, door="page")
    assert queries.find_document(hall.ada, "UNEP/EGTT/1/2") is None  # nobody but officers knows of the meeting yet
    hall.announce()
    assert queries.find_document(hall.ada, "unep/egtt/1/2").title == "Options paper"
    assert queries.find_document(make.person("Eve"), "UNEP/EGTT/1/2") is None
