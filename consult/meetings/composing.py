"""The verb that composes the report: a draft like any other, prepared and not yet published, so that it is read over first."""

from datetime import datetime

from flask_babel import force_locale, gettext

from consult.drafts import actions as drafts
from consult.drafts.cutting import cut
from consult.drafts.models import Version
from consult.errors import Refused
from consult.kit import clock
from consult.kit.words import N_
from consult.meetings import participants, queries, reporting, showing
from consult.meetings.models import Meeting
from consult.people import queries as people
from consult.people.models import Person


def compose_report(of: Meeting, notes: dict[int, str], *, title: str = "", by: Person, door: str, at: datetime | None = None) -> Version:
    """Begin the report as a draft of the group, in the meeting's first language; the notes are by number of agenda item."""
    at = at or clock.now()
    people.require(by, "meeting.manage", of.group_id)
    if of.state not in ("announced", "held") or of.starts_at > at:
        raise Refused(N_("Only a meeting that has begun can have a report."))
    if not of.items:
        raise Refused(N_("Write the agenda first: the report follows it item by item."))
    language = of.languages.split()[0]
    with force_locale(language):
        words = _words(of, title)
        listed = [(section.heading, [_named(row) for row in section.rows]) for section in participants.listed(of)]
        text = reporting.composed(words, of.items, notes, listed)
    draft = drafts.begin(of.group, words.title, language=language, by=by, door=door, at=at)
    return drafts.prepare(draft, cut(text), by=by, door=door, at=at)


def _named(row: tuple[str, str, str, str]) -> str:
    organization, name, _, remark = row
    return ", ".join(part for part in (organization, name) if part) + (f" ({remark})" if remark else "")


def _words(of: Meeting, title: str) -> reporting.Words:
    title = title or gettext("Report of the %(title)s", title=of.title[:1].lower() + of.title[1:])
    return reporting.Words(
        title, gettext("Introduction"), _facts(of), gettext("Item %(number)s. %(title)s", number="%s", title="%s"),
        gettext("The group took up this item."), gettext("Annex: list of participants"),
    )  # fmt: skip


def _facts(of: Meeting) -> list[str]:
    """Where and when; how many were there; who could not come and what they are asked for."""
    where = of.place or {"online": gettext("online"), "correspondence": gettext("by correspondence")}.get(of.kind, "")
    held = gettext("The meeting was held %(when)s (%(where)s).", when=showing.span_words(of), where=where)
    host = " " + gettext("It was hosted by %(host)s.", host=of.host) if of.host else ""
    rows = queries.attendances(of.id)
    there = sum(bool(row.present if row.present is not None else row.answer == "attending") for row in rows)
    missing = queries.absent(of)
    facts = [held + host, gettext("%(count)s participants attended; their names are in the annex.", count=there)]
    if names := [row.person.name for row in rows if row.person_id in missing]:
        facts.append(
            gettext(
                "The following members could not attend and are invited to send their comments on this report, so that their views are "
                "reflected as fully as those of the members who were present: %(names)s.",
                names=gettext(", ").join(names),
            )  # fmt: skip
        )
    return facts
