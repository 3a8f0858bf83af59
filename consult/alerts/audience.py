"""Who is told of an event, at the moment it happened: nobody hears of what was before their time."""

from sqlalchemy import select

from consult.delegations.models import Delegation
from consult.delegations.queries import drafting_in
from consult.extensions import db
from consult.journal.models import Event
from consult.people import queries as people
from consult.people.models import Membership
from consult.polls.rules import standing
from consult.review.guests import ASKED
from consult.review.models import Answer, Comment, Invitation
from consult.review.responding import MOST_IN_FULL


class Audiences:
    """The people to tell of a batch of events; groups and rounds are read once for the whole batch."""

    def __init__(self) -> None:
        self._members: dict[tuple, set[int]] = {}
        self._invited: dict[int, set[int]] = {}
        self._joined: dict[int, dict[int, int]] = {}

    def of(self, event: Event, audience: str) -> set[int]:
        """The numbers of the people this event is told to, never the one who did it when it is news among members."""
        return getattr(self, f"_{audience}_of")(event)

    def _invited_of(self, event: Event) -> set[int]:
        if event.subject_id not in self._invited:
            found = db.session.scalars(select(Invitation.person_id).where(Invitation.round_id == event.subject_id, ASKED))
            self._invited[event.subject_id] = set(found) | drafting_in(event.subject_id)
        return self._invited[event.subject_id]

    def _circle_of(self, event: Event) -> set[int]:
        """Everybody a round concerns: the members, those invited, and whoever commented."""
        spoke = db.session.scalars(select(Comment.author_id).where(Comment.round_id == event.subject_id))
        return self._members_of(event) | (self._invited_of(event) | set(spoke)) - {event.actor_id}

    def _invitee_of(self, event: Event) -> set[int]:
        return set(event.data["people"])

    def _named_of(self, event: Event) -> set[int]:
        return set(event.data.get("people", ()))

    def _leads_of(self, event: Event) -> set[int]:
        """The contact point of a Party or organization and its deputy, unless they did this themselves."""
        of = db.session.get(Delegation, event.data.get("delegation_id", event.subject_id))
        return {of.contact_id, of.deputy_id} - {None, event.actor_id} if of else set()

    def _reminded_of(self, event: Event) -> set[int]:
        return set(event.data.get("people", ())) & self._invited_of(event)

    def _asker_of(self, event: Event) -> set[int]:
        return {event.actor_id} - {None}

    def _newcomer_of(self, event: Event) -> set[int]:
        found = db.session.scalar(select(Membership.person_id).where(Membership.id == event.subject_id))
        return {found} - {None}

    def _officers_of(self, event: Event) -> set[int]:
        return {officer.id for officer in people.officers(event.group_id)} if event.group_id else set()

    def _members_of(self, event: Event) -> set[int]:
        day = event.at.date()
        key = (event.group_id, day)
        if key not in self._members:
            self._members[key] = {member.person_id for member in people.members(event.group_id, day)}
        late = {person for person, began in self._joins(event.group_id).items() if began > event.id}
        return self._members[key] - late - {event.actor_id}

    def _thread_of(self, event: Event) -> set[int]:
        """The members, the comment's author and everybody who answered it before; of very many responses at a time not the members."""
        comment_id = event.data.get("comment_id", event.subject_id)
        spoke = select(Comment.author_id).where(Comment.id == comment_id)
        answered = select(Answer.author_id).where(Answer.comment_id == comment_id, Answer.withdrawn_at.is_(None))
        members = self._members_of(event) if event.data.get("many", 0) <= MOST_IN_FULL else set()
        return (members | set(db.session.scalars(spoke.union(answered)))) - {event.actor_id}

    def _author_of(self, event: Event) -> set[int]:
        """Whoever made the comment, unless they did this themselves."""
        author = db.session.scalar(select(Comment.author_id).where(Comment.id == event.subject_id))
        return {author} - {None, event.actor_id}

    def _voices_of(self, event: Event) -> set[int]:
        """Everybody with a voice in the group's polls, observers too, and whoever opened the poll if they have one."""
        seats = people.members(event.group_id, event.at.date())
        late = {person for person, began in self._joins(event.group_id).items() if began > event.id}
        return {seat.person_id for seat in seats if standing({seat.role})} - late

    def _joins(self, group_id: int) -> dict[int, int]:
        """With which event each person's latest seat in the group began."""
        if group_id not in self._joined:
            began = select(Event.id, Membership.person_id).join(Membership, Membership.id == Event.subject_id)
            rows = db.session.execute(began.where(Event.kind == "membership.began", Event.group_id == group_id).order_by(Event.id.desc()))
            self._joined[group_id] = {person: number for number, person in rows}
        return self._joined[group_id]
