"""No letter holds a secret of anybody but its reader: a reply address pasted into a comment lets nobody else answer for them."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from consult.extensions import db
from consult.outbox.models import ReplyKey

TAGGED = re.compile(
    r"\+([0-9a-fA-F]{32})"
)  # looked for first: it begins with a sign that is rare, so that a long text is passed over quickly
SECRET = re.compile(r"\b(reply|bounce)\+([0-9a-f]{32})", re.IGNORECASE)


def own_only(person_id: int, keys: Sequence[ReplyKey], texts: Iterable[str]) -> list[str]:
    """The texts with the secrets of others left out: `reply+…@`. Asks the database only where a secret stands that is not among `keys`."""
    if any(key.person_id != person_id for key in keys):
        raise ValueError("a letter carries the reply key of somebody else")
    texts, own = list(texts), {key.key for key in keys}
    strange = {found.lower() for text in texts for found in TAGGED.findall(text)} - own
    if not strange:
        return texts
    own |= set(db.session.scalars(select(ReplyKey.key).where(ReplyKey.key.in_(strange), ReplyKey.person_id == person_id)))
    return [SECRET.sub(lambda found: found[0] if found[2].lower() in own else f"{found[1]}+…", text) for text in texts]
