"""Guests: people from outside a group who are let into one of its rounds and see nothing else of it. Higher rooms say whom they let in."""

from collections.abc import Callable, Collection, Iterable

from flask import g, has_request_context

from consult.people.models import Person

Place = tuple[int, int, int]  # the numbers of a person, a group and a round
_doors: list[Callable[[Collection[int]], Iterable[Place]]] = []


def offer(door: Callable[[Collection[int]], Iterable[Place]]) -> None:
    """Ask this too who is let in where; it is given the numbers of people and tells every (person, group, round) that is open to one."""
    if door not in _doors:
        _doors.append(door)


def let_in(person_ids: Collection[int]) -> set[Place]:
    """Where these people are guests now, as (person, group, round)."""
    return {tuple(place) for door in _doors for place in door(person_ids)} if person_ids else set()


def rounds(person: Person, group_id: int) -> frozenset[int]:
    """The rounds of that group into which this person is let from outside; asked once a page."""
    if person.ended_at is not None:
        return frozenset()
    kept = g.setdefault("people_guests", {}) if has_request_context() else {}
    if person.id not in kept:
        kept[person.id] = let_in([person.id])
    return frozenset(round_id for _, group, round_id in kept[person.id] if group == group_id)


def is_guest(person: Person, group_id: int, round_id: int) -> bool:
    """Whether this person is let into that round."""
    return round_id in rounds(person, group_id)


def forget() -> None:
    """Somebody was let in or shown out on this very page."""
    if has_request_context():
        g.pop("people_guests", None)
