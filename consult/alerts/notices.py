"""Keeping notices: one event is told to one person once, by whichever letter comes first."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite

from consult.alerts import queries
from consult.alerts.models import Notice
from consult.alerts.pen import Pen
from consult.extensions import db
from consult.outbox.models import Letter

INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def add(rows: Sequence[dict]) -> None:
    """Note who is to be told of what; what is noted already stays as it is."""
    if rows:
        insert = INSERTS[db.session.get_bind().dialect.name]
        db.session.execute(insert(Notice).on_conflict_do_nothing(index_elements=["event_id", "person_id"]), list(rows))


def told_in_full(pen: Pen, letter: Letter, comment_ids: list[int]) -> None:
    """The person has now read these comments with all that stands below them: neither page nor letter counts them as new again."""
    pen.material.shown += comment_ids
    answers = [answer.id for comment_id in comment_ids for answer in pen.material.answers.get(comment_id, [])]
    responded = [comment_id for comment_id in comment_ids if pen.material.comments[comment_id].disposition]
    events = queries.events_below(responded, answers) if answers or responded else []
    if events:
        _mark_told(pen, letter, events)
    pen.material.told |= set(events)


def _mark_told(pen: Pen, letter: Letter, events: list[int]) -> None:
    insert = INSERTS[db.session.get_bind().dialect.name](Notice)
    told = {"state": "written", "letter_id": letter.id}
    once = insert.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=told, where=Notice.state == "waiting")
    fixed = {"person_id": pen.person.id, "due_at": pen.now, "digest": False, "why": "", **told}
    db.session.execute(once, [{"event_id": event_id, **fixed} for event_id in events])
