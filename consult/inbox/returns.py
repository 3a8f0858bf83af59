"""Letters of ours that came back: noted on the letter and against its address, sent on to another one, and told to officers."""

from datetime import datetime

from flask import current_app, render_template
from flask_babel import force_locale, gettext

from consult.errors import Refused
from consult.inbox.bounces import Bounce
from consult.inbox.challenges import link_of
from consult.inbox.gathering import Gathered
from consult.inbox.message import Read
from consult.inbox.results import Result
from consult.kit.text import one_line
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox import again
from consult.outbox.models import Letter
from consult.people import actions as people
from consult.people import failing, queries
from consult.people.models import Address, Person
from consult.tasks import actions as tasks

CAME_BACK = N_("A letter to %(name)s came back: %(diagnostic)s")
SENT_ON = N_("A letter to %(name)s came back and was sent on to another address of theirs: %(diagnostic)s")
DELAYED = N_("A letter to %(name)s is still on its way: %(diagnostic)s")
UNKNOWN = N_("It says that a letter was returned, but no letter of ours has this return address.")
MARKED = N_("A report says that %(name)s marked a letter as unwanted; officers are to ask them.")
COMPLAINED = N_("A provider reports that %(name)s marked a letter as unwanted; news to them are stopped, and officers are to ask them.")


def carry_out(letter: Letter | None, bounce: Bounce | None, at: datetime) -> Result:
    """Note that a letter did not arrive. A report counts once a letter, so that nobody is silenced by many copies of one report."""
    if letter is None or bounce is None:
        return Result("ignored", Refused(UNKNOWN))
    words = {"name": letter.to_name or letter.to_address, "diagnostic": bounce.diagnostic or bounce.status or "?"}
    reason = CAME_BACK if bounce.permanent else DELAYED
    if letter.state != "bounced":
        outbox.bounced(letter, bounce.permanent, bounce.status, bounce.diagnostic)
        if letter.person_id is not None and _followed(letter, bounce, at):
            reason = SENT_ON
    return Result("bounced", Refused(reason, **words))


def _followed(letter: Letter, bounce: Bounce, at: datetime) -> bool:
    """What follows for the person: their address fails more, the letter goes to another one, or somebody has to find one."""
    marked = failing.address_failed(letter.person_id, letter.to_address, bounce.permanent, bounce.diagnostic or bounce.status, at)
    person = queries.get_person(letter.person_id)
    other = failing.next_address(person, letter.to_address)
    sent_on = bounce.permanent and other is not None and not letter.moved_from
    if sent_on:
        again.move(letter, other.address, at)
    if marked is not None and other is not None:
        again.catch_up(person.id, other.address, at)
        _tell(person, marked, other, at)
    elif marked is not None:
        _raise(person, marked, at)
    return sent_on


def _tell(person: Person, marked: Address, other: Address, at: datetime) -> None:
    """At the address that works, the person hears that the first one does not."""
    with force_locale(person.language):
        text = render_template("mail/inbox/moved.txt", first=marked.address, other=other.address, why=marked.last_failure)
        subject = gettext("Letters to %(address)s come back", address=marked.address)
        outbox.post(kind="moved", person=person, subject=subject, text=text, once=f"moved:{marked.id}:{at.date().isoformat()}")


def _raise(person: Person, marked: Address, at: datetime) -> None:
    """No address is left: the officers of each group have to find another way."""
    for group in queries.groups_of(person):
        tasks.raise_task(
            "failing", group_id=group.id, once=f"failing:{marked.id}:{group.id}", person=person, subject=marked, at=at, name=person.name,
            address=marked.address, why=marked.last_failure or "?",
        )  # fmt: skip


def challenged(found: Gathered, read: Read, reason: str, at: datetime) -> Result:
    """Our letters wait at somebody's server until a person proves that a person wrote. Never answered: officers are told whom to ask."""
    number = found.key.person_id if found.key else found.returned.person_id if found.returned else found.person and found.person.id
    person = queries.get_person(number) if number else None
    link = link_of(read) if found.facts.addressed_to in ("reply", "bounce") else ""  # anybody can write a name above a link of theirs
    for group in queries.groups_of(person) if person else []:
        tasks.raise_task(
            "challenge", group_id=group.id, once=f"challenge:{person.id}:{group.id}", person=person, at=at, name=person.name,
            link=one_line(link, 300) or "-", ours=current_app.config["MAIL_DOMAIN"],
        )  # fmt: skip
    return Result("ignored", Refused(reason))


def complained(letter: Letter, at: datetime, sure: bool) -> Result:
    """The person, or somebody with their mailbox, called a letter unwanted: officers are told. `sure`: it came to that letter's own return
    address, so news stop, as if they had said STOP; elsewhere anybody who saw the letter could say so."""
    person, kind = queries.get_person(letter.person_id), "complaint" if sure else "marked"
    if sure and person.rhythm != "none":
        people.change_preferences(person, by=person, door="mail", at=at, rhythm="none")
    for group in queries.groups_of(person):
        tasks.raise_task(
            kind, group_id=group.id, once=f"complaint:{person.id}:{group.id}", person=person, subject=letter, at=at,
            name=person.name, title=one_line(letter.subject, 200),
        )  # fmt: skip
    return Result("bounced", Refused(COMPLAINED if sure else MARKED, name=person.name))
