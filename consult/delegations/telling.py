"""How the set that a delegation prepares reads in letters, for its own people alone."""

from flask_babel import gettext

from consult.delegations import queries, rules
from consult.delegations.models import Contribution, Delegation
from consult.review.rules import TYPES


def standing(of: Delegation) -> str:
    """How many comments of each state there are: `pending: 2, verified: 3`."""
    counts = queries.counts([of.id])[of.id]
    said = [gettext("%(what)s: %(count)s", what=gettext(rules.STATES[state]), count=count) for state, count in counts.items() if count]
    return gettext(", ").join(said) or gettext("nothing yet")


def blocks(of: Delegation) -> list[str]:
    """Every comment of the set in the order of the text, with the number that VERIFY and WITHDRAW call it by."""
    return [block(number, each) for number, each in queries.in_order(queries.numbered(of))]


def block(number: int, each: Contribution) -> str:
    """One comment: its number, paragraph, state, type and author, then what it says."""
    said = {"number": number, "place": place(each), "state": gettext(rules.STATES[each.state]), "type": gettext(TYPES[each.type])}
    head = gettext("No. %(number)s, %(place)s – %(state)s – %(type)s, by %(author)s", author=each.author.name, **said)
    if each.merged_into_id:
        return head + "\n" + gettext("(merged into another)")
    parts = [head, *([each.text] if each.text else [])]
    if each.proposed:
        parts.append(gettext("Proposed wording:") + " " + each.proposed)
    return "\n".join(parts)


def place(each: Contribution) -> str:
    """The paragraph's mark in brackets, which an answer may use as well; or a word for the whole draft."""
    return f"[{each.paragraph.mark}]" if each.paragraph else gettext("the whole draft")
