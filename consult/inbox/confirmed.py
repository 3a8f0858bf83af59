"""YES or NO to a mail of which nobody was sure: its person has it done as if it had been trusted when it came, or puts it aside."""

from datetime import datetime

from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import confirming, delegates, doing, queries, receipts, words
from consult.inbox.gathering import Delivery, Gathered, gather
from consult.inbox.limits import TooStrange
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.reader import reader
from consult.inbox.results import Result
from consult.inbox.returned import with_files
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox import queries as outbox
from consult.people.models import Person

SAID = {"YES": True, "ACCEPT": True, "NO": False, "DECLINE": False}
NEITHER = N_(
    "It answers the question whether a letter is yours, but begins neither with YES nor with NO. Answer once more with one of the two "
    "words alone on the first line."
)
NOT_ASKED = N_("This letter does not wait for your word any more.")
NOT_YOURS = N_("Only the person who was asked can say whether this letter is theirs.")
DENIED = N_("%(name)s says that it is not theirs.")


def carry_out(found: Gathered, answer: Arrival) -> Result:
    """Do what a YES or NO by mail means for the letter it is about."""
    said = SAID.get(words.answer(found.own) or "")
    about = db.session.get(Arrival, found.key.subject_id)
    act = {"by": found.person, "door": "mail", "at": answer.received_at}
    try:
        if said is None:
            raise Refused(NEITHER)
        if about is None:
            raise Refused(NOT_ASKED)
        if said:
            confirm(about, **act)
            return Result("taken", understood=[{"type": "confirmed", "id": about.id, "mark": ""}], receipt=lambda *_: None)
        deny(about, **act)
    except Refused as refused:
        return Result("refused", refused)
    return Result("taken", understood=[{"type": "denied", "id": about.id, "mark": ""}], receipt=_denied)


def confirm(about: Arrival, *, by: Person, door: str, at: datetime | None = None) -> Result:
    """It is theirs: what it asks is done as if it had been trusted when it came, and they are told what it became."""
    _check(about, by)
    mail, found = _read_again(about)
    found.person, about.verified = by, True
    result = doing.do(found, mail, about, confirmed=True)
    about.state, about.reason = result.state, str(result.reason)
    about.understood = [*about.understood, *result.understood]
    about.cut_text = result.cut_text or about.cut_text
    _settled(about, by, door, at)
    doing.tell(about, result, found, mail, once=":yes")
    return result


def deny(about: Arrival, *, by: Person, door: str, at: datetime | None = None) -> None:
    """It is not theirs: nothing is done with it, and it stands at the desk with the reason."""
    _check(about, by)
    about.state, about.reason = "settled", str(Refused(DENIED, name=by.name))
    _settled(about, by, door, at)


def _check(about: Arrival, by: Person) -> None:
    db.session.refresh(about, with_for_update={"of": Arrival})
    if not confirming.was_asked(about, by):
        raise Refused(NOT_YOURS)
    if about.state != "asked":
        raise Refused(NOT_ASKED)


def _settled(about: Arrival, by: Person, door: str, at: datetime | None) -> None:
    about.settled_at, about.settled_by_id = at or clock.now(), by.id
    db.session.flush()
    record("arrival.released", door=door, actor=by, group_id=about.group_id, subject=about, at=about.settled_at, sender=about.sender)


def _read_again(about: Arrival) -> tuple[Read, Gathered]:
    raw = queries.raw(about)
    delivery = Delivery(raw, about.envelope_from, about.envelope_to, about.door, about.received_at)
    key = queries.answered(about.envelope_to.partition("+")[2].partition("@")[0])
    try:
        mail = with_files(reader().read(raw, outbox.sent_text(key.letter) if key and key.letter else None))
    except TooStrange as strange:
        raise Refused(N_("It cannot be read any more: %(why)s"), why=strange.reason) from None
    found = gather(delivery, mail, None)
    found.of = delegates.answered(found.key)
    return mail, found


def _denied(answer: Arrival, person: Person) -> None:
    with force_locale(person.language):
        receipts.Back(answer, person).post("receipt", gettext("Put aside: nothing was done"), "denied", once=f"receipt:{answer.digest}")
