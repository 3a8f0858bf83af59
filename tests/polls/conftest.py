"""What tests of questions and polls stand on: a group at work, an open round, and the worker's turn."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from consult.alerts import actions as alerts
from consult.drafts import queries as drafts
from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox.models import Letter
from consult.people.models import Group, Person
from consult.polls import actions as polls
from consult.polls.models import Poll
from consult.review.models import Round
from tests import make
from tests.inbox import letters

TEXT = "1. The Parties shall share technology.\n\n2. A fund pays for it.\n\n3. Review in 2030."


@dataclass
class Table:
    """A group: officer, chair, two members, an observer; and an open round on three paragraphs."""

    group: Group
    officer: Person
    chair: Person
    ada: Person
    ben: Person
    olaf: Person
    round: Round

    @property
    def home(self) -> str:
        """The address of the round."""
        return f"/g/{self.group.slug}/r/{self.round.id}"

    def poll(self, kind: str = "consensus", mark: str = "2", days: float = 7, **more) -> Poll:
        """A poll of the chair on a paragraph, or on what is given."""
        about = {"paragraph": drafts.by_mark(self.round.version_id, mark)} if mark else {}
        now = clock.now()
        given = {"title": "Who pays?", "quorum": 0 if kind == "straw" else 2, "closes_at": now + timedelta(days=days)} | about | more
        made = polls.open_poll(self.round, kind=kind, by=given.pop("by", self.chair), door="page", at=given.pop("at", now), **given)
        make.commit()
        return made


@pytest.fixture
def table(app) -> Table:
    """The group, at work."""
    group = make.group("experts", short="AHTEG", name="Expert Group")
    officer = make.officer(group)
    chair = make.member(group, make.person("Chidi"), "chair")
    ada, ben = make.member(group, make.person("Ada")), make.member(group, make.person("Ben"))
    olaf = make.member(group, make.person("Olaf"), "observer")
    opened = make.round(make.published(make.draft(group), TEXT, by=officer), by=officer, title="First round")
    make.commit()
    return Table(group, officer, chair, ada, ben, olaf, opened)


def work() -> None:
    """What the worker does about letters."""
    while alerts.spread(clock.now()):
        pass
    alerts.write_due(clock.now())


def post(to: Person, kind: str) -> list[Letter]:
    """The letters of that kind to that person, the oldest first."""
    work()
    return list(db.session.scalars(db.select(Letter).where(Letter.person_id == to.id, Letter.kind == kind).order_by(Letter.id)))


def sent(*rows: Letter, state: str = "sent") -> None:
    """As if these letters had gone out, or come back."""
    with transaction():
        for row in rows:
            db.session.get(Letter, row.id).state = state


def replies(letter: Letter, body: str, who: Person, name: str = "m1"):
    """That person answers a letter."""
    sender = f"{who.name} <{who.address}>"
    return letters.arrives(letters.mail(letter.reply_to, body, sender=sender, name=name), letter.reply_to, who.address)
