"""Frequent answers: kept by officers and chairs, taken and changed by whoever drafts a response."""

from consult.errors import NotFound
from consult.extensions import db
from consult.journal.actions import record
from consult.kit.text import many_lines, one_line
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.review import response_rules
from consult.review.models import Phrase


def keep_phrase(of: Group, title: str, disposition: str, text: str, *, which: Phrase | None = None, by: Person, door: str) -> Phrase:
    """Keep a frequent answer, or with `which` say it otherwise. `disposition`: empty where the answer fits several."""
    people.require(by, "response.give", of.id)
    title, text = one_line(title, 100), many_lines(text)
    response_rules.check_phrase(title, disposition, text)
    kept = which or Phrase(group_id=of.id)
    kept.title, kept.disposition, kept.text = title, disposition, text
    db.session.add(kept)
    record("phrase.kept", door=door, actor=by, subject=kept, title=title)
    return kept


def remove_phrase(which: Phrase, *, by: Person, door: str) -> None:
    """Offer it no longer; responses that were made from it stay as they are."""
    people.require(by, "response.give", which.group_id)
    record("phrase.removed", door=door, actor=by, subject=which, title=which.title, text=which.text)
    db.session.delete(which)


def phrase(group_id: int, phrase_id: int) -> Phrase:
    """That frequent answer of that group."""
    found = db.session.get(Phrase, phrase_id)
    if found is None or found.group_id != group_id:
        raise NotFound()
    return found
