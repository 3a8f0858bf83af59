"""Pure: which documents can be asked for, what each is called, and what makes two of them the same."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from consult.errors import NotFound, Refused
from consult.kit.text import slug
from consult.kit.words import N_

FORMS: dict[str, dict[str, frozenset[str]]] = {
    "draft": {"pdf": frozenset({"lines"}), "docx": frozenset({"comments"})},
    "compilation": {"pdf": frozenset({"language"}), "docx": frozenset(), "xlsx": frozenset()},
}
"""Each kind of document, the forms it comes in, and what can be chosen for each form."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LEASE = timedelta(minutes=4)
"""How long a worker has a document for itself: longer than the press may take, so that nobody makes it twice at once."""


def form(kind: str, asked: str) -> str:
    """The form of the document, when that kind comes in it."""
    if asked not in FORMS[kind]:
        raise NotFound(N_("There is no document of this form. Choose one of those that the page offers."))
    return asked


def options(kind: str, asked_form: str, chosen: Mapping[str, object]) -> dict[str, object]:
    """What was chosen, without what means nothing for this form and without what was left off."""
    return {name: chosen[name] for name in sorted(FORMS[kind][asked_form]) if chosen.get(name)}


def key(*parts: object) -> str:
    """The name of a document by all that it holds: another one as soon as any of it changes."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def file_name(stem: str, version: int, language: str, ending: str, more: str = "") -> str:
    """What the file is called where it lies among others: `cop-8-19-v2-en.pdf`; the language always said."""
    name = slug(stem, 60) or "draft"
    return f"{name}-v{version}{'-' + more if more else ''}-{language}.{ending}"


def check_compile(round_state: str, total: int, unanswered: int, as_received: bool) -> None:
    """A compilation is published once the round is closed; with all responses, or openly without those that are missing."""
    if round_state != "closed":
        raise Refused(N_("The round is still open. Its compilation can be published once it is closed."))
    if not total:
        raise Refused(N_("Nobody has commented in this round: there is nothing to compile."))
    if unanswered and not as_received:
        reason = N_("Comments without a response yet: %(count)s. Respond to them first, or publish the comments as received.")
        raise Refused(reason, count=unanswered)


def check_published(readable: bool) -> None:
    """A compilation is read once it is published."""
    if not readable:
        raise NotFound(N_("The compilation of this round is not published yet. You will get a letter when it is."))


def check_anew(compiled_at: datetime | None, responded_since: bool) -> None:
    """Published once; and once more when responses have been given that the first compilation did not have yet."""
    if compiled_at is not None and not responded_since:
        raise Refused(N_("The compilation is published already, with all the responses there are."))


def whole_number(typed: str) -> int:
    """A page or a line as somebody typed it, in the digits of any script."""
    typed = typed.strip()
    if not typed.isdecimal() or len(typed) > 6:
        raise Refused(N_("Give the page and the line as numbers, as they stand at the foot and in the margin of the PDF."))
    return int(typed)


def check_ready(state: str, reason: str) -> None:
    """A document is fetched once it is made; why it is not is said."""
    if state == "failed":
        raise Refused(reason)
    if state != "done":
        raise Refused(N_("This document is still being made. Wait a moment and fetch it then."))
