"""What a month's budget still bears for one person: news in full, else as a list, else at the month's turn; invitations always come."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app
from flask_babel import gettext
from sqlalchemy import func, select

from consult.alerts.entries import excerpt
from consult.alerts.forms import Entry
from consult.alerts.parts import octets
from consult.alerts.pen import OUR_HEADERS, Pen, Sheet
from consult.extensions import db
from consult.kit.text import size
from consult.outbox import ledger
from consult.outbox.models import Letter
from consult.outbox.months import start_of_month
from consult.people.models import Person
from consult.web.filters import day_words

SHARE = 10
"""A text that alone takes more than this part of the month's budget is announced, and sent to whoever asks for it."""
WARNED_AT = 0.8
A_LETTER = 4_000
"""Octets that must be left for one letter with one piece of news."""
FIRST_WORDS = 60


@dataclass
class Purse:
    """What may still be sent to a person this month, and when the next month begins by their own clock."""

    budget: int
    spent: int
    turn: datetime
    day: str  # on which it turns, in words
    month: str

    def bears(self, weight: int) -> bool:
        """Whether so many octets more are within the budget."""
        return self.spent + weight <= self.budget


def purse(person: Person, now: datetime) -> Purse | None:
    """The person's purse, letters that still wait counted in; None for whoever set no budget."""
    if not person.budget_bytes:
        return None
    waits = (Letter.person_id == person.id, Letter.state.in_(("waiting", "sending")))
    waiting = db.session.scalar(select(func.coalesce(func.sum(func.length(Letter.text) + OUR_HEADERS), 0)).where(*waits))
    began = start_of_month(now, person.zone)
    turn = start_of_month(now, person.zone, -1)
    used = ledger.month(person.id, now).sent + waiting
    return Purse(person.budget_bytes, used, turn.astimezone(UTC), day_words(turn.date()), f"{began:%Y-%m}")


def too_dear(pen: Pen, sheet: Sheet) -> bool:
    """Whether a text alone would take more than a tenth of the month's budget."""
    return 0 < pen.person.budget_bytes < octets(sheet.blocks) * SHARE if not pen.person.packing else False


def announced(pen: Pen, sheet: Sheet, line: str) -> list[str]:
    """What stands in place of such a text: how large it is, and the line that brings it."""
    weight, parts = pen.measured(sheet)
    told = gettext(
        "The text takes %(size)s, more than a tenth of what may be sent to you in a month, so it was not sent.", size=size(weight)
    )
    get = gettext("To get it, send to %(address)s the line: %(line)s", address=_address(), line=line)
    return [f"{told} {get}"]


def in_short(blocks: list[str], pen: Pen) -> list[str]:
    """New comments as a list: number, paragraph, author and first words, and how to get them before the month's turn."""
    entries = [block for block in blocks if isinstance(block, Entry) and block.about.round]
    rounds = dict.fromkeys(entry.about.round for entry in entries)
    told = gettext("This month's budget does not bear all of it. These come in full on %(day)s, or sooner if you ask:", day=pen.purse.day)
    asks = [f"COMMENTS R{number}" for number in rounds]
    get = gettext("To get them now, send to %(address)s: %(lines)s", address=_address(), lines=" / ".join(asks))
    return [f"{told} {get}", *(Entry.of(_line(entry), entry.about.bare()) for entry in entries)]


def _line(entry: Entry) -> str:
    about = entry.about
    first = next((line for line in about.words.split("\n") if line.strip()), "")
    return f"#{about.shown} {about.mark}{about.who}: {excerpt(first, FIRST_WORDS)}"


def warn(pen: Pen) -> Letter | None:
    """One short notice a month: most of the budget is used, and what happens then."""
    held = pen.purse
    if held is None or held.spent < held.budget * WARNED_AT:
        return None
    used = {"used": size(held.spent), "budget": size(held.budget)}
    sheet = Sheet("budget", gettext("Sent to you this month: %(used)s of %(budget)s", **used), [], "digest", pen.group.id)
    sheet.top = [
        gettext("Of the %(budget)s that you allow a month, %(used)s are used.", **used),
        gettext(
            "When nothing is left, news comes as a list only, or waits until %(day)s; nothing is lost. Invitations and deadlines always "
            "come. BUDGET 0, sent to %(address)s, ends the limit.",
            day=held.day, address=_address(),
        ),
    ]  # fmt: skip
    letter = pen.post(sheet, f"budget:{pen.person.id}:{held.month}")
    held.spent += OUR_HEADERS if letter else 0
    return letter


def _address() -> str:
    return f"consult@{current_app.config['MAIL_DOMAIN']}"
