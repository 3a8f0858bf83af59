"""Pure: who may settle a letter that waits, who is written back to, and what of a letter may be shown."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from consult.errors import Refused
from consult.kit.words import N_

STATES: dict[str, str] = {
    "held": N_("waiting"),
    "asked": N_("waiting for confirmation"),
    "taken": N_("taken"),
    "refused": N_("refused"),
    "ignored": N_("ignored"),
    "bounced": N_("came back"),
    "settled": N_("settled"),
}
QUEUES: dict[str, str] = {
    "waiting": N_("waiting"),
    "asked": N_("waiting for confirmation"),
    "unplaced": N_("not placed"),
    "refused": N_("refused"),
    "failing": N_("came back"),
    "nominations": N_("nominations"),
    "apologies": N_("apologies"),
    "": N_("everything"),
}
SORTS: dict[str, str] = {
    "comment": N_("a comment"),
    "answer": N_("an answer to a letter"),
    "nomination": N_("a nomination"),
    "apology": N_("an apology"),
    "unrelated": N_("unrelated"),
}
"""What an officer can say that a stray letter is."""
WAITING = ("held", "asked", "refused")
KEY = re.compile(r"\b(reply|bounce)\+[0-9a-z]{8,80}", re.I)
LINK = re.compile(r"\b(?:([a-z][a-z0-9+-]{1,11})://|www\.)", re.I)
UNDO = re.compile(
    "undo|wrong|annuler|annulez|annule|faux|deshacer|anular|incorrecto|отменить|отмена|отмени|неверно|ошибка|撤销|撤消|撤回|错误|تراجع|إلغاء|خطأ"
)
LONGEST_SHOWN = 60_000
LONGEST_RETURNED = 6_000
MOST_RETURNED = 10  # letters of one day to one person about mails that could not be used


NO_LONGER = N_("This letter does not wait any more.")


def redacted(text: str) -> str:
    """The text with the secret part of every reply address left out, so that nobody who reads it can answer in another's name."""
    return KEY.sub(lambda found: f"{found[1].lower()}+…", text)


def unlinked(text: str) -> str:
    """The text with its links taken apart: words of somebody unknown go into a letter of ours, and nobody should press what they chose."""
    return LINK.sub(lambda found: f"{found[1]}: //" if found[1] else "www .", text)


def refusal_once(address: str, kind: str, day: date) -> str:
    """What makes a second refusal to the same sender of the same kind on the same day the same letter."""
    return f"refusal:{hashlib.sha256(address.lower().encode()).hexdigest()[:32]}:{kind[:40]}:{day.isoformat()}"


def check_may_release(state: str, works_desk: bool, is_own: bool, elsewhere: bool) -> None:
    """Officers settle any letter of their group; people may confirm a letter that waits in their own name, as it is."""
    if works_desk:
        return
    if not is_own or elsewhere:
        raise Refused(N_("Only the officers of the group can send a letter to another person, round or paragraph."))
    if state not in ("held", "asked"):
        raise Refused(NO_LONGER)


def check_may_settle(state: str, note: str, unplaced: int = 0) -> None:
    """A letter that waits, or one whose remarks found no place, is put aside with a word why."""
    if state not in WAITING and not unplaced:
        raise Refused(NO_LONGER)
    if not note.strip():
        raise Refused(N_("Write in a few words why nothing is done with this letter."))


def check_may_sort(state: str, sort: str) -> None:
    """A letter that waits can be said to be something."""
    if sort not in SORTS:
        raise Refused(N_("Say what the letter is: a comment, an answer, a nomination, an apology, or unrelated."))
    if state not in WAITING:
        raise Refused(NO_LONGER)


def check_may_put_back(state: str) -> None:
    """What somebody settled can be put back to the desk."""
    if state != "settled":
        raise Refused(N_("Nobody settled this letter, so there is nothing to take back."))


def first_words(text: str, limit: int = 60) -> str:
    """The beginning of a text on one line, cut between words, for a list."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return (line[:limit].rpartition(" ")[0] or line[:limit]) + " …"


def shortened(text: str, limit: int = LONGEST_RETURNED) -> tuple[str, bool]:
    """As much of a text as fits a short letter, and whether something was left out."""
    return (text, False) if len(text) <= limit else (text[:limit], True)


def wants_undo(own_text: str) -> bool:
    """Whether the first word somebody answers to a receipt is UNDO or WRONG, in any of the six languages."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", own_text[:200]).casefold())
    return bool(words) and UNDO.fullmatch(words[0]) is not None


def named_range(marks: Sequence[str], order: Sequence[str]) -> str:
    """How a remark on several paragraphs names them in front of its text: `[12-14]` when they follow each other, else `[12, 14]`."""
    places = [order.index(mark) for mark in marks if mark in order]
    if len(marks) < 2 or len(places) != len(marks):
        return ""
    numbered = [mark for mark in order[places[0] : places[-1] + 1] if mark in marks or mark.isdecimal()]
    return f"[{marks[0]}-{marks[-1]}] " if len(marks) > 2 and numbered == list(marks) else f"[{', '.join(marks)}] "


def addressed(envelope_to: str, domain: str) -> tuple[str, str]:
    """What an address of ours is for, and its secret or name: reply, bounce, commands, or perhaps a group; (`unknown`, "") elsewhere."""
    local, _, host = envelope_to.strip().strip("<>").lower().rpartition("@")
    if host != domain.lower() or not local:
        return "unknown", ""
    kind, plus, secret = local.partition("+")
    if plus and kind in ("reply", "bounce"):
        return kind, secret
    return ("commands", "") if local == "consult" else ("group", local)
