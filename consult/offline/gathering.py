"""What one person may read of a round, gathered for a kit: exactly what the pages show them, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale, gettext

from consult.drafts import queries as drafts
from consult.drafts.labels import label
from consult.drafts.pictures import in_words
from consult.drafts.pieces import Piece
from consult.errors import Refused
from consult.kit.words import N_
from consult.offline import others
from consult.offline.codes import code_of
from consult.offline.others import Task
from consult.people import queries as people
from consult.people.models import Person
from consult.review import queries as review
from consult.review.guests import require_reading
from consult.review.models import Round

NOT_OPEN = N_("The round has not opened yet. Its kit is there once it does.")


@dataclass(frozen=True)
class Kit:
    """Everything that stands in a kit. `comments`: rows by the mark they stand on (whole: the draft, lost: their paragraph is gone)."""

    on: Round
    person: Person
    pieces: Sequence[Piece]
    comments: Mapping[str, list]
    threads: Mapping[int, list]
    questions: Mapping[str, str]
    tasks: Sequence[Task]
    label: str
    code: str
    state: str
    as_of: datetime
    with_comments: bool

    @property
    def marks(self) -> list[str]:
        """The marks of the paragraphs, in their order."""
        return [piece.mark for piece in self.pieces]

    @property
    def name(self) -> str:
        """What its files are called by."""
        return f"R{self.on.id}-{self.code}"


def gather(on: Round, person: Person, with_comments: bool = True) -> Kit:
    """The kit of this person for this round; Refused, as if nothing were there, for whoever may not read it."""
    require_reading(person, on)
    if on.opened_at is None and not people.may(person, "round.manage", on.group_id):
        raise Refused(NOT_OPEN)
    version = on.version
    guest = not people.may(person, "draft.read", on.group_id)
    with force_locale(person.language):
        pieces = in_words(drafts.pieces(version.id))
        rows = _readable(on, person, guest) if with_comments else []
        threads = _threads(rows) if rows else {}
        moments = [
            on.opens_at,
            *(row.responded_at or row.received_at for row in rows),
            *(a.received_at for t in threads.values() for a in t),
        ]
        return Kit(
            on, person, pieces, _placed(rows, version.id), threads,
            {mark: text for mark, (text, _) in others.questions(on).items() if not guest}, _tasks(person), label(version.draft),
            code_of(person.id, on.id, version.number), review.state(on), max(moments), with_comments,
        )  # fmt: skip


def _readable(on: Round, person: Person, guest: bool) -> Sequence:
    """The comments on the version; whoever is a guest of the round sees their own, as on its page."""
    rows = review.all_on_version(on.version_id)
    return [row for row in rows if row.author_id == person.id and row.round_id == on.id] if guest else rows


def _threads(rows: Sequence) -> dict[int, list]:
    return review.answers([row.id for row in rows])


def _placed(rows: Sequence, version_id: int) -> dict[str, list]:
    marks = {row.id: row.mark for row in drafts.paragraphs(version_id)} if rows else {}
    found: dict[str, list] = {}
    for row in rows:
        at = "lost" if row.state == "orphaned" else "whole" if row.at_id is None else marks[row.at_id]
        found.setdefault(at, []).append(row)
    return found


def _tasks(person: Person) -> list[Task]:
    """The rounds that wait for this person, and what other rooms have for them."""
    what = gettext("Comments are asked for.")
    rounds = [Task(each.title, what, each.closes_at) for each in review.open_rounds_of(person.id)]
    return sorted([*rounds, *others.tasks(person)], key=lambda task: task.closes_at.timestamp() if task.closes_at else float("inf"))
