"""What a meeting leaves on paper: the list of participants, the list of documents as a letter, the report composed item by item."""

import io
import zipfile
from datetime import timedelta

from openpyxl import load_workbook

from consult.drafts import queries as drafts
from consult.files import actions as files
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.meetings import queries
from consult.people.models import Organization
from consult.review import actions as review
from tests import make
from tests.meetings.conftest import post


def seated(hall) -> None:
    """Ada sits for a Party, Ben for an observer; Ada was there, Ben not, and the chair sent somebody."""
    hall.ada.organization, hall.ben.organization = Organization(name="Kenya", kind="party"), Organization(name="Seeds", kind="observer")
    hall.chair.organization = Organization(name="Chile", kind="party")
    hall.announce()
    meetings.answer(hall.meeting, "alternate", alternate="Dr Rojas", by=hall.chair, door="page")
    meetings.answer(hall.meeting, "apologies", "A storm.", by=hall.ben, door="page")
    hall.past()
    meetings.mark_presence(hall.meeting, {hall.ada.id, hall.officer.id}, by=hall.officer, door="page")
    make.commit()


def test_the_list_of_participants_stands_in_the_usual_order_on_the_page_in_word_and_in_excel(hall, client):
    seated(hall)
    client.sign_in(hall.ben)
    client.get(f"{hall.home}/participants")
    heads = [each.text_content() for each in client.select("//h2")]
    assert heads == ["Parties", "Secretariat"]
    rows = [[cell.text_content() for cell in row.xpath("./td")] for row in client.select("//tbody/tr")]
    assert rows[0] == ["Chile", "Dr Rojas for Chidi", "chair"] and rows[1][:2] == ["Kenya", "Ada"]
    book = load_workbook(io.BytesIO(client.get(f"{hall.home}/participants.xlsx").data))
    assert [cell.value for cell in book.active[2]][:3] == ["Parties", "Chile", "Dr Rojas"]
    assert client.get(f"{hall.home}/participants.docx").data[:2] == b"PK"


def test_the_list_of_documents_goes_out_with_sizes_and_the_line_that_fetches_each(hall, client):
    version = make.published(make.draft(hall.group, "Options paper"), by=hall.officer)
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/10", draft=version.draft, by=hall.officer, door="page")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", title="Notes", by=hall.officer, door="page")
    hall.announce()
    client.sign_in(hall.officer)
    client.post(f"{hall.home}/documents/send", page=hall.home, follow=True)
    (letter,) = post(hall.ben, "documents")
    assert letter.text.index("UNEP/EGTT/1/2") < letter.text.index("GET UNEP/EGTT/1/10")
    assert "Notes (working document, awaited)" in letter.text and "All together: " in letter.text


def test_the_report_is_composed_from_agenda_people_and_notes_and_goes_the_way_of_every_draft(hall, client):
    seated(hall)
    client.sign_in(hall.officer)
    form = {
        "title": "",
        "i1": "The Chair opened the meeting.",
        "i2": "",
        "i3": "Some members spoke\r\nof freight.\r\n\r\nIt was agreed to go on.",
    }
    client.post(f"{hall.home}/compose", form, follow=True)
    draft = drafts.drafts(hall.group.id)[0]
    assert draft.title == "Report of the first meeting of the expert group"
    said = [row.text for row in drafts.paragraphs(drafts.being_prepared(draft).id)]
    whole = "\n".join(said)
    assert "Some members spoke of freight." in whole and "could not attend" in whole and "Ben" in whole and "A storm" not in whole
    numbered = [row.number for row in drafts.paragraphs(drafts.being_prepared(draft).id) if row.kind == "paragraph" and row.number]
    assert numbered == ["1", "2", "3", "4", "5", "6", "7"]
    assert "Montreal, ICAO building" in whole and "OPTIONS FOR TECHNOLOGY TRANSFER" in whole.upper()
    client.post(f"{hall.home}/report", {"draft": draft.id, "closes": "2030-01-01T12:00"}, expect=422)
    published = make.drafts.publish(drafts.being_prepared(draft), by=hall.officer, door="page")
    meetings.circulate_report(hall.meeting, published.draft, closes_at=clock.now() + timedelta(days=9), by=hall.officer, door="page")
    make.commit()
    assert "You could not come to this meeting" in post(hall.ben, "opening")[0].text


def test_an_awaited_document_comes_in_two_languages_and_is_replaced_by_its_revision(hall, client):
    hall.announce()
    made = meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", title="Notes", by=hall.officer, door="page")
    make.commit()
    client.sign_in(hall.officer)
    here = f"{hall.home}/documents/{made.id}/edit"
    form = {"title": "Notes of the Secretariat", "nature": "working", "draft": 0, "item": hall.meeting.items[1].id, "state": "posted"}
    client.post(here, form, expect=422)
    assert "Choose a draft of the group or a file" in client.text
    for language, name, words in (("en", "notes.txt", b"1. Two."), ("fr", "notes.txt", b"1. Deux."), ("en", "better.txt", b"1. Three.")):
        client.post(here, form | {"language": language, "file": (io.BytesIO(words), name)}, follow=True)
    assert [(each.language, each.file.name) for each in queries.get_document(hall.meeting, made.id).files] == [
        ("fr", "notes.txt"), ("en", "better.txt"),
    ]  # fmt: skip
    again = {"symbol": "UNEP/EGTT/1/2/Rev.1", "nature": "working", "title": "Notes, revised", "draft": 0, "item": 0, "state": "posted",
             "language": "en", "file": (io.BytesIO(b"1. Four."), "rev.txt")}  # fmt: skip
    client.post(f"{hall.home}/documents/new", again, follow=True)
    assert "replaced by UNEP/EGTT/1/2/Rev.1" in client.text
    (letter,) = post(hall.ben, "meeting")
    assert "GET UNEP/EGTT/1/2/Rev.1" in letter.text and "GET UNEP/EGTT/1/2\n" not in letter.text


def test_what_those_who_could_not_come_wrote_and_what_came_of_it_stands_with_the_round_on_a_text_of_the_meeting(hall, client):
    draft = make.published(make.draft(hall.group, "Options paper"), "1. Share.\n\n2. Pay.", by=hall.officer).draft
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", draft=draft, by=hall.officer, door="page")
    seated(hall)
    on = make.round(make.published(draft, "1. Share.\n\n2. Pay more.", by=hall.officer), by=hall.officer, title="After the meeting")
    said = make.comment(on, hall.ben, "2", "Say who pays.")
    make.comment(on, hall.ben, "1", "Fine.")
    review.respond(said, "accepted", "Done.", turn=0, by=hall.officer, door="page")
    make.commit()
    assert "taken up at a meeting to which you could not come" in " ".join(post(hall.ben, "opening")[0].text.split())
    assert "taken up at a meeting" not in " ".join(post(hall.ada, "opening")[0].text.split())
    client.sign_in(hall.ada)
    client.get(f"/g/experts/r/{on.id}")
    assert "accepted: 1" in client.text and "no response yet: 1" in client.text and "After a meeting" in client.text
    client.get(client.select("string(//a[contains(@href, 'author=')]/@href)"))
    assert "Say who pays." in client.text


def test_those_who_could_not_come_can_be_asked_first_and_alone(hall, client):
    seated(hall)
    version = make.published(make.draft(hall.group, "Report of the meeting"), "1. Opened.", by=hall.officer)
    make.commit()
    client.sign_in(hall.officer)
    form = {"draft": version.draft_id, "symbol": "UNEP/EGTT/1/3", "closes": "2030-01-01T12:00", "who": "absent"}
    client.post(f"{hall.home}/report", form, follow=True)
    assert len(post(hall.ben, "opening")) == 1 and not post(hall.ada, "opening")


def test_the_adopted_report_goes_whole_to_everybody_once(hall, client):
    seated(hall)
    client.sign_in(hall.officer)
    client.post(f"{hall.home}/report/adopt", page=hall.home, expect=422)
    version = make.published(make.draft(hall.group, "Report of the meeting"), "1. Opened.\n\n2. Agreed on two options.", by=hall.officer)
    meetings.circulate_report(hall.meeting, version.draft, closes_at=clock.now() + timedelta(days=9), by=hall.officer, door="page")
    make.commit()
    client.post(f"{hall.home}/report/adopt", page=hall.home, follow=True)
    assert "adopted" in client.text
    for who in (hall.ada, hall.ben):
        (letter,) = post(who, "adopted")
        assert "[2] Agreed on two options." in letter.text and "UNEP/EGTT/1/1" in letter.text and not post(who, "issued")


def test_all_documents_come_in_one_file_that_goes_on_where_a_download_broke_off(hall, client):
    version = make.published(make.draft(hall.group, "Options paper"), "1. Share technology.\n\n2. Pay.", by=hall.officer)
    add = {"by": hall.officer, "door": "page"}
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/2", draft=version.draft, **add)
    drawn = files.keep(b"%PDF-1.4 " + b"x" * 300_000, "map.pdf")
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/INF/1", title="A map", nature="information", files=[("fr", drawn)], **add)
    meetings.add_document(hall.meeting, symbol="UNEP/EGTT/1/3", title="Awaited", **add)
    hall.announce()
    client.sign_in(hall.ben)
    client.get(hall.home)
    first = client.get(f"{hall.home}/documents.zip")
    with zipfile.ZipFile(io.BytesIO(first.data)) as packed:
        names = packed.namelist()
        assert names[:2] == ["index.txt", "UNEP_EGTT_1_2.txt"] and names[2].startswith("UNEP_EGTT_1_INF_1.fr.") and len(names) == 3
        assert "[2] Pay." in packed.read("UNEP_EGTT_1_2.txt").decode() and packed.read(names[2]) == b"%PDF-1.4 " + b"x" * 300_000
        assert packed.testzip() is None
    rest = {"Range": f"bytes=1000-{len(first.data)}", "If-Range": first.headers["ETag"]}
    assert client.get(f"{hall.home}/documents.zip", expect=206, headers=rest).data == first.data[1000:]
    client.get(f"{hall.home}/documents.zip", expect=304, headers={"If-None-Match": first.headers["ETag"]})
    assert len(client.get(f"{hall.home}/documents.zip?only=texts").data) < 2_000
    assert not list(client.app.config["DATA"].glob(".bundle-*"))
