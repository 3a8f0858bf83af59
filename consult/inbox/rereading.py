"""Reading a mail again after the reading was repaired: what it says now beside what was understood then, and taking that over, once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import comparing, delegates, desk, gathering, kits, queries, questions, receipts, replies, rules
from consult.inbox.comparing import Said
from consult.inbox.judging import Outcome, judge
from consult.inbox.limits import TooStrange
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reading import own_text
from consult.inbox.results import Result
from consult.inbox.returned import with_files
from consult.inbox.saying import OF_LETTERS
from consult.journal.actions import record
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review.actions import Saying
from consult.review.models import Comment, Round

READ_ANEW = N_("Read again: it is taken now. Before: %(before)s")
TOUCHED = N_("It was edited since, so it stays as it is.")
WITHDRAWN = N_("It was withdrawn, and stays so.")
ANSWERED = N_("It has its response already, so it stays as it is.")
GONE = N_("The reading does not find it any more; it stays until somebody withdraws it.")


@dataclass(frozen=True)
class Line:
    """One remark then and now: same, changed, new or gone; `why`: the reason why a change is not taken over."""

    what: str
    was: Said | None
    now: Said | None
    comment: Comment | None = None
    saying: Saying | None = None
    why: str = ""

    @property
    def counts(self) -> bool:
        """Whether taking over would do something."""
        return self.what in ("new", "changed") and not self.why


@dataclass
class Difference:
    """A mail read again: its remarks then and now, what becomes of it now, and the words and the cut text as they are read now."""

    arrival: Arrival
    lines: list[Line] = field(default_factory=list)
    outcome: Outcome | None = None  # for a mail that was not taken: what the judge says today
    own: str = ""
    cut: str = ""
    unknown: list[str] = field(default_factory=list)
    mail: Read | None = None
    found: gathering.Gathered | None = None

    @property
    def taken_now(self) -> bool:
        """Whether a mail that was not taken would be taken today."""
        return self.outcome is not None and self.outcome.kind == "accept" and self.arrival.state in ("held", "refused", "ignored")

    @property
    def changes(self) -> int:
        """How many things taking over would do."""
        return int(self.taken_now) + sum(line.counts for line in self.lines)


def compare(arrival: Arrival) -> Difference:
    """What the present code makes of a mail, beside what was understood when it came. Changes nothing."""
    raw = queries.raw(arrival)
    key = queries.key(arrival)
    sent = outbox.sent_text(key.letter) if key and key.letter else None
    try:
        mail = with_files(desk.reader().read(raw, sent))
    except TooStrange as strange:
        return Difference(arrival, outcome=Outcome("hold", strange.reason))
    found = Difference(arrival, mail=mail, own=own_text(mail, sent))
    comments = queries.entered(arrival)
    if comments and (kit := kits.carried(mail)):  # its remarks are known by what they say, and were never read as those of the letter
        mail, _ = kits.letter_beside(kit.mail, key, comments[0].author_id == arrival.person_id, comments[0].author)
    on = queries.get_round(arrival.round_id)
    if comments and on is not None:
        _compare_comments(found, on, comments, mail, sent)
    elif arrival.state in ("held", "refused", "ignored"):
        _judge_again(found, raw, mail)
    return found


def _judge_again(found: Difference, raw: bytes, mail: Read) -> None:
    arrival = found.arrival
    delivery = gathering.Delivery(raw, arrival.envelope_from, arrival.envelope_to, arrival.door, arrival.received_at)
    found.found = gathering.gather(delivery, mail, None)
    found.outcome = judge(found.found.facts)
    if found.found.facts.addressed_to != "reply" and found.outcome.kind == "accept":
        found.outcome = None  # a command of long ago is not run today


def _compare_comments(found: Difference, on: Round, comments: list[Comment], mail: Read, sent: str | None) -> None:
    places, asked = queries.marks(on.version_id), questions.by_mark(on)
    order = list(places)
    read = replies.understood(mail, sent, [*order, *asked], comments[0].author)
    found.cut, found.unknown = read.cut, read.unknown
    remarks = [remark for remark in read.remarks if not any(mark in asked for mark in remark.marks)]
    says = []
    for remark in remarks:
        at = places.get(remark.mark or "")
        says.append(_once(found.arrival, replies.saying(remark, on, queries.paragraph(at) if at else None, order, "")))
    came = [each for each in comments if (each.once or "").startswith(OF_LETTERS)]  # not those of files that came along
    then, now = [_then(each) for each in came], [_said(each) for each in says]
    for was, is_now in comparing.pairs(then, now):
        found.lines.append(_line(came[was] if was is not None else None, says[is_now] if is_now is not None else None))


def _once(arrival: Arrival, saying: Saying) -> Saying:
    """What is found only now has a name of its own, made of what it says, so that it is entered once however often it is read again."""
    told = "\0".join((saying.paragraph.mark if saying.paragraph else "", saying.type, saying.text, saying.proposed))
    return replace(saying, once=f"mail:{arrival.digest}:{hashlib.sha256(told.encode()).hexdigest()[:16]}")


def _then(comment: Comment) -> Said:
    """A comment as it was first understood."""
    first = comment.revisions[0] if comment.revisions else comment
    return Said(comment.paragraph.mark if comment.paragraph else "", first.type, first.text, first.proposed)


def _said(saying: Saying) -> Said:
    return Said(saying.paragraph.mark if saying.paragraph else "", saying.type, saying.text, saying.proposed)


def _line(comment: Comment | None, saying: Saying | None) -> Line:
    was, now = _then(comment) if comment else None, _said(saying) if saying else None
    if comment is None:
        return Line("new", None, now, None, saying)
    if saying is None:
        return Line("gone", was, None, comment, None, GONE)
    if comparing.same(was, now):
        return Line("same", was, now, comment, saying, WITHDRAWN if comment.withdrawn_at else "")
    return Line("changed", was, now, comment, saying, _why_stays(comment))


def _why_stays(comment: Comment) -> str:
    if comment.withdrawn_at is not None:
        return WITHDRAWN
    if comment.edited_at is not None:
        return TOUCHED
    return ANSWERED if comment.response is not None else ""


def take_over(found: Difference, *, by: Person, door: str) -> int:
    """Take over what the mail says now: new remarks are entered once, changed ones edited where nobody touched them, the rest stays."""
    arrival = found.arrival
    if not queries.works_desk(by, arrival):
        raise Refused(N_("Only the officers of the group can read a letter again."))
    if not found.changes:
        return 0
    done = _take_now(found) if found.taken_now else _take_lines(found, by, door)
    if done:
        db.session.flush()
        record("arrival.reread", door=door, actor=by, group_id=arrival.group_id, subject=arrival, sender=arrival.sender)
    return done


def _take_now(found: Difference) -> int:
    """A mail that was not taken is carried out as if it came today; the person gets the receipt they did not get."""
    arrival, gathered = found.arrival, found.found
    whose = gathered.person or people.get_person(gathered.key.person_id)
    reply = replies.Reply(arrival, found.mail, gathered.key, whose, gathered.own, delegates.answered(gathered.key))
    result = replies.carry_out(reply)
    arrival.state, arrival.understood = "taken", result.understood
    arrival.reason = READ_ANEW % {"before": arrival.reason}
    arrival.own_text, arrival.cut_text, arrival.unplaced = gathered.own, result.cut_text or arrival.cut_text, len(result.unknown)
    _tell(arrival, reply, result)
    return 1


def _tell(arrival: Arrival, reply: replies.Reply, result: Result) -> None:
    if result.receipt is not None:
        result.receipt(arrival, reply.person)
    elif not result.undone and (on := queries.get_round(arrival.round_id)) is not None:
        receipts.receipt(arrival, reply.person, result, on, db.session.get(Group, on.group_id), reply.mail, once=f"reread:{arrival.digest}")


def _take_lines(found: Difference, by: Person, door: str) -> int:
    arrival, on = found.arrival, queries.get_round(found.arrival.round_id)
    comments = [line.comment for line in found.lines if line.comment]
    lines = [line for line in found.lines if line.counts]
    for line in lines:
        if line.what == "changed":
            _change(line, on, by, door)
    new = [line.saying for line in lines if line.what == "new"]
    author = comments[0].author
    verified = all(comment.verified for comment in comments)
    made = review.comment_all(on, new, author=author, verified=verified, by=by, door="mail", received_at=arrival.received_at)
    arrival.understood = [*arrival.understood, *_entries(made)]
    arrival.own_text, arrival.cut_text, arrival.unplaced = found.own, found.cut or arrival.cut_text, len(found.unknown)
    return len(lines) - len([each for each in made if isinstance(each, Refused)])


def _change(line: Line, on: Round, by: Person, door: str) -> None:
    said, comment = line.saying, line.comment
    if (comment.paragraph_id or None) != (said.paragraph.id if said.paragraph else None):
        review.place_by_hand(comment, on.version, said.paragraph, by=by, door=door)
    review.edit(comment, text=said.text, type=said.type, proposed=said.proposed, by=by, door=door)


def _entries(made: Iterable[Comment | Refused]) -> list[dict]:
    return [
        {"type": "comment", "id": each.id, "mark": each.paragraph.mark if each.paragraph else ""}
        for each in made
        if not isinstance(each, Refused)
    ]


def shown(found: Difference) -> str:
    """A difference in one line of plain text, for the command: what would be done, and what stays."""
    numbers = {what: sum(line.what == what for line in found.lines) for what in ("same", "changed", "new", "gone")}
    counted = ", ".join(f"{number} {what}" for what, number in numbers.items() if number) or "no remarks"
    taken = f"; {found.outcome.kind}: {found.outcome.reason}" if found.outcome else ""
    return f"{found.arrival.id}\t{rules.redacted(found.arrival.sender)}\t{counted}{taken}"
