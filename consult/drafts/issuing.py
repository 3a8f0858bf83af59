"""From a text for comments to one that may be cited: issuing a draft, and its label until then. Called through `actions`."""

from datetime import datetime

from sqlalchemy import select

from consult.drafts import queries, rules
from consult.drafts.models import Draft
from consult.extensions import db
from consult.journal import actions as journal
from consult.kit import clock
from consult.people.models import Person
from consult.people.queries import require


def issue(draft: Draft, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Issue a draft: from now on its text may be cited, and the label is gone from pages, documents and letters. Its members are told."""
    require(by, "draft.issue", draft.group_id)
    at = at or clock.now()
    _alone(draft)
    latest = queries.latest(draft)
    rules.may_issue(draft.issued_at, latest is not None)
    draft.issued_at = at
    told = {"title": draft.title, "number": latest.number}
    journal.record("draft.issued", door=door, actor=by, group_id=draft.group_id, subject=draft, at=at, **told)


def relabel(draft: Draft, label: str, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Let a draft go about under other words than the usual ones; nothing: the usual ones again, in each reader's language."""
    require(by, "draft.issue", draft.group_id)
    _alone(draft)
    words = rules.label(label, draft.issued_at)
    if words == draft.label:
        return
    draft.label = words
    journal.record("draft.labelled", door=door, actor=by, group_id=draft.group_id, subject=draft, at=at, title=draft.title, label=words)


def _alone(draft: Draft) -> None:
    """The draft as it stands now, with no other officer at it until this transaction ends."""
    db.session.execute(select(Draft.id).where(Draft.id == draft.id).with_for_update())
    db.session.refresh(draft, ["issued_at", "label"])
