"""The same done with many letters of the desk at once; each stands alone, and tells what became of it by its number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import actions, rereading, sorting
from consult.inbox.models import Arrival
from consult.kit.words import N_
from consult.people.models import Person

ACTS: dict[str, str] = {
    "aside": N_("Put aside"),
    "release": N_("Enter as it is"),
    "sort": N_("Say what it is"),
    "back": N_("Put back to the desk"),
    "reread": N_("Take over what it says now"),
}
DONE: dict[str, str] = {
    "aside": N_("It was put aside."),
    "release": N_("It was entered where it says."),
    "sort": N_("It was sorted."),
    "back": N_("It waits at the desk again."),
    "reread": N_("What it says now was taken over."),
}
NOTHING_NEW = N_("It says what was understood already.")
UNKNOWN = N_("There is no such thing to do with letters.")


@dataclass(frozen=True)
class Became:
    """What became of one letter: done, or why not."""

    arrival: Arrival
    refused: Refused | None = None


def do(arrivals: Iterable[Arrival], act: str, *, note: str = "", sort: str = "", by: Person, door: str) -> list[Became]:
    """Do the same with each of these letters; what is refused for one of them leaves the others alone."""
    if act not in ACTS:
        raise Refused(UNKNOWN)
    work = _work(act, note, sort, by, door)
    return [_one(arrival, work) for arrival in arrivals]


def _one(arrival: Arrival, work: Callable[[Arrival], None]) -> Became:
    try:
        with db.session.begin_nested():
            work(arrival)
    except Refused as refused:
        return Became(arrival, refused)
    return Became(arrival)


def _work(act: str, note: str, sort: str, by: Person, door: str) -> Callable[[Arrival], None]:
    def reread(arrival: Arrival) -> None:
        if not rereading.take_over(rereading.compare(arrival), by=by, door=door):
            raise Refused(NOTHING_NEW)

    return {
        "aside": lambda arrival: actions.settle(arrival, note, by=by, door=door),
        "release": lambda arrival: actions.release(arrival, by=by, door=door),
        "sort": lambda arrival: sorting.sort(arrival, sort, note=note, by=by, door=door),
        "back": lambda arrival: sorting.put_back(arrival, by=by, door=door),
        "reread": reread,
    }[act]
