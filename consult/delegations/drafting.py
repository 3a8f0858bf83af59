"""The verbs about what a delegation prepares: draft, correct, verify, merge, withdraw. What was there before is kept in the journal."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from consult.delegations import queries, rules
from consult.delegations.models import Contribution, Delegation
from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db, stored
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines
from consult.people.models import Person
from consult.review import rules as review_rules
from consult.review.saying import Saying, checked, wording


def contribute(
    to: Delegation, *, paragraph: Paragraph | None, text: str, type: str = "general", proposed: str = "", quote: str = "",
    once: str | None = None, by: Person, door: str, at: datetime | None = None,
) -> Contribution:  # fmt: skip
    """Draft one comment of the delegation. The same `once` twice is one."""
    (made,) = contribute_all(to, [Saying(paragraph, text, type, proposed, quote, once=once)], by=by, door=door, at=at)
    if isinstance(made, Refused):
        raise made
    return made


def contribute_all(
    to: Delegation, said: Sequence[Saying], *, by: Person, door: str, at: datetime | None = None
) -> list[Contribution | Refused]:
    """Draft several at once. For each, in their order, what it became, or why it became nothing. What a lead writes is verified at once."""
    at = at or clock.now()
    part, known = queries.part(to, by.id), queries.find_by_once([each.once for each in said if each.once])
    try:
        rules.check_may_draft(part, queries.moment(to, at))
    except Refused as refused:
        return [known.get(each.once) or refused for each in said]
    return [known.get(each.once) or _drafted(to, each, part, by, door, at) for each in said]


def _drafted(to: Delegation, said: Saying, part: str, by: Person, door: str, at: datetime) -> Contribution | Refused:
    try:
        kept = checked(to.round, said)
    except Refused as refused:
        return refused
    words = {name: kept[name] for name in ("once", "paragraph_id", "type", "text", "proposed", "quote")}
    made = Contribution(delegation_id=to.id, author_id=by.id, door=door, received_at=at, state="pending", **words)
    if part in rules.LEADS:
        made.state, made.verified_by_id, made.verified_at = "verified", by.id, at
    if not stored(made, author=by, paragraph=said.paragraph):
        return queries.find_by_once([said.once])[said.once]
    _tell("contribution.made", to, [made], by, door, at)
    return made


def edit(which: Contribution, *, text: str, type: str, proposed: str = "", by: Person, door: str, at: datetime | None = None) -> None:
    """Say it better. What it said before is kept with who changed it and when."""
    at, of = at or clock.now(), which.delegation
    _alone(of)
    rules.check_may_change(queries.part(of, by.id), queries.moment(of, at), by.id == which.author_id, which.state)
    text, proposed = many_lines(text), wording(proposed, which.paragraph)
    review_rules.check_words(text, proposed)
    review_rules.check_type(type, of.round.types)
    before = {"text": which.text, "proposed": which.proposed, "type": which.type}
    if (text, proposed, type) == (which.text, which.proposed, which.type):
        return
    which.text, which.proposed, which.type, which.edited_at = text, proposed, type, at
    _tell("contribution.edited", of, [which], by, door, at, before=before)


def verify(of: Delegation, chosen: Sequence[Contribution], *, by: Person, door: str, at: datetime | None = None) -> int:
    """The contact point or its deputy stands by these; those that are verified already stay so. Returns how many are new."""
    at = at or clock.now()
    _alone(of, chosen)
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    rules.check_states({each.state for each in chosen}, rules.UNSENT)
    new = [each for each in chosen if each.state == "pending"]
    for each in new:
        each.state, each.verified_by_id, each.verified_at = "verified", by.id, at
    _tell("contribution.verified", of, new, by, door, at)
    return len(new)


def withdraw(of: Delegation, chosen: Sequence[Contribution], *, by: Person, door: str, at: datetime | None = None) -> int:
    """Take these out of the set: reviewers their own, contact point and deputy any that is not submitted. They stay on record."""
    at = at or clock.now()
    _alone(of, chosen)
    part, now = queries.part(of, by.id), queries.moment(of, at)
    rules.check_states({each.state for each in chosen}, (*rules.UNSENT, "withdrawn"))
    for each in chosen:
        rules.check_may_change(part, now, each.author_id == by.id, each.state)
    new = [each for each in chosen if each.state != "withdrawn"]
    for each in new:
        each.state = "withdrawn"
    _tell("contribution.withdrawn", of, new, by, door, at)
    return len(new)


def restore(of: Delegation, chosen: Sequence[Contribution], *, by: Person, door: str, at: datetime | None = None) -> int:
    """Put back what was withdrawn or merged: it is pending again, for itself."""
    at = at or clock.now()
    _alone(of, chosen)
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    rules.check_states({each.state for each in chosen}, ("withdrawn",))
    for each in chosen:
        each.state, each.merged_into_id, each.verified_by_id, each.verified_at = "pending", None, None, None
    _tell("contribution.restored", of, chosen, by, door, at)
    return len(chosen)


def merge(of: Delegation, chosen: Sequence[Contribution], *, by: Person, door: str, at: datetime | None = None) -> Contribution:
    """Make one of several on the same paragraph: the first takes in the words of the others and is pending, to be read once more."""
    at = at or clock.now()
    _alone(of, chosen)
    rules.check_may_lead(queries.part(of, by.id), queries.moment(of, at))
    rules.check_merge([each.paragraph_id for each in chosen], [each.state for each in chosen])
    first, *others = chosen
    before = {"text": first.text, "proposed": first.proposed, "type": first.type}
    text, proposed = rules.merged([each.text for each in chosen], [each.proposed for each in chosen], gettext("Another wording proposed:"))
    review_rules.check_words(text, proposed)
    first.text, first.proposed, first.state, first.edited_at = text, proposed, "pending", at
    first.verified_by_id = first.verified_at = None
    for each in others:
        each.state, each.merged_into_id = "withdrawn", first.id
    _tell("contribution.merged", of, [first], by, door, at, before=before, taken_in=[each.id for each in others])
    _tell("contribution.withdrawn", of, others, by, door, at, into=first.id)
    return first


def _alone(of: Delegation, chosen: Sequence[Contribution] = ()) -> None:
    """Nobody else changes this delegation's comments until the transaction ends; they are as the others left them."""
    db.session.execute(select(Delegation.id).where(Delegation.id == of.id).with_for_update())
    for each in chosen:
        db.session.refresh(each, ["state", "merged_into_id"])


def _tell(kind: str, of: Delegation, about: Sequence[Contribution], by: Person, door: str, at: datetime, **more: object) -> None:
    db.session.flush()
    told = {"organization": of.organization.name, "round_id": of.round_id, "delegation_id": of.id, **more}
    for each in about:
        record(kind, door=door, actor=by, group_id=of.round.group_id, subject=each, at=at, **told)
