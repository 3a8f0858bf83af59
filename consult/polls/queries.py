"""Reading questions with their answers, and polls with their voices."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import joinedload

from consult.errors import NotFound
from consult.extensions import db
from consult.journal.models import Event
from consult.kit import clock
from consult.kit.words import N_
from consult.outbox.models import Letter, ReplyKey
from consult.people import queries as people
from consult.people.models import Organization, Person
from consult.polls import rules
from consult.polls.models import Poll, Question, QuestionAnswer, Vote
from consult.review.models import Invitation, Round


def questions(round_id: int) -> list[Question]:
    """The guiding questions of a round, in order."""
    return list(db.session.scalars(select(Question).where(Question.round_id == round_id).order_by(Question.position)))


def how_many_questions(round_id: int) -> int:
    """How many guiding questions a round has."""
    return db.session.scalar(select(func.count()).where(Question.round_id == round_id)) or 0


def answers(round_id: int) -> dict[int, list[QuestionAnswer]]:
    """Every answer to the questions of a round by question, in the order they came."""
    asked = select(QuestionAnswer).join(Question).where(Question.round_id == round_id).order_by(QuestionAnswer.id)
    found: dict[int, list[QuestionAnswer]] = {}
    for answer in db.session.scalars(asked.options(joinedload(QuestionAnswer.person).joinedload(Person.organization))):
        found.setdefault(answer.question_id, []).append(answer)
    return found


def own_answers(round_id: int, person_id: int) -> dict[int, QuestionAnswer]:
    """What one person has answered, by question."""
    asked = select(QuestionAnswer).join(Question).where(Question.round_id == round_id, QuestionAnswer.person_id == person_id)
    return {answer.question_id: answer for answer in db.session.scalars(asked)}


def answered(round_id: int):
    """The condition that the person of an invitation has answered a question of that round: they are not silent in it."""
    return exists().where(
        QuestionAnswer.person_id == Invitation.person_id, QuestionAnswer.question_id == Question.id, Question.round_id == round_id
    )


def any_answer(round_id: int) -> bool:
    """Whether anybody has answered a question of the round."""
    return bool(db.session.scalar(select(exists().where(QuestionAnswer.question_id == Question.id, Question.round_id == round_id))))


def asked_of(round_id: int) -> list[Person]:
    """The people a round asks, by name."""
    wanted = select(Person).join(Invitation, Invitation.person_id == Person.id).where(Invitation.round_id == round_id)
    return list(db.session.scalars(wanted.options(joinedload(Person.organization)).order_by(Person.name, Person.id)))


def get_answers(ids: Sequence[int]) -> list[QuestionAnswer]:
    """The answers of these numbers that still stand."""
    wanted = select(QuestionAnswer).where(QuestionAnswer.id.in_(ids)).options(joinedload(QuestionAnswer.question))
    return list(db.session.scalars(wanted.order_by(QuestionAnswer.id)))


def get_poll(round_id: int, poll_id: int) -> Poll:
    """The poll of that number in that round."""
    found = db.session.get(Poll, poll_id)
    if found is None or found.round_id != round_id:
        raise NotFound(N_("There is no such poll in this round."))
    return found


def polls_of_round(round_id: int) -> list[Poll]:
    """The polls of a round, the newest first."""
    return list(db.session.scalars(select(Poll).where(Poll.round_id == round_id).order_by(Poll.id.desc())))


def polls_on(round_ids: Sequence[int], paragraph_id: int | None = None, comment_id: int | None = None) -> list[Poll]:
    """The polls of these rounds on one paragraph (also those about a wording for it), or about one comment."""
    about = Poll.comment_id == comment_id if comment_id else Poll.paragraph_id == paragraph_id
    return list(db.session.scalars(select(Poll).where(Poll.round_id.in_(round_ids), about).order_by(Poll.id.desc())))


def rounds_on(version_id: int) -> list[int]:
    """The numbers of the rounds on a version."""
    return list(db.session.scalars(select(Round.id).where(Round.version_id == version_id)))


def state(of: Poll, now: datetime | None = None) -> str:
    """`open` or `closed`."""
    return rules.state(of.closes_at, of.closed_at, now or clock.now())


def standings(of: Poll) -> dict[int, str]:
    """Whose voice counts and whose is shown apart, by person; of a closed poll as it was on the day it closed."""
    held: dict[int, set[str]] = {}
    for seat in people.members(of.round.group_id, of.closed_at.date() if of.closed_at else None):
        held.setdefault(seat.person_id, set()).add(seat.role)
    return {person: where for person, roles in held.items() if (where := rules.standing(roles))}


def standing(person: Person, group_id: int) -> str:
    """What this person's voice is in the group today: `counts`, `apart`, or nothing."""
    return rules.standing(people.roles(person, group_id))


def own_vote(poll_id: int, person_id: int) -> Vote | None:
    """The voice that this person has given."""
    return db.session.scalar(select(Vote).where(Vote.poll_id == poll_id, Vote.person_id == person_id))


def votes(of: Poll) -> list[Vote]:
    """Every voice, in the order they came."""
    wanted = select(Vote).where(Vote.poll_id == of.id).order_by(Vote.id)
    return list(db.session.scalars(wanted.options(joinedload(Vote.person).joinedload(Person.organization))))


def reached(of: Poll) -> set[int]:
    """The people to whom the question has really come: its letter was sent and did not come back, or they opened its page."""
    asked = select(ReplyKey.person_id).join(Letter, Letter.id == ReplyKey.letter_id)
    written = asked.where(ReplyKey.purpose == "poll", ReplyKey.subject_id == of.id, Letter.kind == "poll", Letter.state == "sent")
    opened = select(Event.actor_id).where(Event.kind == "poll.read", Event.subject_type == Poll.__tablename__, Event.subject_id == of.id)
    return set(db.session.scalars(written)) | set(db.session.scalars(opened))


def has_opened(poll_id: int, person_id: int) -> bool:
    """Whether this person has opened the poll's page before."""
    asked = select(Event.id).where(Event.kind == "poll.read", Event.subject_type == Poll.__tablename__, Event.subject_id == poll_id)
    return db.session.scalar(asked.where(Event.actor_id == person_id).limit(1)) is not None


def tally(of: Poll) -> rules.Tally:
    """What the voices come to now. Of a closed poll whom it reached is what was known when it closed."""
    cast = [(vote.person_id, vote.choice) for vote in of.votes]
    counted = rules.tally(cast, standings(of), reached(of))
    kept = _closing(of) if of.closed_at else None
    return rules.Tally(counted.counted, counted.apart, kept["reached"], kept["voices"]) if kept else counted


def _closing(of: Poll) -> dict | None:
    wanted = select(Event.data).where(Event.kind == "poll.closed", Event.subject_type == Poll.__tablename__, Event.subject_id == of.id)
    return db.session.scalar(wanted.order_by(Event.id.desc()).limit(1))


def waiting_for(person: Person) -> list[Poll]:
    """The open polls in which this person has a voice and has not given it, the nearest deadline first."""
    groups = [group.id for group in people.groups_of(person) if standing(person, group.id)]
    voted = exists().where(Vote.poll_id == Poll.id, Vote.person_id == person.id)
    wanted = select(Poll).join(Round).where(Round.group_id.in_(groups), Poll.closed_at.is_(None), Poll.closes_at > clock.now(), ~voted)
    return list(db.session.scalars(wanted.options(joinedload(Poll.round)).order_by(Poll.closes_at)))


def table(round_id: int) -> Sequence[Row]:
    """Every answer as a row: question, text of the question, person, organization, on_behalf_of, answer, door, received_at, verified."""
    wanted = (
        select(
            Question.position, Question.text.label("question"), Person.name, Organization.name.label("organization"),
            QuestionAnswer.on_behalf_of, QuestionAnswer.text, QuestionAnswer.door, QuestionAnswer.received_at, QuestionAnswer.verified,
        )
        .join(Question, Question.id == QuestionAnswer.question_id)
        .join(Person, Person.id == QuestionAnswer.person_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Question.round_id == round_id)
        .order_by(Question.position, QuestionAnswer.id)
    )  # fmt: skip
    return db.session.execute(wanted).all()
