"""Mails of which nobody can be sure: their person is asked, at their own address, to say YES before anything is done."""

from datetime import datetime, timedelta

from flask import render_template
from flask_babel import force_locale, gettext
from sqlalchemy import func, select, update

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import kindness, receipts, rules
from consult.inbox.commands.table import READING
from consult.inbox.gathering import Gathered
from consult.inbox.judging import Facts
from consult.inbox.models import Arrival, Wish
from consult.inbox.results import Result
from consult.kit import clock
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox.models import Letter, ReplyKey
from consult.people import queries as people
from consult.people.models import Person
from consult.web.filters import instant_words

PURPOSE = "confirm"
HARMLESS = frozenset(("STOP",))
"""Done at once where no mail server is set up to vouch: the answer says how to go back."""
PATIENCE = timedelta(days=14)
MOST_ASKED = 5  # letters of one day that ask one person: a forger must not fill anybody's mailbox
COMMANDS = N_("It asks to change something, and nobody confirms that it came from the person it names.")
FLOODED = N_("Its person was asked about %(most)s other mails today already, so it waits for an officer.")
NO_ANSWER = N_("Its person was asked whether it is theirs and has not answered in %(days)s days.")
WAITS = N_("This changes something, so it waits: answer this letter with the one word YES and it is done, or with NO and it is not.")
WAITS_AT_DESK = N_("This changes something and cannot be confirmed today, so it waits for an officer.")


def needed(verb: str, facts: Facts) -> bool:
    """Whether this command is done only once its person has said YES: it changes something, and the sender may be anybody."""
    if verb in READING or facts.trust.level == "verified":
        return False
    return verb not in HARMLESS or facts.doubted


def asked(found: Gathered, why: str) -> Result:
    """The mail waits for its person's word; for an officer where there is nobody to ask, or they were asked too often today."""
    whom = whose(found)
    if whom is None or whom.ended_at is not None or not whom.addresses:
        return Result("held", Refused(why))
    if asked_today(whom) >= MOST_ASKED:
        return Result("held", Refused(FLOODED, most=MOST_ASKED))
    return Result("asked", Refused(why))


def whose(found: Gathered) -> Person | None:
    """Who can say that a mail is theirs: the person its reply address was given to, else the one whose address it came from."""
    if found.key is not None and found.facts.addressed_to == "reply":
        return people.get_person(found.key.person_id)
    return found.person


def asked_today(person: Person) -> int:
    """How many letters of today (UTC) ask this person whether a mail is theirs."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = select(func.count(func.distinct(Letter.id))).join(ReplyKey, ReplyKey.letter_id == Letter.id).where(
        Letter.person_id == person.id, ReplyKey.purpose == PURPOSE, Letter.created_at >= today
    )  # fmt: skip
    return db.session.scalar(wanted) or 0


def new_key(arrival: Arrival, person: Person) -> ReplyKey:
    """What YES or NO is answered to."""
    return outbox.new_key(person, PURPOSE, arrival.id, group_id=arrival.group_id, expires_at=clock.now() + PATIENCE)


def words_of_waiting(state: str, person: Person) -> str:
    """What is said of a command that is not done yet."""
    with force_locale(person.language):
        return gettext(WAITS if state == "asked" else WAITS_AT_DESK)


def ask(arrival: Arrival, found: Gathered, reason: Refused) -> Letter | None:
    """One letter to the person's own address, never to whoever wrote: what came, from where, what it would do; YES or NO?"""
    whom = whose(found)
    key = new_key(arrival, whom)
    own, cut = rules.shortened(rules.unlinked(rules.redacted(found.own)), 1500)
    sent = found.key.letter if found.key is not None and found.facts.addressed_to == "reply" else None
    files = len(found.facts.read.attachments) if found.facts.read else 0
    with force_locale(whom.language):
        subject = one_line(rules.unlinked(rules.redacted(arrival.subject)), 80) or gettext("your letter")
        text = render_template(
            "mail/inbox/confirm.txt", address=one_line(rules.redacted(arrival.sender), 200), subject=subject, own=own, cut=cut,
            came=instant_words(arrival.received_at, whom.zone), stranger=found.person is None, reason=receipts.told(reason),
            answers=sent.subject if sent else "", until=instant_words(key.expires_at, whom.zone), files=files,
            officers=kindness.officers_of(whom, arrival.group_id), desk=kindness.desk_address(),
        )  # fmt: skip
        return outbox.post(
            kind="confirm", person=whom, subject=gettext("Is this letter yours? %(subject)s", subject=subject), text=text,
            group_id=arrival.group_id, once=f"confirm:{arrival.digest}", keys=[key], automatic="auto-replied",
        )  # fmt: skip


def waiting_for(person: Person) -> list[Arrival]:
    """The mails of which this person can say whether they are theirs, the newest first."""
    own = select(ReplyKey.subject_id).where(ReplyKey.person_id == person.id, ReplyKey.purpose == PURPOSE)
    wanted = select(Arrival).where(Arrival.state == "asked", Arrival.id.in_(own)).order_by(Arrival.id.desc())
    return list(db.session.scalars(wanted))


def was_asked(about: Arrival, person: Person) -> bool:
    """Whether this person was asked about that mail."""
    wanted = select(ReplyKey.id).where(ReplyKey.purpose == PURPOSE, ReplyKey.subject_id == about.id, ReplyKey.person_id == person.id)
    return db.session.scalar(wanted.limit(1)) is not None


def lapse(now: datetime) -> int:
    """Mails that nobody has confirmed in two weeks wait for an officer from now on. Returns how many."""
    late = update(Arrival).where(Arrival.state == "asked", Arrival.received_at < now - PATIENCE)
    reason = str(Refused(NO_ANSWER, days=PATIENCE.days))
    return db.session.execute(late.values(state="held", reason=reason)).rowcount


def wishes(arrival: Arrival) -> list[Wish]:
    """What was announced in the answer to this letter and waits for a YES."""
    return list(db.session.scalars(select(Wish).where(Wish.arrival_id == arrival.id, Wish.done_at.is_(None)).order_by(Wish.id)))
