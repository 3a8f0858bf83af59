"""What somebody asked for and will get when they say YES: a large text, or something that concerns a whole group."""

from datetime import timedelta

from flask_babel import gettext
from sqlalchemy import select

from consult.errors import Refused
from consult.extensions import db
from consult.inbox.commands.asked import Asked
from consult.inbox.models import Wish
from consult.kit.words import N_

LASTS = timedelta(days=30)
AGAIN = timedelta(days=7)
NO_WISH = N_("Nothing with the number %(number)s waits for your YES.")
NOTHING_WAITS = N_("Nothing waits for your YES.")


def wish(asked: Asked, octets: int = 0, parts: int = 0, line: str = "") -> Wish:
    """Note what is asked; the same asked again within a week is the same wish and bears the same number."""
    whole = "\n".join(part for part in (line or asked.command.line, asked.command.body) if part)
    known = db.session.scalar(
        select(Wish).where(
            Wish.person_id == asked.person.id, Wish.line == whole, Wish.done_at.is_(None), Wish.created_at > asked.at - AGAIN
        )
    )
    made = known or Wish(person_id=asked.person.id, line=whole, created_at=asked.at)
    made.octets, made.parts, made.arrival_id = octets, parts, asked.arrival.id
    made.round_id = asked.arrival.round_id
    db.session.add(made)
    db.session.flush()
    asked.shared.wishes.append(made)
    return made


def needs_yes(asked: Asked, told: str) -> str | None:
    """What concerns a whole group is asked back once: the words for it, or None when the person has said YES."""
    if asked.agreed:
        return None
    made = wish(asked)
    return f"{told} " + gettext("If you mean it, answer this letter with the word YES, or send: YES %(number)s", number=made.id)


def open_of(person_id: int, numbers: list[int] | None, now) -> list[Wish]:
    """The wishes that wait for this person's YES: those of these numbers, or all that are left from the last mail that had any."""
    waiting = select(Wish).where(Wish.person_id == person_id, Wish.done_at.is_(None), Wish.created_at > now - LASTS).order_by(Wish.id)
    if numbers:
        found = {each.id: each for each in db.session.scalars(waiting.where(Wish.id.in_(numbers)))}
        if missing := [number for number in numbers if number not in found]:
            raise Refused(NO_WISH, number=missing[0])
        return [found[number] for number in numbers]
    every = list(db.session.scalars(waiting))
    if not every:
        raise Refused(NOTHING_WAITS)
    return [each for each in every if each.arrival_id == every[-1].arrival_id]


def of_arrival(first: Wish) -> list[Wish]:
    """All that was announced in one letter."""
    return list(
        db.session.scalars(select(Wish).where(Wish.person_id == first.person_id, Wish.arrival_id == first.arrival_id).order_by(Wish.id))
    )
