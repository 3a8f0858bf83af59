"""ACCEPT and DECLINE, answered to the terms that an external reviewer is sent before the text."""

from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, receipts, words
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.kit.words import N_
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review.models import Invitation

NEITHER = N_(
    "It answers an invitation to review, but begins neither with ACCEPT nor with DECLINE. Answer once more with one of the two words; "
    "the text is sent to you as soon as you accept."
)
SAID = {"ACCEPT": "ACCEPT", "YES": "ACCEPT", "DECLINE": "DECLINE", "NO": "DECLINE"}


def carry_out(which: Invitation, reply) -> Result:
    """Note the answer; below DECLINE stands the reason."""
    said = SAID.get(words.answer(reply.own) or "")
    if said is None:
        raise Refused(NEITHER)
    act = {"by": reply.person, "door": "mail", "at": reply.arrival.received_at}
    if said == "ACCEPT":
        review.accept_terms(which, **act)
    else:
        _, _, below = reply.own.strip().partition("\n")
        review.decline_terms(which, " ".join(unwrapped(courtesies.unsigned(f"\n{below}", reply.person.name)).split()), **act)
    understood = [{"type": said.lower(), "id": which.id, "mark": ""}]
    return Result("taken", understood=understood, receipt=lambda *about: _receipt(which, said == "ACCEPT", *about))


def _receipt(which: Invitation, accepts: bool, arrival: Arrival, person: Person) -> None:
    """A no is confirmed in a word; a yes is answered by the text itself."""
    on = which.round
    if accepts and on.opened_at is not None or not person.receipts:
        return
    group = db.session.get_one(Group, on.group_id)
    with force_locale(person.language):
        said = gettext("You accept: %(title)s", title=on.title) if accepts else gettext("You decline: %(title)s", title=on.title)
        receipts.Back(arrival, person, group.name).post(
            "receipt", said, "terms", once=f"receipt:{arrival.digest}", accepts=accepts, which=which, round=on
        )
