"""The meetings of the example: one that was held, with its report in a round, and one to come, for which invitations go out."""

from datetime import datetime, timedelta
from pathlib import Path

from consult.demo import cast
from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.cutting import cut
from consult.drafts.models import Draft
from consult.meetings import actions as meetings
from consult.meetings.models import Meeting
from consult.people.models import Group, Person
from consult.review import actions as review

TEXTS = Path(__file__).parent / "texts"
FIRST = (
    "1. Opening of the meeting | the Chair\n2. Adoption of the agenda\n3. Options for measures and mechanisms\n4. Further work\n5. Closure"
)
SECOND = (
    "1. Opening of the meeting | the Chair of the expert group\n2. Adoption of the agenda and organization of work\n"
    "3. Options for measures and mechanisms that ease access to, and adaptation of, technologies | the Secretariat\n"
    "  The second draft, with the comments made on it.\n"
    "4. The role of the clearing-house mechanism in technology transfer | the advisory committee\n"
    "5. Indicators\n6. Adoption of the report\n7. Closure of the meeting"
)
AWAY = ("Seini Taufa", "Fatou Ndiaye")


def first_meeting(group: Group, persons: dict[str, Person], at: datetime) -> Meeting:
    """Held on line, without two members who could not come."""
    officer = persons[cast.OFFICER["name"]]
    act = {"by": officer, "door": "command"}
    made = meetings.plan(
        group, title="First meeting of the expert group", code="UNEP/CBD/EGTT/1", kind="online", link="https://meet.example/egtt",
        starts_at=at + timedelta(hours=13), ends_at=at + timedelta(hours=17), zone="America/Toronto", languages="en fr es", at=at, **act,
    )  # fmt: skip
    meetings.write_agenda(made, FIRST, at=at, **act)
    meetings.announce(made, at=at, **act)
    for name, person in persons.items():
        if name != officer.name:
            answer, reason = ("apologies", "The line does not carry a voice.") if name in AWAY else ("attending", "")
            meetings.answer(made, answer, reason, by=person, door="mail" if name in AWAY else "page", at=at + timedelta(hours=1))
    over = at + timedelta(hours=18)
    meetings.come_due(over)
    meetings.adopt_agenda(made, at=over, **act)
    meetings.mark_presence(made, {person.id for name, person in persons.items() if name not in AWAY}, at=over, **act)
    return made


def report(of: Meeting, persons: dict[str, Person], at: datetime) -> None:
    """The report goes to everybody; one who was there has corrected it already."""
    officer = persons[cast.OFFICER["name"]]
    draft = drafts.begin(of.group, "First meeting of the expert group: report", language="en", by=officer, door="command", at=at)
    version = drafts.prepare(draft, cut((TEXTS / "report.en.txt").read_text(encoding="utf-8")), by=officer, door="command", at=at)
    review.publish(version, by=officer, door="command", at=at)
    opened = meetings.circulate_report(
        of, draft, symbol="UNEP/CBD/EGTT/1/2", closes_at=at + timedelta(days=21), by=officer, door="command", at=at
    )
    where = draft_queries.by_mark(version.id, "8")
    said = "Canada did not say premature; it said that a partner institution should come first."
    review.comment(
        opened, paragraph=where, text=said, type="substantive", by=persons["Claire Dubreuil"], door="page", at=at + timedelta(days=1)
    )


def next_meeting(group: Group, draft: Draft, persons: dict[str, Person], at: datetime) -> None:
    """To come, in person; two have answered."""
    officer = persons[cast.OFFICER["name"]]
    act = {"by": officer, "door": "command"}
    starts = (at + timedelta(days=40)).replace(hour=15)
    starts += timedelta(days=(7 - starts.weekday()) % 7)  # a Monday
    made = meetings.plan(
        group, title="Second meeting of the expert group, held jointly with the advisory committee", code="UNEP/CBD/EGTT/2", kind="hybrid",
        place="Montreal, ICAO building, room 4", link="https://meet.example/egtt", starts_at=starts, ends_at=starts + timedelta(hours=8),
        zone="America/Toronto", host="Canada", languages="en fr es", at=at,
        note="Travel of members from developing country Parties is paid. Please say by the end of next week whether you come.", **act,
    )  # fmt: skip
    items = meetings.write_agenda(made, SECOND, at=at, **act)
    meetings.add_document(made, symbol="UNEP/CBD/EGTT/2/1", title="Organization of work", item=items[1], at=at, **act)
    meetings.add_document(made, symbol="UNEP/CBD/EGTT/2/2", draft=draft, item=items[2], at=at, **act)
    meetings.announce(made, at=at, **act)
    meetings.answer(made, "attending", by=persons["Kwame Asante-Mensah"], door="page", at=at + timedelta(hours=2))
    meetings.answer(
        made, "apologies", "The only flight of that week is full.", by=persons["Bhim Gurung"], door="mail", at=at + timedelta(hours=9)
    )
