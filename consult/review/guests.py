"""Who takes part in a round without sitting in its group: external reviewers, from the moment they accept the terms."""

from collections.abc import Collection

from sqlalchemy import Row, or_, select

from consult.extensions import db
from consult.people import guests
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Invitation, Round

# Whom a round really asks: members from the start, external reviewers once they have accepted the terms.
ASKED = or_(Invitation.external.is_(False), Invitation.state == "accepted")


def reviewers(person_ids: Collection[int]) -> list[Row]:
    """(person, group, round) for every round that is open to an external reviewer: until its compilation is out or they are shown out."""
    asked = select(Invitation.person_id, Round.group_id, Round.id).join(Round, Round.id == Invitation.round_id)
    let_in = (Invitation.external, Invitation.state == "accepted", Round.compiled_at.is_(None), Invitation.person_id.in_(person_ids))
    return list(db.session.execute(asked.where(*let_in)))


def require_reading(person: Person, on: Round) -> None:
    """Refuses, as if nothing were there, whoever neither reads in the group nor is let into this round."""
    if not people.may(person, "group.read", on.group_id) and not guests.is_guest(person, on.group_id, on.id):
        people.require(person, "group.read", on.group_id)
