"""What rooms beside this one put into a kit and take out of its file of answers: they offer, the kit asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from consult.people.models import Person
from consult.review.models import Round


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person: what it is called, what it is (a whole sentence), until when."""

    title: str
    what: str
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Questions:
    """What a round asks beside comments. `asked`: the questions of a round by their marks; `reply`: takes (round, mark, text, …)."""

    asked: Callable[[Round], dict[str, str]]
    reply: Callable[..., object]


_tasks: list[Callable[[Person], list[tuple]]] = []
_questions: list[Questions] = []
_instead: list[Callable[[Round, Person], Callable[..., list] | None]] = []


def offer_tasks(find: Callable[[Person], list[tuple]]) -> None:
    """Show on the first page of a kit what waits for its person elsewhere: (title, what it is, until when) of each."""
    if find not in _tasks:
        _tasks.append(find)


def offer_questions(which: Questions) -> None:
    """Ask these questions too in the form of a kit."""
    if which not in _questions:
        _questions.append(which)


def offer_instead(find: Callable[[Round, Person], Callable[..., list] | None]) -> None:
    """Let what this gives take the remarks of a person instead of the round: whoever drafts for a Party writes to its set."""
    if find not in _instead:
        _instead.append(find)


def tasks(person: Person) -> list[Task]:
    """What waits for a person in other rooms, the nearest deadline first."""
    found = [Task(*row) for find in _tasks for row in find(person)]
    return sorted(found, key=lambda task: task.closes_at.timestamp() if task.closes_at else float("inf"))


def questions(on: Round) -> dict[str, tuple[str, Questions]]:
    """The questions of a round by their marks, each with whoever takes its answer."""
    return {mark: (text, which) for which in _questions for mark, text in which.asked(on).items()}


def instead(on: Round, person: Person) -> Callable[..., list] | None:
    """What takes this person's remarks in that round instead of the round itself; None where nothing does."""
    return next((taken for find in _instead if (taken := find(on, person))), None)
