"""How a meeting reads for people: its span of time, what changed, and its entry in a calendar."""

from datetime import datetime

from flask_babel import gettext

from consult.kit import clock
from consult.kit.words import N_
from consult.meetings import agenda, calendar, rules
from consult.meetings.models import Attendance, Meeting
from consult.people.models import Person
from consult.people.rules import LANGUAGES
from consult.web.filters import day_words, instant_words

FIELDS = {
    "title": N_("Title"),
    "kind": N_("Kind"),
    "place": N_("Place"),
    "link": N_("To join from afar"),
    "starts_at": N_("Begins"),
    "ends_at": N_("Ends"),
}
PARTSTAT = {"attending": "ACCEPTED", "apologies": "DECLINED", "alternate": "DELEGATED"}


def span_words(of: Meeting) -> str:
    """From when to when by the clock of the place: `27 Nov 2005, 10:00 Montreal time – 18:00`."""
    begins, ends = (when.astimezone(clock.zone(of.zone)) for when in (of.starts_at, of.ends_at))
    if of.kind == "correspondence":
        return gettext("%(first)s to %(last)s", first=day_words(begins.date()), last=day_words(ends.date()))
    if begins.date() == ends.date():
        return gettext("%(when)s, until %(time)s", when=instant_words(of.starts_at, of.zone), time=ends.strftime("%H:%M"))
    return gettext("%(first)s to %(last)s", first=instant_words(of.starts_at, of.zone), last=instant_words(of.ends_at, of.zone))


def language_names(of: Meeting) -> str:
    """The languages of a meeting, each called as it calls itself."""
    return gettext(", ").join(LANGUAGES[code] for code in of.languages.split() if code in LANGUAGES)


def changes(of: Meeting, before: dict) -> list[tuple[str, str, str]]:
    """What changed of the things that people are told, each with what it was and what it is."""
    zone = before.get("zone", of.zone)
    return [(FIELDS[name], _said(name, before[name], zone), _said(name, getattr(of, name), of.zone)) for name in FIELDS if name in before]


def _said(name: str, value: object, zone: str) -> str:
    if name in ("starts_at", "ends_at"):
        return instant_words(value if isinstance(value, datetime) else datetime.fromisoformat(str(value)), zone)
    if name == "kind":
        return gettext(rules.KINDS.get(str(value), str(value)))
    return str(value) or "–"


def entry(
    of: Meeting,
    *,
    url: str,
    made_at: datetime | None = None,
    organizer: str = "",
    organizer_name: str = "",
    attendee: Person | None = None,
    own: Attendance | None = None,
) -> calendar.Entry:
    """The meeting as an entry of a calendar; `organizer` is where the calendar sends its answer."""
    where = ", ".join(part for part in (of.place, of.link) if part)
    about = "\n".join(part for part in (of.note, agenda.text(of.items)) if part)
    return calendar.Entry(
        uid=of.uid, sequence=of.sequence, made_at=made_at or clock.now(), starts_at=of.starts_at, ends_at=of.ends_at,
        summary=of.title, place=where, about=about[:4000], url=url, cancelled=of.state == "cancelled", organizer=organizer,
        organizer_name=organizer_name, attendee=attendee.address or "" if attendee else "", attendee_name=attendee.name if attendee else "",
        partstat=PARTSTAT.get(own.answer, "NEEDS-ACTION") if own else "NEEDS-ACTION",
    )  # fmt: skip


def calendar_of(entries: list[calendar.Entry], method: str = "PUBLISH", name: str = "") -> bytes:
    """The file that calendars read."""
    return calendar.written(entries, method, name)
