"""Who may open a page. Every page declares it, and a test fails for one that does not."""

from collections.abc import Callable
from functools import wraps

from flask import g, redirect, request, url_for
from flask_login import current_user

from consult.errors import Refused
from consult.journal.queries import so_far as so_far_in_journal
from consult.kit.words import N_
from consult.people import guests, queries, rules
from consult.people.models import Person


def visitor() -> Person | None:
    """Whoever looks at this page, if they are signed in."""
    person = current_user._get_current_object()
    return person if person.is_authenticated else None


def me() -> Person:
    """The signed-in person."""
    person = visitor()
    if person is None:
        raise Refused(N_("Please sign in first."))
    return person


def may_here(permission: str) -> bool:
    """Whether the visitor may do this in the group of this page; templates ask it as `may`, so that no page forgets to tell them."""
    person, group = visitor(), g.get("group")
    return person is not None and group is not None and queries.may(person, permission, group.id)


def so_far() -> int:
    """How far the journal of this page's group was when the rights of the visitor were looked up: grows whenever anything happens there."""
    asked = g.get("visit")
    return asked.so_far if asked and asked.group is g.group else so_far_in_journal(g.group.id)


def _to_sign_in():
    """To the sign-in page, and from there back to what was asked for."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("people.sign_in", next=wanted), 303)


def _guarded(view: Callable, declares: str, check: Callable[[Person], None]) -> Callable:
    @wraps(view)
    def guarded(*args, **kwargs):
        person = visitor()
        if person is None:
            return _to_sign_in()
        check(person)
        return view(*args, **kwargs)

    guarded.declares = declares
    return guarded


def public(view: Callable) -> Callable:
    """Anyone may open this page."""
    view.declares = "public"
    return view


def signed_in(view: Callable) -> Callable:
    """Whoever is signed in may open this page; it shows them only their own."""
    return _guarded(view, "signed in", lambda person: None)


def needs(permission: str) -> Callable[[Callable], Callable]:
    """Whoever has this permission in the group of the address (view argument `group`, kept as g.group) may open this page."""
    rules.PERMISSIONS[permission]
    return lambda view: _guarded(view, permission, lambda person: _check(person, permission))


def _check(person: Person, permission: str) -> None:
    slug = (request.view_args or {}).get("group")
    if slug is None:
        queries.require(person, permission)
        return
    asked = g.get("visit")
    group = asked.group if asked and asked.group and asked.group.slug == slug else queries.get_group(slug)
    if _as_guest(person, permission, group.id):
        g.group = group
        return
    queries.require(person, "group.read", group.id)
    g.group = group  # from here on pages name the group, also the page that refuses
    queries.require(person, permission, group.id)


def _as_guest(person: Person, permission: str, group_id: int) -> bool:
    """Whether this page is about a round into which the person is let from outside the group, and shows guests what is theirs."""
    if not rules.permits(frozenset({rules.GUEST}), permission) or rules.permits(queries.roles(person, group_id), "group.read"):
        return False
    return guests.is_guest(person, group_id, (request.view_args or {}).get("round", 0))


def is_guest() -> bool:
    """Whether the visitor of this page of a round comes from outside the group."""
    return not may_here("group.read")
