"""Reading what came by mail and what became of it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from consult.drafts.models import Paragraph
from consult.errors import NotFound
from consult.extensions import db
from consult.inbox import spool
from consult.inbox.models import Arrival
from consult.journal.models import Event
from consult.kit.words import N_
from consult.outbox.models import Letter, ReplyKey
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.people.rules import folded
from consult.review import carrying
from consult.review import queries as review
from consult.review.models import Answer, Comment, Round

RESULTS_KEPT = 50
# Asked for every mail, so they are put together once.
KNOWN = select(Arrival).where(Arrival.digest.in_(bindparam("digests", expanding=True)))
ANSWERED = select(ReplyKey).where(ReplyKey.key.in_(bindparam("keys", expanding=True))).options(joinedload(ReplyKey.letter))
ROUNDS = select(Round).where(Round.id.in_(bindparam("rounds", expanding=True)))
MARKS = (
    select(Paragraph.mark, Paragraph.id)
    .where(Paragraph.version_id == bindparam("version"), Paragraph.mark != "")
    .order_by(Paragraph.position)
)
_PRIVATE = select(ReplyKey.id).where(ReplyKey.purpose == "delegation")
NOT_PRIVATE = or_(Arrival.key_id.is_(None), Arrival.key_id.not_in(_PRIVATE))
_texts: ContextVar[dict[tuple[str, int], object] | None] = ContextVar("texts of some mails", default=None)


def find(digest: str) -> Arrival | None:
    """The arrival that a message already became."""
    return find_all([digest]).get(digest)


def find_all(digests: list[str]) -> dict[str, Arrival]:
    """The arrivals that these messages already became, by digest."""
    return {known.digest: known for known in db.session.scalars(KNOWN, {"digests": digests})}


def heard(person_ids: Collection[int]) -> dict[int, datetime]:
    """When the last mail of each of these people came that they wrote themselves."""
    written = (Arrival.person_id.in_(person_ids), Arrival.state.in_(("taken", "held", "refused", "asked")))
    return dict(
        db.session.execute(select(Arrival.person_id, func.max(Arrival.received_at)).where(*written).group_by(Arrival.person_id)).all()
    )


def get(arrival_id: int) -> Arrival:
    """The arrival of that number."""
    found = db.session.get(Arrival, arrival_id)
    if found is None:
        raise NotFound(N_("There is no letter with this number."))
    return found


def works_desk(person: Person, arrival: Arrival) -> bool:
    """Whether the person settles letters of the group this one belongs to; letters of no group are for staff, those of a delegation for
    nobody but the person they are from."""
    return not is_private(arrival) and people.may(person, "desk.work", arrival.group_id)


def is_private(arrival: Arrival) -> bool:
    """Whether the letter belongs to what a Party or organization prepares, which no officer and no staff may see."""
    found = key(arrival)
    return found is not None and found.purpose == "delegation"


def is_own(person: Person, arrival: Arrival) -> bool:
    """Whether the letter came from this person, or in answer to a letter to this person."""
    return person.id in (arrival.person_id, key_owner_id(arrival))


def key_owner_id(arrival: Arrival) -> int | None:
    """The number of the person to whom the letter went that this one answers."""
    return db.session.scalar(select(ReplyKey.person_id).where(ReplyKey.id == arrival.key_id)) if arrival.key_id else None


def waiting_for(person: Person) -> dict[str, int]:
    """How many letters wait: `desk` in the groups the person works for, `own` in the person's own name, `asked` for their own word."""
    keys = select(ReplyKey.id).where(ReplyKey.person_id == person.id)
    about = select(ReplyKey.subject_id).where(ReplyKey.person_id == person.id, ReplyKey.purpose == "confirm")
    asked = db.session.scalar(select(func.count()).where(Arrival.state == "asked", Arrival.id.in_(about)))
    held = select(func.count()).where(Arrival.state == "held")
    own = db.session.scalar(held.where(Arrival.key_id.in_(keys)))
    groups = [group.id for group in people.groups_where(person, "desk.work")]
    desk = Arrival.group_id.in_(groups)
    if people.may(person, "desk.work"):
        desk |= Arrival.group_id.is_(None) & NOT_PRIVATE
    return {"own": own, "asked": asked, "desk": db.session.scalar(held.where(desk))}


def group_names(rows: list[Arrival]) -> dict[int, str]:
    """The short names of the groups of these arrivals, by number."""
    wanted = {row.group_id for row in rows if row.group_id}
    found = db.session.execute(select(Group.id, Group.short, Group.name).where(Group.id.in_(wanted)))
    return {group_id: short or name for group_id, short, name in found}


def raw(arrival: Arrival) -> bytes:
    """The message exactly as it came."""
    try:
        return spool.raw_of(arrival.raw, current_app.config["DATA"])
    except FileNotFoundError:
        raise NotFound(N_("The message is missing from the store. Ask the operator to restore it from a backup.")) from None


def marks(version_id: int) -> dict[str, int]:
    """The marks of a version's paragraphs in reading order, each with the number of the first paragraph that has it."""
    known = kept()
    if ("marks", version_id) not in known:
        found: dict[str, int] = {}
        for mark, paragraph_id in db.session.execute(MARKS, {"version": version_id}):
            found.setdefault(mark, paragraph_id)
        known["marks", version_id] = found
    return known["marks", version_id]


def paragraph(paragraph_id: int) -> Paragraph | None:
    """The paragraph of that number."""
    known = kept()
    if ("paragraph", paragraph_id) not in known:
        known["paragraph", paragraph_id] = db.session.get(Paragraph, paragraph_id)
    return known["paragraph", paragraph_id]


def kept() -> dict[tuple[str, int], object]:
    """What was asked once for all the mails that are carried out now one after the other."""
    known = _texts.get()
    return known if known is not None else {}


def group(group_id: int) -> Group:
    """That group, as it was a moment ago."""
    known = kept()
    if ("group", group_id) not in known:
        known["group", group_id] = db.session.get_one(Group, group_id)
    return known["group", group_id]


def newer(than_version_id: int) -> list[int]:
    """The published versions that follow this one, as it was a moment ago."""
    known = kept()
    if ("newer", than_version_id) not in known:
        known["newer", than_version_id] = carrying.newer(than_version_id)
    return known["newer", than_version_id]


@contextmanager
def texts_kept() -> Iterator[None]:
    """While several mails are carried out one after the other, the published text they speak of is asked once: it never changes."""
    token = _texts.set({})
    try:
        yield
    finally:
        _texts.reset(token)


@dataclass(frozen=True)
class Together:
    """What several mails answer and who sent them: keys by their secret, persons by the address that was asked for; None: there is none."""

    keys: dict[str, ReplyKey | None]
    people: dict[str, Person | None]
    rounds: list[Round]  # held, so that each is read once


_together: ContextVar[Together | None] = ContextVar("what several mails are looked up by", default=None)


@contextmanager
def asked_together(secrets: list[str], senders: list[str]) -> Iterator[None]:
    """While several mails are carried out in one transaction, `answered` and `sent_by` have asked for all of them at once."""
    known = people.by_addresses(senders)
    keys = _keys(secrets)
    token = _together.set(Together(keys, {sender: known.get(folded(sender)) for sender in senders}, _rounds_of(keys.values())))
    try:
        yield
    finally:
        _together.reset(token)


def _keys(secrets: list[str]) -> dict[str, ReplyKey | None]:
    return dict.fromkeys(secrets) | {key.key: key for key in db.session.scalars(ANSWERED, {"keys": secrets})}


def _rounds_of(keys: Iterable[ReplyKey | None]) -> list[Round]:
    wanted = {key.subject_id for key in keys if key is not None and key.purpose == "round"}
    return list(db.session.scalars(ROUNDS, {"rounds": list(wanted)})) if wanted else []


def answered(key_hex: str) -> ReplyKey | None:
    """The key of that secret with its letter, also when it is revoked or over: the caller tells which."""
    secret, together = key_hex.lower(), _together.get()
    return (together.keys if together and secret in together.keys else _keys([secret]))[secret]


def sent_by(address: str) -> Person | None:
    """Whose address it is."""
    together = _together.get()
    return together.people[address] if together and address in together.people else people.find_by_address(address)


def sent_texts(keys: list[str]) -> dict[str, str]:
    """The texts of the letters that these secrets stood in."""
    wanted = select(ReplyKey.key, Letter.text).join(ReplyKey.letter).where(ReplyKey.key.in_(keys))
    return dict(db.session.execute(wanted).all()) if keys else {}


def key(arrival: Arrival) -> ReplyKey | None:
    """What the letter answers, as far as it is known."""
    return db.session.get(ReplyKey, arrival.key_id) if arrival.key_id else None


def letter_by_message_id(identifiers: tuple[str, ...]) -> Letter | None:
    """The letter of ours that one of these message identifiers (with or without < >) names, the last named first."""
    wanted = [each.strip("<>") for each in identifiers]
    found = {letter.message_id: letter for letter in db.session.scalars(select(Letter).where(Letter.message_id.in_(wanted)))}
    return next((found[each] for each in reversed(wanted) if each in found), None)


def letters_to_choose(arrival: Arrival, most: int = 20) -> list[Letter]:
    """The letters to the sender of this one, or to whoever it answers for, that can be answered; the newest first."""
    found = key(arrival)
    whose = arrival.person_id or (found.person_id if found else None)
    asked = select(Letter).where(Letter.person_id == whose, Letter.keys.any()).order_by(Letter.id.desc()).limit(most)
    return list(db.session.scalars(asked)) if whose else []


def letters_back(arrival: Arrival) -> list[Letter]:
    """The letters that went back because of this one: receipts, refusals, answers to commands."""
    told = [f"{kind}:{arrival.digest}" for kind in ("receipt", "refusal", "commands", "held", "confirm", "reread")]
    keyed = select(ReplyKey.letter_id).where(
        ReplyKey.person_id == arrival.person_id, ReplyKey.subject_id == arrival.id, ReplyKey.purpose.in_(("receipt", "confirm"))
    )
    asked = select(Letter).where(or_(Letter.once.in_(told), Letter.id.in_(keyed))).order_by(Letter.id)
    return list(db.session.scalars(asked))


def openings(arrival: Arrival) -> list[Event]:
    """Who read the letter as it came, and who settled it; in order."""
    asked = select(Event).where(Event.subject_type == Arrival.__tablename__, Event.subject_id == arrival.id)
    return list(db.session.scalars(asked.order_by(Event.id)))


def entered(arrival: Arrival) -> list[Comment]:
    """The comments that the letter became, in the order of the letter."""
    ids = [each["id"] for each in arrival.understood if each["type"] == "comment"]
    found = {comment.id: comment for comment in db.session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


def taken_back(arrival: Arrival) -> list[Comment]:
    """The comments that this letter, an UNDO, took back."""
    ids = [each["id"] for each in arrival.understood if each["type"] == "undo"]
    return list(db.session.scalars(select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id)))


def slug_of(arrival: Arrival) -> str:
    """The name in addresses of the group a letter belongs to; empty for none."""
    return db.session.scalar(select(Group.slug).where(Group.id == arrival.group_id)) or "" if arrival.group_id else ""


def answers(arrival: Arrival) -> list[Answer]:
    """The answers in threads that the letter became."""
    ids = [each["id"] for each in arrival.understood if each["type"] == "answer"]
    return list(db.session.scalars(select(Answer).where(Answer.id.in_(ids)).order_by(Answer.id)))


def get_round(round_id: int | None) -> Round | None:
    """The round a letter belongs to, with its group."""
    return db.session.get(Round, round_id) if round_id else None


def rounds_to_choose(person: Person) -> list[tuple[Round, Group]]:
    """The rounds into which this person may enter what came by mail, with their groups."""
    groups = {group.id: group for group in people.groups_where(person, "comment.manage")}
    return [(each, groups[each.group_id]) for each in review.all_rounds() if each.group_id in groups]


def last_results(person_id: int, before: int) -> list[str] | None:
    """The lines that stood beside the numbers in what this person searched or listed last, before that mail; None where there is none."""
    earlier = select(Arrival.understood).where(Arrival.person_id == person_id, Arrival.state == "taken", Arrival.id < before)
    for understood in db.session.scalars(earlier.order_by(Arrival.id.desc()).limit(RESULTS_KEPT)):
        if found := next((each["results"] for each in understood or [] if each.get("results")), None):
            return found
    return None
