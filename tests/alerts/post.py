"""What tests of letters share: a group with a round, the worker's turn, and a look into the mailbox."""

from consult.alerts import actions
from consult.extensions import db
from consult.kit import clock
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from tests import make

TEXT = """I. INTRODUCTION

1. The first paragraph.

2. The second paragraph:

(a) an item;

(b) another item.

3. The third paragraph."""


def work() -> int:
    """What the worker does about alerts; how many letters were posted."""
    actions.spread(clock.now())
    return actions.write_due(clock.now())


def letters(to=None, kind: str = "") -> list[Letter]:
    """The letters posted to that person, oldest first."""
    wanted = db.select(Letter).order_by(Letter.id)
    wanted = wanted.where(Letter.person_id == to.id) if to else wanted
    return list(db.session.scalars(wanted.where(Letter.kind == kind) if kind else wanted))


def raw(letter: Letter) -> bytes:
    """The letter as it travels."""
    return write(outgoing(letter))


def a_round(text: str = TEXT, name: str = "Ada", **more):
    """A group with Ada, and a round open on a text."""
    group = make.group("experts", short="AHTEG", name="Expert Group on Technology Transfer")
    ada = make.member(group, make.person(name, **more))
    return group, ada, make.round(make.published(make.draft(group), text))
