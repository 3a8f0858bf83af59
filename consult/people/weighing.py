"""What a person's ledger says in words, and what is left of the month's budget."""

from flask_babel import gettext, ngettext

from consult.kit.text import size
from consult.outbox.ledger import Ledger
from consult.people.models import Person


def left(person: Person, counted: Ledger) -> int | None:
    """The octets that may still be sent this month; None without a budget."""
    return max(person.budget_bytes - counted.sent, 0) if person.budget_bytes else None


def in_words(person: Person, counted: Ledger) -> str:
    """`This month: 34 kB to you in 12 letters, 5 kB from you in 3; budget 300 kB, 266 kB left.`"""
    to_you = ngettext("%(size)s to you in one letter", "%(size)s to you in %(num)s letters", counted.letters, size=size(counted.sent))
    from_you = ngettext(
        "%(size)s from you in one letter", "%(size)s from you in %(num)s letters", counted.arrivals, size=size(counted.received)
    )
    rest = left(person, counted)
    if rest is None:
        return gettext("This month: %(to)s, %(from)s; no budget.", **{"to": to_you, "from": from_you})
    return gettext(
        "This month: %(to)s, %(from)s; budget %(budget)s, %(left)s left.",
        **{"to": to_you, "from": from_you, "budget": size(person.budget_bytes), "left": size(rest)},
    )
