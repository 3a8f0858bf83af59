"""The verbs about rounds: open, extend, remind, close; and those that the clock does."""

from datetime import datetime

from sqlalchemy import select

from consult.drafts.models import Version
from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review import invitations, queries, rules
from consult.review.models import Invitation, Round


def open_round(
    version: Version,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    guidance: str = "",
    types: list[str] | None = None,
    zone: str = "UTC",
    people_asked: list[Person] | None = None,
    reminders: list[int] | None = None,
    bundle: str = "",
    by: Person,
    door: str,
    at: datetime | None = None,
) -> Round:
    """Invite the whole group, or the people chosen, to comment on a published version. Goes out at once when the opening time has come."""
    at = at or clock.now()
    group_id = version.draft.group_id
    people.require(by, "round.open", group_id)
    if version.published_at is None:
        raise Refused(N_("Publish the version first: people can only comment on a text that no longer changes."))
    rules.check_window(opens_at, closes_at, at)
    for wanted in types or []:
        rules.check_type(wanted, ())
    clock.zone(zone)
    _check_new(version, one_line(title) or version.draft.title, closes_at)
    made = Round(
        version=version, group_id=group_id, title=one_line(title) or version.draft.title, guidance=many_lines(guidance), types=types or [],
        opens_at=opens_at, closes_at=closes_at, first_closes_at=closes_at, zone=zone, bundle=bundle,
        reminders=rules.reminder_days(reminders or []), reminders_left=bool(reminders),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _invite(made, people_asked, at)
    record("round.planned", door=door, actor=by, group_id=group_id, subject=made, at=at, title=made.title)
    if opens_at <= at:
        _start(made, at, door)
    return made


def _check_new(version: Version, title: str, closes_at: datetime) -> None:
    """A form sent twice opens one round."""
    db.session.execute(select(Version.id).where(Version.id == version.id).with_for_update())
    same = select(Round.id).where(
        Round.version_id == version.id, Round.title == title, Round.closes_at == closes_at, Round.closed_at.is_(None)
    )
    if db.session.scalar(same.limit(1)) is not None:
        raise Refused(N_("A round of this title and deadline stands on this version already."))


def _invite(to: Round, chosen: list[Person] | None, at: datetime) -> None:
    """Everybody in the group but its officers, or those chosen; a person outside the group cannot be chosen."""
    members = {m.person_id: m for m in people.members(to.group_id, at.date())}
    asked = {p.id for p in chosen} if chosen is not None else {i for i, m in members.items() if m.role != "officer"}
    strangers = asked - set(members)
    if strangers:
        names = ", ".join(p.name for p in chosen or [] if p.id in strangers)
        raise Refused(N_("%(names)s: not in the group. Add them to the group before inviting them."), names=names)
    if not asked:
        raise Refused(N_("Nobody would be invited. Add members to the group or choose people."))
    to.invitations = [Invitation(person_id=person_id, invited_at=at) for person_id in sorted(asked)]
    db.session.flush()


def _start(which: Round, at: datetime, door: str) -> None:
    which.opened_at = at
    record("round.opened", door=door, group_id=which.group_id, subject=which, at=at, title=which.title)


def start_due(now: datetime) -> int:
    """Open the rounds whose time has come. Safe to call twice; returns how many opened."""
    due = db.session.scalars(
        select(Round).where(Round.opened_at.is_(None), Round.closed_at.is_(None), Round.opens_at <= now).with_for_update()
    )
    return sum(_start(each, now, "worker") is None for each in list(due))


def close_due(now: datetime) -> int:
    """Close the rounds whose deadline has passed. Returns how many closed."""
    due = db.session.scalars(select(Round).where(Round.closed_at.is_(None), Round.closes_at < now).with_for_update(of=Round))
    return sum(_close(each, now, None, "worker") is None for each in list(due))


def _close(which: Round, at: datetime, by: Person | None, door: str) -> None:
    which.closed_at = at
    invitations.note_silence(which, at)
    record("round.closed", door=door, actor=by, group_id=which.group_id, subject=which, at=at, title=which.title)


def close(which: Round, *, by: Person, door: str, at: datetime | None = None) -> None:
    """End the round before its deadline."""
    people.require(by, "round.manage", which.group_id)
    db.session.refresh(which, ["closed_at"], with_for_update={"of": Round})
    if which.closed_at is not None:
        raise Refused(N_("The round is closed already."))
    _close(which, at or clock.now(), by, door)


def extend(which: Round, closes_at: datetime, reason: str, *, by: Person, door: str, at: datetime | None = None) -> None:
    """Give everybody more time and tell them why; the first deadline stays on record. A closed round opens again."""
    at = at or clock.now()
    people.require(by, "round.manage", which.group_id)
    rules.check_extension(which.closes_at, closes_at, at, reason)
    which.closes_at, which.closed_at, which.answered_at, which.extension_reason = closes_at, None, None, one_line(reason, 500)
    invitations.begin_again(which, at)
    record(
        "round.extended", door=door, actor=by, group_id=which.group_id, subject=which, at=at,
        title=which.title, reason=which.extension_reason, closes_at=closes_at.isoformat(),
    )  # fmt: skip


def remind(which: Round, asked: list[Person], *, by: Person, door: str, at: datetime | None = None) -> int:
    """Write again to invited people who have said nothing yet. Returns how many."""
    at = at or clock.now()
    people.require(by, "round.manage", which.group_id)
    if queries.state(which, at) != "open":
        raise Refused(N_("The round is not open, so there is nothing to remind people of."))
    db.session.refresh(which, ["closed_at"], with_for_update={"of": Round})  # a form sent twice reminds once
    wanted = {p.id for p in asked}
    reminded = [i for i in queries.silent(which) if i.person_id in wanted]
    if not reminded:
        raise Refused(N_("Choose at least one person who has not commented yet."))
    rules.check_reminders({i.person.name: i.reminded_at for i in reminded}, at)
    for invitation in reminded:
        invitation.reminded_at = at
    record(
        "round.reminded", door=door, actor=by, group_id=which.group_id, subject=which, at=at,
        title=which.title, count=len(reminded), people=[i.person_id for i in reminded],
    )  # fmt: skip
    return len(reminded)
