"""Files of answers from offline kits that come by mail: to whatever address of the round, or days later to the address for commands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from consult.delegations import queries as delegations
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, delegates
from consult.inbox.lines import Command
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reading import Remark, sanitised
from consult.inbox.results import Result
from consult.inbox.returned import Brought, Filled, filled
from consult.kit import clock
from consult.kit.words import N_
from consult.offline import actions, answers, others, rules, telling
from consult.offline.actions import Taken
from consult.outbox import actions as outbox
from consult.outbox.models import ReplyKey
from consult.people.models import Person
from consult.review.models import Comment, Round

ANSWERS = "ANSWERS"
MOST_WORDS = 200_000
ONLY_FILE = N_("Of this letter only the file of answers was read. What you wrote beside it was not entered; it is kept with the letter.")
BESIDE = N_("[%(mark)s]: comment %(numbers)s of yours came another way and stands there too; both are kept.")
MOVED = {
    "moved": N_("Comment %(number)s: in a newer version its paragraph stands elsewhere; the comment goes with it."),
    "changed": N_("Comment %(number)s: in a newer version its paragraph reads differently; the comment is shown there too."),
    "orphaned": N_("Comment %(number)s: in a newer version its paragraph is gone; the comment stands on the version of your kit."),
}


@dataclass(frozen=True)
class Carried:
    """A mail that holds files of answers, with them among what it brought, and the round that the first of them is about."""

    mail: Read
    text: str

    def words(self, own: str) -> str:
        """What the person wrote: the words of the letter, and those of the files of answers attached to it."""
        attached = [each.said.text for each in self.mail.brought if isinstance(each.said, Filled) and each.said.attached]
        return sanitised("\n\n".join([own, *attached])[:MOST_WORDS]).strip()

    @property
    def command(self) -> Command:
        """What such a mail asks for where it comes to the address for commands."""
        return Command(ANSWERS, "", answers.HEAD)


def carried(mail: Read) -> Carried | None:
    """The files of answers of a mail, attached or pasted into it; None when it has none. Asked of every mail, so it looks cheaply."""
    brought = list(mail.brought)
    if not any(isinstance(each.said, Filled) for each in brought):
        brought += [found for each in mail.attachments if (found := filled(each))]
    text = mail.text
    if answers.is_answers(text):
        pasted, text = answers.parted(text)
        brought.append(Brought("", Filled(pasted, attached=False)))
    found = next((each.said.text for each in brought if isinstance(each.said, Filled)), None)
    return Carried(replace(mail, brought=tuple(brought), text=text), found) if found is not None else None


def carry_out(
    which: Carried, sent: str | None, arrival: Arrival, key: ReplyKey | None, person: Person, enter: Callable[..., Result]
) -> Result:
    """Enter the answers in the round they are about, with what else the letter says; `enter` reads a mail and says its remarks."""
    brought = actions.check_own(actions.understood(which.text), person)
    on = brought.on
    instead = others.instead(on, person)
    if instead:
        _keep_apart(arrival, key, on, person)
    else:
        arrival.round_id, arrival.group_id = on.id, on.group_id
    about = {"author": person, "by": person, "verified": arrival.verified, "at": arrival.received_at, "once": f"mail:{arrival.digest}"}
    if instead:
        about["say"] = lambda _, said: instead(said, by=person, door="mail", at=arrival.received_at)
    mail, beside = letter_beside(which.mail, key, brought.author.id == person.id, person)
    result = enter(on, mail, sent, **about)
    result.notes += [Refused(ONLY_FILE)] if beside else []
    if instead:
        result.receipt = lambda *_: telling.receipt(_apart(result, on, person), by=person, once=f"receipt:{arrival.digest}")
    return result


def letter_beside(mail: Read, key: ReplyKey | None, own: bool, person: Person) -> tuple[Read, bool]:
    """(the mail, whether it says something that is not read). Remarks beside the file are read in an answer about a round; elsewhere, and
    from whoever sends on the file of another, the letter only covers it."""
    if own and key is not None and key.purpose in ("round", "receipt"):
        return mail, False
    words = courtesies.without_courtesies([Remark(None, mail.text)], person.name)
    return replace(mail, text=""), any(each.text.strip() and not courtesies.is_covering(each) for each in words)


def _keep_apart(arrival: Arrival, key: ReplyKey | None, on: Round, person: Person) -> None:
    """What goes to a set stands at no officer's desk."""
    if key is None or key.purpose != delegates.PURPOSE:
        mark = outbox.new_key(person, delegates.PURPOSE, delegations.of_person(person.id, on.id).id)
        mark.revoked_at = clock.now()
        db.session.flush()
        arrival.key_id = mark.id
    arrival.group_id, arrival.round_id = None, on.id


def _apart(result: Result, on: Round, person: Person) -> Taken:
    made = [(answers.Said((), "", each.text, each.proposed), each) for each in result.comments]
    failures = [(answers.Said((), "", remark.text, remark.proposed or ""), refused) for remark, refused in result.failures]
    return Taken(on, person, made=made, failures=failures, notes=result.notes, apart=True)


def enter(on: Round, file: Brought, result: Result, *, author: Person, by: Person, verified: bool, at: datetime) -> None:
    """The remarks of one file of answers, for whoever its kit was made for; what cannot be entered is among the result's failures."""
    try:
        brought = actions.understood(file.said.text)
        if by.id == author.id or brought.author.id != author.id:  # an officer lets through what the person themselves sent
            actions.check_own(brought, by, on)
        elif brought.on.id != on.id:
            raise Refused(rules.OTHER_ROUND, round=brought.on.id)
        taken = actions.take(brought, by=by, door="mail", verified=verified, at=at, name=file.name)
    except Refused as refused:
        result.failures.append((Remark(None, file.name or answers.HEAD), refused))
        return
    result.files += file.said.attached
    _write_down(taken, result)
    if taken.author.id != author.id:
        telling.receipt(taken, by=by, once=f"kit:{on.id}:{at.isoformat()}:{taken.author.id}")


def _write_down(taken: Taken, result: Result) -> None:
    for said, made in taken.made:
        result.comments.append(made)
        result.understood.append({"type": made.__tablename__, "id": made.id, "mark": said.mark})
    for said, made in taken.questions:
        result.questions.append(made)
        result.understood.append({"type": "question", "id": made.id, "mark": said.mark})
    result.known += [made for _, made in taken.known]
    result.unknown += taken.unknown
    result.failures += taken.failures
    result.notes += taken.notes
    for made, numbers in taken.beside:
        result.notes.append(Refused(BESIDE, mark=_mark(made), numbers=", ".join(map(str, numbers))))
    result.notes += [Refused(MOVED[state], number=made.number) for made, state in taken.moved]


def _mark(made: Comment) -> str:
    return made.paragraph.mark if made.paragraph else answers.WHOLE
