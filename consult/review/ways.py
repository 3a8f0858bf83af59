"""What a reader can still do with each comment on a page. It is asked for this reader alone and never kept with the comment's HTML."""

from collections.abc import Callable, Iterable, Mapping

from flask import g

from consult.errors import Refused
from consult.people import queries as people
from consult.people.guard import me
from consult.review import queries, rules


def ways(rows: Iterable) -> Mapping[int, frozenset[str]]:
    """For each of those comments, by its id, what the reader can do with it: `answer`, `change`."""
    person, rows = me(), list(rows)
    member = people.may(person, "comment.make", g.group.id)
    manages = people.may(person, "comment.manage", g.group.id)
    states = queries.states({row.round_id for row in rows})
    found = {}
    for row in rows:
        state, own = states[row.round_id], row.author_id == person.id
        asked = {
            "answer": _allowed(rules.check_may_answer, state, own, member, manages),
            "change": _allowed(rules.check_may_change, state, own, row.withdrawn_at is not None, manages),
        }
        found[row.id] = frozenset(way for way, allowed in asked.items() if allowed)
    return found


def _allowed(check: Callable[..., None], *about: object) -> bool:
    try:
        check(*about)
    except Refused:
        return False
    return True
