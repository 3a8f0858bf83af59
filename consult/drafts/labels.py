"""The words under which a draft goes about until it is issued: on every page, in every document, in every letter that carries its text."""

from flask_babel import gettext

from consult.drafts.models import Draft
from consult.kit.words import N_

USUAL = N_("For comments only, not for citation")


def label(draft: Draft) -> str:
    """What a reader of this draft has to know, in the reader's language or in the officer's own words; empty once the draft is issued."""
    if draft.issued_at is not None:
        return ""
    return draft.label or gettext(USUAL)
