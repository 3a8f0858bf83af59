"""Pure: what a meeting must say, who may answer and until when, who could not come, and which symbol a document gets next."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from consult.errors import Refused
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.people.rules import LANGUAGES

KINDS: dict[str, str] = {
    "in-person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("in person and online"),
    "correspondence": N_("by correspondence"),
}
STATES: dict[str, str] = {"planned": N_("planned"), "announced": N_("announced"), "held": N_("held"), "cancelled": N_("cancelled")}
ANSWERS: dict[str, str] = {
    "invited": N_("has not answered"),
    "attending": N_("will attend"),
    "apologies": N_("cannot attend"),
    "alternate": N_("sends an alternate"),
}
NATURES: dict[str, str] = {
    "working": N_("working document"),
    "information": N_("information document"),
    "conference-room": N_("conference-room paper"),
    "report": N_("report"),
}
STEPS: dict[str, str] = {
    "awaited": N_("awaited"),
    "received": N_("received"),
    "reviewed": N_("reviewed"),
    "edited": N_("edited"),
    "posted": N_("posted"),
    "on-hold": N_("on hold"),
    "archived": N_("archived"),
}
"""The states of a document, in the order of its making; members see those that are posted or archived, and which are awaited."""
SERIES = {"working": "", "information": "INF/", "conference-room": "CRP.", "report": ""}
SHOWN = ("posted", "archived")
LONGEST = timedelta(days=400)
LONGEST_REASON = 2_000
REMIND_BEFORE = timedelta(days=7)
LATE_ANSWERS = timedelta(days=1)  # apologies sent on the way home still count
SYMBOL = re.compile(r"[\w][\w./()+-]*", re.ASCII)


def title(raw: str) -> str:
    """What the meeting is called, on one line."""
    clean = one_line(raw, 1000)
    if not clean:
        raise Refused(N_("Say what the meeting is called."))
    if len(clean) > 300:
        raise Refused(N_("The title is longer than 300 characters."))
    return clean


def code(raw: str) -> str:
    """The short code of a meeting, which symbols begin with and which people type in mails: letters, digits and `/ . - ( )`."""
    clean = one_line(raw, 200).replace(" ", "-").upper()
    if not clean:
        raise Refused(N_("Give the meeting a code, such as UNEP/CBD/EGTT/1: its documents are numbered below it."))
    if len(clean) > 60 or not SYMBOL.fullmatch(clean):
        raise Refused(N_("“%(code)s” cannot be a code. Use at most 60 letters, digits and the signs / . - ( )."), code=clean[:60])
    return clean


def symbol(raw: str) -> str:
    """The symbol of a document, such as UNEP/CBD/EGTT/1/2/Add.1."""
    clean = one_line(raw, 200).replace(" ", "")
    if not clean or len(clean) > 80 or not SYMBOL.fullmatch(clean):
        raise Refused(N_("“%(symbol)s” cannot be a symbol. Use letters, digits and the signs / . - ( ), at most 80."), symbol=clean[:80])
    return clean


def languages(raw: Iterable[str]) -> str:
    """The languages of a meeting, the first one that of its report; English when none is named."""
    wanted = [each for each in raw if each in LANGUAGES]
    return " ".join(dict.fromkeys(wanted)) or "en"


def check_window(kind: str, starts_at: datetime, ends_at: datetime) -> None:
    """A meeting ends after it begins, and does not last longer than a year."""
    if kind not in KINDS:
        raise Refused(N_("“%(value)s” is not a kind of meeting. Kinds are: %(known)s."), value=one_line(kind, 40), known=", ".join(KINDS))
    if ends_at <= starts_at:
        raise Refused(N_("The meeting would end before it begins."))
    if ends_at - starts_at > LONGEST:
        raise Refused(N_("The meeting would last more than a year. Look at the dates again."))


def check_where(kind: str, place: str, link: str) -> None:
    """Whoever is invited must know where to go."""
    if kind in ("in-person", "hybrid") and not place:
        raise Refused(N_("Say where the meeting is: the city and the building."))
    if kind in ("online", "hybrid") and not link:
        raise Refused(N_("Say how people join from afar: an address on the web, or a telephone number."))


def check_may_change(state: str) -> None:
    """What is over or was cancelled stays as it was."""
    if state == "held":
        raise Refused(N_("The meeting has been held, so it can no longer be changed."))
    if state == "cancelled":
        raise Refused(N_("The meeting was cancelled."))


def check_may_announce(state: str, starts_at: datetime, now: datetime) -> None:
    """A meeting is announced once, before it begins."""
    if state == "announced":
        raise Refused(N_("The meeting is announced already: the letters of invitation are on their way."))
    check_may_change(state)
    if starts_at <= now:
        raise Refused(N_("The meeting would have begun already. Change its dates first."))


def check_reason(reason: str) -> None:
    """People are told why."""
    if not reason:
        raise Refused(N_("Say why: it stands in the letter to everybody invited."))


def check_answer(answer: str, reason: str, alternate: str) -> None:
    """One of the answers there are; an alternate has a name."""
    if answer not in ("attending", "apologies", "alternate"):
        raise Refused(N_("Say whether you attend, send an alternate, or cannot come."))
    if answer == "alternate" and not alternate:
        raise Refused(N_("Say who comes in your place."))
    if len(reason) > LONGEST_REASON:
        raise Refused(N_("The reason has more than %(limit)s characters."), limit=LONGEST_REASON)


def check_may_answer(state: str, ends_at: datetime, now: datetime, invited: bool, manages: bool) -> None:
    """Who is invited answers from the announcement until the meeting is over; officers enter what came by another way also later."""
    if state == "planned":
        raise Refused(N_("The meeting is not announced yet, so nobody has been asked."))
    if state == "cancelled":
        raise Refused(N_("The meeting was cancelled, so no answer is needed."))
    if not invited:
        raise Refused(N_("Only people in the group are invited to this meeting."))
    if ends_at + LATE_ANSWERS < now and not manages:
        raise Refused(N_("The meeting is over, so your answer was not entered. Write to the secretariat if it should still be noted."))


def check_may_take_presence(state: str, starts_at: datetime, now: datetime) -> None:
    """Presence is noted once the meeting has begun."""
    if state not in ("announced", "held"):
        raise Refused(N_("Only at an announced meeting somebody can be present."))
    if now < starts_at:
        raise Refused(N_("The meeting has not begun, so nobody can have been there."))


def check_document(nature: str, state: str, has_draft: bool, has_file: bool) -> None:
    """A document is a draft of the group or a file, and one that is awaited is neither yet."""
    if nature not in NATURES:
        raise Refused(N_("“%(value)s” is not a kind of document."), value=one_line(nature, 40))
    if state not in STEPS:
        raise Refused(N_("“%(value)s” is not a state of a document."), value=one_line(state, 40))
    if has_draft and has_file:
        raise Refused(N_("A document is either a draft of the group or a file. Choose one of the two."))
    if not has_draft and not has_file and state != "awaited":
        raise Refused(N_("Choose a draft of the group or a file. If the text is still to come, say that the document is awaited."))
    if nature == "report" and not has_draft:
        raise Refused(N_("The report is a draft of the group, so that everybody can comment on it: choose the draft."))


def is_absent(answer: str, present: bool | None) -> bool | None:
    """Whether somebody could not come: by the presence if it was taken, else by their apologies. None: nobody knows."""
    if present is not None:
        return not present
    return {"apologies": True, "alternate": False, "attending": False}.get(answer)


def next_symbol(meeting_code: str, nature: str, taken: Iterable[str]) -> str:
    """The next free symbol of that series below the meeting's code: `…/3`, `…/INF/2`, `…/CRP.1`."""
    begin = f"{meeting_code}/{SERIES.get(nature, '')}"
    used = {int(m[1]) for each in taken if (m := re.fullmatch(re.escape(begin) + r"(\d{1,4})(?:/.*)?", each, re.IGNORECASE))}
    return f"{begin}{max(used, default=0) + 1}"


def revised(symbol: str) -> list[str]:
    """The symbols that a revision replaces, the nearest first: of `EG/1/2/Rev.2` the first revision, then the document itself."""
    found = re.fullmatch(r"(.+)/REV\.(\d{1,3})", symbol.upper())
    return [*(f"{found[1]}/REV.{number}" for number in range(int(found[2]) - 1, 0, -1)), found[1]] if found else []


ORDER = {"": 0, "REV": 1, "ADD": 2, "CORR": 3, "AMEND": 4, "L": 5, "CRP": 6, "INF": 7}


def place_in_list(of: str) -> tuple:
    """By what documents are listed: numbers as numbers, and a document before its Rev., Add., Corr., L., CRP. and INF."""
    return tuple(_rank(part) for part in of.upper().split("/"))


def _rank(part: str) -> tuple:
    series, _, number = part.rpartition(".") if "." in part else (part if part in ORDER else "", "", part)
    digits = re.match(r"\d+", number)
    return ORDER.get(series, 8), int(digits[0]) if digits else 0, part


def seat_in_list(kind: str) -> int:
    """Where somebody stands in a list of participants: Parties, non-Parties, observers, then the secretariat; without any of these last."""
    return ("party", "non-party", "observer", "secretariat", "").index(kind) if kind in SECTIONS else len(SECTIONS) - 1


SECTIONS: dict[str, str] = {
    "party": N_("Parties"),
    "non-party": N_("Non-Parties"),
    "observer": N_("Observers"),
    "secretariat": N_("Secretariat"),
    "": N_("Others"),
}


def reminder_at(announced_at: datetime, starts_at: datetime) -> datetime | None:
    """When those who have not answered are written to again: a week before, two days after the invitation at the earliest; None: never."""
    when = max(starts_at - REMIND_BEFORE, announced_at + timedelta(days=2))
    return when if when < starts_at else None


def answer_stands(answer: str, reason: str, alternate: str, before: tuple[str, str, str]) -> bool:
    """Whether the very same was answered before."""
    return (answer, reason, alternate) == before
