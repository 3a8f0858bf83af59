"""The letters about a round: the opening with the whole text, more time, closed, and the reminder."""

from flask_babel import gettext

from consult.alerts import budget, revised
from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.delegations import queries as delegations
from consult.drafts import openings
from consult.journal.models import Event
from consult.kit.text import size
from consult.meetings import queries as meetings
from consult.meetings.rules import is_absent
from consult.outbox.models import Letter
from consult.papers import making
from consult.people import queries as people
from consult.people import travelling
from consult.polls import queries as polls
from consult.review import queries as review
from consult.review.rules import TYPES
from consult.web.filters import instant_words

SIGNS = {"general": "GE", "substantive": "SUB", "technical": "TE", "editorial": "ED", "translation": "TR"}
NOT_YET = "the text goes out when the round opens"
OVER = "the round was closed meanwhile"


def opening(pen: Pen, event: Event) -> Letter | str | None:
    """The draft itself, paragraph by paragraph with marks, below who asks, until when, and how to answer."""
    asked = pen.shelf.round(event.subject_id)
    if review.state(asked, pen.now) == "closed":
        return OVER
    if asked.opened_at is None:
        return NOT_YET
    by = instant_words(asked.closes_at, "UTC")
    sheet = _sheet(pen, asked, "opening", gettext("Comments please by %(when)s: %(title)s", when=by, title=excerpt(asked.title, 90)))
    types = {each: gettext(TYPES[each]) for each in asked.types}
    signs = gettext(", ").join(f"{SIGNS[each]}: ({word})" for each, word in types.items())
    asking = pen.shelf.once(("questions", asked.id), lambda: polls.questions(asked.id))
    sheet.top = pen.words(
        "alerts/opening",
        types=gettext(", ").join(types.values()),
        signs=signs,
        questions=asking,
        party=_party(pen, asked),
        met=_meeting(pen, asked),
        word=_word(pen, asked, sheet),
        **_about(pen, asked),
    )
    sheet.again = pen.words("alerts/again", round=asked)
    had = revised.earlier(pen, asked.version)
    sheet.blocks = revised.blocks(pen, had, asked.version, f"GET R{asked.id}") if had else pen.shelf.text(asked.version_id)
    if budget.too_dear(pen, sheet):
        sheet.blocks, sheet.along, sheet.weight = budget.announced(pen, sheet, f"GET R{asked.id}"), None, 0
    else:
        openings.opened(asked.version, pen.person, "mail", pen.now)
    return pen.post(sheet, _once(pen, event))


def _word(pen: Pen, asked, sheet: Sheet) -> str:
    """The text as a Word file goes along where the person wants files that fit; else its name, its size, and how to get it."""
    file = pen.shelf.once(("word", asked.version_id), lambda: making.text_file(asked.version))
    largest = travelling.largest_letter(pen.person)
    if travelling.travels(pen.person, file.octets, beside=largest // 2):
        sheet.along, sheet.weight = (lambda _: [file]), travelling.encoded(file.octets)
        return gettext("The text goes along as a Word file: %(name)s, %(size)s.", name=file.name, size=size(file.octets))
    inside = pen.shelf.once(("inside", asked.group_id), lambda: {seat.person_id for seat in people.members(asked.group_id)})
    page = pen.address("d", asked.version.draft.slug, "v", asked.version.number, "papers") if pen.person.id in inside else ""
    return travelling.instead(pen.person, file.name, file.octets, link=page, get=f"GET R{asked.id} docx")


def _meeting(pen: Pen, asked) -> tuple | None:
    """Where the text is the report of a meeting, or was before it: which, and whether the reader could not come, or took part."""
    of = pen.shelf.once(("meeting behind", asked.id), lambda: meetings.behind(asked))
    if of is None:
        return None
    rows = pen.shelf.once(("attendances", of.id), lambda: {row.person_id: row for row in meetings.attendances(of.id)})
    own = rows.get(pen.person.id)
    missed = is_absent(own.answer, own.present) if own else None
    report = pen.shelf.once(("report", asked.id), lambda: meetings.report_of(asked.version.draft_id) is not None)
    return (of, missed, own.answer if own else "", report) if report or missed else None


def _party(pen: Pen, asked) -> str:
    """The Party or organization for which the person drafts in this round: then their answer goes to its set."""
    drafting = pen.shelf.once(("drafting", asked.id), lambda: delegations.drafting_in(asked.id))
    of = delegations.of_person(pen.person.id, asked.id) if pen.person.id in drafting else None
    return of.organization.name if of else ""


def extension(pen: Pen, event: Event) -> Letter | None:
    """More time, and why."""
    asked = pen.shelf.round(event.subject_id)
    by = instant_words(asked.closes_at, "UTC")
    sheet = _sheet(pen, asked, "extension", gettext("More time, until %(when)s: %(title)s", when=by, title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/extension", reason=event.data["reason"], **_about(pen, asked))
    return pen.post(sheet, _once(pen, event))


def closing(pen: Pen, event: Event) -> Letter | None:
    """The round is over, and what comes next."""
    asked = pen.shelf.round(event.subject_id)
    sheet = _sheet(pen, asked, "closing", gettext("Closed: %(title)s", title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/closing", round=asked, progress=pen.shelf.once(("progress", asked.id), lambda: review.progress(asked)))
    return pen.post(sheet, _once(pen, event))


def reminder(pen: Pen, event: Event) -> Letter | str | None:
    """A second word to somebody who has said nothing yet."""
    asked = pen.shelf.round(event.subject_id)
    if review.state(asked, pen.now) == "closed":
        return OVER
    by = instant_words(asked.closes_at, "UTC")
    sheet = _sheet(pen, asked, "reminder", gettext("Reminder, comments by %(when)s: %(title)s", when=by, title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/reminder", **_about(pen, asked))
    return pen.post(sheet, _once(pen, event))


def missed(pen: Pen, event: Event) -> Letter | None:
    """To somebody who has said nothing until the deadline: what can still be done."""
    asked = pen.shelf.round(event.subject_id)
    sheet = _sheet(pen, asked, "missed", gettext("Closed without a word from you: %(title)s", title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/missed", **_about(pen, asked))
    return pen.post(sheet, _once(pen, event))


def responses(pen: Pen, event: Event) -> Letter | None:
    """Very many comments were responded to at once: how many, and where to read it."""
    asked = pen.shelf.round(event.subject_id)
    sheet = _sheet(pen, asked, "digest", gettext("Responses: %(title)s", title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/responses", round=asked, count=event.data["count"])
    return pen.post(sheet, _once(pen, event))


def entered(pen: Pen, event: Event) -> Letter | None:
    """Very many comments came at once in a file: how many, and where to read them."""
    asked = pen.shelf.round(event.subject_id)
    sheet = _sheet(pen, asked, "digest", gettext("New comments: %(title)s", title=excerpt(asked.title, 90)))
    sheet.top = pen.words("alerts/entered", round=asked, count=event.data["count"])
    return pen.post(sheet, _once(pen, event))


def _sheet(pen: Pen, asked, kind: str, subject: str) -> Sheet:
    follows = pen.material.letters.get(("round", asked.id), "")
    return Sheet(kind=kind, subject=subject, top=[], purpose="round", about=asked.id, until=asked.closes_at, follows=follows)


def _about(pen: Pen, asked) -> dict:
    """What every letter about a round says: the text, who asks, and a mark that really stands in the text."""
    version = asked.version
    return {
        "round": asked, "version": version, "draft": version.draft, "officers": pen.shelf.officers(asked.group_id),
        "mark": pen.shelf.example(version.id),
    }  # fmt: skip


def _once(pen: Pen, event: Event) -> str:
    return f"event:{event.id}:{pen.person.id}"
