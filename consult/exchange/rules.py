"""Pure: what may be done with a file of comments in which of its states, and what its problems read like."""

import json
import re

from consult.errors import Refused
from consult.exchange.templates import TEMPLATES
from consult.kit.words import N_

STATES: dict[str, str] = {
    "waiting": N_("being read"),
    "preview": N_("to be looked through"),
    "wanted": N_("being entered"),
    "done": N_("entered"),
    "failed": N_("not readable"),
    "dropped": N_("dropped"),
}
ROW_STATES: dict[str, str] = {
    "good": N_("certain"),
    "doubtful": N_("doubtful"),
    "bad": N_("cannot be entered"),
    "known": N_("known already"),
    "taken": N_("entered"),
    "refused": N_("refused"),
    "left": N_("left out"),
}
HOWS: dict[str, str] = {
    "number": N_("by its number"),
    "quote": N_("by the words it quotes"),
    "page": N_("by page and line"),
    "whole": N_("the whole document"),
    "text": N_("by its text"),
    "hand": N_("by hand"),
    "none": N_("not found"),
}
MOST_WAITING = 5
MOST_BEHALF = 200


def another_document(said: str, symbol: str, title: str) -> bool:
    """Whether the document that a file names is another one than this draft, as far as their words can tell."""
    here, there = _words(f"{symbol} {title}"), _words(said)
    return (
        bool(there)
        and not ({_signs(symbol)} - {""}) & {_signs(said)}
        and _signs(symbol or title) not in _signs(said)
        and (len(here & there) * 2 < min(len(here), len(there)))
    )


def _signs(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", text.casefold()) if len(word) > 3 or any(sign >= "\u2e80" for sign in word)}


def check_template(code: str) -> None:
    """One of the templates, or none to tell it by the file."""
    if code and code != "word" and code not in TEMPLATES:
        raise Refused(N_("%(template)s is no comment template. Templates are: %(known)s."), template=code, known=", ".join(TEMPLATES))


def check_waiting(count: int) -> None:
    """A person does not bring files without end while none of them is read."""
    if count >= MOST_WAITING:
        raise Refused(N_("%(count)s of your files are still being read. Wait until they are, then bring the next."), count=count)


def check_preview(state: str) -> None:
    """Rows are changed and taken while the file is looked through, not before and not after."""
    if state == "waiting":
        raise Refused(N_("The file is still being read. Look again in a moment."))
    if state != "preview":
        raise Refused(N_("The rows of this file cannot be changed any more."))


def check_drop(state: str) -> None:
    """What was entered stays; its comments are withdrawn one by one."""
    if state in ("wanted", "done"):
        raise Refused(N_("The comments of this file are entered already. Withdraw the comments that should not count."))


def check_some(count: int) -> None:
    """There must be something to enter."""
    if not count:
        raise Refused(N_("No row of the file is left to be entered: each is known already, cannot be entered, or was left out."))


def check_row(state: str) -> None:
    """A row that cannot be entered is not placed."""
    if state not in ("good", "doubtful", "left"):
        raise Refused(N_("This row cannot be placed or left out: it is not going to be entered."))


def problem(sentence: str, values: dict) -> str:
    """A problem as it is kept: the sentence, and what fills its places."""
    return json.dumps([sentence, {name: str(value) for name, value in values.items()}], ensure_ascii=False) if sentence else ""


def told(kept: str) -> tuple[str, dict]:
    """The sentence of a kept problem with its values; ("", {}) where there is none."""
    return tuple(json.loads(kept)) if kept else ("", {})


FEW = 5


def perhaps_another(good: int, doubtful: int) -> bool:
    """Whether so many rows found no certain place that the file is perhaps about another text or another version."""
    return good + doubtful >= FEW and doubtful > good
