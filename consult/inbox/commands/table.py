"""Every command word with what does it; whoever adds a verb adds a line here, a row in words.py and one in parity.py."""

from collections.abc import Callable

from consult.inbox import keys
from consult.inbox.commands import (
    affording,
    documents,  # noqa: F401 - it offers what meetings have to read
    fetching,
    helping,
    kits,
    leading,
    looking,
    means,
    meeting,
    mending,
    remarks,
    searching,
    settings,
    watching,
)
from consult.inbox.commands.asked import Asked

Verb = Callable[[Asked], str]

VERBS: dict[str, Verb] = {
    "HELP": helping.helped,
    "STATUS": looking.status,
    "LIST": looking.listed,
    "WHICH": looking.which,
    "GET": fetching.get,
    "KIT": kits.kit,
    "DIFF": fetching.diff,
    "PART": fetching.part,
    "COMMENTS": remarks.comments,
    "SEARCH": searching.search,
    "DIGEST": settings.digest,
    "STOP": settings.stop,
    "REVOKE": keys.asked,
    "LIMIT": settings.limit,
    "FORMAT": settings.format,
    "LANG": settings.language,
    "AWAY": settings.away,
    "ZONE": settings.zone,
    "ATTEND": meeting.attend,
    "APOLOGIES": meeting.apologies,
    "BUDGET": affording.budget,
    "ATTACHMENTS": affording.attachments,
    "PACK": affording.pack,
    "FORM": affording.form,
    "QUIET": affording.quiet,
    "MEANS": means.means,
    "NAME": settings.name,
    "RECEIPTS": settings.receipts,
    "ADDRESS": settings.address,
    "CORRECT": mending.correct,
    "RETYPE": mending.retype,
    "WITHDRAW": mending.withdraw,
    "MOVE": mending.move,
    "CONSENT": mending.consent,
    "FOLLOW": watching.follow,
    "UNFOLLOW": watching.unfollow,
    "ACCEPT": leading.accept,
    "DECLINE": leading.decline,
    "EXTEND": leading.extend,
    "REMIND": leading.remind,
    "CLOSE": leading.close,
    "LATE": leading.late,
    "RESPOND": leading.respond,
    "ASSIGN": leading.assign,
    "PROPOSE": leading.propose,
    "POLL": leading.poll,
    "REVIEWER": leading.reviewer,
}
READING = frozenset(("HELP", "STATUS", "LIST", "WHICH", "GET", "KIT", "DIFF", "PART", "COMMENTS", "SEARCH", "DESK", "MEANS", "YES", "NO"))
"""Verbs that change nothing by themselves (YES does what was asked and believed before). Every other one changes something."""
WEIGHTY = frozenset(
    ("ADDRESS", "REVIEWER", "RESPOND", "PROPOSE", "ASSIGN", "EXTEND", "REMIND", "CLOSE", "LATE", "POLL", "RELEASE", "ASIDE")
)
"""What concerns others, or who one is: for that a reply key is not enough, which may have been passed on with its letter."""
