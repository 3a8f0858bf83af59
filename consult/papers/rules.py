"""Pure: which documents can be asked for, what each is called, and what makes two of them the same."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta

from consult.errors import NotFound, Refused
from consult.kit.text import slug
from consult.kit.words import N_

FORMS: dict[str, dict[str, frozenset[str]]] = {
    "draft": {"pdf": frozenset({"lines"}), "docx": frozenset({"comments"})},
    "compilation": {"pdf": frozenset({"language"})},
}
"""Each kind of document, the forms it comes in, and what can be chosen for each form."""

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
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
