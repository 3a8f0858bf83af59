"""The letters a person asks for: a link to sign in, to set a password, to confirm an address."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, render_template
from flask_babel import force_locale, gettext

from consult.extensions import transaction
from consult.kit.words import N_
from consult.outbox.actions import post
from consult.outbox.models import Letter
from consult.people import links, queries
from consult.people.models import Person

SUBJECTS = {
    "sign-in": N_("Your link to sign in to Consult"),
    "password": N_("Set your password for Consult"),
    "address": N_("Confirm your address for Consult"),
}


@dataclass(frozen=True)
class _One:
    """One address, as the outbox asks for it: tried even if letters to it came back before, because somebody is waiting for this one."""

    address: str
    failing_since: None = None


@dataclass(frozen=True)
class _To:
    """A person at one of their addresses."""

    id: int
    name: str
    addresses: tuple[_One, ...]


def send_link(person: Person, address: str, purpose: str, subject: str = "") -> Letter | None:
    """Write a person, at this address and in their language, the link they asked for."""
    token = links.make_link(person, purpose, subject)
    with force_locale(person.language):
        text = render_template(f"mail/people/{purpose}.txt", name=person.name, address=address, link=links.web_address(purpose, token))
        return post(kind=purpose, person=_To(person.id, person.name, (_One(address),)), subject=gettext(SUBJECTS[purpose]), text=text)


def after(response: Response, app: Flask, work: Callable[[], None]) -> Response:
    """Do this once the answer has gone out, so that the time it took tells nobody whether there was anything to do."""

    def later() -> None:
        with app.app_context(), transaction():
            work()

    response.call_on_close(later)
    return response


def send_link_if_known(address: str, purpose: str) -> None:
    """The link, if somebody has this address and still takes part."""
    row = queries.find_address(address)
    if row is not None and row.person.ended_at is None:
        send_link(row.person, row.address, purpose)
