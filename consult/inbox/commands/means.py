"""MEANS: the questions about how one can take part, to be answered by mail at any time."""

from flask import render_template
from flask_babel import force_locale

from consult.inbox.commands.asked import Asked
from consult.outbox import actions as outbox
from consult.people import queries as people
from consult.reach import queries, wording
from consult.reach.rules import QUESTIONS


def means(asked: Asked) -> str:
    """The nine questions, what is known already, and the address to which the answers go."""
    person, known = asked.person, queries.latest(asked.person.id)
    groups = people.groups_of(person)
    key = outbox.new_key(person, "means", group_id=groups[0].id if groups else None)
    said = {name: getattr(known, name) for name in QUESTIONS} if known else {}
    with force_locale(person.language):
        return render_template(
            "mail/inbox/questions.txt", address=outbox.address_of(key), questions=wording.questions(), form=wording.form(said), known=known
        ).strip()  # fmt: skip
