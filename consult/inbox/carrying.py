"""From a read mail to its result: judged, carried out through the verbs every door uses, written down, and the sender told."""

from consult.errors import Refused
from consult.extensions import db, stored
from consult.inbox import confirmed, confirming, delegates, doing, piecing, reading, returns
from consult.inbox.dating import written_at
from consult.inbox.gathering import Delivery, Gathered, gather
from consult.inbox.judging import Outcome, judge
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.kit.text import one_line, size
from consult.kit.words import N_
from consult.outbox import again
from consult.outbox import queries as outbox
from consult.outbox.models import ReplyKey
from consult.people import failing, rules
from consult.polls.models import Poll
from consult.review.models import Comment, Invitation, Round

TOO_LARGE = N_("It has %(size)s, and no more than 25 MB can be received. Send the text alone, or in several letters.")


def carry(mail: Delivery, digest: str, place: str, read: Read | str) -> Arrival:
    """Make the arrival of a mail that was not seen before, and everything it sets off."""
    strange = read if isinstance(read, str) else None
    known = None if strange else read
    found = gather(mail, known, strange)
    judged = judge(found.facts)
    arrival = _filled(row(mail, digest, place), found)
    result = _do(judged, mail, found, known, arrival)
    _write_down(arrival, result, found, known)
    if arrival.id is None:
        stored(arrival, person=found.person)
    if known is not None and known.is_partial and arrival.state == "held" and piecing.gather(arrival, mail.raw):
        return arrival
    if result.state == "asked" and result.answers is None:
        confirming.ask(arrival, found, result.reason)
    elif judged.kind != "ask" and found.person is not None and known is not None and (judged.tell or result.answers is not None):
        doing.tell(arrival, result, found, known)
    return arrival


def row(mail: Delivery, digest: str, place: str) -> Arrival:
    """An arrival that only says that the mail came; it waits until more is known."""
    return Arrival(
        digest=digest, raw=place, octets=mail.refused_octets or len(mail.raw), door=mail.door, received_at=mail.at, state="held",
        envelope_from=one_line(mail.envelope_from, 320), envelope_to=one_line(mail.envelope_to, 320),
    )  # fmt: skip


def _filled(arrival: Arrival, found: Gathered) -> Arrival:
    """With what the headers say and the rows they point at."""
    arrival.dated_at = written_at(found.facts.read.headers, found.facts.read.date, arrival.received_at) if found.facts.read else None
    arrival.message_id = one_line(found.message_id, 300)
    arrival.sender = one_line(found.sender.address or found.sender.name or "", 320)
    arrival.subject = one_line(found.subject, 500)
    arrival.person_id = found.person.id if found.person else None
    arrival.group_id = found.group_id
    arrival.key_id = found.key.id if found.key else None
    arrival.round_id = round_of(found.key)
    found.of = delegates.answered(found.key or _key_of(found))
    if found.of:
        delegates.keep_apart(arrival, found.key or _key_of(found), found.of)
    arrival.verified = found.facts.trust.level == "verified"
    return arrival


def _key_of(found: Gathered) -> ReplyKey | None:
    """What an answer to a letter of ours would have meant that came back."""
    return found.returned.keys[0] if found.returned and found.returned.keys and found.returned.group_id is None else None


def round_of(key: ReplyKey | None) -> int | None:
    """The round that an answer by this key belongs to."""
    if key is None or key.subject_id is None:
        return None
    if key.purpose == "comment":
        comment = db.session.get(Comment, key.subject_id)
        return comment.round_id if comment else None
    if key.purpose == "terms":
        invitation = db.session.get(Invitation, key.subject_id)
        return invitation.round_id if invitation else None
    if key.purpose == "receipt":
        about = db.session.get(Arrival, key.subject_id)
        return about.round_id if about else None
    if key.purpose == "poll":
        asked = db.session.get(Poll, key.subject_id)
        return asked.round_id if asked else None
    return key.subject_id if key.purpose == "round" and db.session.get(Round, key.subject_id) else None


def _do(judged: Outcome, mail: Delivery, found: Gathered, read: Read | None, arrival: Arrival) -> Result:
    """What the judge decided, done."""
    if judged.kind == "bounce":
        return returns.carry_out(found.returned, found.bounce, mail.at)
    if judged.kind == "challenge":
        return returns.challenged(found, read, judged.reason, mail.at)
    if judged.kind == "complain":
        return returns.complained(found.complained, mail.at, sure=found.facts.addressed_to == "bounce")
    if mail.refused_octets and judged.kind in ("accept", "hold"):
        return Result("refused", Refused(TOO_LARGE, size=size(mail.refused_octets)))
    if judged.kind == "ask":
        return confirming.asked(found, judged.reason)
    if judged.kind != "accept":
        return Result({"hold": "held", "reject": "refused", "ignore": "ignored"}[judged.kind], Refused(judged.reason))
    _address_works(found, arrival)
    return confirmed.carry_out(found, arrival) if found.facts.confirms else doing.do(found, read, arrival)


def _address_works(found: Gathered, arrival: Arrival) -> None:
    """A mail that is believed came from an address, and answers a letter to one: both take letters again."""
    if not (arrival.verified or found.facts.addressed_to == "reply"):
        return
    sent_to = found.key.letter.to_address if found.key is not None and found.key.letter is not None else ""
    names = {rules.folded(found.sender.address), rules.folded(sent_to)}
    for address in found.person.addresses:
        if address.failures and address.folded in names:
            failing.address_answers(address)
            again.catch_up(found.person.id, address.address, arrival.received_at)


def _write_down(arrival: Arrival, result: Result, found: Gathered, read: Read | None) -> None:
    arrival.state, arrival.reason, arrival.understood = result.state, str(result.reason), result.understood
    arrival.own_text, arrival.unplaced = found.own, len(result.unknown)
    arrival.cut_text = result.cut_text
    if read is not None and not result.cut_text:
        letter = found.key.letter if found.key else None
        arrival.cut_text = reading.remarks(read.text, outbox.sent_text(letter) if letter else None, []).cut
