"""JOIN and LEAVE, answered to a comment: the person's Party or organization stands behind it, or no longer does."""

from flask_babel import force_locale, gettext

from consult.extensions import db
from consult.inbox import courtesies, receipts
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.inbox.unwrapping import unwrapped
from consult.outbox import actions as outbox
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review import queries
from consult.review.models import Comment


def carry_out(asked: str, below: str, to: Comment, reply) -> Result:
    """Join the comment or leave it; what stands below the word, other than greetings and the name, is an answer in the thread."""
    arrival, by = reply.arrival, reply.person
    (review.join if asked == "JOIN" else review.leave)(to, by=by, door="mail", at=arrival.received_at)
    mark = to.paragraph.mark if to.paragraph else ""
    understood = [{"type": asked.lower(), "id": to.id, "mark": mark}]
    words = courtesies.unsigned(f"\n{below}", by.name).strip()
    if words:
        made = review.answer(
            to, unwrapped(words), once=f"mail:{arrival.digest}", verified=arrival.verified, by=by, door="mail", at=arrival.received_at
        )
        understood.append({"type": "answer", "id": made.id, "mark": mark})
    return Result("taken", understood=understood, receipt=lambda *about: _receipt(asked, to, bool(words), *about))


def _receipt(asked: str, to: Comment, answered: bool, arrival: Arrival, person: Person) -> None:
    """What was understood, and the word that undoes it. An answer to this letter is an answer to the comment."""
    if not person.receipts:
        return
    group = db.session.get_one(Group, to.round.group_id)
    (row,) = queries.comments_by_ids([to.id])
    with force_locale(person.language):
        said = {"organization": person.organization.name, "number": to.number}
        joined = asked == "JOIN"
        subject = (
            gettext("%(organization)s joins comment %(number)s", **said)
            if joined
            else gettext("%(organization)s left comment %(number)s", **said)
        )
        key = outbox.new_key(person, "comment", to.id, group_id=group.id)
        receipts.Back(arrival, person, group.name, [key]).post(
            "receipt", subject, "joined", once=f"receipt:{arrival.digest}", joined=joined, row=row, group=group, answered=answered
        )
