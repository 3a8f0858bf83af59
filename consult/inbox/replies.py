"""Answers to our letters: to a round they become comments, to a comment an answer in its thread, to a receipt they take back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from consult.delegations.models import Delegation
from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import (
    accepting,
    attending,
    bringing,
    courtesies,
    delegates,
    digests,
    inside,
    joining,
    kits,
    lines,
    meaning,
    queries,
    questions,
    reading,
    rules,
    terms,
    voting,
    words,
)
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reading import Reading, Remark
from consult.inbox.results import Result, Waits
from consult.inbox.saying import say as once_said
from consult.inbox.sealed import why_sealed
from consult.inbox.unwrapping import unwrapped
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.outbox.models import ReplyKey
from consult.people.models import Person
from consult.polls.models import Poll
from consult.review import actions as review
from consult.review.actions import Saying
from consult.review.grammar import NAMES
from consult.review.models import Comment, Invitation, Round

NOTHING_READ = N_(
    "It holds no text of your own, only attached files that cannot be read as comments. Write your comments as text into the letter, "
    "or send the text of the round back as a Word file (.docx) with comments or tracked changes. The files are kept for the officers."
)
NOTHING_NEW = N_("Nothing new was written in it.")
NO_UNDO = N_(
    "It answers a receipt, but begins neither with UNDO nor with the mark of a paragraph. If you wanted to add something, "
    "answer the receipt again and begin each remark with its mark, for example [12]. If you wanted to take back what you sent, "
    "answer it with the one word UNDO."
)
GONE = N_("What it answers is not there any more.")


@dataclass(frozen=True)
class Reply:
    """A mail to a reply address: the row, what was read, what it answers, who answers, and their own words in it."""

    arrival: Arrival
    mail: Read
    key: ReplyKey
    person: Person
    own: str
    of: Delegation | None  # for whom this person drafts where they answer

    @property
    def sent(self) -> str | None:
        """The text of the letter it answers, exactly as it was sent."""
        return outbox.sent_text(self.key.letter) if self.key.letter else None


def carry_out(reply: Reply) -> Result:
    """Do what the answer means; raises Refused with the rule's own words, Waits when an officer has to look."""
    of = reply.of
    if sealed := why_sealed(reply.own, [file.type for file in reply.mail.attachments]):
        raise (Refused if of else Waits)(sealed)
    if kit := kits.carried(reply.mail):
        return kits.carry_out(kit, reply.sent, reply.arrival, reply.key, reply.person, enter)
    if asked := inside.asks(reply):
        return inside.run(asked, [], reply)
    if of and not (reply.key.purpose == "round" and words.answer(reply.own) in ("ACCEPT", "DECLINE")):
        return delegates.carry_out(reply, of, enter)
    asked, taken = lines.mending(reply.own) if reply.key.purpose in ("round", "receipt") else ([], [])
    if asked:
        return inside.mended(asked, taken, reply, _MEANT[reply.key.purpose])
    if not reply.own and not _brings(reply):
        raise Waits(NOTHING_READ if reply.mail.attachments else NOTHING_NEW)
    return _MEANT[reply.key.purpose](reply)


def _brings(reply: Reply) -> bool:
    """Whether a letter without own words holds a file that can be read as an answer."""
    if reply.key.purpose == "meeting":
        return bool(reply.mail.attachments)
    return bool(reply.mail.brought) and reply.key.purpose in ("round", "receipt", "digest")


def _to_round(reply: Reply) -> Result:
    on = _there(db.session.get(Round, reply.key.subject_id))
    if words.answer(reply.own) in ("ACCEPT", "DECLINE") and not _names_paragraphs(reply, on):
        return accepting.carry_out(on, reply)
    return _entered(on, reply)


def _entered(on: Round, reply: Reply) -> Result:
    return enter(
        on, reply.mail, reply.sent, author=reply.person, by=reply.person, once=f"mail:{reply.arrival.digest}",
        verified=reply.arrival.verified, at=reply.arrival.received_at,
    )  # fmt: skip


def enter(
    on: Round, mail: Read, sent: str | None, *, author: Person, by: Person, once: str, verified: bool, at: datetime,
    paragraph: Paragraph | None = None, say: Callable[[Round, list[Saying]], list] | None = None,
) -> Result:  # fmt: skip
    """Enter each remark, of the letter and of the files with it, as a comment (those of the letter on `paragraph` when one is given).
    `say`: what takes the remarks instead, giving for each what it became or why it became nothing.

    Raises the first refusal when none could be entered."""
    if kit := kits.carried(mail):
        mail = kit.mail
    places = queries.marks(on.version_id)
    order = list(places)
    asked = {} if say else questions.by_mark(on)  # answers to questions are public; what else takes the remarks keeps them all
    read = understood(mail, sent, [*order, *asked], author)
    result = Result("taken", unknown=read.unknown, guessed=read.guessed, cut_text=read.cut)
    remarks = questions.enter(read.remarks, asked, result, author=author, by=by, verified=verified, at=at)
    said = [
        saying(remark, on, paragraph or _paragraph(places.get(remark.mark or "")), order, f"{once}:{number}")
        for number, remark in enumerate(remarks, 1)
    ]
    became = say(on, said) if say else once_said(on, said, result, author=author, by=by, verified=verified, at=at)
    for remark, each, made in zip(remarks, said, became, strict=True):
        if made is None:
            continue
        if isinstance(made, Refused):
            result.failures.append((remark, made))
            continue
        result.comments.append(made)
        result.understood.append({"type": made.__tablename__, "id": made.id, "mark": each.paragraph.mark if each.paragraph else ""})
    for file in mail.brought:
        bringing.enter(on, file, result, author=author, by=by, verified=verified, at=at)
    if not (result.comments or result.known or result.twice or result.thread or result.questions):
        raise result.failures[0][1] if result.failures else Waits(NOTHING_NEW)
    return result


def understood(mail: Read, sent: str | None, marks: list[str], author: Person) -> Reading:
    """What somebody says in a mail about the paragraphs and questions of these marks, without what only greets and signs."""
    read = reading.remarks(mail.text, sent, marks)
    remarks = courtesies.without_courtesies(read.remarks, author.name)
    return replace(read, remarks=[remark for remark in remarks if not (mail.brought and courtesies.is_covering(remark))])


def saying(remark: Remark, on: Round, paragraph: Paragraph | None, order: list[str], once: str) -> Saying:
    """The comment that a remark is to become."""
    text = reading.sanitised(rules.named_range(remark.marks, order) + unwrapped(remark.text))
    return Saying(paragraph, text, _type(remark, on), reading.sanitised(remark.proposed or ""), once=once)


def _paragraph(paragraph_id: int | None) -> Paragraph | None:
    return queries.paragraph(paragraph_id) if paragraph_id is not None else None


def _type(remark: Remark, on: Round) -> str:
    """The type the person named; without one, general, or the first type the round asks for."""
    if remark.type:
        return NAMES[remark.type]
    return "general" if not on.types or "general" in on.types else on.types[0]


def _to_comment(reply: Reply) -> Result:
    to = _there(db.session.get(Comment, reply.key.subject_id))
    arrival = reply.arrival
    asked, below = words.standing(reply.own)
    if asked:
        return joining.carry_out(asked, below, to, reply)
    made = review.answer(
        to, unwrapped(reply.own), once=f"mail:{arrival.digest}", verified=arrival.verified, by=reply.person,
        door="mail", at=arrival.received_at,
    )  # fmt: skip
    mark = to.paragraph.mark if to.paragraph else ""
    return Result("taken", understood=[{"type": "answer", "id": made.id, "mark": mark}], answer_to=to)


def _to_poll(reply: Reply) -> Result:
    return voting.give(_there(db.session.get(Poll, reply.key.subject_id)), reply.own, reply.arrival, by=reply.person)


def _to_terms(reply: Reply) -> Result:
    return terms.carry_out(_there(db.session.get(Invitation, reply.key.subject_id)), reply)


def _to_digest(reply: Reply) -> Result:
    return digests.carry_out(reply, enter)


def _to_receipt(reply: Reply) -> Result:
    """UNDO takes back, in one step, everything the mail became that the receipt was about; marked remarks are added to it."""
    about = _there(db.session.get(Arrival, reply.key.subject_id))
    if rules.wants_undo(reply.own):
        return _undone(about, reply)
    on = queries.get_round(about.round_id)
    if on is None or not (reply.mail.brought or _names_paragraphs(reply, on)):
        raise Waits(NO_UNDO)
    return _entered(on, reply)


def _names_paragraphs(reply: Reply, on: Round) -> bool:
    """Whether at least one remark says which paragraph of the round's text it is about."""
    return any(
        remark.mark
        for remark in reading.remarks(reply.mail.text, reply.sent, [*queries.marks(on.version_id), *questions.by_mark(on)]).remarks
    )


def _undone(about: Arrival, reply: Reply) -> Result:
    result = Result("taken")
    answers = queries.answers(about)
    for said, withdraw in [(c, review.withdraw) for c in queries.entered(about)] + [(a, review.withdraw_answer) for a in answers]:
        _take_back(said, withdraw, reply, result)
    questions.undo(about, result, by=reply.person, at=reply.arrival.received_at)
    if not (result.comments or result.questions):
        raise result.failures[0][1] if result.failures else Waits(NO_UNDO)
    result.undone = True
    result.understood = [{"type": "undo", "id": said.id, "mark": ""} for said in result.comments if said not in answers]
    return result


def _take_back(said, withdraw, reply: Reply, result: Result) -> None:
    """One comment or answer; what was taken back before counts as taken back."""
    try:
        if said.withdrawn_at is None:
            withdraw(said, by=reply.person, door="mail", at=reply.arrival.received_at)
    except Refused as refused:
        result.failures.append((said, refused))
    else:
        result.comments.append(said)


def _there(row):
    if row is None:
        raise Waits(GONE)
    return row


_MEANT = {
    "round": _to_round,
    "comment": _to_comment,
    "digest": _to_digest,
    "receipt": _to_receipt,
    "poll": _to_poll,
    "terms": _to_terms,
    "meeting": attending.carry_out,
    "wish": inside.to_wish,
    "text": inside.to_text,
    "means": meaning.carry_out,
}
