"""The words under which a draft goes about until it is issued: on every page, in every document, in every letter that carries its text."""

from flask_babel import gettext

from consult.drafts.models import Draft, Version
from consult.kit.words import N_
from consult.web.filters import instant_words

USUAL = N_("For comments only, not for citation")


def label(draft: Draft) -> str:
    """What a reader of this draft has to know, in the reader's language or in the officer's own words; empty once the draft is issued."""
    if draft.issued_at is not None:
        return ""
    return draft.label or gettext(USUAL)


def head(version: Version, zone: str = "") -> list[str]:
    """The lines that say what a text is when it lies around alone, in the language that is set; `zone`: that of its reader."""
    of = version.draft
    state = instant_words(version.published_at, zone) if version.published_at else gettext("not published")
    named = gettext("Version %(number)s, %(state)s", number=version.number, state=state)
    return [line for line in (of.title, of.symbol, of.group.name, named, label(of)) if line]
