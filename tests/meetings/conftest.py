"""What tests of meetings stand on: a group at work, an announced meeting, and the worker's turn."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.extensions import db
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.meetings.models import Meeting
from consult.outbox import enclosing
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from consult.people.models import Group, Person
from tests import make
from tests.inbox import letters

AGENDA = (
    "1. Opening of the meeting | Chidi\n2. Adoption of the agenda\n3. Options for technology transfer\n  The two drafts are before you."
)


@dataclass
class Hall:
    """A group: officer, chair, two members of whom Ben has only e-mail; and a meeting in four weeks."""

    group: Group
    officer: Person
    chair: Person
    ada: Person
    ben: Person
    meeting: Meeting

    @property
    def home(self) -> str:
        """The address of the meeting's page."""
        return f"/g/{self.group.slug}/meetings/{self.meeting.id}"

    def announce(self) -> None:
        """The invitations go out."""
        meetings.announce(self.meeting, by=self.officer, door="page")
        make.commit()

    def past(self) -> None:
        """As if the meeting were just over."""
        self.meeting.starts_at, self.meeting.ends_at = clock.now() - timedelta(hours=3), clock.now() - timedelta(hours=1)
        make.commit()
        meetings.come_due(clock.now())
        make.commit()


@pytest.fixture
def hall(app) -> Hall:
    """The group, and a meeting that is planned."""
    group = make.group("experts", short="AHTEG", name="Expert Group")
    officer = make.officer(group)
    chair = make.member(group, make.person("Chidi"), "chair")
    ada = make.member(group, make.person("Ada", zone="Africa/Nairobi"))
    ben = make.member(group, make.person("Ben", means="mail"))
    starts = (clock.now() + timedelta(days=28)).replace(hour=15, minute=0, second=0, microsecond=0)
    meeting = meetings.plan(
        group, title="First meeting of the expert group", code="UNEP/EGTT/1", kind="in-person", place="Montreal, ICAO building",
        starts_at=starts, ends_at=starts + timedelta(hours=8), zone="America/Toronto", host="Canada", languages="en fr",
        note="Please bring your warm coat.", by=officer, door="page",
    )  # fmt: skip
    meetings.write_agenda(meeting, AGENDA, by=officer, door="page")
    make.commit()
    return Hall(group, officer, chair, ada, ben, meeting)


def post(to: Person, kind: str) -> list[Letter]:
    """The letters of that kind to that person once the worker has had its turn, the oldest first."""
    while alerts.spread(clock.now()):
        pass
    alerts.write_due(clock.now())
    return list(db.session.scalars(db.select(Letter).where(Letter.person_id == to.id, Letter.kind == kind).order_by(Letter.id)))


def replies(letter: Letter, body: str, who: Person, name: str = "m1", raw: bytes = b""):
    """That person answers a letter."""
    sender = f"{who.name} <{who.address}>"
    return letters.arrives(raw or letters.mail(letter.reply_to, body, sender=sender, name=name), letter.reply_to, who.address)


def whole(letter: Letter) -> bytes:
    """The letter as it travels, its files with it."""
    return write(enclosing.opened(outgoing(letter, enclosing.of_letters([letter.id]).get(letter.id, ()))))
