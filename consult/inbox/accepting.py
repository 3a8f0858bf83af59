"""ACCEPT and DECLINE, answered to an invitation: whether the person will comment, and what stands below the word."""

from flask_babel import force_locale, gettext

from consult.extensions import db
from consult.inbox import courtesies, receipts, words
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review.models import Round
from consult.web.filters import instant_words


def carry_out(on: Round, reply) -> Result:
    """Note the answer; below DECLINE stands the reason. Comments sent along with ACCEPT are told to come in a reply of their own."""
    accepts = words.answer(reply.own) == "ACCEPT"
    _, _, below = reply.own.strip().partition("\n")
    reason = " ".join(unwrapped(courtesies.unsigned(f"\n{below}", reply.person.name)).split())
    review.answer_invitation(on, accepts, reason, by=reply.person, door="mail", at=reply.arrival.received_at)
    understood = [{"type": "accept" if accepts else "decline", "id": on.id, "mark": ""}]
    return Result("taken", understood=understood, receipt=lambda *about: _receipt(on, accepts, reason, *about))


def _receipt(on: Round, accepts: bool, reason: str, arrival: Arrival, person: Person) -> None:
    if not person.receipts:
        return
    group = db.session.get_one(Group, on.group_id)
    with force_locale(person.language):
        subject = gettext("You will comment: %(title)s", title=on.title) if accepts else gettext("You decline: %(title)s", title=on.title)
        until = instant_words(on.closes_at, person.zone)
        receipts.Back(arrival, person, group.name).post(
            "receipt",
            subject,
            "accepting",
            once=f"receipt:{arrival.digest}",
            accepts=accepts,
            reason=reason,
            round=on,
            until=until,
        )
