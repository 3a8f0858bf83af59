"""Thousands of comments at once, as a file brings them: each checked by the rules of a single one, written together, told once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from consult.errors import Refused
from consult.extensions import db
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.people import queries as people
from consult.people.models import Person
from consult.review import carrying, lateness, response_rules
from consult.review.models import Comment, Response, Round
from consult.review.saying import Saying, check_may, checked, last_number


@dataclass(frozen=True)
class Brought:
    """One remark of a file before it is a comment. `html`: its text made safe already, if that was done before; `about`: the columns of a
    comment that only templates fill (reason, location, reference, capacity, language); `disposition`, `response`: what became of it."""

    saying: Saying
    author: Person
    html: str = ""
    about: dict | None = None
    disposition: str = ""
    response: str = ""


class Bringing:
    """Comments of one file on their way into a round, portion by portion, in one transaction that the caller ends.

    `at`: when the file came, which decides whether its comments are late. Their event is recorded by the caller, once.
    """

    def __init__(self, on: Round, *, by: Person, door: str, at: datetime) -> None:
        self.on, self.by, self.door, self.at = on, by, door, at
        self.responds = people.may(by, "response.give", on.group_id)
        self._may: dict[int, Refused | None] = {}
        self.comments = self.responses = 0
        self.made: list[int] = []
        self._new: list[int] = []

    def add(self, brought: Sequence[Brought]) -> list[int | Refused]:
        """For each, in their order, the number in the database of the comment it became (or was already), or why it became none."""
        known = self._known([each.saying.once for each in brought if each.saying.once])
        made = [known.get(each.saying.once) or self._made(each) for each in brought]
        new = [(each, row) for each, row in zip(brought, made, strict=True) if isinstance(row, dict)]
        ids = self._store([row for _, row in new])
        self.made += ids
        self._respond([(each, number) for (each, _), number in zip(new, ids, strict=True)])
        numbers = iter(ids)
        return [next(numbers) if isinstance(row, dict) else row for row in made]

    def _known(self, once: list[str]) -> dict[str, int]:
        return dict(db.session.execute(select(Comment.once, Comment.id).where(Comment.once.in_(once))).all()) if once else {}

    def _made(self, each: Brought) -> dict | Refused:
        """The columns of its comment, or why it becomes none."""
        try:
            if refused := self._refusal(each.author):
                raise refused
            about = {
                name: one_line(text, LIMITS[name]) if name in LIMITS else many_lines(text) for name, text in (each.about or {}).items()
            }
            return DEFAULTS | about | checked(self.on, each.saying, each.html) | {
                "author_id": each.author.id, "door": self.door, "received_at": self.at, **lateness.marks(self.on, self.at),
                "entered_by_id": self.by.id if self.by.id != each.author.id else None,
            }  # fmt: skip
        except Refused as refused:
            return refused

    def _refusal(self, author: Person) -> Refused | None:
        """Whether this author may be entered by whoever brings the file; asked once for each of them."""
        if author.id not in self._may:
            try:
                self._may[author.id] = check_may(self.on, author, self.by, self.at)
            except Refused as refused:
                self._may[author.id] = refused
        return self._may[author.id]

    def _store(self, values: list[dict]) -> list[int]:
        """The numbers in the database of so many new comments, in their order."""
        if not values:
            return []
        last = last_number(self.on, len(values))
        numbered = [row | {"number": number} for number, row in enumerate(values, last - len(values) + 1)]
        self.comments += len(values)
        db.session.connection().execute(insert(Comment.__table__), numbered)
        made = select(Comment.id).where(Comment.round_id == self.on.id, Comment.number > last - len(values), Comment.number <= last)
        found = list(db.session.scalars(made.order_by(Comment.number)))
        self._new += found
        return found

    def end(self) -> None:
        """Once the last portion is in: comments on a version that was replaced meanwhile stand on the later ones too."""
        carrying.catch_up(self.on, set(self._new))

    def _respond(self, made: list[tuple[Brought, int]]) -> None:
        """What became of a comment comes with it, when whoever brings the file may respond and the rule lets it stand."""
        rows = []
        for each, number in made:
            if each.disposition and self.responds:
                text = many_lines(each.response)
                response_rules.check_response(each.disposition, text, 0, 0)
                rows.append(
                    {"comment_id": number, "disposition": each.disposition, "text": text, "by_id": self.by.id, "at": clock.now(), "turn": 1}
                )
        if rows:
            self.responses += len(rows)
            db.session.connection().execute(insert(Response.__table__), rows)


LIMITS = {"location": 300, "reference": 80, "capacity": 20, "language": 5}
DEFAULTS = {"reason": "", "location": "", "reference": "", "capacity": "", "language": "", "consent": "named", "verified": True}
