"""Pure: what makes two remarks of answers files the same, and what is said about a file as a whole."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from consult.errors import Refused
from consult.kit.words import N_
from consult.offline.answers import Answers, Said

MOST_REMARKS = 2_000
LARGEST = 1_000_000
TIMES = 5
"""How often the same remark can be withdrawn and sent again."""
SHORT = N_(
    "The end of the file is missing, perhaps because it was cut off on the way: %(count)s remarks were read. If there were more, send it "
    "again."
)
CHANGED = N_(
    "The file is not exactly as the form saved it: somebody went on writing in it, or it was damaged on the way. Look through what was "
    "understood."
)
NOTHING = N_("There are no comments in this file. Write below the line of the paragraph you mean, save it, and send it again.")
TOO_MANY = N_("The file has more than %(most)s remarks. Divide it.")
TOO_LARGE = N_("The file is larger than %(most)s MB; files of answers are much smaller. Send the one that the form has saved.")
OTHERS = N_("This file was made for somebody else. Send the one of your own kit.")
DRAFTS = N_(
    "%(name)s drafts for a Party or organization in this round, so only %(name)s can bring this file: what is in it goes to the set, and "
    "not to the round."
)
OTHER_ROUND = N_(
    "The file is about another round, R%(round)s. Answer a letter of that round with it, or send it to the address for commands."
)
NO_ROUND = N_("The round that this file is about is not there any more.")
NO_ANSWERS = N_("This is no file of answers: it has no line “Consult answers” above the remarks.")
_SIGNS = re.compile(r"[\W_]+")


def words(text: str, proposed: str) -> str:
    """What is said, whatever the capitals, signs and line ends."""
    return _SIGNS.sub(" ", f"{text} {proposed}".casefold()).strip()


def names(round_id: int, person_id: int, said: Sequence[Said]) -> list[list[str]]:
    """For each remark the names of its submission: the same whenever the file comes again, further ones for what was withdrawn since."""
    seen: Counter[str] = Counter()
    found = []
    for each in said:
        held = "\x1f".join((",".join(each.marks) or each.unknown, each.kind, " ".join(each.text.split()), " ".join(each.proposed.split())))
        digest = hashlib.sha256(held.encode("utf-8", "replace")).hexdigest()[:32]
        seen[digest] += 1
        first = f"kit:{round_id}:{person_id}:{digest}:{seen[digest]}"
        found.append([first, *(f"{first}:{time}" for time in range(2, TIMES + 1))])
    return found


def check(read: Answers) -> None:
    """A file says something, and not more than a person can have typed."""
    if not read.said:
        raise Refused(NOTHING)
    if len(read.said) > MOST_REMARKS:
        raise Refused(TOO_MANY, most=MOST_REMARKS)


def notes(read: Answers) -> list[Refused]:
    """What the sender should know about the file as a whole."""
    short = [Refused(SHORT, count=len(read.said))] if read.short else []
    return short + ([Refused(CHANGED)] if read.changed else [])
