"""Pure: what is asked about a person's means, what an answer changes, when the question comes again, and who needs a telephone call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.errors import Refused
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.people.rules import LARGEST_BUDGET, LARGEST_LIMIT, SMALLEST_BUDGET, SMALLEST_LIMIT

CONNECTIONS: dict[str, str] = {
    "broadband": N_("a good line"),
    "slow": N_("a slow line"),
    "little": N_("a few kilobytes a day"),
    "none": N_("no line of my own"),
}
DEVICES: dict[str, str] = {
    "computer": N_("a computer"),
    "phone": N_("a telephone"),
    "shared": N_("a computer shared with others"),
    "none": N_("none"),
}
WAYS: dict[str, str] = {
    "page": N_("the pages"),
    "mail": N_("e-mail"),
    "fax": N_("fax"),
    "post": N_("post"),
    "phone": N_("telephone"),
}
QUESTIONS: dict[str, str] = {
    "connection": N_("How good is your line?"),
    "device": N_("On what do you read?"),
    "limit_bytes": N_("How large may one letter be at most?"),
    "budget_bytes": N_("How much may come to you in a month?"),
    "phone": N_("Telephone, if nothing else reaches you"),
    "fax": N_("Fax number"),
    "post": N_("Postal address"),
    "ways": N_("By which ways will you contribute?"),
    "note": N_("Anything else we should know"),
}
"""What is asked, in this order: question 1 is the first."""
LONGEST = {"phone": 80, "fax": 80, "post": 500, "note": 1000}
NEXT = (timedelta(weeks=2), timedelta(weeks=4), timedelta(weeks=13))
"""How long after the first, the second, and each later time the question comes again."""
TASK_AFTER = 3, timedelta(weeks=2)
"""So many questions without an answer, and so long after the last of them, an officer is asked to try another way."""
SILENT_FOR = timedelta(days=30)
"""So long somebody says nothing to anything until they are telephoned."""
UNREACHABLE_FOR = timedelta(days=7)
"""So long letters come back from every address of somebody until they are telephoned."""
NOBODY = N_("Choose whom to ask.")
NOT_MEMBERS = N_("%(names)s: not in this group, so not asked.")
NOTHING_SAID = N_("Nothing was said. Answer at least one question.")
NO_PHONE = N_("“%(said)s” is not a number that can be dialled.")


@dataclass(frozen=True)
class Due:
    """What is due when somebody has not answered: the question again or a task for an officer, and when to look the next time."""

    what: str  # ask, task
    next_at: datetime


def next_time(times: int, at: datetime) -> datetime:
    """When something is due after the question went out for the `times`th time."""
    return at + (TASK_AFTER[1] if times == TASK_AFTER[0] else NEXT[min(times, len(NEXT)) - 1])


def due(times: int, asked_at: datetime, tasked: bool, now: datetime) -> Due:
    """What is due now: after two and after four weeks the question; after the third time a task, then the question every quarter."""
    if times >= TASK_AFTER[0] and not tasked:
        return Due("task", max(asked_at + NEXT[-1], now + NEXT[0]))
    return Due("ask", next_time(times + 1, now))


def said(given: dict) -> dict:
    """An answer as it is kept; refuses what cannot be, and an answer that says nothing."""
    kept = {name: _checked(name, value) for name, value in given.items() if name in QUESTIONS}
    if not any(value not in ("", None) for value in kept.values()):
        raise Refused(NOTHING_SAID)
    return kept


def _checked(name: str, value: object) -> object:
    if name in ("limit_bytes", "budget_bytes"):
        return None if value is None else max(0, int(str(value)))
    if name == "ways":
        return " ".join(way for way in WAYS if way in str(value).split())
    if name in LONGEST:
        clean = many_lines(str(value)).strip() if name == "post" else one_line(str(value), LONGEST[name])
        if name in ("phone", "fax") and clean and not dialled(clean):
            raise Refused(NO_PHONE, said=clean)
        return clean[: LONGEST[name]]
    known = CONNECTIONS if name == "connection" else DEVICES
    return value if value in known else ""


def dialled(text: str) -> bool:
    """Whether a text holds a number that can be dialled."""
    return sum(sign.isdecimal() for sign in text) >= 5


def preferences(said: dict) -> dict:
    """How the person is written to from now on, as far as the answer says so (keys of people's preferences)."""
    ways, found = str(said.get("ways", "")).split(), {}
    if said.get("limit_bytes") is not None:
        limit = int(said["limit_bytes"])
        found["limit_bytes"] = min(max(limit, SMALLEST_LIMIT), LARGEST_LIMIT) if limit else 0
    if said.get("budget_bytes") is not None:
        budget = int(said["budget_bytes"])
        found["budget_bytes"] = min(max(budget, SMALLEST_BUDGET), LARGEST_BUDGET) if budget else 0
    if said.get("connection") in ("little", "none"):
        found["attachments"] = "none"
    if ways:
        found["means"] = "page" if "page" in ways else "mail"
    elif said.get("connection") in ("little", "none"):
        found["means"] = "mail"
    return found


@dataclass(frozen=True)
class Heard:
    """What is known of one member when it is asked whether somebody should telephone them."""

    has_address: bool
    failing_since: datetime | None  # since when no address of theirs takes letters; None: at least one does
    heard_at: datetime | None  # the last sign of life through any door
    asked_since: datetime | None  # the first letter that waits for an answer of theirs since then; None: nothing was asked
    asked: int = 0  # how many such letters
    away: bool = False  # said that they are away


NO_ADDRESS = N_("no address is known")
FAILING = N_("letters come back from every address")
SILENT = N_("no sign of life, though asked %(count)s times")


def needs_call(member: Heard, now: datetime) -> tuple[str, datetime | None, int] | None:
    """(reason, since when, how often asked) when somebody should telephone this member, None when letters will do."""
    if member.away:
        return None
    if not member.has_address:
        return NO_ADDRESS, None, 0
    if member.failing_since is not None:
        return (FAILING, member.failing_since, 0) if now - member.failing_since >= UNREACHABLE_FOR else None
    if member.asked >= 2 and member.asked_since is not None and now - member.asked_since >= SILENT_FOR:
        return SILENT, member.asked_since, member.asked
    return None
