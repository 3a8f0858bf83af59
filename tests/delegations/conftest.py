"""What tests of delegations stand on: Kenya in a round, with its contact point, deputy and own reviewers."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from consult.delegations import actions
from consult.delegations.models import Contribution, Delegation
from consult.drafts import queries as drafts
from consult.extensions import db
from consult.people.models import Group, Person
from consult.review.models import Comment, Round
from tests import make

TEXT = "\n\n".join(f"{number}. Paragraph {number} says that the parties share technology number {number}." for number in range(1, 9))


@dataclass
class Kenya:
    """A round with a delegation: Olga is the officer, Ada speaks for Kenya, Dan is her deputy, Ruth (from outside) and Ben draft."""

    group: Group
    olga: Person
    ada: Person
    dan: Person
    ben: Person
    ruth: Person
    mia: Person
    round: Round
    of: Delegation

    def draft(self, who: Person, mark: str, text: str, **more) -> Contribution:
        """Somebody drafts a comment on that paragraph."""
        where = drafts.by_mark(self.round.version_id, mark) if mark else None
        made = actions.contribute(self.of, paragraph=where, text=text, by=who, door=more.pop("door", "page"), **more)
        make.commit()
        return made

    def comments(self) -> list[Comment]:
        """Every comment of the round."""
        return list(db.session.scalars(db.select(Comment).order_by(Comment.number)))


@pytest.fixture
def kenya(app) -> Kenya:
    """Two weeks are left; the own deadline is in one."""
    group = make.group()
    olga = make.officer(group)
    ada, ben, mia = (make.member(group, make.person(name)) for name in ("Ada", "Ben", "Mia"))
    dan, ruth = make.person("Dan"), make.person("Ruth")
    asked = make.round(make.published(make.draft(group, "Report"), TEXT))
    of = actions.name_contact(asked, "Kenya", ada, dan, by=olga, door="page")
    for who in (ben, ruth):
        actions.add_reviewer(of, who, by=ada, door="page")
    actions.set_deadline(of, make.clock.now() + timedelta(days=7), by=ada, door="page")
    make.commit()
    return Kenya(group, olga, ada, dan, ben, ruth, mia, asked, of)
