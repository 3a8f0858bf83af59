"""The letter that a compilation is published: for those who live by mail with all of it, for the others with what became of their own."""

from flask_babel import gettext

from consult.alerts import budget
from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.papers import summary
from consult.papers.compiling import Entry, entries
from consult.review.rules import DISPOSITIONS
from consult.web.locale import language

MOST_WHOLE = 300
"""Comments: a longer compilation is not sent as a letter, but the person's own part of it is."""


def compiled(pen: Pen, event: Event) -> Letter | None:
    """The compilation is there, and how to get it."""
    of = pen.shelf.round(event.subject_id)
    every: list[Entry] = pen.shelf.once(("compiled", of.id), lambda: entries(of, 0, MOST_WHOLE + 1))
    whole = pen.person.means == "mail" and len(every) <= MOST_WHOLE
    shown = every if whole else _own(pen, of, every)
    facts = pen.shelf.once(("facts", of.id, language()), lambda: [text for text, count in summary.facts_of(of) if count])
    version = of.version
    sheet = Sheet("compiled", gettext("Compilation: %(title)s", title=excerpt(of.title, 90)), [], "digest", pen.group.id)
    sheet.follows = pen.material.letters.get(("round", of.id), "")
    sheet.top = pen.words("alerts/compiled", round=of, version=version, draft=version.draft, facts=facts, whole=whole, own=bool(shown))
    sheet.again = [gettext("Compilation of comments: %(title)s", title=of.title)]
    sheet.blocks = [block(entry) for entry in shown]
    if budget.too_dear(pen, sheet):
        sheet.blocks = budget.announced(pen, sheet, f"GET R{of.id} compilation")
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _own(pen: Pen, of, every: list[Entry]) -> list[Entry]:
    """The person's own comments, also beyond what is sent as a whole."""
    if len(every) > MOST_WHOLE:
        every = pen.shelf.once(("compiled in full", of.id), lambda: entries(of))
    return [entry for entry in every if entry.row.author_id == pen.person.id]


def block(entry: Entry) -> str:
    """One comment with its place, its words, and what became of it."""
    row = entry.row
    response = gettext("No response yet.")
    if row.disposition:
        response = gettext("Response: %(disposition)s", disposition=gettext(DISPOSITIONS[row.disposition]))
        response += " · " + gettext("see comment %(number)s", number=row.see) if row.see else ""
    proposed = gettext("Proposed wording:") + " " + row.proposed if row.proposed else ""
    said = [summary.place(entry), f"{row.number}. {summary.who(entry)}:", row.text, proposed, response, row.response or ""]
    return "\n".join(line for line in said if line)
