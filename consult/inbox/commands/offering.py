"""What can be fetched by mail: rooms above say what they have under a name; it goes out in letters, large ones after they are announced."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext, ngettext

from consult.alerts.pen import Pen, Sheet
from consult.alerts.shelf import Material, Shelf
from consult.errors import Refused
from consult.inbox.commands import wishes
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.naming import NO_DRAFT, choose
from consult.kit import clock
from consult.kit.text import size
from consult.kit.words import N_
from consult.outbox.again import unused
from consult.outbox.queries import letters_since
from consult.people.models import Group

MOST_PARTS = 2
"""Letters that are sent without being announced first."""
MOST_AN_HOUR = 60
"""Letters to one person within an hour, of those that nobody vouches they have asked for."""
TOO_OFTEN = N_(
    "More than %(most)s letters would go to you within an hour, and no mail server confirms that it is you who asks. Ask again later."
)
BUDGET_SHARE = 10
"""What takes more than this part of a month's budget is announced first."""


@dataclass(frozen=True)
class Offered:
    """One thing that can be fetched: the line that asks for it, what it is called, whose it is, and how its letter is written."""

    line: str
    title: str
    group: Group
    write: Callable[[Pen], Sheet]
    less: str = ""  # a line that asks for less of it
    sent: Callable[[], object] = lambda: None  # what is noted once it went out


Finder = Callable[[str, Asked], list[Offered]]
_finders: dict[str, Finder] = {}


def offer(kind: str, finder: Finder) -> None:
    """Ask this too what is there under a name; it is given the words behind GET and the command, and tells what this person may read."""
    _finders[kind] = finder


def fetch(words: str, asked: Asked) -> str:
    """Send what bears that name; of several the lines to choose from are shown."""
    found = list({each.line: each for finder in list(_finders.values()) for each in finder(words, asked)}.values())
    if not found:
        raise Refused(NO_DRAFT, name=words[:80])
    if len(found) > 1:
        choose(words[:80], [each.line for each in found])
    return send(found[0], asked)


def send(what: Offered, asked: Asked) -> str:
    """The thing as letters of its own, or, when it is large, first how large it is and how to say yes."""
    pen = Pen(asked.person, what.group, Shelf(), Material(asked.person.id, []), clock.now())
    sheet = what.write(pen)
    octets, parts = pen.measured(sheet)
    if not asked.arrival.verified:
        _check_often(asked, sheet, parts)
    if not asked.agreed and too_large(octets, parts, asked.person.budget_bytes):
        unused(sheet.keys)
        wish = wishes.wish(asked, octets, parts, what.line)
        return announced(wish, what.less)
    if pen.post(sheet, asked.once(what.line)) is None:
        return gettext("“%(title)s” was sent to you already in answer to this letter.", title=what.title)
    what.sent()
    asked.shared.letters += parts
    return ngettext(
        "“%(title)s” comes in a letter of its own, %(size)s.", "“%(title)s” comes in %(num)s letters, %(size)s.", parts,
        title=what.title, size=size(octets),
    )  # fmt: skip


def _check_often(asked: Asked, sheet: Sheet, parts: int) -> None:
    """Whoever writes somebody else's name into a From line cannot fill that person's mailbox."""
    since = clock.now() - timedelta(hours=1)
    if letters_since(asked.person.id, since) + parts > MOST_AN_HOUR:
        unused(sheet.keys)
        raise Refused(TOO_OFTEN, most=MOST_AN_HOUR)


def too_large(octets: int, parts: int, budget: int) -> bool:
    """More than two letters, or more than a tenth of what somebody can afford in a month."""
    return parts > MOST_PARTS or 0 < budget < octets * BUDGET_SHARE


def announced(wish, less: str) -> str:
    """How large it is, and what to send to get it."""
    told = ngettext("It is %(size)s, in one letter.", "It is %(size)s, in %(num)s letters.", wish.parts, size=size(wish.octets))
    told += " " + gettext("To get it, answer this letter with the word YES, or send: YES %(number)s", number=wish.id)
    return told + (" " + gettext("To get less of it, send for example: %(line)s", line=less) if less else "")
