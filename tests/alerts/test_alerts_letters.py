"""What a member finds in the mailbox: the opening letter, news at once, the digest."""


from consult.alerts import actions
from consult.extensions import db, transaction
from consult.kit import clock
from consult.outbox.models import Letter
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


def a_round(text: str = TEXT, **more):
    """A group with Ada, and a round open on a text."""
    group = make.group("experts", short="AHTEG", name="Expert Group on Technology Transfer")
    ada = make.member(group, make.person("Ada", **more))
    asked = make.round(make.published(make.draft(group), text))
    return group, ada, asked


def test_everybody_invited_gets_the_whole_text_at_once_even_without_news(app, travel):
    with transaction():
        group, ada, asked = a_round(rhythm="none", zone="Europe/Paris")
        bob = make.member(group, make.person("Bob", rhythm="weekly"))
        late = make.round(make.published(make.draft(group, "Second"), TEXT), title="Second round")
    actions.spread(clock.now())
    assert actions.write_due(clock.now()) == 3
    first = letters(ada)[0]
    assert first.subject == "[AHTEG] Comments please by 7 Dec 2026, 06:00 UTC: First round"
    assert "7 Dec 2026, 07:00 Paris time (7 Dec 2026, 06:00 UTC)" in first.text
    for line in ("[h1] I. INTRODUCTION", "[1] The first paragraph.", "  [2(a)] an item;", "[3] The third paragraph."):
        assert line in first.text.split("\n")
    assert first.keys[0].purpose == "round" and first.keys[0].subject_id == asked.id
    assert first.reply_to == f"reply+{first.keys[0].key}@in.consult.test"
    assert [letter.subject.split(": ")[1] for letter in letters(bob)] == ["Second round"] and late.id
