"""Pure: the kinds of tasks, each with the sentence an officer reads, and when one may be settled."""

from consult.errors import Refused
from consult.kit.words import N_

KINDS = {
    "failing": N_("Letters to %(name)s come back (%(address)s: %(why)s). Find another address, or another way to reach them."),
    "challenge": N_(
        "The mail server of %(name)s keeps our letters back until a person proves that a person wrote: ask them to let in everything from "
        "%(ours)s. The link it sent, only to be opened if it leads to their own provider: %(link)s"
    ),
    "marked": N_("A report says that %(name)s marked our letter “%(title)s” as unwanted. Ask whether they still want our letters."),
    "complaint": N_("A provider reports that %(name)s marked our letter “%(title)s” as unwanted. News to them are stopped: ask them."),
    "telephone": N_("%(name)s cannot be reached by mail since %(since)s: telephone them."),
    "silent": N_("%(name)s has not answered “%(title)s”: ask them."),
    "absent": N_("%(name)s neither came to “%(title)s” nor answered the invitation: ask them."),
    "means": N_("%(name)s has not said how they can take part, though asked %(times)s times: ask them by another way."),
    "other": "%(what)s",  # in an officer's own words
}
SETTLED = N_("This task is settled already.")
NO_NOTE = N_("Say in a few words what became of it.")


class Known(dict):
    """The words of a task's sentence; a task of long ago may lack some that its sentence has come to hold since."""

    def __missing__(self, key: str) -> str:
        return "…"


def check_may_settle(done: bool, note: str) -> None:
    """A task is settled once, and whoever does it says what became of it."""
    if done:
        raise Refused(SETTLED)
    if not note.strip():
        raise Refused(NO_NOTE)
