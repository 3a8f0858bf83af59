"""Entering the rows of a file as comments of the round: all of them in one transaction, so that nobody ever sees half a file."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, select, update

from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.exchange import keys, rules
from consult.exchange.knowing import answer_once, once
from consult.exchange.models import Import, ImportRow
from consult.exchange.rows import Row, from_said
from consult.extensions import db
from consult.journal.actions import record, record_each
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review.actions import Responding, answer, respond_many
from consult.review.bulk import Bringing, Brought
from consult.review.models import Comment
from consult.review.rules import LONGEST_COMMENT
from consult.review.saying import Saying

PORTION = 500
MOST_IN_FULL = 100
"""Comments of one file that are told one by one."""
_TABLE = ImportRow.__table__
_MARK = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"))
    .values(state=bindparam("new"), comment_id=bindparam("comment"), problem=bindparam("why"), html="")
)
NOT_FOR_YOU = N_("The response was not entered: your role does not include responding to comments.")


def enter(which: Import, now: datetime) -> None:
    """Every row that is good or doubtful becomes a comment; what a known one says became of it becomes a response where there is none."""
    entering = _Entering(which)
    for portion in _portions(which, ("good", "doubtful")):
        entering.comments(portion)
    for portion in _portions(which, ("known",)):
        entering.responses(portion)
    entering.bringing.end()
    which.state, which.done, which.finished_at = "done", which.total, now
    bringing = entering.bringing
    _tell(which, bringing, now)
    record(
        "import.taken", door=which.door, actor=which.by, group_id=which.round.group_id, subject=which, at=now, name=which.file.name,
        comments=bringing.comments, responses=bringing.responses + entering.answered, round_id=which.round_id,
    )  # fmt: skip


def _tell(which: Import, bringing: Bringing, now: datetime) -> None:
    """A few comments are told like any others, so that whoever has only e-mail reads them; of very many it is told how many they are."""
    on = which.round
    if bringing.comments > MOST_IN_FULL:
        told = {"count": bringing.comments, "title": on.title}
        record("comments.entered", door=which.door, actor=which.by, group_id=on.group_id, subject=on, at=now, **told)
        return
    made = db.session.scalars(select(Comment).where(Comment.id.in_(bringing.made)).order_by(Comment.number))
    for author, comments in groupby(made, lambda each: each.author):
        told = [
            (each, {"number": each.number, "mark": each.paragraph.mark if each.paragraph else "", "round_id": on.id}) for each in comments
        ]
        record_each("comment.made", told, door="import", actor=author, group_id=on.group_id, at=now)


def _portions(which: Import, states: tuple[str, ...]) -> Iterator[list]:
    """The rows in those states in their order. Their numbers are asked for once: sorting what is left again and again would take longer."""
    ordered = select(_TABLE.c.id).where(_TABLE.c.import_id == which.id, _TABLE.c.state.in_(states)).order_by(_TABLE.c.number)
    ids = list(db.session.scalars(ordered))
    columns = [_TABLE.c[name] for name in ("id", "number", "said", "key", "paragraph_id", "comment_id", "html")]
    wanted = select(*columns).where(_TABLE.c.id.in_(bindparam("ids", expanding=True))).order_by(_TABLE.c.number)
    for start in range(0, len(ids), PORTION):
        yield db.session.execute(wanted, {"ids": ids[start : start + PORTION]}).all()


class _Entering:
    """What is asked once for a file: its paragraphs, its people, and whoever enters it."""

    def __init__(self, which: Import) -> None:
        self.which, self.by = which, which.by
        self.bringing = Bringing(which.round, by=which.by, door="import", at=which.at)
        on_version = select(Paragraph).where(Paragraph.version_id == which.round.version_id)
        self.paragraphs = {each.id: each for each in db.session.scalars(on_version)}
        self.manages = people.may(self.by, "comment.manage", which.round.group_id)
        self.members = {seat.person_id for seat in people.members(which.round.group_id)}
        self.answered = 0

    def comments(self, portion: list) -> None:
        """A portion of rows."""
        self._answers([row for row in portion if row.said.get("below")])
        portion = [row for row in portion if not row.said.get("below")]
        if not portion:
            return
        said = [from_said(row.number, row.said) for row in portion]
        known = people.by_addresses(sorted({each.address for each in said if "@" in each.address})) if self.manages else {}
        brought = [self._brought(row, each, known) for row, each in zip(portion, said, strict=True)]
        made = self.bringing.add(brought)
        marks = [_mark(row, outcome) for row, outcome in zip(portion, made, strict=True)]
        db.session.connection().execute(_MARK, marks)

    def _answers(self, portion: list) -> None:
        """Rows that answer comments of ours, which travelled out in a Word file."""
        marks = []
        for row in portion:
            said = from_said(row.number, row.said)
            author, _ = self._whom(said, {})
            to = db.session.get(Comment, int(said.below))
            try:
                with db.session.begin_nested():
                    answer(to, said.comment, once=answer_once(to, said, author), by=author, door=self.which.door, at=self.which.at)
            except Refused as refused:
                marks.append(_mark(row, refused))
            else:
                marks.append(_mark(row, to.id))
        if marks:
            db.session.connection().execute(_MARK, marks)

    def _brought(self, row, said: Row, known: dict[str, Person]) -> Brought:
        paragraph = self.paragraphs.get(row.paragraph_id)
        author, behalf = self._whom(said, known)
        quote = said.quote.strip() if paragraph is not None and said.quote.strip() and said.quote.strip() in paragraph.text else ""
        text, html = said.comment, row.html
        if said.quote.strip() and not quote:
            text, html = _with_quote(said.quote, text), ""
        saying = Saying(paragraph, text, said.type, said.proposed, quote, behalf, once(self.which.round_id, row.key))
        about = {
            "reason": said.reason, "location": keys.location(said), "reference": said.reference, "capacity": said.capacity,
            "language": said.language,
        }  # fmt: skip
        return Brought(saying, author, html, about, said.disposition, _explained(said))

    def _whom(self, said: Row, known: dict[str, Person]) -> tuple[Person, str]:
        """Whose comment it is, and for whom they speak. Only officers enter comments for others."""
        options, behalf = self.which.options, "; ".join(said.on_behalf_of)
        if options.get("person") and self.manages:
            return people.get_person(options["person"]), behalf
        if options.get("behalf"):
            return self.by, options["behalf"]
        author = known.get(said.address.strip().casefold()) if said.address else None
        if author is not None and author.id in self.members:
            return author, behalf
        if not self.manages:
            return self.by, behalf
        return self.by, one_line(behalf or said.organization or said.name, 200)

    def responses(self, portion: list) -> None:
        """Rows that are comments of the round already, with what became of them."""
        told = [(row, from_said(row.number, row.said)) for row in portion if row.said.get("disposition") and row.comment_id]
        if not told:
            return
        if not people.may(self.by, "response.give", self.which.round.group_id):
            self._say(told, [Refused(NOT_FOR_YOU)] * len(told))
            return
        ids = [row.comment_id for row, _ in told]
        found = {each.id: each for each in db.session.scalars(select(Comment).where(Comment.id.in_(ids)))}
        wanted = [Responding(found[row.comment_id], said.disposition, _explained(said)) for row, said in told]
        given = respond_many(self.which.round, wanted, by=self.by, door=self.which.door)
        self.answered += sum(not isinstance(each, Refused) for each in given)
        self._say(told, given)
        for each in found.values():
            db.session.expunge(each)

    def _say(self, told: list, given: list) -> None:
        marks = [
            {"row": row.id, "new": "known", "comment": row.comment_id, "why": rules.problem(each.reason, each.values)}
            for (row, _), each in zip(told, given, strict=True)
            if isinstance(each, Refused)
        ]
        if marks:
            db.session.connection().execute(_MARK, marks)


def _mark(row, outcome: int | Refused) -> dict:
    if isinstance(outcome, Refused):
        return {"row": row.id, "new": "refused", "comment": None, "why": rules.problem(outcome.reason, outcome.values)}
    return {"row": row.id, "new": "taken", "comment": outcome, "why": ""}


def _explained(said: Row) -> str:
    """A response that needs words has at least those of the template."""
    return said.response or (said.said_disposition if said.disposition in ("not-accepted", "clarification-needed") else "")


def _with_quote(quote: str, text: str) -> str:
    """Quoted words that do not stand in the paragraph stay before the comment that is about them."""
    quoted = "\n".join(f"> {line}" for line in quote.strip().splitlines())
    return f"{quoted}\n\n{text}"[:LONGEST_COMMENT]
