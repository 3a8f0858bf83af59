"""Addresses at which letters fail: how a failure counts, when one is given up, and how it comes to work again."""

from datetime import datetime, timedelta

from consult.errors import Refused
from consult.journal.actions import record
from consult.kit import clock, text
from consult.kit.words import N_
from consult.outbox import again
from consult.people import queries, rules, scoring, throttle
from consult.people.models import Address, Person

HARD_FAILURES, FAILURES_WITHIN = 3, timedelta(days=7)
WORKS_ALREADY = N_("Letters to this address do not come back.")


def address_failed(person_id: int, address: str, permanent: bool, diagnostic: str, at: datetime | None = None) -> Address | None:
    """A letter came back, and it is no forgery. Three hard failures in seven days, or as many as weigh the same in a longer time, mark the
    address and tell officers. Gives the address when it was marked just now."""
    row, at = queries.find_address(address), at or clock.now()
    if row is None or row.person_id != person_id:
        return None
    row.failures += 1
    row.last_failure = text.one_line(diagnostic, 500)
    row.score, row.scored_at = scoring.worse(row.score, row.scored_at, permanent, at)
    what = f"returned {row.folded}"
    if permanent:
        throttle.note(what, at)
    hard = permanent and throttle.count(what, at - FAILURES_WITHIN) >= HARD_FAILURES
    if row.failing_since is not None or not (hard or row.score >= scoring.FAILING):
        return None
    row.failing_since = at
    _tell_failing(queries.get_person(person_id), row, at)
    return row


def _tell_failing(person: Person, row: Address, at: datetime) -> None:
    for group_id in [group.id for group in queries.groups_of(person)] or [None]:
        told = {"name": person.name, "person_id": person.id, "address": row.address}
        record("address.failing", door="mail", group_id=group_id, subject=row, at=at, **told)


def address_answers(address: Address) -> None:
    """A letter came from this address, or in answer to one that went there: it works again."""
    address.failing_since, address.failures, address.last_failure = None, 0, ""
    address.score, address.scored_at = 0.0, None


def address_works(address: Address, *, by: Person, door: str, at: datetime | None = None) -> None:
    """An officer of one of the person's groups, or staff, knows that the address takes letters again."""
    _require_care(by, address.person)
    if address.failing_since is None and not address.failures:
        raise Refused(WORKS_ALREADY)
    address_answers(address)
    again.catch_up(address.person_id, address.address, at or clock.now())
    record("person.changed", door=door, actor=by, subject=address.person, at=at, name=address.person.name)


def _require_care(by: Person, person: Person) -> None:
    """Whoever manages the members of a group in which the person sits; else staff."""
    if not any(queries.may(by, "members.manage", group.id) for group in queries.groups_of(person)):
        queries.require(by, "people.manage")


def next_address(person: Person, after: str) -> Address | None:
    """Where letters can go that came back from this address: the first other one of the person that takes letters."""
    return next((each for each in person.addresses if each.failing_since is None and each.folded != rules.folded(after)), None)
