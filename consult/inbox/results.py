"""What became of a mail, before it is written down: its state, the reason in words, and what was made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from consult.errors import Refused
from consult.inbox.models import Arrival
from consult.people.models import Person


@dataclass
class Result:
    """One of taken, held, refused, ignored, bounced, with the reason (a whole sentence) and everything that was understood."""

    state: str
    reason: Refused = field(default_factory=lambda: Refused(""))
    understood: list[dict] = field(default_factory=list)
    comments: list = field(default_factory=list)  # entered (or, after UNDO, withdrawn)
    answer_to: object | None = None  # the comment in whose thread the mail became an answer
    failures: list[tuple[object, Refused]] = field(default_factory=list)  # (remark, why it was not entered)
    unknown: list[str] = field(default_factory=list)
    guessed: list[tuple[str, str]] = field(default_factory=list)  # (mark as written, the mark it was read as)
    mended: list[tuple[str, str]] = field(default_factory=list)  # (line as written, what was done with a comment of before)
    cut_text: str = ""
    undone: bool = False
    answers: list[tuple[str, str]] | None = None  # to commands: (line as written, answer)
    receipt: Callable[[Arrival, Person], object] | None = None  # writes what the person is told, where it is not what comments get
    known: list = field(default_factory=list)  # comments that stood there already: the same file came before
    twice: list = field(default_factory=list)  # comments that an earlier letter had become already: the remark came once more
    notes: list[Refused] = field(default_factory=list)  # what else the sender should know
    thread: list = field(default_factory=list)  # answers below comments, out of a file
    questions: list = field(default_factory=list)  # answers to guiding questions, entered (or, after UNDO, taken back)
    files: int = 0  # how many attached files were read
    unread: list[str] = field(default_factory=list)  # lines of a mail with commands that are none
    wishes: list = field(default_factory=list)  # what waits for a YES
    left: int = 0  # commands that were not run because there were too many


class Waits(Refused):
    """The mail cannot be used by itself, and no rule was broken: an officer has to look at it."""
